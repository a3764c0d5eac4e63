/** Proposing, editing and confirming a year's dates: each once, on the latest state. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { changeDirectory } from '../../directory/mutations.ts';
import { markOf } from '../../directory/settings/rules.ts';
import { listContacts } from '../attendance/data.ts';
import { loadPlan, type Plan, type PlannedRow } from './data.ts';
import { daysOfYear, isYear, mayPlan, mayPlanKind, missingDates, planYears } from './rules.ts';
import type { WantedDate } from './schema.ts';
import { planConfirmation, plannedDate } from './tables.ts';

type NewRow = Pick<PlannedRow, 'kind' | 'on' | 'starts' | 'minutes' | 'movedFrom'> & {
  id?: string | undefined;
};

/** The plan is another one than the form showed. */
export type Overtaken = { reason: 'changed-meanwhile' };
export type PlanRefusal = { reason: 'not-allowed' | 'not-a-year' };

/** What can still be edited: neither confirmed nor a meeting. */
export function openDates(dates: readonly PlannedRow[]): PlannedRow[] {
  return dates.filter(({ confirmation, meetingId }) => confirmation === null && meetingId === null);
}

/** What would be confirmed: open and still to come. */
export function datesToConfirm(plan: Plan, today: JapanDate): PlannedRow[] {
  return plan.kinds.flatMap(({ dates }) => openDates(dates)).filter(({ on }) => on > today);
}

/** Of dates that a form showed. */
export function markOfDates(dates: readonly PlannedRow[]): Promise<string> {
  return markOf(dates.map(({ id, on, starts }) => `${id}/${on}/${starts}`).sort());
}

/**
 * Adds the dates that are missing of all kinds that the actor may plan.
 * @returns how many were added
 */
export function proposePlan(scope: Scope, actor: Actor, year: number): Promise<Result<number, PlanRefusal>> {
  return changeDirectory<number, PlanRefusal>(scope, actor, 'meeting.propose_plan', async () => {
    if (!mayPlan(actor)) return refused({ reason: 'not-allowed' });
    if (!isYear(year)) return refused({ reason: 'not-a-year' });
    const plan = await loadPlan(scope.db, actor, year);
    if (!isOpenYear(plan, scope.now)) return refused({ reason: 'not-a-year' });
    const kinds = plan.kinds.map(({ kind }) => kind);
    const missing = missingDates(kinds, plan, plan.calendar, plan.taken, japanDate(scope.now));
    if (missing.length === 0) return done({ value: 0 });
    return done({
      value: missing.length,
      detail: { year, dates: missing.length },
      statements: insertDates(scope.db, year, missing),
    });
  });
}

function isOpenYear({ year, firstMonth }: Plan, now: Date): boolean {
  return planYears(now, firstMonth).years.includes(year);
}

export type EditRefusal =
  | PlanRefusal
  | Overtaken
  /** The positions of faulty dates in the form. */
  | { reason: 'out-of-year' | 'past' | 'doubled'; at: readonly number[] };

/**
 * Makes the open dates of a kind equal to the form's.
 * @param seen `markOfDates` of what the form showed
 */
export function editPlan(
  scope: Scope,
  actor: Actor,
  { year, kindId, seen }: { year: number; kindId: string; seen: string },
  wanted: readonly WantedDate[],
): Promise<Result<number, EditRefusal>> {
  const { db } = scope;
  return changeDirectory<number, EditRefusal>(scope, actor, 'meeting.edit_plan', async () => {
    if (!isYear(year)) return refused({ reason: 'not-a-year' });
    const plan = await loadPlan(db, actor, year);
    const planned = plan.kinds.find(({ kind }) => kind.id === kindId);
    if (!planned || !mayPlanKind(actor, planned.kind)) return refused({ reason: 'not-allowed' });
    if (!isOpenYear(plan, scope.now)) return refused({ reason: 'not-a-year' });
    const open = openDates(planned.dates);
    const kept = new Set<string>();
    const after = wanted.map(({ on, starts }): NewRow => {
      // Of two on one day each is a date of its own.
      const before = open.find((each) => each.on === on && !kept.has(each.id));
      if (before) kept.add(before.id);
      return {
        id: before?.id,
        kind: kindId,
        on,
        starts,
        minutes: before?.minutes ?? planned.kind.minutes,
        movedFrom: before?.movedFrom ?? null,
      };
    });
    if (isSame(open, after)) return done({ value: after.length });
    if (seen !== (await markOfDates(open))) return refused({ reason: 'changed-meanwhile' });
    const fault = faultOf(
      plan,
      planned.dates.filter((each) => !open.includes(each)),
      open,
      after,
      scope.now,
    );
    if (fault) return refused(fault);
    return done({
      value: after.length,
      detail: { year, kind: kindId, dates: after.length },
      statements: [
        db
          .delete(plannedDate)
          .where(
            and(
              eq(plannedDate.fiscalYear, year),
              eq(plannedDate.kind, kindId),
              isNull(plannedDate.confirmation),
              isNull(plannedDate.meetingId),
            ),
          ),
        ...insertDates(db, year, after),
      ],
    });
  });
}

function isSame(before: readonly WantedDate[], after: readonly WantedDate[]): boolean {
  const write = (dates: readonly WantedDate[]) =>
    dates
      .map(({ on, starts }) => `${on} ${starts}`)
      .sort()
      .join();
  return write(before) === write(after);
}

function faultOf(
  plan: Plan,
  fixed: readonly PlannedRow[],
  open: readonly PlannedRow[],
  after: readonly NewRow[],
  now: Date,
): EditRefusal | undefined {
  const { first, last } = daysOfYear(plan.year, plan.firstMonth);
  const positions = (isFaulty: (row: NewRow, position: number) => boolean) =>
    after.flatMap((row, position) => (isFaulty(row, position) ? [position] : []));
  const outside = positions(({ on }) => on < first || on > last);
  if (outside.length > 0) return { reason: 'out-of-year', at: outside };
  const today = japanDate(now);
  // What has gone by unconfirmed may stay as it is.
  const past = positions(({ on }) => on <= today && !open.some((each) => each.on === on));
  if (past.length > 0) return { reason: 'past', at: past };
  const keys = after.map(({ on, starts }) => `${on} ${starts}`);
  const taken = new Set(fixed.map(({ on, starts }) => `${on} ${starts}`));
  const doubled = positions((_, i) => taken.has(keys[i] ?? '') || keys.indexOf(keys[i] ?? '') !== i);
  return doubled.length > 0 ? { reason: 'doubled', at: doubled } : undefined;
}

/** What a confirmation comes to. */
export interface Confirmed {
  meetings: number;
  /** How many people and guests are told. */
  people: number;
}

/** How many would be told of these dates, each once: people, contacts of centers, guests. */
export async function countTold(db: Database, plan: Plan, dates: readonly PlannedRow[]): Promise<number> {
  const kinds = new Set(dates.map(({ kind }) => kind));
  const seats = plan.kinds.filter(({ kind }) => kinds.has(kind.id)).flatMap((each) => each.seats);
  const centers = seats.flatMap((seat) => (seat.by === 'center' ? [seat.center] : []));
  const contacts = await listContacts(db, centers);
  return new Set(
    seats.flatMap((each) => {
      if (each.by === 'center') return contacts.get(each.center) ?? [];
      return [each.by === 'person' ? each.person : each.seat];
    }),
  ).size;
}

/**
 * Confirms all open dates to come that the actor may plan. A job makes them meetings and tells everybody once.
 * @param seen `markOfDates` of what the second look showed; confirmed already, nothing is confirmed again
 */
export function confirmPlan(
  scope: Scope,
  actor: Actor,
  { year, seen }: { year: number; seen: string },
): Promise<Result<Confirmed, PlanRefusal | Overtaken | { reason: 'nothing' }>> {
  const { db, now } = scope;
  const id = crypto.randomUUID();
  return changeDirectory<Confirmed, PlanRefusal | Overtaken | { reason: 'nothing' }>(
    scope,
    actor,
    'meeting.confirm_plan',
    async () => {
      if (!mayPlan(actor)) return refused({ reason: 'not-allowed' });
      if (!isYear(year)) return refused({ reason: 'not-a-year' });
      const plan = await loadPlan(db, actor, year);
      const dates = datesToConfirm(plan, japanDate(now));
      if (dates.length === 0) return refused({ reason: 'nothing' });
      if (seen !== (await markOfDates(dates))) return refused({ reason: 'changed-meanwhile' });
      const ids = JSON.stringify(dates.map((each) => each.id));
      return done({
        value: { meetings: dates.length, people: await countTold(db, plan, dates) },
        detail: { plan: id, year, dates: dates.length },
        statements: [
          db.insert(planConfirmation).values({
            id,
            fiscalYear: year,
            confirmedBy: actor.slackUserId,
            confirmedAt: now,
            toldAt: null,
          }),
          db
            .update(plannedDate)
            .set({ confirmation: id })
            .where(
              and(
                isNull(plannedDate.confirmation),
                sql`${plannedDate.id} IN (SELECT value FROM json_each(${ids}))`,
              ),
            ),
        ],
      });
    },
  );
}

function insertDates(db: Database, year: number, rows: readonly NewRow[]): Statement[] {
  if (rows.length === 0) return [];
  const json = JSON.stringify(rows.map((row) => ({ ...row, id: row.id ?? crypto.randomUUID() })));
  // Every column of the table, in its order.
  return [
    db
      .insert(plannedDate)
      .select(
        sql`SELECT value->>'id', ${year}, value->>'kind', value->>'on', value->>'starts', value->>'minutes', value->>'movedFrom',
          NULL, NULL FROM json_each(${json}) WHERE true`,
      )
      .onConflictDoNothing(),
  ];
}
