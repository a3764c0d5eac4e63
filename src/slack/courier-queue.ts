/** The courier's view of the outbox: what is next, and what became of it. D1 holds the truth, the courier none. */
import { and, desc, eq, gt, isNull, lte, ne, not, type SQL, sql } from 'drizzle-orm';
import { type Database, runBatch, type Statement } from '../lib/db.ts';
import { directLane } from './outbox.ts';
import { outbox, postedCard, postedMessage } from './tables.ts';

export type OutboxRow = typeof outbox.$inferSelect;

/** The oldest waiting entry of a lane, and where its slot's card stands, if it has been posted: perhaps in another channel. */
export interface LaneHead {
  entry: OutboxRow;
  posted: { channel: string; ts: string } | null;
}

const isWaiting = sql`${outbox.state} = 'waiting'`;
const isHead = sql`NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.lane = ${outbox.lane} AND earlier.state = 'waiting' AND earlier.id < ${outbox.id})`;
/** As `calls.callFor` decides. */
const method = sql`CASE WHEN ${outbox.kind} = 'ephemeral' THEN 'chat.postEphemeral'
  WHEN ${outbox.kind} = 'removal' THEN 'chat.delete'
  WHEN ${outbox.kind} = 'card' AND ${postedCard.channel} = ${outbox.channel} THEN 'chat.update' ELSE 'chat.postMessage' END`;

/** Whether one of the held keys (`chat.update`, `chat.postMessage C0…`, `channel C0…`) keeps an entry back. */
function isHeld(held: Iterable<string>): SQL {
  const keys = JSON.stringify([...held]);
  return sql`EXISTS (SELECT 1 FROM json_each(${keys}) WHERE value IN (${method}, ${method} || ' ' || ${outbox.channel}, 'channel ' || ${outbox.channel}))`;
}

/**
 * The first entries of lanes that are due at `now`; an entry behind another one of its lane never is. What is held back is
 * left out here, not by the caller: else one failing channel would fill every answer and starve the others.
 */
export async function dueHeads(
  db: Database,
  now: Date,
  held: Iterable<string>,
  limit: number,
): Promise<LaneHead[]> {
  return db
    .select({ entry: outbox, posted: { channel: postedCard.channel, ts: postedCard.ts } })
    .from(outbox)
    .leftJoin(postedCard, eq(postedCard.slot, outbox.slot))
    .where(and(isWaiting, lte(outbox.dueAt, now), not(isHeld(held)), isHead))
    .orderBy(outbox.dueAt, outbox.id)
    .limit(limit);
}

/**
 * When the next entry is due that is not held back, if any waits. Only heads of lanes count: what waits behind a head that
 * was put off would otherwise wake the courier over and over.
 */
export async function nextDueAt(db: Database, held: Iterable<string>): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: outbox.dueAt })
    .from(outbox)
    .leftJoin(postedCard, eq(postedCard.slot, outbox.slot))
    .where(and(isWaiting, not(isHeld(held)), isHead))
    .orderBy(outbox.dueAt)
    .limit(1);
  return row?.at;
}

/** Whether anything waits at all. */
export async function isAnythingWaiting(db: Database): Promise<boolean> {
  const rows = await db.select({ id: outbox.id }).from(outbox).where(isWaiting).limit(1);
  return rows.length > 0;
}

/** The latest waiting version of a card: the one worth sending. */
export async function latestOfCard(db: Database, slot: string): Promise<OutboxRow | undefined> {
  const [row] = await db
    .select()
    .from(outbox)
    .where(and(isWaiting, eq(outbox.slot, slot), eq(outbox.kind, 'card')))
    .orderBy(desc(outbox.id))
    .limit(1);
  return row;
}

/**
 * Notes that Slack took an entry; for a card also where it stands and that its older waiting versions are settled with it.
 * A crash before this note makes the courier post again after its restart: the reference in the text makes that harmless.
 * @param place where Slack put it, if Slack said so
 */
export async function settleSent(
  db: Database,
  entry: OutboxRow,
  place: { channel: string; ts: string } | undefined,
  now: Date,
): Promise<void> {
  const sent = {
    state: 'sent',
    settledAt: now,
    attempts: sql`${outbox.attempts} + 1`,
    lastError: null,
  } as const;
  if (entry.kind !== 'card' || entry.slot === null) {
    const settled = db.update(outbox).set(sent).where(eq(outbox.id, entry.id));
    const follows = entry.kind === 'removal' ? forgetMessage(db, entry) : rememberMessage(db, entry, place);
    return runBatch(db, [settled, ...follows]);
  }
  const settled = db
    .update(outbox)
    .set({ ...sent, state: sql`CASE WHEN ${outbox.id} = ${entry.id} THEN 'sent' ELSE 'superseded' END` })
    .where(and(isWaiting, eq(outbox.slot, entry.slot), eq(outbox.kind, 'card'), lte(outbox.id, entry.id)));
  if (place === undefined) return void (await settled);
  const standsAt = { channel: entry.channel, ts: place.ts };
  await runBatch(db, [
    settled,
    db
      .insert(postedCard)
      .values({ slot: entry.slot, ...standsAt })
      .onConflictDoUpdate({ target: postedCard.slot, set: standsAt }),
    ...rememberMessage(db, entry, place),
  ]);
}

/** Whatever is about a case can be deleted with it; an ephemeral message cannot, and vanishes by itself. */
function rememberMessage(
  db: Database,
  { about, kind }: OutboxRow,
  place: { channel: string; ts: string } | undefined,
): Statement[] {
  if (about === null || kind === 'ephemeral' || place === undefined) return [];
  return [
    db
      .insert(postedMessage)
      .values({ ...place, about })
      .onConflictDoNothing(),
  ];
}

/** What a removal was about is not in Slack any more, or nobody but a person can take it away. */
function forgetMessage(db: Database, { channel, lane }: OutboxRow): Statement[] {
  return [
    db
      .delete(postedMessage)
      .where(
        and(eq(postedMessage.channel, channel), eq(postedMessage.ts, lane.slice(lane.indexOf('/') + 1))),
      ),
  ];
}

/** Puts an entry off; `error` is a controlled word such as `outage:http_500`. */
export async function postpone(
  db: Database,
  entry: OutboxRow,
  error: string,
  dueAt: Date,
  now: Date,
): Promise<void> {
  await db
    .update(outbox)
    .set({
      dueAt,
      lastError: error,
      attempts: sql`${outbox.attempts} + 1`,
      firstTriedAt: entry.firstTriedAt ?? now,
    })
    .where(eq(outbox.id, entry.id));
}

/** Gives an entry up. What waits behind it in its lane goes on; the admins are told by `directory`'s job. */
export async function bury(db: Database, entry: OutboxRow, error: string, now: Date): Promise<void> {
  const buried = db
    .update(outbox)
    .set({
      state: 'dead',
      settledAt: now,
      lastError: error,
      attempts: sql`${outbox.attempts} + 1`,
      firstTriedAt: entry.firstTriedAt ?? now,
      reportedAt: null,
    })
    .where(eq(outbox.id, entry.id));
  await runBatch(db, [buried, ...(entry.kind === 'removal' ? forgetMessage(db, entry) : [])]);
}

/** Slack shows an ephemeral message only where bot and person are: elsewhere it goes to the person's DM. */
export async function turnIntoDirect(db: Database, { id, person }: OutboxRow, now: Date): Promise<void> {
  if (person === null) return;
  await db
    .update(outbox)
    .set({ kind: 'direct', lane: directLane(person), channel: person, person: null, dueAt: now })
    .where(eq(outbox.id, id));
}

/** Forgets where a card stood, so that its waiting version is posted anew. */
export async function forgetCard(db: Database, slot: string): Promise<void> {
  await db.delete(postedCard).where(eq(postedCard.slot, slot));
}

/** Trouble is over: what was put off because of it is due at once. What is still in trouble is held back by its channel. */
export async function releasePostponed(db: Database, now: Date): Promise<void> {
  await db
    .update(outbox)
    .set({ dueAt: now })
    .where(
      and(
        isWaiting,
        gt(outbox.dueAt, now),
        sql`(${outbox.lastError} LIKE 'outage:%' OR ${outbox.lastError} LIKE 'refused:%')`,
      ),
    );
}

/**
 * Entries that the admins should hear of: given up, or refused by Slack for a reason that a person can mend. Ephemeral
 * messages are left out: they answer a press, and who pressed has long gone on.
 */
export async function unreportedFailures(db: Database, limit: number): Promise<FailedEntry[]> {
  const { id, channel, state, lastError, message } = outbox;
  return db
    .select({ id, channel, state, lastError, message })
    .from(outbox)
    .where(
      and(
        isNull(outbox.reportedAt),
        ne(outbox.kind, 'ephemeral'),
        sql`(state = 'dead' OR (state = 'waiting' AND last_error LIKE 'refused:%'))`,
      ),
    )
    .orderBy(outbox.id)
    .limit(limit);
}

export type FailedEntry = Pick<OutboxRow, 'id' | 'channel' | 'state' | 'lastError' | 'message'>;

/** Channels whose failures the admins were told of since then. */
export async function channelsReportedSince(db: Database, since: Date): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ channel: outbox.channel })
    .from(outbox)
    .where(gt(outbox.reportedAt, since));
  return new Set(rows.map(({ channel }) => channel));
}

/** Removes entries settled before `before`, at most `limit` of them: they are not needed any more, the audit log is. */
export async function purgeSettled(db: Database, before: Date, limit: number): Promise<void> {
  await db.run(
    sql`DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 'waiting' AND settled_at < ${before.getTime()} ORDER BY settled_at LIMIT ${limit})`,
  );
}
