/** Reads of what the events of a case speak of: the names behind their ids, and what was written in them. */
import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { CaseKey } from '../../../../vault/key-ring.ts';
import type { Actor } from '../../../directory/actor.ts';
import { center, staff } from '../../../directory/tables.ts';
import { openAnswers, openContent } from '../../content/data.ts';
import type { Consultation, Handover } from '../../data.ts';
import { handover } from '../../handover/tables.ts';
import { openNotes } from '../../notes/data.ts';
import { openActivities } from '../../recording/data.ts';
import { consultation } from '../../tables.ts';
import { isSeenBy, sightOf } from '../../visibility/data.ts';
import type { CaseEvent } from '../data.ts';
import type { Names } from '../detail.ts';
import type { OpenedCase } from '../lines.ts';

/** Everything that the events of a case speak of, decrypted. Requires that the Actor may see the case and that the reading was logged. */
export async function openCase(
  scope: Scope,
  actor: Actor,
  key: CaseKey,
  of: Consultation,
  events: readonly CaseEvent[],
): Promise<OpenedCase> {
  const { db } = scope;
  const [names, content, answers, notes, activities] = await Promise.all([
    findNames(scope, actor, events),
    openContent(db, key, of),
    openAnswers(db, key, of),
    openNotes(db, key, of, ['comment', 'question', 'reply', 'reason', 'thread']),
    openActivities(db, key, of),
  ]);
  return { names, content, answers, notes, activities };
}

/** The names behind whatever could be an id in the events' details: of people who have left, too; of cases that the Actor may see. */
async function findNames(scope: Scope, actor: Actor, events: readonly CaseEvent[]): Promise<Names> {
  const { db } = scope;
  const words = events.flatMap(({ actor: by, detail }) => [
    by,
    ...Object.values(detail).flatMap((value) => (typeof value === 'string' ? value.split(/[ ,]+/) : [])),
  ]);
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify([...new Set(words)])}))`;
  const isSeen = isSeenBy(await sightOf(scope, actor));
  const [people, centers, cases] = await db.batch([
    db
      .select({ id: staff.slackUserId, name: staff.name })
      .from(staff)
      .where(sql`${staff.slackUserId} IN ${listed}`),
    db.select({ id: center.code, name: center.short }).from(center),
    db
      .select({ id: consultation.id, name: consultation.reference })
      .from(consultation)
      .where(sql`${consultation.id} IN ${listed} AND ${isSeen}`),
  ]);
  return { people: byId(people), centers: byId(centers), cases: byId(cases) };
}

function byId(rows: readonly { id: string; name: string }[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** All hand-overs of a case, oldest first. */
export async function listHandovers(db: Database, consultationId: string): Promise<Handover[]> {
  return db
    .select()
    .from(handover)
    .where(eq(handover.consultationId, consultationId))
    .orderBy(asc(handover.offeredAt));
}
