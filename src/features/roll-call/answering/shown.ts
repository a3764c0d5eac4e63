/** What a person sees when a form of hers was taken: the roll-call as it stands then, and a sentence. */
import type { Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { linksToPage } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import type { RollCall } from '../data.ts';
import { rollCallModal } from '../opening/blocks.ts';
import { openRollCall } from '../opening/mutations.ts';
import { rollCallPath } from '../paths.ts';
import { titled } from '../text.ts';

/** @param sentence plain words */
export async function showTaken(
  { context }: Submission,
  rollCall: Pick<RollCall, 'id' | 'kind'>,
  ...sentences: string[]
): Promise<SubmissionAnswer> {
  const { scope } = context;
  if (scope.page) {
    scope.page.say(escapeMrkdwn(titled(rollCall, sentences.join('\n'))));
    return 'close';
  }
  const found = await openRollCall(scope, actorOf(context), rollCall.id, ACTIONS.open.actionId);
  if (!found.ok) return 'close';
  const links = linksToPage(scope, rollCallPath(found.value.rollCall.reference));
  const view = await rollCallModal(scope, found.value, { notices: sentences, links });
  return { update: view, holds: 'references' };
}
