/** `/kikan 相談` and its form. */
import { japanDate } from '../../../lib/jst.ts';
import { logError } from '../../../lib/log.ts';
import { loadPhoneReader } from '../../../lib/phone.ts';
import type { KikanCommand, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { keepsTypedTextOut, linkMessage, type ModalView, openModalByCommand } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { reportVaultFault } from '../../directory/alarms/mutations.ts';
import { findCity, listDistrictCenters } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { cityTimeOf } from '../data.ts';
import { findDuplicates } from '../finding/mutations.ts';
import type { CasePart } from '../forms.ts';
import { casePath, NEW_CASE_PATH } from '../pages/paths.ts';
import type { FieldErrors } from '../schema.ts';
import { consultationText as text } from '../text.ts';
import { sightOf } from '../visibility/data.ts';
import { type Alike, SEND_FORM, sendModal } from './blocks.ts';
import { type SubmitRefusal, submitConsultation } from './mutations.ts';
import { type ConsultationForm, readConsultationForm } from './schema.ts';
import { sendingText } from './text.ts';

/** What was typed after the word is already in the form. */
const sendCommand: KikanCommand = {
  word: text.command,
  ascii: 'soudan',
  summary: text.commandSummary,
  button: text.menuButton,
  async run(invocation, rest) {
    const { context, answer } = invocation;
    const actor = actorOf(context);
    if (actor.center.kind === 'city') return answer({ text: text.cityCannotSend });
    const way = { holds: 'typed', page: NEW_CASE_PATH, about: text.sendOnPage } as const;
    if (rest !== '' && keepsTypedTextOut(context))
      return answer(linkMessage(context.scope, way.page, text.notTakenOver));
    await openModalByCommand(invocation, () => formFor(context.scope, actor, rest), way);
  },
};

async function formFor(
  { db, page }: Scope,
  actor: Actor,
  body: string,
  alike?: readonly Alike[],
): Promise<ModalView> {
  const [centers, city] = await Promise.all([
    actor.center.kind === 'kikan' ? listDistrictCenters(db) : [],
    findCity(db),
  ]);
  if (!city) throw new Error('no city was imported');
  const notice = page ? sendingText.pageNotice : text.formNotice;
  return sendModal(centers, cityTimeOf(city).policy, { notice, body }, alike);
}

async function submitForm({ context, viewId, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const form = readConsultationForm(values, japanDate(scope.now), await loadPhoneReader());
  if (!form.ok) return { errors: form.refusal };
  const actor = actorOf(context);
  const key = `${actor.slackUserId}/${viewId}`;
  try {
    const alike = await findDuplicates(scope, actor, await sightOf(scope, actor), form.value.subject, key);
    const warned = metadata.split(' ');
    // Whoever was told of all of them and sends again means a new consultation. Slack keeps what stands in the inputs.
    // Where the warning may not stand in Slack, what was typed in a form of before is stored rather than lost.
    if (!keepsTypedTextOut(context) && alike.some(({ reference }) => !warned.includes(reference)))
      return { update: await formFor(scope, actor, form.value.body, alike) };
    const sent = await submitConsultation(scope, actor, form.value, key);
    if (!sent.ok) return { errors: errorsOf(sent.refusal, form.value) };
    scope.page?.goTo(casePath(sent.value.reference));
    return 'close';
  } catch (error) {
    // The form stays open with everything in it: better than losing what was typed.
    logError('consultation.not_saved', error);
    const reason = await reportVaultFault(scope, error, actor.slackUserId);
    return { errors: { body: reason ?? text.errors.notSaved } };
  }
}

function errorsOf(refusal: SubmitRefusal, form: ConsultationForm): FieldErrors {
  if (refusal.reason === 'sent-before') return { body: text.refusals.sentBefore(refusal.reference) };
  // Beside the choice of the center where there is one, else beside the text, which every form has.
  return form.center === null ? { body: text.errors.mayNotSend } : { center: text.errors.chooseCenter };
}

export const sending: CasePart = { commands: [sendCommand], submissions: { [SEND_FORM]: submitForm } };
