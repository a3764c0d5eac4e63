/** `/kikan 相談` and its form. */
import { japanDate } from '../../../lib/jst.ts';
import { logError } from '../../../lib/log.ts';
import { loadPhoneReader } from '../../../lib/phone.ts';
import type { KikanCommand, Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import {
  keepsTypedTextOut,
  leadToPage,
  linkMessage,
  type ModalView,
  openModal,
  openModalByCommand,
} from '../../../slack/modal.ts';
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
import { codesOf, TOPICS } from '../words.ts';
import { type Alike, LOOK_FOR_SIMILAR, OFFERED, SEND_FORM, sendModal } from './blocks.ts';
import { type SubmitRefusal, submitConsultation } from './mutations.ts';
import { type ConsultationForm, readConsultationForm } from './schema.ts';
import type { Draft, SimilarAnswer, SimilarAnswers } from './similar.ts';
import { sendingText } from './text.ts';

/** @param similar what the FAQ brings into the form; without it, the form has nothing of it */
export function sendingWith(similar: SimilarAnswers | undefined): CasePart {
  return {
    commands: [sendCommand(similar)],
    presses: similar
      ? { [LOOK_FOR_SIMILAR]: (press) => similar.show(press, draftOf(press.modal?.values)) }
      : {},
    submissions: { [SEND_FORM]: (submission) => submitForm(submission, similar) },
  };
}

/** What was typed after the word is already in the form. */
function sendCommand(similar: SimilarAnswers | undefined): KikanCommand {
  return {
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
      const view = () => formFor(context.scope, actor, { body: rest, similar: similar && [] });
      await openModalByCommand(invocation, view, way);
    },
  };
}

/**
 * The form with a text in it, from a press elsewhere. Requires that the person may send consultations.
 * @param page does the same where typed text stays out of Slack
 */
export async function openSendForm(press: Press, body: string, page: string): Promise<void> {
  const way = { holds: 'typed', page, about: text.sendOnPage, inModal: 'replace' } as const;
  if (keepsTypedTextOut(press.context)) return leadToPage(press, way);
  const view = await formFor(press.context.scope, actorOf(press.context), { body, similar: [] });
  await openModal(press, view, way);
}

interface Filled {
  body: string;
  alike?: readonly Alike[];
  /** Undefined where no FAQ is asked. */
  similar: readonly SimilarAnswer[] | undefined;
}

async function formFor(
  { db, page }: Scope,
  actor: Actor,
  { body, alike, similar }: Filled,
): Promise<ModalView> {
  const [centers, city] = await Promise.all([
    actor.center.kind === 'kikan' ? listDistrictCenters(db) : [],
    findCity(db),
  ]);
  if (!city) throw new Error('no city was imported');
  const notice = page ? sendingText.pageNotice : text.formNotice;
  return sendModal(centers, cityTimeOf(city).policy, { notice, body }, alike, similar);
}

/** What stands in the form so far; before anything is written, what was chosen. */
function draftOf(values: FormValues = {}): Draft {
  const topics = codesOf(TOPICS).filter((code) => listValue(values, 'topics').includes(code));
  return { words: textValue(values, 'body') ?? topics.map((code) => TOPICS[code]).join(' ') };
}

/** How the centers are run is often answered already; what is urgent or about a resident is not kept waiting. Offered once. */
async function similarTo(
  { context, metadata, values }: Submission,
  form: ConsultationForm,
  similar: SimilarAnswers | undefined,
): Promise<readonly SimilarAnswer[]> {
  if (!similar || form.kind !== 'operation' || form.urgency === 'urgent') return [];
  if (keepsTypedTextOut(context) || metadata.split(' ').some((word) => word.startsWith(OFFERED))) return [];
  return similar.find(context.scope, actorOf(context), draftOf(values));
}

async function submitForm(
  submission: Submission,
  similar: SimilarAnswers | undefined,
): Promise<SubmissionAnswer> {
  const { context, viewId, metadata, values } = submission;
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
      return {
        update: await formFor(scope, actor, { body: form.value.body, alike, similar: similar && [] }),
      };
    const offered = await similarTo(submission, form.value, similar);
    if (offered.length > 0)
      return { update: await formFor(scope, actor, { body: form.value.body, similar: offered }) };
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
