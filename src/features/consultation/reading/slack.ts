/** The buttons 詳細を見る and 読む. */

import { done, type Result, refused } from '../../../lib/result.ts';
import type { Press } from '../../../slack/feature.ts';
import { keepsTypedTextOut, linksToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import { openClosing } from '../closing/data.ts';
import { openAnswers, openCaseKeyOf, openContent } from '../content/data.ts';
import type { Consultation } from '../data.ts';
import type { CasePart } from '../forms.ts';
import { readRelations } from '../merging/data.ts';
import type { Refusal } from '../mutations.ts';
import { openNote, openNotes } from '../notes/data.ts';
import { casePath } from '../pages/paths.ts';
import { answerUnread, leadToCase } from '../purpose/asking.ts';
import { openActivities } from '../recording/data.ts';
import { sightOf } from '../visibility/data.ts';
import { answerReadingModal, detailModal, noteReadingModal } from './blocks.ts';
import { beginReading } from './mutations.ts';

/** A view of a case that its reader may see. */
export interface ShownCase {
  of: Consultation;
  view: ModalView;
}

type Show = (scope: Scope, actor: Actor, value: string) => Promise<Result<ShownCase, Refusal>>;

export const reading: CasePart = {
  presses: {
    [ACTIONS.read]: pressRead,
    [ACTIONS.readAnswer]: (press) => showOnPress(press, ACTIONS.readAnswer, openAnswer),
    [ACTIONS.readNote]: (press) => showOnPress(press, ACTIONS.readNote, openOneNote),
  },
};

/** Shows the case whose id is the press's value. */
function pressRead(press: Press): Promise<void> {
  return showOnPress(press, ACTIONS.read, openDetail);
}

async function showOnPress(press: Press, actionId: string, show: Show): Promise<void> {
  const { scope } = press.context;
  // Detail and operations lead to each other: in each other's place, since Slack lays three modals upon each other at most.
  const inModal = press.modal?.callbackId === ACTIONS.all ? 'replace' : 'push';
  if (keepsTypedTextOut(press.context)) return leadToCase(press, inModal);
  const shown = await show(scope, actorOf(press.context), press.value);
  if (!shown.ok) return answerUnread(press, actionId, shown.refusal, inModal);
  const { of, view } = shown.value;
  await openModal(press, view, { holds: 'typed', page: casePath(of.reference), inModal });
}

/** Shown to who may see it, and noted; the id is a hint only. */
export async function openDetail(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<ShownCase, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'content' });
  if (!begun.ok) return begun;
  const loaded = begun.value;
  const { consultation: of } = loaded;
  const [key, sight] = await Promise.all([openCaseKeyOf(scope, id), sightOf(scope, actor)]);
  const [content, answers, notes, activities, ending, relations] = await Promise.all([
    openContent(scope.db, key, of),
    openAnswers(scope.db, key, of),
    openNotes(scope.db, key, of),
    openActivities(scope.db, key, of),
    openClosing(scope.db, key, of),
    readRelations(scope.db, sight, of),
  ]);
  const view = detailModal(
    loaded,
    content,
    { answers, notes, activities },
    ending,
    relations,
    linksToPage(scope, casePath(of.reference)),
  );
  return done({ of, view });
}

async function openOneNote(scope: Scope, actor: Actor, value: string): Promise<Result<ShownCase, Refusal>> {
  const [id = '', noteId = ''] = value.split('/');
  const begun = await beginReading(scope, actor, id, { what: 'note', note: noteId });
  if (!begun.ok) return begun;
  const { consultation: of } = begun.value;
  const note = await openNote(scope.db, await openCaseKeyOf(scope, id), of, noteId);
  return note ? done({ of, view: noteReadingModal(of, note) }) : refused({ reason: 'not-found' });
}

async function openAnswer(scope: Scope, actor: Actor, value: string): Promise<Result<ShownCase, Refusal>> {
  const [id = '', answerId = ''] = value.split('/');
  const begun = await beginReading(scope, actor, id, { what: 'answer', answer: answerId });
  if (!begun.ok) return begun;
  const { consultation: of } = begun.value;
  const answers = await openAnswers(scope.db, await openCaseKeyOf(scope, id), of);
  const answer = answers.find((each) => each.id === answerId);
  return answer ? done({ of, view: answerReadingModal(of, answer) }) : refused({ reason: 'not-found' });
}
