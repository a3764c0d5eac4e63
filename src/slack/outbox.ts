/** What features hand to the courier: rows for the batch of the change that they tell of. */
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { type Database, runBatch, type Statement } from '../lib/db.ts';
import type { Scope } from './scope.ts';
import { outbox, postedCard, postedMessage } from './tables.ts';

/** Block Kit as features compose it, from controlled words and references only (rule 1 of the house). */
export interface Message {
  /** Shown in notifications and read by screen readers. */
  text: string;
  blocks?: readonly object[];
}

export type OutboxEntry = OutboxPost & {
  /** The case that it is about: its messages are deleted when it is erased. */
  about?: string;
};

type OutboxPost =
  /** Posted once for its slot, updated from then on; of several waiting versions only the latest is sent. */
  | { kind: 'card'; slot: string; channel: string; message: Message }
  /**
   * The same, of a card that changes too often to be composed with each change: what it says is composed when it is sent, by the word
   * and id given here (the courier's `compose`). What is stored within `afterMs` goes with it, so its updates are that far apart.
   */
  | { kind: 'composed-card'; slot: string; channel: string; compose: string; afterMs: number }
  /** Into the thread of the slot's card. */
  | { kind: 'reply'; slot: string; channel: string; message: Message }
  | { kind: 'direct'; person: string; message: Message }
  /** To one person, where that person just acted: in a channel, or in the thread of the slot's card. In a DM it is sent as a direct message. */
  | { kind: 'ephemeral'; channel: string; person: string; message: Message; slot?: string };

/**
 * The statement that stores the entries, however many; to be put into the batch of the change itself. They travel as one JSON
 * parameter, since a statement of D1 takes at most 100.
 */
export function enqueue(db: Database, entries: readonly OutboxEntry[], now: Date): Statement {
  return insertEntries(db, entries, now, sql`true`);
}

/** The same, of nothing when the statement before it in the batch changed no row: somebody else was first. */
export function enqueueIfChanged(db: Database, entries: readonly OutboxEntry[], now: Date): Statement {
  return insertEntries(db, entries, now, sql`changes() > 0`);
}

function insertEntries(db: Database, entries: readonly OutboxEntry[], now: Date, condition: SQL): Statement {
  const rows = JSON.stringify(
    entries.map((entry) => ({
      ...toRow(entry),
      about: entry.about,
      message: JSON.stringify(entry.kind === 'composed-card' ? { compose: entry.compose } : entry.message),
      afterMs: entry.kind === 'composed-card' ? entry.afterMs : 0,
    })),
  );
  const at = now.getTime();
  // Every column of the table, in its order.
  return db.insert(outbox).select(sql`
    SELECT NULL, value->>'kind', value->>'lane', value->>'slot', value->>'channel', value->>'person', value->>'about', value->>'message',
      'waiting', ${at}, ${at} + (value->>'afterMs'), NULL, 0, NULL, NULL, NULL
    FROM json_each(${rows}) WHERE ${condition} ORDER BY key`);
}

/**
 * The statement that stores the same direct message for many, who are found when it runs: nobody is told who fell out of them since.
 * @param people a SELECT of one column `person`, of Slack ids
 * @param about what the message can be withdrawn by
 */
export function enqueueDirects(
  db: Database,
  people: SQL,
  { message, about }: { message: Message; about: string },
  now: Date,
): Statement {
  const at = now.getTime();
  // Every column of the table, in its order.
  return db.insert(outbox).select(sql`
    SELECT NULL, 'direct', ${directLane('')} || person, NULL, person, NULL, ${about}, ${JSON.stringify(message)},
      'waiting', ${at}, ${at}, NULL, 0, NULL, NULL, NULL
    FROM (${people})`);
}

/** The same entries, noted as being about a case, but for those that say themselves what they are about. */
export function aboutCase(caseId: string, entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.map((entry) => ({ about: caseId, ...entry }));
}

/** The statement that takes back what waits to be said to one person about something: it is settled. Messages that were sent stay. */
export function withdrawDirect(db: Database, person: string, about: string, now: Date): Statement {
  return db
    .update(outbox)
    .set({ state: 'superseded', settledAt: now, lastError: 'withdrawn' })
    .where(and(eq(outbox.lane, directLane(person)), eq(outbox.state, 'waiting'), eq(outbox.about, about)));
}

/**
 * The statement that takes back what waits to be said to many, of the messages about something with this very text.
 * @param people as for `enqueueDirects`
 */
export function withdrawDirects(
  db: Database,
  people: SQL,
  { about, text }: { about: string; text: string },
  now: Date,
): Statement {
  return db
    .update(outbox)
    .set({ state: 'superseded', settledAt: now, lastError: 'withdrawn' })
    .where(
      and(
        sql`${outbox.lane} IN (SELECT ${directLane('')} || person FROM (${people}))`,
        eq(outbox.state, 'waiting'),
        eq(outbox.about, about),
        sql`${outbox.message}->>'text' = ${text}`,
      ),
    );
}

/** The statements that take back all that was said about a case: what waits is not sent any more, what stands in Slack is deleted. */
export function takeBack(
  db: Database,
  { id, reference }: { id: string; reference: string },
  now: Date,
): Statement[] {
  return [
    db
      .update(outbox)
      .set({ state: 'superseded', settledAt: now, lastError: 'erased' })
      .where(and(eq(outbox.about, id), eq(outbox.state, 'waiting'), ne(outbox.kind, 'removal'))),
    // A place may stand at its present text; a card that is gone takes no replies any more.
    db
      .delete(postedCard)
      .where(
        sql`(${postedCard.channel}, ${postedCard.ts}) IN (SELECT channel, ts FROM posted_message WHERE about = ${id})`,
      ),
    enqueueRemovals(db, { id, reference }, now),
  ];
}

/**
 * The statement that has every message about a case deleted that is not to be deleted already. A message that was on its way when
 * `takeBack` ran is found by a later call.
 * @param reference what an admin hears when Slack refuses
 */
export function enqueueRemovals(
  db: Database,
  { id, reference }: { id: string; reference: string },
  now: Date,
): Statement {
  const at = now.getTime();
  const lane = sql`'removal:' || ${postedMessage.channel} || '/' || ${postedMessage.ts}`;
  // Every column of the table, in its order.
  return db.insert(outbox).select(sql`
    SELECT NULL, 'removal', ${lane}, NULL, ${postedMessage.channel}, NULL, ${postedMessage.about},
      json_object('text', ${reference}, 'ts', ${postedMessage.ts}), 'waiting', ${at}, ${at}, NULL, 0, NULL, NULL, NULL
    FROM ${postedMessage} WHERE ${postedMessage.about} = ${id}
      AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.lane = ${lane} AND earlier.state = 'waiting')`);
}

/** How many messages about a case still stand in Slack, as far as we know. */
export async function countPosted(db: Database, caseId: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(postedMessage)
    .where(eq(postedMessage.about, caseId));
  return row?.count ?? 0;
}

/** Direct messages to one person keep their order. */
export function directLane(person: string): string {
  return `person:${person}`;
}

function toRow(entry: OutboxPost) {
  switch (entry.kind) {
    case 'composed-card':
      return { kind: 'card', lane: `card:${entry.slot}`, slot: entry.slot, channel: entry.channel };
    case 'card':
    case 'reply':
      return { kind: entry.kind, lane: `card:${entry.slot}`, slot: entry.slot, channel: entry.channel };
    case 'direct':
      return { kind: entry.kind, lane: directLane(entry.person), channel: entry.person };
    case 'ephemeral':
      // Slack knows no ephemeral messages in a DM: there everything is for one person only.
      if (entry.channel.startsWith('D'))
        return toRow({ kind: 'direct', person: entry.person, message: entry.message });
      return {
        kind: entry.kind,
        lane: `ephemeral:${entry.person}`,
        slot: entry.slot,
        channel: entry.channel,
        person: entry.person,
      };
  }
}

/** The slot of the card that stands there; undefined where no card of ours does, or does not any more. */
export async function findSlotOfCard(db: Database, channel: string, ts: string): Promise<string | undefined> {
  const [card] = await db
    .select({ slot: postedCard.slot })
    .from(postedCard)
    .where(and(eq(postedCard.channel, channel), eq(postedCard.ts, ts)))
    .limit(1);
  return card?.slot;
}

/** How much waits to be delivered: for /healthz. */
export async function readBacklog(
  db: Database,
  now: Date,
): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await db
    .select({ waiting: sql<number>`count(*)`, oldest: sql<number | null>`min(created_at)` })
    .from(outbox)
    .where(sql`state = 'waiting'`);
  const oldest = row?.oldest ?? now.getTime();
  return {
    waiting: row?.waiting ?? 0,
    oldestSeconds: Math.max(0, Math.round((now.getTime() - oldest) / 1000)),
  };
}

/**
 * Says something to one person, where that person just acted: on a page, in a channel, or by DM when it was in a modal or in the home tab.
 * @param about the case that it is about, if it is
 */
export async function sayTo(
  scope: Scope,
  person: string,
  channel: string | undefined,
  message: Message,
  about?: string,
): Promise<void> {
  if (scope.page) return scope.page.say(message.text);
  const entry: OutboxEntry = channel
    ? { kind: 'ephemeral', channel, person, message }
    : { kind: 'direct', person, message };
  const entries = about === undefined ? [entry] : aboutCase(about, [entry]);
  await runBatch(scope.db, [enqueue(scope.db, entries, scope.now)]);
  scope.wakeCourier();
}
