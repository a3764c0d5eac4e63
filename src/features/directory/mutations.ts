/** Writes of the directory. */
import { and, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../lib/db.ts';
import { largePortionsOf, type Portion, portionsOf } from '../../lib/portions.ts';
import { done, type Result } from '../../lib/result.ts';
import { enqueue, type OutboxEntry } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import {
  type AuditEvent,
  appendEntry,
  type ChainHead,
  chainHead,
  nextEntry,
  recordAlone,
} from '../../vault/audit.ts';
import type { Actor } from './actor.ts';
import { replaceKinds } from './meeting-kinds/mutations.ts';
import type { CityFile } from './schema.ts';
import { endSessionsOfRemoved } from './sessions/mutations.ts';
import { center, city, cityFileEntry, staff } from './tables.ts';

/** How often a change that lost to another one looks again. Each round somebody else was served, so 50 people at once end within it. */
const ATTEMPTS = 60;

/** The action of an import, as the audit log names it. */
export const IMPORT = 'directory.import';

/** What a change made in 設定 stores and tells, in one batch. */
export interface DirectoryChange<Value> {
  value: Value;
  detail: NonNullable<AuditEvent['detail']>;
  statements: readonly Statement[];
  entries?: readonly OutboxEntry[];
}

/**
 * Changes the directory as `decide` says, or refuses and logs that it refused. The city's audit chain serialises the changes: of two
 * at the same time one fails as a whole and decides anew.
 * @param action controlled word for the audit log
 * @param decide may run several times, each time on the latest state; answers with a bare `value` when there is nothing to change
 */
export async function changeDirectory<Value, Refusal extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  action: string,
  decide: () => Promise<Result<DirectoryChange<Value> | { value: Value }, Refusal>>,
): Promise<Result<Value, Refusal>> {
  const { db, now: at } = scope;
  const event = { at, actor: actor.slackUserId, action, ...scope.origin };
  for (let attempt = 1; ; attempt += 1) {
    // Read before everything that is decided on: whatever changes meanwhile makes the entry that follows it fail.
    const head = await chainHead(db, 'city');
    const decision = await decide();
    if (!decision.ok) {
      await recordAlone(db, { ...event, outcome: 'refused', detail: { reason: decision.refusal.reason } });
      return decision;
    }
    const change = decision.value;
    if (!('statements' in change)) return done(change.value);
    const entry = await nextEntry('city', head, { ...event, outcome: 'done', detail: change.detail });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        ...change.statements,
        ...(change.entries?.length ? [enqueue(db, change.entries, at)] : []),
      ]);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      continue;
    }
    scope.wakeCourier();
    return done(change.value);
  }
}

/**
 * Makes the directory equal to the city file, in one batch: all or nothing. Centers and people who are no longer listed
 * are closed and removed, not deleted, since cases refer to them; who comes back is there again.
 * @param actor whom the audit log names: a Slack id, or `command` for the command line
 */
export async function importCity(db: Database, file: CityFile, actor: string, now: Date): Promise<void> {
  await runBatch(db, await importStatements(db, file, actor, now, await chainHead(db, 'city')));
}

/** The statements of an import that follows `head` in the city's audit chain; run after anything else, they fail as a whole. */
export async function importStatements(
  db: Database,
  file: CityFile,
  actor: string,
  now: Date,
  head: ChainHead,
): Promise<Statement[]> {
  const entry = await nextEntry('city', head, {
    at: now,
    actor,
    action: IMPORT,
    outcome: 'done',
    surface: 'command',
    detail: detailOfImport(file),
  });
  // `npm run city -- sql` writes them out.
  const how = { withLists: true, portionsOf };
  return [appendEntry(db, entry), ...importedRows(db, file, now, how)];
}

/** What the audit log keeps of an import. */
export function detailOfImport({ centers, staff, faq, meetingKinds }: CityFile): Record<string, number> {
  return {
    centers: centers.length,
    staff: staff.length,
    faq: faq.length,
    meetingKinds: meetingKinds.length,
  };
}

interface HowImported {
  withLists: boolean;
  /** How many rows go into a statement. */
  portionsOf?: (items: readonly object[]) => Portion[];
}

/** The statements that make the directory equal to the file, and hand its FAQ over; sessions of whoever is no longer listed end with them. */
export function importedRows(
  db: Database,
  file: CityFile,
  now: Date,
  { withLists, portionsOf: portions = largePortionsOf }: HowImported,
): Statement[] {
  return [
    upsertCity(db, file, now),
    ...upsertCenters(db, file, now),
    ...upsertStaff(db, file, now),
    ...(withLists ? replaceLists(db, file, now, portions) : []),
    endSessionsOfRemoved(db),
  ];
}

function upsertCity(db: Database, file: CityFile, now: Date): Statement {
  const { channels } = file;
  const row = {
    name: file.name,
    fiscalYearStart: file.fiscalYearStart,
    businessHours: file.businessHours,
    closedDays: JSON.stringify(file.closedDays),
    personalDataEntry: file.personalDataEntry,
    deadlines: file.deadlines ? JSON.stringify(file.deadlines) : null,
    retention: file.retention ? JSON.stringify(file.retention) : null,
    readingLimit: file.readingLimit ?? null,
    chaseMinutes: file.chaseMinutes ? JSON.stringify(file.chaseMinutes) : null,
    triageChannel: channels.triage,
    headsChannel: channels.heads ?? null,
    drillChannel: channels.drill ?? null,
    importedAt: now,
  };
  return db
    .insert(city)
    .values({ id: 1, ...row })
    .onConflictDoUpdate({ target: city.id, set: row });
}

// Rows travel as JSON parameters: a statement takes at most 100 parameters. `select` must name every column of the table, in
// its order.

function upsertCenters(db: Database, file: CityFile, now: Date): Statement[] {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(file.centers.map(({ code }) => code))}))`;
  return [
    db
      .update(center)
      .set({ closedAt: now })
      .where(and(isNull(center.closedAt), sql`${center.code} NOT IN ${listed}`)),
    ...portionsOf(file.centers).map(({ first, rows }) =>
      db
        .insert(center)
        .select(
          sql`SELECT value->>'code', value->>'kind', value->>'name', value->>'short', value->>'channel', value->>'area', key + ${first}, NULL, value->>'substitute', NULL FROM json_each(${rows}) WHERE true`,
        )
        .onConflictDoUpdate({
          target: center.code,
          set: {
            kind: excluded('kind'),
            name: excluded('name'),
            short: excluded('short'),
            channel: excluded('channel'),
            area: excluded('area'),
            position: excluded('position'),
            substitute: excluded('substitute'),
            closedAt: null,
            mergedInto: null,
          },
        }),
    ),
    ...noteMergers(db, file),
  ];
}

/**
 * Where the areas of closed centers went, as the file says. One that went to a center which is closed itself by now stays as it is, so
 * that the way from the first to the last can be followed.
 */
function noteMergers(db: Database, { centers }: CityFile): Statement[] {
  const taken = centers.flatMap(({ code, mergedFrom = [] }) => mergedFrom.map((from) => ({ from, code })));
  const claim = sql`(SELECT value->>'code' FROM json_each(${JSON.stringify(taken)}) WHERE value->>'from' = ${center.code})`;
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(centers.map(({ code }) => code))}))`;
  return [
    db
      .update(center)
      .set({
        mergedInto: sql`coalesce(${claim}, CASE WHEN ${center.mergedInto} IN ${listed} THEN NULL ELSE ${center.mergedInto} END)`,
      })
      .where(isNotNull(center.closedAt)),
  ];
}

function upsertStaff(db: Database, file: CityFile, now: Date): Statement[] {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(file.staff.map(({ slackUserId }) => slackUserId))}))`;
  return [
    db
      .update(staff)
      .set({ removedAt: now })
      .where(and(isNull(staff.removedAt), sql`${staff.slackUserId} NOT IN ${listed}`)),
    ...portionsOf(file.staff).map(({ first, rows }) =>
      db
        .insert(staff)
        .select(
          sql`SELECT value->>'slackUserId', value->>'name', value->>'center', value->>'profession', value->>'role', value->>'admin', value->>'duty', value->>'email', key + ${first}, NULL FROM json_each(${rows}) WHERE true`,
        )
        .onConflictDoUpdate({
          target: staff.slackUserId,
          set: {
            name: excluded('name'),
            center: excluded('center'),
            profession: excluded('profession'),
            role: excluded('role'),
            isAdmin: excluded('is_admin'),
            isOnDuty: excluded('is_on_duty'),
            email: excluded('email'),
            position: excluded('position'),
            removedAt: null,
          },
        }),
    ),
  ];
}

/** In `ON CONFLICT DO UPDATE`: the column as the refused row would have had it. */
function excluded(column: string): SQL {
  return sql.raw(`excluded.${column}`);
}

function replaceLists(
  db: Database,
  file: CityFile,
  now: Date,
  portions: NonNullable<HowImported['portionsOf']>,
): Statement[] {
  return [...handOverFaq(db, file.faq, portions), ...replaceKinds(db, file.meetingKinds, now)];
}

/** A file without a FAQ changes nothing of it, not even what waits to be taken over. */
function handOverFaq(
  db: Database,
  faq: CityFile['faq'],
  portions: NonNullable<HowImported['portionsOf']>,
): Statement[] {
  if (faq.length === 0) return [];
  return [
    db.delete(cityFileEntry),
    ...portions(faq).map(({ first, rows }) =>
      db
        .insert(cityFileEntry)
        .select(sql`SELECT 'faq', key + ${first}, value FROM json_each(${rows}) WHERE true`),
    ),
  ];
}
