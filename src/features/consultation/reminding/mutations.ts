/** Keeping the deadlines of a case as its changes leave them. */
import { sql } from 'drizzle-orm';
import type { BusinessCalendar } from '../../../lib/business-time.ts';
import type { Database, Statement } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type CityTime, type Consultation, dueFactsOf, type LoadedConsultation } from '../data.ts';
import { consultation } from '../tables.ts';
import type { DeadlineKind } from '../words.ts';
import { type Deadline, deadlinesOf, earliestDue, nextReminderAt, remindersOf } from './rules.ts';
import { deadline } from './tables.ts';

/** The deadlines of a case, and the earliest that people must act on. */
export function dueOf(
  loaded: Pick<LoadedConsultation, 'consultation' | 'offer' | 'nextPlannedOn' | 'cityTime'>,
): { deadlines: Deadline[]; dueAt: Date | null } {
  const facts = dueFactsOf(loaded);
  const deadlines = deadlinesOf(facts, loaded.cityTime.policy, loaded.cityTime.calendar);
  return { deadlines, dueAt: earliestDue(facts, deadlines) };
}

type CaseFacts = Pick<LoadedConsultation, 'consultation' | 'offer' | 'nextPlannedOn'>;
type CaseVersion = Pick<Consultation, 'id' | 'urgency' | 'version'>;

/** The statements that make the stored deadlines equal to these; they follow the one that stores this version of the case. */
export function storeDeadlines(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  of: CaseVersion,
  deadlines: readonly Deadline[],
  { calendar }: CityTime,
): Statement[] {
  return replaceDeadlines(db, [of], rowsOf(of, deadlines, calendar, now));
}

/**
 * The statements that reckon the deadlines of some cases anew, three however many cases they are. A case that was changed
 * meanwhile has reckoned its own.
 */
export function restoreDeadlines(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  cases: readonly CaseFacts[],
  cityTime: CityTime,
): Statement[] {
  if (cases.length === 0) return [];
  const reckoned = cases.map((each) => ({ of: each.consultation, ...dueOf({ ...each, cityTime }) }));
  const due = JSON.stringify(
    reckoned.map(({ of, dueAt }) => ({ id: of.id, version: of.version, dueAt: dueAt?.getTime() ?? null })),
  );
  const own = sql`json_each(${due}) WHERE value->>'id' = consultation.id AND value->>'version' = consultation.version`;
  return [
    db
      .update(consultation)
      .set({ dueAt: sql`(SELECT value->>'dueAt' FROM ${own})` })
      .where(sql`EXISTS (SELECT 1 FROM ${own})`),
    ...replaceDeadlines(
      db,
      reckoned.map(({ of }) => of),
      reckoned.flatMap(({ of, deadlines }) => rowsOf(of, deadlines, cityTime.calendar, now)),
    ),
  ];
}

interface DeadlineRow {
  id: string;
  version: number;
  kind: DeadlineKind;
  dueAt: number;
  remindAt: number | null;
}

function rowsOf(
  { id, version, urgency }: CaseVersion,
  deadlines: readonly Deadline[],
  calendar: BusinessCalendar,
  now: Date,
): DeadlineRow[] {
  return deadlines.map((each) => ({
    id,
    version,
    kind: each.kind,
    dueAt: each.dueAt.getTime(),
    remindAt: nextReminderAt(remindersOf(each, urgency, calendar), now)?.getTime() ?? null,
  }));
}

/** Of the cases that still are at their version: a deadline that did not move keeps the reminders it has had. */
function replaceDeadlines(
  db: Database,
  cases: readonly CaseVersion[],
  rows: readonly DeadlineRow[],
): Statement[] {
  const list = JSON.stringify(rows);
  const ids = JSON.stringify(cases.map(({ id, version }) => ({ id, version })));
  const gone = db.delete(deadline).where(
    sql`consultation_id IN (
        SELECT consultation.id FROM consultation JOIN json_each(${ids}) ON consultation.id = value->>'id' AND version = value->>'version'
      ) AND NOT EXISTS (
        SELECT 1 FROM json_each(${list}) WHERE value->>'id' = consultation_id AND value->>'kind' = deadline.kind
      )`,
  );
  if (rows.length === 0) return [gone];
  return [
    gone,
    db
      .insert(deadline)
      .select(
        sql`SELECT value->>'id', value->>'kind', value->>'dueAt', value->>'remindAt'
          FROM json_each(${list}) JOIN consultation ON consultation.id = value->>'id' AND version = value->>'version' WHERE true`,
      )
      .onConflictDoUpdate({
        target: [deadline.consultationId, deadline.kind],
        set: { dueAt: sql`excluded.due_at`, remindAt: sql`excluded.remind_at` },
        setWhere: sql`excluded.due_at <> deadline.due_at`,
      }),
  ];
}
