/**
 * The append-only audit log. Entries are chained by hash inside a chain (a case, a person, the city), so that an entry
 * changed or taken out later shows; the case's own order of changes serialises them, no global lock.
 */
import { desc, eq } from 'drizzle-orm';
import { sha256Hex } from '../lib/bytes.ts';
import { type Database, isUniqueViolation, type Statement } from '../lib/db.ts';
import { auditEntry } from './tables.ts';

/**
 * Which chain an entry belongs to. What changes a case goes into the chain of the case, whose order its version keeps
 * anyway; meetings, roll-calls, entries of the FAQ and its open questions, likewise, have one each. The replies of one person to one roll-call have a chain of their own, and
 * what a person reads, or is refused, goes into the chain of the person: thousands who answer at once then do not wait for each other.
 */
export type AuditChain =
  | `case:${string}`
  | `meeting:${string}`
  | `roll-call:${string}`
  | `reply:${string}`
  | `priority:${string}`
  | `faq:${string}`
  | `faq-question:${string}`
  | `person:${string}`
  | 'city';

/** The last entry of a chain; a chain without entries has seq 0 and an empty hash. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export interface AuditEvent {
  at: Date;
  /** Slack id of the person, or the name of the job. */
  actor: string;
  /** Controlled word such as `consultation.accept`. */
  action: string;
  outcome: 'done' | 'refused';
  surface: 'slack' | 'web' | 'job' | 'command';
  /** On pages, the name of the session, so that an incident can be told by device and sitting. */
  session?: string;
  /** The case that it is about, also where the entry stands in another chain. */
  caseId?: string | null;
  /** Controlled words and identifiers only. */
  detail?: Record<string, string | number | boolean | null>;
}

export type AuditRow = typeof auditEntry.$inferSelect;

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: '' };

/** One person's own presses meet each other at most: a double click, two devices, or somebody hammering a button. */
const APPEND_ATTEMPTS = 60;

export async function chainHead(db: Database, chain: AuditChain): Promise<ChainHead> {
  const [head] = await db
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .where(eq(auditEntry.chain, chain))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return head ?? EMPTY_CHAIN;
}

/** The entry that follows `head`; `appendEntry` stores it. */
export async function nextEntry(
  chain: AuditChain,
  head: ChainHead,
  { detail = {}, caseId = null, session, ...event }: AuditEvent,
): Promise<AuditRow> {
  const row = {
    ...event,
    chain,
    seq: head.seq + 1,
    caseId,
    detail: JSON.stringify(session === undefined ? detail : { ...detail, session }),
    previousHash: head.hash,
  };
  return { ...row, hash: await hashOfEntry(row) };
}

/**
 * The statement that appends one entry. It must be the first of the batch that makes the change: when somebody else
 * appended to the chain meanwhile, it violates the primary key and the whole batch is undone.
 */
export function appendEntry(db: Database, entry: AuditRow): Statement {
  return db.insert(auditEntry).values(entry);
}

/** Notes what a person read or was refused: an entry that accompanies no change, in that person's chain. */
export async function recordAlone(db: Database, event: AuditEvent): Promise<void> {
  const chain = `person:${event.actor}` as const;
  for (let attempt = 1; ; attempt += 1) {
    const entry = await nextEntry(chain, await chainHead(db, chain), event);
    try {
      await db.insert(auditEntry).values(entry);
      return;
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === APPEND_ATTEMPTS) throw error;
    }
  }
}

/** SHA-256 over the entry's fields and the hash of the entry before it. */
export function hashOfEntry(row: Omit<AuditRow, 'hash'>): Promise<string> {
  return sha256Hex(
    JSON.stringify([
      row.chain,
      row.seq,
      row.caseId,
      row.at.getTime(),
      row.actor,
      row.action,
      row.outcome,
      row.surface,
      row.detail,
      row.previousHash,
    ]),
  );
}
