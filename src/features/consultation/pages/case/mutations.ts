/** Opening a case as a page: everything about it, for whoever may see it, and noted. */

import { done, type Result } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import type { OpenedClosing } from '../../closing/data.ts';
import { openClosing } from '../../closing/data.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { type LoadedConsultation, standingOf } from '../../data.ts';
import { listFlags } from '../../disclosure/data.ts';
import type { Flag } from '../../disclosure/rules.ts';
import { type ListedFile, openFiles } from '../../files/data.ts';
import { type Relations, readRelations } from '../../merging/data.ts';
import type { Refusal } from '../../mutations.ts';
import { type OpenedNote, openUnansweredQuestions } from '../../notes/data.ts';
import type { Operation } from '../../operating/words.ts';
import { type Look, openLooks } from '../../purpose/looks/data.ts';
import { beginReading } from '../../reading/mutations.ts';
import { operationsOf } from '../../rules.ts';
import { listEvents } from '../../timeline/data.ts';
import { type OpenedCase, type TimelineLine, timelineLines } from '../../timeline/lines.ts';
import { openCase } from '../../timeline/opening/data.ts';
import { sightOf } from '../../visibility/data.ts';
import { seesByEmergencyAlone } from '../../visibility/rules.ts';
import { answersFor } from './managing.ts';

/** A case as its page shows it. */
export interface CaseOnPage {
  loaded: LoadedConsultation;
  opened: OpenedCase;
  /** Oldest first. */
  lines: readonly TimelineLine[];
  closing: OpenedClosing;
  relations: Relations;
  /** To the sender, still without a reply. */
  questions: readonly OpenedNote[];
  /** Until when the reader sees it by 緊急閲覧; null for whoever sees it anyway. */
  emergencyUntil: Date | null;
  /** What the resident asked of the record. */
  flags: readonly Flag[];
  /** What is attached; null where no bucket is bound. */
  files: readonly ListedFile[] | null;
  /** Why others looked into it; nothing for readers who do not answer for the case. */
  looks: readonly Look[];
  /** What the reader may do now. */
  operations: readonly Operation[];
}

export async function openCasePage(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<CaseOnPage, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'content' });
  if (!begun.ok) return begun;
  const loaded = begun.value;
  const { consultation: of } = loaded;
  const [key, events, sight] = await Promise.all([
    openCaseKeyOf(scope, id),
    listEvents(scope.db, id),
    sightOf(scope, actor),
  ]);
  const [opened, closing, relations, questions, files, looks] = await Promise.all([
    openCase(scope, actor, key, of, events),
    openClosing(scope.db, key, of),
    readRelations(scope.db, sight, of),
    openUnansweredQuestions(scope.db, key, of),
    scope.files ? openFiles(scope.db, key, actor, loaded) : null,
    answersFor(actor, loaded) ? openLooks(scope.db, key, of) : [],
  ]);
  return done({
    loaded,
    opened,
    lines: timelineLines(events, opened),
    closing,
    relations,
    questions,
    emergencyUntil: emergencyOf(actor, loaded),
    flags: await listFlags(scope.db, id),
    files,
    looks,
    operations: operationsOf(actor, standingOf(loaded)),
  });
}

function emergencyOf(actor: Actor, loaded: LoadedConsultation): Date | null {
  if (!seesByEmergencyAlone(actor, standingOf(loaded))) return null;
  const times = loaded.emergencies
    .filter(({ slackUserId }) => slackUserId === actor.slackUserId)
    .map(({ until }) => until.getTime());
  return new Date(Math.max(...times));
}
