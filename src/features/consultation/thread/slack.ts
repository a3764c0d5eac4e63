/** Threads of cards: what people write in them, and the buttons 記録に追加 and 記録に移す. */
import type { MessageSeen, Press } from '../../../slack/feature.ts';
import { keepsTypedTextOut } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import type { CasePart } from '../forms.ts';
import { refreshCards } from '../mutations.ts';
import { leadToCase } from '../purpose/asking.ts';
import { sentenceOf } from '../refusals.ts';
import { type AddRefusal, addToRecord, sayInThread } from './adding/mutations.ts';
import { ADD_TO_RECORD, addedMessage, movedMessage } from './blocks.ts';
import { followMessage } from './mutations.ts';
import { threadText } from './text.ts';

export const threading: CasePart = {
  presses: { [ADD_TO_RECORD]: pressAdd },
  onMessage: ({ context, client: _, ...seen }: MessageSeen) =>
    followMessage(context.scope, actorOf(context), seen),
};

async function pressAdd(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  // A button of before: its text would have to be read from Slack.
  if (keepsTypedTextOut(press.context)) return leadToCase(press);
  const [id = '', channel = '', ts = ''] = press.value.split('/');
  const added = await addToRecord(scope, actor, press.client, id, { channel, ts });
  if (!added.ok) return tellWhyNot(press, id, added.refusal);
  const { loaded, isNew, isMoved } = added.value;
  if (isNew) return;
  // Pressed again: the same answer as the first time.
  const message = isMoved ? movedMessage(loaded) : addedMessage(loaded, 1);
  await sayInThread(scope, loaded, channel, actor.slackUserId, message);
}

/** In the channel, not in its thread: where a thread's messages are gone, Slack shows nothing in it. */
async function tellWhyNot(press: Press, id: string, refusal: AddRefusal): Promise<void> {
  const { scope } = press.context;
  const about = 'of' in refusal ? refusal.of.id : undefined;
  await sayTo(scope, press.person, press.channel, { text: escapeMrkdwn(sentenceOfAdding(refusal)) }, about);
  if (refusal.reason === 'wrong-state') await refreshCards(scope, id);
}

function sentenceOfAdding(refusal: AddRefusal): string {
  if (refusal.reason === 'gone') return threadText.gone;
  if (refusal.reason === 'not-read') return threadText.notRead;
  return sentenceOf(refusal);
}
