/** `/kikan 相談` and its form. */
import { japanDate } from '../../../lib/jst.ts';
import { logError } from '../../../lib/log.ts';
import { loadPhoneReader } from '../../../lib/phone.ts';
import type { KikanCommand, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { openModal } from '../../../slack/modal.ts';
import { listDistrictCenters } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import type { FieldErrors } from '../schema.ts';
import { consultationText as text } from '../text.ts';
import { sendModal } from './blocks.ts';
import { type SubmitRefusal, submitConsultation } from './mutations.ts';
import { type ConsultationForm, readConsultationForm } from './schema.ts';

/** What was typed after the word is already in the form. */
export const sendCommand: KikanCommand = {
  word: text.command,
  ascii: 'soudan',
  summary: text.commandSummary,
  button: text.menuButton,
  async run({ context, client, triggerId, person, answer }, rest) {
    const actor = actorOf(context);
    if (actor.center.kind === 'city') return answer({ text: text.cityCannotSend });
    await answer();
    const centers = actor.center.kind === 'kikan' ? await listDistrictCenters(context.scope.db) : [];
    await openModal(context.scope, client, triggerId, person, sendModal(centers, rest));
  },
};

export async function submitForm({ context, viewId, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const form = readConsultationForm(values, japanDate(scope.now), await loadPhoneReader());
  if (!form.ok) return { errors: form.refusal };
  const actor = actorOf(context);
  try {
    const sent = await submitConsultation(scope, actor, form.value, `${actor.slackUserId}/${viewId}`);
    return sent.ok ? 'close' : { errors: errorsOf(sent.refusal, form.value) };
  } catch (error) {
    // The form stays open with everything in it: better than losing what was typed.
    logError('consultation.not_saved', error);
    return { errors: { body: text.errors.notSaved } };
  }
}

function errorsOf(refusal: SubmitRefusal, form: ConsultationForm): FieldErrors {
  if (refusal.reason === 'sent-before') return { body: text.sentBefore(refusal.reference) };
  // Beside the choice of the center where there is one, else beside the text, which every form has.
  return form.center === null ? { body: text.errors.mayNotSend } : { center: text.errors.chooseCenter };
}
