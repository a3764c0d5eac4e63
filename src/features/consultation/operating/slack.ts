/** すべての操作: what this person may do with this case now. */
import type { Press } from '../../../slack/feature.ts';
import { linksToPage, openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import { loadConsultation, standingOf } from '../data.ts';
import { recordRefusal } from '../mutations.ts';
import { casePath } from '../pages/paths.ts';
import { tellRefusal } from '../refusals.ts';
import { operationsOf } from '../rules.ts';
import { maySee } from '../visibility/rules.ts';
import { allOperationsModal } from './blocks.ts';

/** The press's value is the case's id. */
export async function openAllOperations(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const loaded = await loadConsultation(scope, press.value);
  if (!loaded || !maySee(actor, standingOf(loaded))) {
    await recordRefusal(scope, actor, { id: press.value, loaded }, 'consultation.all', 'not-found');
    return tellRefusal(press, { reason: 'not-found' });
  }
  const inModal = press.modal?.callbackId === ACTIONS.read ? 'replace' : 'push';
  const page = casePath(loaded.consultation.reference);
  const operations = operationsOf(actor, standingOf(loaded));
  const view = allOperationsModal(loaded, operations, linksToPage(scope, page));
  await openModal(press, view, { holds: 'references', page, inModal });
}
