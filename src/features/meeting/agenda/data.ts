/** The agenda of a meeting with its titles opened, and what its items may refer to. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import type { CaseKey, Sealed } from '../../../vault/key-ring.ts';
import { findByReference } from '../../consultation/finding/data.ts';
import { isSeenBy, sightOf } from '../../consultation/visibility/data.ts';
import type { Actor } from '../../directory/actor.ts';
import { markOf } from '../../directory/settings/rules.ts';
import { center } from '../../directory/tables.ts';
import { meetingPlace, openMeetingsKey } from '../sealing.ts';
import type { Subject } from './rules.ts';
import { agendaItem } from './tables.ts';

export interface OpenedItem {
  id: string;
  position: number;
  title: string;
  minutes: number | null;
  center: string;
  centerShort: string;
  proposedBy: string;
  consultationId: string | null;
  issueId: string | null;
  /** `R8-0042`, `課R8-003`. */
  consultation: string | null;
  issue: string | null;
  /** Equal for equal states: a form that was overtaken is told so. */
  mark: string;
}

/** The items in their order. Requires that the caller asked `rules.mayRead`. */
export async function listAgenda(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
): Promise<OpenedItem[]> {
  const rows = await scope.db
    .select({
      id: agendaItem.id,
      position: agendaItem.position,
      title: agendaItem.title,
      minutes: agendaItem.minutes,
      center: agendaItem.center,
      centerShort: center.short,
      proposedBy: agendaItem.proposedBy,
      consultationId: agendaItem.consultationId,
      issueId: agendaItem.issueId,
      consultation: sql<
        string | null
      >`(SELECT reference FROM consultation WHERE id = ${agendaItem.consultationId})`,
      issue: sql<string | null>`(SELECT reference FROM community_issue WHERE id = ${agendaItem.issueId})`,
    })
    .from(agendaItem)
    .innerJoin(center, eq(center.code, agendaItem.center))
    .where(and(eq(agendaItem.meetingId, meetingId), isNull(agendaItem.removedAt)))
    .orderBy(asc(agendaItem.position), asc(agendaItem.id));
  if (rows.length === 0) return [];
  const key = await openMeetingsKey(scope);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      title: await openTitle(key, row.id, row.title),
      mark: await markOf([row.title, row.minutes, row.consultationId, row.issueId]),
    })),
  );
}

export function titlePlace(id: string) {
  return meetingPlace('meeting_agenda_item', 'title', id);
}

/** The title of an item, from its sealed column. */
export function openTitle(key: CaseKey, id: string, sealed: Sealed): Promise<string> {
  return key.open(titlePlace(id), sealed);
}

/** The id behind a reference, for whoever may see it; 地域課題 have references that everybody knows. */
export async function findSubject(
  scope: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  { by, reference }: Subject,
): Promise<string | undefined> {
  const { db } = scope;
  if (by === 'consultation') return findByReference(db, await sightOf(scope, actor), reference);
  const [row] = await db.all<{ id: string }>(
    sql`SELECT id FROM community_issue WHERE reference = ${reference} LIMIT 1`,
  );
  return row?.id;
}

/** Which of these consultations somebody may see. */
export async function seenAmong(
  scope: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  consultationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (consultationIds.length === 0) return new Set();
  const sight = await sightOf(scope, actor);
  const rows = await scope.db.all<{ id: string }>(
    sql`SELECT id FROM consultation WHERE id IN (SELECT value FROM json_each(${JSON.stringify(consultationIds)}))
      AND ${isSeenBy(sight)}`,
  );
  return new Set(rows.map(({ id }) => id));
}
