/** 気づき・改善点 and promises with their texts opened, for those who may read them. */
import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { center, staff } from '../../directory/tables.ts';
import { openRollCallsKey, rollCallPlace } from '../sealing.ts';
import { rollCall } from '../tables.ts';
import type { RollCallKind, Scenario } from '../words.ts';
import { mayReadLesson } from './rules.ts';
import { lesson } from './tables.ts';

export type LessonRow = typeof lesson.$inferSelect;

export function bodyPlace(id: string) {
  return rollCallPlace('roll_call_lesson', 'body', id);
}

export function promisePlace(id: string) {
  return rollCallPlace('roll_call_lesson', 'promise', id);
}

/** One with its texts opened. */
export interface OpenedLesson {
  id: string;
  rollCallId: string;
  reference: string;
  kind: RollCallKind;
  scenario: Scenario;
  center: string;
  centerShort: string;
  at: Date;
  body: string;
  /** What was promised; null where nothing was. */
  promise: string | null;
  promisedBy: string | null;
  /** The name of whoever keeps it; empty where nobody does. */
  keeper: string;
  dueOn: JapanDate | null;
  doneAt: Date | null;
  version: number;
}

const columns = {
  id: lesson.id,
  rollCallId: lesson.rollCallId,
  reference: rollCall.reference,
  kind: rollCall.kind,
  scenario: rollCall.scenario,
  center: lesson.center,
  centerShort: sql<string>`${center.short}`.as('center_short'),
  at: lesson.at,
  body: lesson.body,
  promise: lesson.promise,
  promisedBy: lesson.promisedBy,
  keeper: sql<string>`coalesce(${staff.name}, '')`.as('keeper'),
  dueOn: lesson.dueOn,
  doneAt: lesson.doneAt,
  version: lesson.version,
} as const;

function selectLessons(db: Database, condition: SQL | undefined, limit: number) {
  return db
    .select(columns)
    .from(lesson)
    .innerJoin(rollCall, eq(rollCall.id, lesson.rollCallId))
    .innerJoin(center, eq(center.code, lesson.center))
    .leftJoin(staff, eq(staff.slackUserId, lesson.promisedBy))
    .where(condition)
    .orderBy(
      sql`${lesson.promise} IS NULL OR ${lesson.doneAt} IS NOT NULL`,
      asc(lesson.dueOn),
      desc(lesson.at),
      asc(lesson.id),
    )
    .limit(limit);
}

type Row = Awaited<ReturnType<typeof selectLessons>>[number];

/** As many as 60 centers send. */
const LISTED = 500;

/** Those of one roll-call that this person may read; what is promised and open first. */
export async function openLessons(
  scope: Pick<Scope, 'db' | 'settings'>,
  actor: Actor,
  rollCallId: string,
): Promise<OpenedLesson[]> {
  const rows = await selectLessons(scope.db, eq(lesson.rollCallId, rollCallId), LISTED);
  return openAll(
    scope,
    rows.filter((row) => mayReadLesson(actor, { center: row.center, isPromised: row.promise !== null })),
  );
}

/** What was promised in all roll-calls, open ones first, the earliest day first: for all staff. */
export async function openPromises(scope: Pick<Scope, 'db' | 'settings'>): Promise<OpenedLesson[]> {
  return openAll(scope, await selectLessons(scope.db, isNotNull(lesson.promise), LISTED));
}

/** The same of roll-calls of a kind that began before another one: what it can show to be done. */
export async function openEarlierPromises(
  scope: Pick<Scope, 'db' | 'settings'>,
  { kind, startsAt, id }: { kind: RollCallKind; startsAt: Date; id: string },
  limit: number,
): Promise<OpenedLesson[]> {
  const isEarlier = sql`${rollCall.startsAt} < ${startsAt.getTime()} AND ${rollCall.id} <> ${id}`;
  const rows = await selectLessons(
    scope.db,
    and(isNotNull(lesson.promise), eq(rollCall.kind, kind), isEarlier),
    limit,
  );
  return openAll(scope, rows);
}

async function openAll(scope: Pick<Scope, 'db' | 'settings'>, rows: readonly Row[]): Promise<OpenedLesson[]> {
  if (rows.length === 0) return [];
  const key = await openRollCallsKey(scope);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      body: await key.open(bodyPlace(row.id), row.body),
      promise: row.promise === null ? null : await key.open(promisePlace(row.id), row.promise),
    })),
  );
}

/** With its promise opened; asks nobody's permission. */
export async function openLesson(
  scope: Pick<Scope, 'db' | 'settings'>,
  id: string,
): Promise<OpenedLesson | undefined> {
  const [found] = await openAll(scope, await selectLessons(scope.db, eq(lesson.id, id), 1));
  return found;
}

/** The row as it is stored. */
export async function findLesson(db: Database, id: string): Promise<LessonRow | undefined> {
  const [row] = await db.select().from(lesson).where(eq(lesson.id, id)).limit(1);
  return row;
}

/** How many a center sent for a roll-call. */
export async function countLessons(db: Database, rollCallId: string, code: string): Promise<number> {
  return db.$count(lesson, and(eq(lesson.rollCallId, rollCallId), eq(lesson.center, code)));
}

/** Who may be named as keeping a promise: all staff, by center. */
export interface Keeper {
  slackUserId: string;
  name: string;
  centerShort: string;
}

export async function listKeepers(db: Database): Promise<Keeper[]> {
  return db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      centerShort: sql<string>`${center.short}`.as('center_short'),
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(isNull(staff.removedAt), isNull(center.closedAt)))
    .orderBy(asc(center.position), asc(staff.position));
}

/** Whether somebody works here now. */
export async function isStaff(db: Database, slackUserId: string): Promise<boolean> {
  const rows = await db
    .select({ id: staff.slackUserId })
    .from(staff)
    .where(and(eq(staff.slackUserId, slackUserId), isNull(staff.removedAt)))
    .limit(1);
  return rows.length > 0;
}
