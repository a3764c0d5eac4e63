/** A roll-call is made, at once or for a set time, and begins: its roster is drawn from the directory of that moment. */
import { and, eq, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { eraYear, fiscalYearOf } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { enqueueMail, type MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { city } from '../../directory/tables.ts';
import { boardEntry } from '../board/entries.ts';
import { type RollCall, standInOfActor } from '../data.ts';
import { formatRollCallReference, mayCommand } from '../rules.ts';
import { openRollCallsKey, rollCallPlace } from '../sealing.ts';
import { noteRollCallRefusal, noticeStatements, type Told } from '../storing/mutations.ts';
import { rollCall, rosterPerson } from '../tables.ts';
import type { Instruction, RollCallKind, Scenario } from '../words.ts';

const ATTEMPTS = 60;

export interface NewRollCall {
  kind: RollCallKind;
  scenario: Scenario;
  instructions: readonly Instruction[];
  /** As it was typed; sealed here. */
  note: string | null;
  /** Null for all. */
  centers: readonly string[] | null;
  isAnnounced: boolean;
  byMail: boolean;
  /** Null to begin at once. */
  startsAt: Date | null;
  /** Of the form: sent again, it makes nothing. */
  submissionKey: string;
}

export type MakeRefusal = { reason: 'not-allowed' } | { reason: 'running'; other: RollCall };

/** What is told and stored with a roll-call that is made or begins, in its batch. */
export interface Making {
  statements?: readonly Statement[];
  told?: readonly Told[];
  entries?: readonly OutboxEntry[];
  mails?: readonly MailEntry[];
}

/**
 * Makes a roll-call, and begins it unless it is for later.
 * @param makingOf what people are told, once its id and reference are known; may run several times
 * @returns it, also when the same form made it before. `running`: another of this kind runs already, so of two managers who start at
 *   the same moment the second one is led to the first one's.
 */
export async function makeRollCall(
  scope: Scope,
  actor: Actor,
  wanted: NewRollCall,
  makingOf: (made: RollCall) => Promise<Making>,
): Promise<Result<RollCall, MakeRefusal>> {
  const action = wanted.kind === 'drill' ? 'roll-call.make-drill' : 'roll-call.make-actual';
  if (!mayCommand(actor, await standInOfActor(scope, actor))) {
    await noteRollCallRefusal(scope, actor, action, undefined, 'not-allowed');
    return refused({ reason: 'not-allowed' });
  }
  const id = crypto.randomUUID();
  const note = await sealNote(scope, id, wanted.note);
  for (let attempt = 1; ; attempt += 1) {
    const stock = await takeStock(scope, wanted);
    if (stock.known) return done(stock.known);
    if (wanted.startsAt === null && stock.running)
      return refused({ reason: 'running', other: stock.running });
    const row = newRow(scope, actor, wanted, { id, note, stock });
    const making = await makingOf(row);
    try {
      await store(scope, row, making, { action, boardChannel: stock.boardChannel });
    } catch (error) {
      // Another one took the number or runs already, or the same form came twice at once.
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      continue;
    }
    scope.wakeCourier();
    return done(row);
  }
}

function newRow(
  { now }: Scope,
  { slackUserId }: Actor,
  { centers, instructions, ...wanted }: NewRollCall,
  { id, note, stock }: { id: string; note: RollCall['note']; stock: Stock },
): RollCall {
  const isNow = wanted.startsAt === null;
  const startsAt = wanted.startsAt ?? now;
  const series = eraYear(fiscalYearOf(startsAt, stock.firstMonth), stock.firstMonth);
  const number = (stock.latest.get(series) ?? 0) + 1;
  return {
    ...wanted,
    id,
    reference: formatRollCallReference(series, number),
    series,
    number,
    instructions: JSON.stringify(instructions),
    note,
    centers: centers === null ? null : JSON.stringify(centers),
    status: isNow ? 'running' : 'scheduled',
    startsAt,
    startedAt: isNow ? now : null,
    closedAt: null,
    organiser: slackUserId,
    closedBy: null,
    slackDownAt: null,
    slackBackAt: null,
    mailedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

async function store(
  scope: Scope,
  row: RollCall,
  making: Making,
  { action, boardChannel }: { action: string; boardChannel: string },
): Promise<void> {
  const { db, now } = scope;
  const entry = await nextEntry(`roll-call:${row.id}`, EMPTY_CHAIN, {
    at: now,
    actor: row.organiser,
    action,
    outcome: 'done',
    ...scope.origin,
    detail: { rollCall: row.reference, kind: row.kind, scenario: row.scenario, status: row.status },
  });
  await runBatch(db, [
    appendEntry(db, entry),
    db.insert(rollCall).values(row),
    ...(row.status === 'running' ? [rosterStatement(scope, row)] : []),
    ...makingStatements(scope, row, making),
    enqueue(db, [...boardEntry({ rollCall: row, boardChannel }, 0), ...(making.entries ?? [])], now),
  ]);
}

/** The statements of what is told beside the outbox. */
export function makingStatements({ db, now }: Scope, { id }: RollCall, making: Making): Statement[] {
  const mails = (making.mails ?? []).map((mail) => ({ about: id, ...mail }));
  return [
    ...(making.statements ?? []),
    ...noticeStatements(db, id, making.told ?? [], now),
    ...(mails.length === 0 ? [] : [enqueueMail(db, mails, now)]),
  ];
}

/**
 * The statement that puts everybody concerned on the roster who is not on it: staff of the district centers and of the core center,
 * or of the centers that were chosen. Those who were off it and work there again are on it again.
 */
export function rosterStatement(
  { db, now }: Scope,
  { id, centers }: Pick<RollCall, 'id' | 'centers'>,
): Statement {
  const at = now.getTime();
  // Every column of the table, in its order.
  return db
    .insert(rosterPerson)
    .select(
      sql`SELECT ${id}, staff.slack_user_id, staff.center, ${at}, NULL, lower(hex(randomblob(9))),
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM staff JOIN center ON center.code = staff.center
        WHERE staff.removed_at IS NULL AND center.closed_at IS NULL
          AND CASE WHEN ${centers} IS NULL THEN center.kind <> 'city' ELSE center.code IN (SELECT value FROM json_each(${centers})) END`,
    )
    .onConflictDoUpdate({
      target: [rosterPerson.rollCallId, rosterPerson.person],
      set: { leftAt: null, center: sql`excluded.center` },
    });
}

async function sealNote(scope: Scope, id: string, note: string | null) {
  if (note === null) return null;
  return (await openRollCallsKey(scope)).seal(rollCallPlace('roll_call', 'note', id), note);
}

type Stock = Awaited<ReturnType<typeof takeStock>>;

/** Whether the form made it already, one of its kind that runs, the latest number of each year, and where boards stand. */
async function takeStock({ db }: Scope, { submissionKey, kind }: NewRollCall) {
  const [known, running, numbers, cities] = await db.batch([
    db.select().from(rollCall).where(eq(rollCall.submissionKey, submissionKey)),
    db
      .select()
      .from(rollCall)
      .where(and(eq(rollCall.kind, kind), eq(rollCall.status, 'running'))),
    db
      .select({ series: rollCall.series, latest: sql<number>`max(${rollCall.number})`.as('latest') })
      .from(rollCall)
      .groupBy(rollCall.series),
    db
      .select({ firstMonth: city.fiscalYearStart, drill: city.drillChannel, triage: city.triageChannel })
      .from(city)
      .where(eq(city.id, 1)),
  ]);
  const [of] = cities;
  if (!of) throw new Error('a roll-call has a city');
  return {
    known: known[0],
    running: running[0],
    latest: new Map(numbers.map(({ series, latest }) => [series, latest])),
    firstMonth: of.firstMonth,
    boardChannel: of.drill ?? of.triage,
  };
}
