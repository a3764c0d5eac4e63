/** The buttons 詳細を見る and 読む. */

import { done, type Result, refused } from '../../../lib/result.ts';
import type { Press } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { openAnswers, openCaseKeyOf, openContent } from '../data.ts';
import type { Refusal } from '../mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { answerReadingModal, detailModal } from './blocks.ts';
import { beginReading } from './mutations.ts';

type Show = (scope: Scope, actor: Actor, value: string) => Promise<Result<ModalView, Refusal>>;

export const pressRead = (press: Press) => showOnPress(press, openDetail);
export const pressReadAnswer = (press: Press) => showOnPress(press, openAnswer);

async function showOnPress(press: Press, show: Show): Promise<void> {
  const { scope } = press.context;
  const shown = await show(scope, actorOf(press.context), press.value);
  if (shown.ok) await openModal(scope, press.client, press.triggerId, press.person, shown.value);
  else await tellRefusal(press, shown.refusal);
}

async function openDetail(scope: Scope, actor: Actor, id: string): Promise<Result<ModalView, Refusal>> {
  const reading = await beginReading(scope, actor, id, { what: 'content' });
  if (!reading.ok) return reading;
  const key = await openCaseKeyOf(scope, id);
  const [content, answers] = await Promise.all([
    openContent(scope.db, key, reading.value),
    openAnswers(scope.db, key, reading.value),
  ]);
  return done(detailModal(reading.value, content, answers));
}

async function openAnswer(scope: Scope, actor: Actor, value: string): Promise<Result<ModalView, Refusal>> {
  const [id = '', answerId = ''] = value.split('/');
  const reading = await beginReading(scope, actor, id, { what: 'answer', answer: answerId });
  if (!reading.ok) return reading;
  const answers = await openAnswers(scope.db, await openCaseKeyOf(scope, id), reading.value);
  const answer = answers.find((each) => each.id === answerId);
  return answer ? done(answerReadingModal(reading.value, answer)) : refused({ reason: 'not-found' });
}
