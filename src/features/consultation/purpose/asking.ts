/** Asks what a case is opened for, in the place of what was to be shown; what cannot be shown in Slack leads to its page. */
import type { Press } from '../../../slack/feature.ts';
import { leadToPage, type Opening, openModal, type Way } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { type Consultation, loadConsultation, standingOf } from '../data.ts';
import { type Refusal, recordRefusal } from '../mutations.ts';
import { casePath } from '../pages/paths.ts';
import { tellRefusal } from '../refusals.ts';
import { consultationText } from '../text.ts';
import { maySee } from '../visibility/rules.ts';
import { type Asked, purposeModal } from './blocks.ts';

/** @param asked what is done once the purpose was stated */
export function askPurpose(
  opening: Opening,
  of: Consultation,
  asked: Asked,
  inModal: Way['inModal'] = 'push',
): Promise<void> {
  return openModal(opening, purposeModal(of, asked), {
    holds: 'typed',
    page: casePath(of.reference),
    inModal,
  });
}

/** Tells why a reading was refused, or asks for the purpose and goes on with the same press. */
export async function answerUnread(
  press: Press,
  actionId: string,
  refusal: Refusal,
  inModal?: Way['inModal'],
): Promise<void> {
  if (refusal.reason !== 'purpose-needed') return tellRefusal(press, refusal);
  await askPurpose(press, refusal.of, { actionId, value: press.value }, inModal);
}

/**
 * Leads whoever may see the case of the press's value to its page: nothing of it is opened, so nothing is logged as read. Others
 * are refused like what does not exist.
 */
export async function leadToCase(press: Press, inModal?: Way['inModal']): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = ''] = press.value.split('/');
  const loaded = await loadConsultation(scope, id);
  if (!loaded || !maySee(actor, standingOf(loaded))) {
    await recordRefusal(scope, actor, { id, loaded }, 'consultation.read', 'not-found');
    return tellRefusal(press, { reason: 'not-found' });
  }
  const { reference } = loaded.consultation;
  await leadToPage(press, {
    page: casePath(reference),
    about: consultationText.readOnPage(reference),
    ...(inModal ? { inModal } : {}),
  });
}
