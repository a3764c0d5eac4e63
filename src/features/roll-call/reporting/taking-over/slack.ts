/** 代替 in Slack: 引き受ける, once; and those who command ask another center. */

import { plain } from '../../../../slack/block-kit.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { textValue } from '../../../../slack/form.ts';
import { choice, input, select } from '../../../../slack/inputs.ts';
import { linksToPage, type ModalView, openModal } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { actorOf } from '../../../directory/gate.ts';
import { findRollCall, type RollCall } from '../../data.ts';
import { rollCallModal } from '../../opening/blocks.ts';
import { openRollCall } from '../../opening/mutations.ts';
import { showRollCall } from '../../opening/slack.ts';
import { rollCallPath } from '../../paths.ts';
import { noteRollCallRefusal } from '../../storing/mutations.ts';
import { nameOf, titled } from '../../text.ts';
import {
  type AcceptRefusal,
  acceptTakeover,
  CHOOSE_SUBSTITUTE,
  type Choosing,
  chooseSubstitute,
  findChoices,
} from './mutations.ts';
import { readTakeover, TAKEOVER_ACTIONS, writeTakeover } from './notices.ts';
import { takeoverText as text } from './text.ts';

const CHOOSE_FORM = 'roll-call.takeover.form';

export const takingOverInSlack = {
  presses: { [TAKEOVER_ACTIONS.accept]: pressAccept, [TAKEOVER_ACTIONS.choose]: pressChoose },
  submissions: { [CHOOSE_FORM]: submitChoice },
} satisfies SlackFeature;

async function pressAccept(press: Press): Promise<void> {
  const { scope } = press.context;
  const of = readTakeover(press.value);
  const accepted = await acceptTakeover(scope, actorOf(press.context), of);
  const sentence = accepted.ok ? text.done(accepted.value.centerShort) : acceptRefusal(accepted.refusal);
  if (press.modal && accepted.ok)
    return showRollCall(press, of.rollCallId, { notices: [sentence], inModal: 'replace' });
  const isSeen = accepted.ok || accepted.refusal.reason !== 'not-found';
  const rollCall = isSeen ? await findRollCall(scope.db, of.rollCallId) : undefined;
  const said = rollCall ? titled(rollCall, sentence) : sentence;
  await sayTo(scope, press.person, press.channel, { text: escapeMrkdwn(said) });
}

function acceptRefusal(refusal: AcceptRefusal): string {
  return refusal.reason === 'accepted'
    ? text.refusals.accepted(refusal.by, refusal.at)
    : text.refusals[refusal.reason];
}

async function pressChoose(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const { rollCallId, center } = readTakeover(press.value);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openRollCall(scope, actor, rollCallId, CHOOSE_SUBSTITUTE);
  if (!found.ok) return say(text.refusals['not-found']);
  const { rollCall } = found.value;
  const choices = await findChoices(scope, actor, { rollCall }, center);
  if (!choices.ok || choices.value.able.length === 0) {
    const reason = choices.ok ? 'not-able' : choices.refusal.reason;
    await noteRollCallRefusal(scope, actor, CHOOSE_SUBSTITUTE, rollCall.reference, reason);
    return say(titled(rollCall, text.refusals[reason]));
  }
  const page = rollCallPath(rollCall.reference);
  await openModal(press, choiceForm(rollCall, choices.value), {
    holds: 'references',
    page,
    inModal: 'replace',
  });
}

function choiceForm(rollCall: RollCall, { closed, able, standing }: Choosing): ModalView {
  return {
    type: 'modal',
    callback_id: CHOOSE_FORM,
    private_metadata: writeTakeover(rollCall.id, closed.code),
    title: plain(text.title),
    submit: plain(text.save),
    close: plain(text.close),
    blocks: [
      {
        type: 'section',
        text: plain(`${nameOf(rollCall)}\n${text.section.closed}：${closed.short}`),
      },
      input(
        'substitute',
        { label: text.field },
        select(
          able.map(({ code, short }) => choice(code, short)),
          { chosen: standing?.substitute ?? closed.substitute ?? undefined, placeholder: text.placeholder },
        ),
        true,
      ),
    ],
  };
}

async function submitChoice({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const of = readTakeover(metadata);
  const substitute = textValue(values, 'substitute') ?? '';
  const chosen = await chooseSubstitute(scope, actor, { ...of, substitute });
  if (!chosen.ok) return { errors: { substitute: text.refusals[chosen.refusal.reason] } };
  const found = await openRollCall(scope, actor, of.rollCallId, CHOOSE_SUBSTITUTE);
  if (!found.ok) return { errors: { substitute: text.refusals['not-found'] } };
  const page = rollCallPath(found.value.rollCall.reference);
  scope.page?.goTo(page);
  if (scope.page) return 'close';
  const notice = text.saved(chosen.value.closed.short, chosen.value.chosen.short);
  const view = await rollCallModal(scope, found.value, {
    notices: [notice],
    links: linksToPage(scope, page),
  });
  return { update: view, holds: 'references' };
}
