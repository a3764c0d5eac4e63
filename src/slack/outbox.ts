/** What features hand to the courier: rows for the batch of the change that they tell of. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type Database, runBatch, type Statement } from '../lib/db.ts';
import type { Scope } from './scope.ts';
import { outbox, postedCard } from './tables.ts';

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
      message: JSON.stringify(entry.message),
    })),
  );
  const at = now.getTime();
  // Every column of the table, in its order.
  return db.insert(outbox).select(sql`
    SELECT NULL, value->>'kind', value->>'lane', value->>'slot', value->>'channel', value->>'person', value->>'about', value->>'message',
      'waiting', ${at}, ${at}, NULL, 0, NULL, NULL, NULL
    FROM json_each(${rows}) WHERE ${condition} ORDER BY key`);
}

/** Direct messages to one person keep their order. */
export function directLane(person: string): string {
  return `person:${person}`;
}

function toRow(entry: OutboxPost) {
  switch (entry.kind) {
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

/** Says something to one person, where that person just acted: on a page, in a channel, or by DM when it was in a modal or in the home tab. */
export async function sayTo(
  scope: Scope,
  person: string,
  channel: string | undefined,
  message: Message,
): Promise<void> {
  if (scope.page) return scope.page.say(message.text);
  const entry: OutboxEntry = channel
    ? { kind: 'ephemeral', channel, person, message }
    : { kind: 'direct', person, message };
  await runBatch(scope.db, [enqueue(scope.db, [entry], scope.now)]);
  scope.wakeCourier();
}
