/** Promises with their texts opened, for those who may read them. */
import { and, asc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center, staff } from '../../directory/tables.ts';
import type { LoadedMeeting } from '../data.ts';
import { isReadBy } from '../menu/data.ts';
import { minutes, promise } from '../minutes/tables.ts';
import { meetingPlace, openMeetingsKey } from '../sealing.ts';
import { meeting } from '../tables.ts';
import type { Keeper } from './rules.ts';

/** A promise without its text. */
export interface ListedPromise extends Keeper {
  id: string;
  meetingId: string;
  reference: string;
  kindName: string;
  /** Of the person or center that keeps it. */
  who: string;
  dueOn: string | null;
  createdAt: Date;
  outcome: 'kept' | 'dropped' | null;
}

export interface OpenedPromise extends ListedPromise {
  body: string;
}

export function promisePlace(id: string) {
  return meetingPlace('meeting_promise', 'body', id);
}

const columns = {
  id: promise.id,
  meetingId: promise.meetingId,
  reference: meeting.reference,
  kindName: meetingKind.name,
  person: promise.person,
  personCenter: staff.center,
  center: promise.center,
  who: sql<string>`coalesce(${staff.name}, ${center.short}, '')`,
  dueOn: promise.dueOn,
  createdAt: promise.createdAt,
  outcome: promise.outcome,
  body: promise.body,
} as const;

function selectPromises(db: Database) {
  return db
    .select(columns)
    .from(promise)
    .innerJoin(meeting, eq(meeting.id, promise.meetingId))
    .innerJoin(meetingKind, eq(meetingKind.id, promise.kind))
    .leftJoin(staff, eq(staff.slackUserId, promise.person))
    .leftJoin(center, eq(center.code, promise.center));
}

/** Whose promises: what one keeps oneself or as a center, what one's staff keep, what was promised at meetings that one arranges. */
export type Share = 'mine' | 'staff' | 'arranged';

/** As `rules.mayKeep` and `meeting/rules.mayArrange`, in SQL. */
function isOf(actor: Actor, share: Share): SQL {
  const { code, kind } = actor.center;
  switch (share) {
    case 'mine':
      return sql`(${promise.person} = ${actor.slackUserId} OR (${promise.person} IS NULL AND ${promise.center} = ${code}))`;
    case 'staff':
      return actor.role === 'manager'
        ? sql`(${staff.center} = ${code} AND ${promise.person} <> ${actor.slackUserId})`
        : sql`0`;
    case 'arranged': {
      const ofCity =
        kind === 'kikan'
          ? sql` OR (SELECT kind FROM center WHERE code = ${meeting.hostCenter}) = 'city'`
          : sql``;
      return sql`(${meeting.hostCenter} = ${code}${ofCity})`;
    }
  }
}

const LISTED = 200;

/** Open ones, the earliest day first. */
export async function listPromises(
  db: Database,
  actor: Actor,
  share: Share,
  limit: number = LISTED,
): Promise<ListedPromise[]> {
  const rows = await selectOpen(db, isOf(actor, share), limit);
  return rows.map(({ body, ...row }) => row);
}

/** The same with their texts. */
export async function openPromises(scope: Scope, actor: Actor, share: Share): Promise<OpenedPromise[]> {
  return openAll(scope, await selectOpen(scope.db, isOf(actor, share), LISTED));
}

/**
 * What is still open of earlier meetings of the kind, as far as this person may know of it: her own, those of approved minutes that she
 * may read, and all of those whose meetings she arranges. Meetings of districts carry on their own only.
 */
export async function listCarried(
  scope: Scope,
  actor: Actor,
  { meeting: of, kind }: Pick<LoadedMeeting, 'meeting' | 'kind'>,
): Promise<OpenedPromise[]> {
  const isApproved = sql`EXISTS (SELECT 1 FROM ${minutes} WHERE ${minutes.meetingId} = ${meeting.id} AND ${minutes.approvedAt} IS NOT NULL)`;
  const isKnown = or(
    isOf(actor, 'mine'),
    isOf(actor, 'arranged'),
    and(isApproved, or(eq(meeting.isPrivate, false), isReadBy(actor))),
  );
  const isEarlier =
    of.startsAt === null
      ? sql`1`
      : sql`(${meeting.startsAt} IS NULL OR ${meeting.startsAt} < ${of.startsAt.getTime()})`;
  const rows = await selectOpen(
    scope.db,
    and(
      eq(promise.kind, kind.id),
      ne(promise.meetingId, of.id),
      isEarlier,
      kind.host === 'district' ? eq(meeting.hostCenter, of.hostCenter) : undefined,
      isKnown,
    ),
    LISTED,
  );
  return openAll(scope, rows);
}

/** All of one meeting, settled ones too, in the order in which they were written. */
export async function promisesOf(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
): Promise<OpenedPromise[]> {
  const rows = await selectPromises(scope.db)
    .where(eq(promise.meetingId, meetingId))
    .orderBy(asc(promise.createdAt), asc(promise.id));
  return openAll(scope, rows);
}

/** Asks nobody's permission. */
export async function findPromise(db: Database, id: string): Promise<ListedPromise | undefined> {
  const [row] = await selectPromises(db).where(eq(promise.id, id)).limit(1);
  if (!row) return undefined;
  const { body, ...found } = row;
  return found;
}

type Row = Awaited<ReturnType<typeof selectOpen>>[number];

function selectOpen(db: Database, condition: SQL | undefined, limit: number) {
  return selectPromises(db)
    .where(and(isNull(promise.settledAt), condition))
    .orderBy(sql`${promise.dueOn} IS NULL`, asc(promise.dueOn), asc(promise.createdAt), asc(promise.id))
    .limit(limit);
}

async function openAll(
  scope: Pick<Scope, 'db' | 'settings'>,
  rows: readonly Row[],
): Promise<OpenedPromise[]> {
  if (rows.length === 0) return [];
  const key = await openMeetingsKey(scope);
  return Promise.all(
    rows.map(async (row) => ({ ...row, body: await key.open(promisePlace(row.id), row.body) })),
  );
}
