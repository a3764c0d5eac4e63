/**
 * How every meeting changes: one batch of audit entry, rows, notices, mails and outbox entries. The audit entry stands first
 * and is unique in the meeting's chain, so of two changes at the same time one fails as a whole, looks again and decides anew.
 */
import { eq } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, type NotFound, type Result } from '../../../lib/result.ts';
import type { MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, recordAlone } from '../../../vault/audit.ts';
import { changeInTurn, type Write } from '../../../vault/changing.ts';
import type { Actor } from '../../directory/actor.ts';
import { cardEntries } from '../cards/blocks.ts';
import { type LoadedMeeting, loadMeeting, type Meeting } from '../data.ts';
import { meeting } from '../tables.ts';
import { mailStatements, noticeStatements, type Told } from './rows/mutations.ts';

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
  let reference: string | undefined;
  const changed = await changeStored(scope, actor.slackUserId, { id, action }, async (loaded) => {
    reference = loaded.meeting.reference;
    return decide(loaded);
  });
  if (!changed.ok) await noteRefusal(scope, actor, action, reference, changed.refusal.reason);
  return changed;
}

/** Changes a meeting on the house's own account: a date has come. Undefined from `decide` leaves it as it is. */
export async function changeMeetingByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedMeeting) => Promise<MeetingChange | undefined>,
): Promise<void> {
  await changeStored(scope, `job:${job}`, { id, action }, async (loaded) => done(await decide(loaded)));
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

async function changeStored<Reason>(
  scope: Scope,
  by: string,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<LoadedMeeting, Reason | NotFound>> {
  const { db } = scope;
  const changed = await changeInTurn<LoadedMeeting, Reason>(db, {
    chain: `meeting:${id}`,
    load: () => loadMeeting(db, id),
    async decide(loaded) {
      const decision = await decide(loaded);
      if (!decision.ok) return decision;
      return done(decision.value && writeOf(scope, by, action, loaded, decision.value));
    },
  });
  if (!changed.ok) return changed;
  if (changed.value.isChanged) scope.wakeCourier();
  return done(changed.value.after);
}

function writeOf(
  { db, now, origin }: Scope,
  by: string,
  action: string,
  loaded: LoadedMeeting,
  change: MeetingChange,
): Write<LoadedMeeting> {
  const { id, version, status } = loaded.meeting;
  const after: LoadedMeeting = {
    ...loaded,
    ...change.after,
    meeting: { ...loaded.meeting, ...change.set, version: version + 1, updatedAt: now },
  };
  return {
    event: {
      at: now,
      actor: by,
      action,
      outcome: 'done',
      ...origin,
      detail: {
        ...change.detail,
        meeting: after.meeting.reference,
        status: after.meeting.status,
        ...(after.meeting.status === status ? {} : { was: status }),
      },
    },
    statements: [
      db.update(meeting).set(after.meeting).where(eq(meeting.id, id)),
      ...(change.statements ?? []),
      ...noticeStatements(db, id, change.told ?? [], now),
      ...mailStatements(db, id, change.mails ?? [], now),
      enqueue(db, [...cardEntries(after, now), ...(change.entries ?? [])], now),
    ],
    after,
  };
}
