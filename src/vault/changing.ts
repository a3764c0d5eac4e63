/**
 * How a record with an audit chain of its own changes: the audit entry stands first in the batch and is unique in the chain, so of two
 * changes at the same time one fails as a whole, looks again and decides anew.
 */
import { type Database, isUniqueViolation, runBatch, type Statement } from '../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../lib/result.ts';
import { ATTEMPTS, letOthersPass } from '../lib/turns.ts';
import { type AuditChain, type AuditEvent, appendEntry, type ChainHead, nextEntry } from './audit.ts';

/** What one change writes, after its audit entry. */
export interface Write<Loaded> {
  event: AuditEvent;
  statements: readonly Statement[];
  /** The record as it is afterwards; the head of its chain is taken care of. */
  after: Loaded;
}

export interface Changing<Loaded, Reason> {
  chain: AuditChain;
  /** The record with the head of its chain, read in one transaction; undefined when there is none. */
  load(): Promise<Loaded | undefined>;
  /** Decides on the latest state; may run several times. Undefined when there is nothing to change. */
  decide(loaded: Loaded): Promise<Result<Write<Loaded> | undefined, Reason>>;
}

/**
 * Changes a record as `decide` says.
 * @returns the record as it is afterwards, and whether anything was written
 */
export async function changeInTurn<Loaded extends { head: ChainHead }, Reason>(
  db: Database,
  { chain, load, decide }: Changing<Loaded, Reason>,
): Promise<Result<{ after: Loaded; isChanged: boolean }, Reason | NotFound>> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await load();
    if (!loaded) return refused(NOT_FOUND);
    const decision = await decide(loaded);
    if (!decision.ok) return decision;
    if (!decision.value) return done({ after: loaded, isChanged: false });
    const { event, statements, after } = decision.value;
    const entry = await nextEntry(chain, loaded.head, event);
    try {
      await runBatch(db, [appendEntry(db, entry), ...statements]);
      return done({ after: { ...after, head: { seq: entry.seq, hash: entry.hash } }, isChanged: true });
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
    await letOthersPass(attempt);
  }
}
