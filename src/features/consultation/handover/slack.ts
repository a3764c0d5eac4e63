/** 引継ぎ in Slack: the offer's form, its buttons, the form of a refusal. */
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { actorOf } from '../../directory/gate.ts';
import { actionIdOf } from '../blocks.ts';
import { loadConsultation } from '../data.ts';
import { type CasePart, formInSlack, pressInSlack } from '../forms.ts';
import { beginOperation, recordRefusal } from '../mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { MAX_BODY, readOne } from '../schema.ts';
import { findSubmission } from '../submissions/mutations.ts';
import { offerInputs, refusalInputs } from './blocks.ts';
import { listOfferChoices, offeredKinds } from './data.ts';
import {
  acceptOffer,
  explainRefusal,
  offerHandover,
  refusalOfOlder,
  refuseOffer,
  revokeOffer,
} from './mutations.ts';
import { readOffer } from './schema.ts';
import { handoverText as text } from './text.ts';

const offerForm = formInSlack({
  operation: 'offer',
  title: text.title,
  submit: text.submit,
  mainField: 'kind',
  blocks: async ({ scope, loaded }) => offerInputs(await listOfferChoices(scope.db, loaded)),
  read: async (values, { scope, loaded, today }) =>
    readOffer(values, offeredKinds(await listOfferChoices(scope.db, loaded)), today),
  store: offerHandover,
});

const refuseForm = formInSlack({
  operation: 'refuse_offer',
  title: text.refuseTitle,
  submit: text.refuseSubmit,
  mainField: 'reason',
  blocks: ({ loaded: { offer, responsibleCenter: from } }) => (offer ? refusalInputs({ offer, from }) : []),
  read: (values) => readOne(values, 'reason', MAX_BODY),
  store: refuseOffer,
});

export const handingOver: CasePart = {
  operations: {
    offer: offerForm,
    accept_offer: pressInSlack('accept_offer', acceptOffer),
    refuse_offer: { press: pressRefuse, submit: submitRefusal },
    revoke_offer: pressInSlack('revoke_offer', revokeOffer),
  },
};

/** The button of an older offer must not open the form of the one that is open now. */
async function pressRefuse(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = '', offerId = ''] = press.value.split('/');
  const begun = await beginOperation(scope, actor, id, 'refuse_offer');
  if (!begun.ok) return tellRefusal(press, await explainRefusal(scope, begun.refusal, offerId));
  const { consultation: of, offer } = begun.value;
  if (offer?.id === offerId) return refuseForm.press(press);
  await recordRefusal(scope, actor, { id, loaded: begun.value }, actionIdOf('refuse_offer'), 'changed');
  await tellRefusal(press, await refusalOfOlder(scope, of, offerId));
}

/** Whoever refused does not see the case any more: the same form sent twice must not end with "not found". */
async function submitRefusal(submission: Submission): Promise<SubmissionAnswer> {
  const answer = await refuseForm.submit(submission);
  if (typeof answer === 'string' || !('errors' in answer)) return answer;
  const { context, metadata, viewId, values } = submission;
  const loaded = await loadConsultation(context.scope, metadata.split('/')[0] ?? '');
  if (!loaded) return answer;
  const form = { key: `${actorOf(context).slackUserId}/${viewId}`, values };
  const before = await findSubmission(context.scope, loaded.consultation, form);
  return before === 'same' ? 'close-all' : answer;
}
