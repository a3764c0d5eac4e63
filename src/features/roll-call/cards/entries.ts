/** Whom a message of a roll-call reaches: the channel of each center that is asked, and the people of centers without one. */
import type { Database, Statement } from '../../../lib/db.ts';
import { enqueue, type Message, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Asked } from '../making/data.ts';

/** Messages in one statement: at some 2 KB each, far below the 2 MB of a parameter of D1. */
const MESSAGES_A_STATEMENT = 300;

/** The card in the channel of a center, which asks for answers. */
export function centerSlot(rollCallId: string, code: string): string {
  return `roll-call:${rollCallId}:${code}`;
}

/** A post of its own, which rings: an update of the same card would not. @param occasion of the roll-call's plan */
export function newsSlot(rollCallId: string, occasion: string): (code: string) => string {
  return (code) => `roll-call-news:${rollCallId}:${occasion}:${code}`;
}

interface Reaching {
  rollCallId: string;
  slotOf: (code: string) => string;
  inChannel: Message;
  toPerson: Message;
}

/** One card a channel, though several centers may share it; and one direct message to each of the others. */
export function reachCenters(
  asked: readonly Asked[],
  { rollCallId, slotOf, inChannel, toPerson }: Reaching,
): OutboxEntry[] {
  const channels = new Map<string, string>();
  for (const { channel, center } of asked)
    if (channel !== null && !channels.has(channel)) channels.set(channel, center);
  return [
    ...[...channels].map(
      ([channel, code]): OutboxEntry => ({ kind: 'card', slot: slotOf(code), channel, message: inChannel }),
    ),
    ...asked.flatMap(({ channel, person }): OutboxEntry[] =>
      channel === null ? [directTo(person, rollCallId, toPerson)] : [],
    ),
  ];
}

/** To one person, about a roll-call: what still waits is taken back when the person answers, or when it ends. */
export function directTo(person: string, rollCallId: string, message: Message): OutboxEntry {
  return { kind: 'direct', person, about: rollCallId, message };
}

/** The statements that store many entries, in portions that D1 takes. */
export function enqueueMany(db: Database, entries: readonly OutboxEntry[], now: Date): Statement[] {
  const statements: Statement[] = [];
  for (let first = 0; first < entries.length; first += MESSAGES_A_STATEMENT)
    statements.push(enqueue(db, entries.slice(first, first + MESSAGES_A_STATEMENT), now));
  return statements;
}

/** The same message in the place of all of them. */
export function updateCards(
  cards: readonly { slot: string; channel: string }[],
  message: Message,
): OutboxEntry[] {
  return cards.map(({ slot, channel }) => ({ kind: 'card', slot, channel, message }));
}
