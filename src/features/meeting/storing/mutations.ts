/**
 * How every meeting changes: one batch of audit entry, rows, notices, mails and outbox entries. The audit entry stands first
 * and is unique in the meeting's chain, so of two changes at the same time one fails as a whole, looks again and decides anew.
 */
import { eq } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { ATTEMPTS, letOthersPass } from '../../../lib/turns.ts';
import type { MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, nextEntry, recordAlone } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { cardEntries } from '../cards/blocks.ts';
import { type LoadedMeeting, loadMeeting, type Meeting } from '../data.ts';
import { meeting } from '../tables.ts';
import { mailStatements, noticeStatements, type Told } from './rows/mutations.ts';

/** All that those hear who may not see a meeting. */
export interface NotFound {
  reason: 'not-found';
}
export const NOT_FOUND: NotFound = { reason: 'not-found' };

export interface MeetingChange {
  /** Identifiers and controlled words. */
  detail?: AuditEvent['detail'];
  /** Columns of the meeting that become others. */
  set?: Partial<Omit<Meeting, 'id' | 'version' | 'updatedAt'>>;
  /** What else is another afterwards, where the card shows it. */
  after?: Partial<Pick<LoadedMeeting, 'seats' | 'poll' | 'training' | 'request'>>;
  /** Further rows of the same batch. */
  statements?: readonly Statement[];
  /** What people are told of: noted, so that none is told the same twice. A row that stands already fails the batch; `decide` looks first. */
  told?: readonly Told[];
  /** Beside the card, which always follows. */
  entries?: readonly OutboxEntry[];
  mails?: readonly MailEntry[];
}

/** Decides on the latest state; may run several times. Undefined when there is nothing to change. */
type Decide<Reason> = (loaded: LoadedMeeting) => Promise<Result<MeetingChange | undefined, Reason>>;

/**
 * Changes a meeting as `decide` says, which asks the rules first; else refuses, and notes that it refused.
 * @returns the meeting as it is afterwards
 */
export async function changeMeeting<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<LoadedMeeting, Reason | NotFound>> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadMeeting(scope.db, id);
    const decision = loaded ? await decide(loaded) : refused(NOT_FOUND);
    if (!decision.ok) {
      await noteRefusal(scope, actor, action, loaded?.meeting.reference, decision.refusal.reason);
      return decision;
    }
    if (!loaded) throw new Error('decided on what is not there');
    if (!decision.value) return done(loaded);
    const after = await tryChange(scope, actor.slackUserId, action, loaded, decision.value, attempt);
    if (after) return done(after);
    await letOthersPass(attempt);
  }
}

/** Changes a meeting on the house's own account: a date has come. Undefined from `decide` leaves it as it is. */
export async function changeMeetingByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedMeeting) => Promise<MeetingChange | undefined>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadMeeting(scope.db, id);
    const change = loaded && (await decide(loaded));
    if (!loaded || !change) return;
    if (await tryChange(scope, `job:${job}`, action, loaded, change, attempt)) return;
  }
}

/** Notes that somebody was refused. @param reference of the meeting; undefined where there is none */
export function noteRefusal(
  scope: Scope,
  actor: Actor,
  action: string,
  reference: string | undefined,
  reason: string,
): Promise<void> {
  return recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action,
    outcome: 'refused',
    ...scope.origin,
    detail: { reason, ...(reference === undefined ? {} : { meeting: reference }) },
  });
}

async function tryChange(
  scope: Scope,
  by: string,
  action: string,
  loaded: LoadedMeeting,
  change: MeetingChange,
  attempt: number,
): Promise<LoadedMeeting | undefined> {
  const { db, now } = scope;
  const { id, version, status } = loaded.meeting;
  const after: LoadedMeeting = {
    ...loaded,
    ...change.after,
    meeting: { ...loaded.meeting, ...change.set, version: version + 1, updatedAt: now },
  };
  const entry = await nextEntry(`meeting:${id}`, loaded.head, {
    at: now,
    actor: by,
    action,
    outcome: 'done',
    ...scope.origin,
    detail: {
      ...change.detail,
      meeting: after.meeting.reference,
      status: after.meeting.status,
      ...(after.meeting.status === status ? {} : { was: status }),
    },
  });
  try {
    // The audit entry first: a chain that somebody else extended undoes the whole batch.
    await runBatch(db, [
      appendEntry(db, entry),
      db.update(meeting).set(after.meeting).where(eq(meeting.id, id)),
      ...(change.statements ?? []),
      ...noticeStatements(db, id, change.told ?? [], now),
      ...mailStatements(db, id, change.mails ?? [], now),
      enqueue(db, [...cardEntries(after, now), ...(change.entries ?? [])], now),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    return undefined;
  }
  scope.wakeCourier();
  return { ...after, head: { seq: entry.seq, hash: entry.hash } };
}
