/** The button 経過を見る. */
import type { Press } from '../../../slack/feature.ts';
import { keepsTypedTextOut, openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import type { CasePart } from '../forms.ts';
import { casePath } from '../pages/paths.ts';
import { answerUnread, leadToCase } from '../purpose/asking.ts';
import { timelineModal } from './blocks.ts';
import { timelineOf } from './mutations.ts';

export const timeline: CasePart = { presses: { [ACTIONS.timeline]: pressTimeline } };

/** The press's value is the case's id, or `id/seq`. Another page takes the place of the one that it was asked from. */
async function pressTimeline(press: Press): Promise<void> {
  const { scope } = press.context;
  const [id = '', before = ''] = press.value.split('/');
  const inModal = press.modal?.callbackId === ACTIONS.timeline ? 'replace' : 'push';
  if (keepsTypedTextOut(press.context)) return leadToCase(press, inModal);
  const shown = await timelineOf(
    scope,
    actorOf(press.context),
    id,
    /^\d+$/.test(before) ? Number(before) : undefined,
  );
  if (!shown.ok) return answerUnread(press, ACTIONS.timeline, shown.refusal, inModal);
  const { of, page } = shown.value;
  await openModal(press, timelineModal(of, page), { holds: 'typed', page: casePath(of.reference), inModal });
}
