/** The form of a purpose: once it is stated, what was asked for follows in its place. */
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { keepsTypedTextOut, linkView, type ModalView, noticeView } from '../../../slack/modal.ts';
import type { PageHost } from '../../../slack/scope.ts';
import { actorOf } from '../../directory/gate.ts';
import { loadConsultation, standingOf } from '../data.ts';
import type { CasePart } from '../forms.ts';
import { recordRefusal } from '../mutations.ts';
import { casePath } from '../pages/paths.ts';
import { sentenceOf, tellRefusal } from '../refusals.ts';
import { maySee } from '../visibility/rules.ts';
import { askPurpose } from './asking.ts';
import { PURPOSE, readAsked } from './blocks.ts';
import { statePurpose } from './mutations.ts';
import { readPurpose } from './schema.ts';

type Listener = (press: Press) => Promise<void>;

/** @param listenerOf what a press does, by its action id */
export function statingPurpose(listenerOf: (actionId: string) => Listener | undefined): CasePart {
  return {
    presses: { [PURPOSE]: pressAsk },
    submissions: { [PURPOSE]: (submission) => submitPurpose(submission, listenerOf) },
  };
}

/** Asks for the purpose of opening a page; the press's value is the case's id. */
async function pressAsk(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const id = press.value;
  const loaded = await loadConsultation(scope, id);
  if (loaded && maySee(actor, standingOf(loaded)))
    return askPurpose(press, loaded.consultation, { actionId: '', value: id });
  await recordRefusal(scope, actor, { id, loaded }, PURPOSE, 'not-found');
  await tellRefusal(press, { reason: 'not-found' });
}

async function submitPurpose(
  submission: Submission,
  listenerOf: (actionId: string) => Listener | undefined,
): Promise<SubmissionAnswer> {
  const { context, metadata, values } = submission;
  const { actionId, value } = readAsked(metadata);
  const [id = ''] = value.split('/');
  const read = readPurpose(values);
  if (!read.ok) return { errors: read.refusal };
  const stated = await statePurpose(context.scope, actorOf(context), id, read.value);
  if (!stated.ok) return { errors: { purpose: sentenceOf(stated.refusal) } };
  // The city may have changed its mind while the form was open.
  if (keepsTypedTextOut(context))
    return { update: linkView(context.scope, casePath(stated.value.reference)), holds: 'references' };
  const listener = listenerOf(actionId);
  const view = listener && (await viewAfter(listener, submission, value));
  return view ? { update: view } : 'close-all';
}

/** What the press would have opened: shown here instead, as a page shows it. */
async function viewAfter(
  listener: Listener,
  { context, client }: Submission,
  value: string,
): Promise<ModalView | undefined> {
  let shown: ModalView | undefined;
  const page: PageHost = {
    show(view) {
      shown = view;
    },
    say(sentence) {
      shown = noticeView(sentence);
    },
    goTo: () => undefined,
  };
  await listener({
    context: { ...context, scope: { ...context.scope, page } },
    client,
    triggerId: '',
    person: actorOf(context).slackUserId,
    channel: undefined,
    value,
    modal: undefined,
    responseUrl: undefined,
  });
  return shown;
}
