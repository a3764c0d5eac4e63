/**
 * How every roll-call changes: one batch of audit entry, row, notices, mails and outbox entries. The audit entry stands first and
 * is unique in the roll-call's chain, so of two changes at once one fails as a whole, looks again and decides anew. Replies do not
 * come this way (`answering/mutations.ts`): thousands at once would wait for each other.
 */
import { eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import { done, type NotFound, type Result } from '../../../lib/result.ts';
import { enqueueMail, type MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, recordAlone } from '../../../vault/audit.ts';
import { changeInTurn, type Write } from '../../../vault/changing.ts';
import type { Actor } from '../../directory/actor.ts';
import { boardEntry } from '../board/entries.ts';
import { type LoadedRollCall, loadRollCall, type RollCall } from '../data.ts';
import { rollCall, rollCallNotice } from '../tables.ts';

export interface Told {
  /** Controlled: `chase/5`, `manager`, `mail`. */
  what: string;
  /** A Slack id, a center's code or a channel. */
  recipient: string;
}

export interface RollCallChange {
  /** Identifiers and controlled words. */
  detail?: AuditEvent['detail'];
  set?: Partial<Omit<RollCall, 'id' | 'version' | 'updatedAt'>>;
  /** Further rows of the same batch. */
  statements?: readonly Statement[];
  /** Noted, so that none is told the same twice. A row that stands already fails the batch; `decide` looks first. */
  told?: readonly Told[];
  /** Beside the board, which always follows. */
  entries?: readonly OutboxEntry[];
  mails?: readonly MailEntry[];
  /** The start and the end are seen on the board at once; all else within four seconds. */
  isUrgent?: boolean;
}

type Decide<Reason> = (loaded: LoadedRollCall) => Promise<Result<RollCallChange | undefined, Reason>>;

/**
 * Changes a roll-call as `decide` says, which asks the rules first; else refuses, and notes that it refused.
 * @returns the roll-call as it is afterwards
 */
export async function changeRollCall<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<LoadedRollCall, Reason | NotFound>> {
  let reference: string | undefined;
  const changed = await changeStored(scope, actor.slackUserId, { id, action }, async (loaded) => {
    reference = loaded.rollCall.reference;
    return decide(loaded);
  });
  if (!changed.ok) await noteRollCallRefusal(scope, actor, action, reference, changed.refusal.reason);
  return changed;
}

/** Changes a roll-call on the house's own account. Undefined from `decide` leaves it as it is. */
export async function changeRollCallByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedRollCall) => Promise<RollCallChange | undefined>,
): Promise<void> {
  await changeStored(scope, `job:${job}`, { id, action }, async (loaded) => done(await decide(loaded)));
}

/** Notes that somebody was refused. @param reference of the roll-call; undefined where there is none */
export function noteRollCallRefusal(
  scope: Scope,
  actor: Pick<Actor, 'slackUserId'>,
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
    detail: { reason, ...(reference === undefined ? {} : { rollCall: reference }) },
  });
}

/** The statement that notes what people were told. */
export function noticeStatements(
  db: Database,
  rollCallId: string,
  told: readonly Told[],
  now: Date,
): Statement[] {
  if (told.length === 0) return [];
  const rows = JSON.stringify(told);
  // Every column of the table, in its order.
  return [
    db
      .insert(rollCallNotice)
      .select(
        sql`SELECT ${rollCallId}, value->>'what', value->>'recipient', ${now.getTime()} FROM json_each(${rows}) WHERE true`,
      ),
  ];
}

async function changeStored<Reason>(
  scope: Scope,
  by: string,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<LoadedRollCall, Reason | NotFound>> {
  const { db } = scope;
  const changed = await changeInTurn<LoadedRollCall, Reason>(db, {
    chain: `roll-call:${id}`,
    load: () => loadRollCall(db, id),
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
  loaded: LoadedRollCall,
  change: RollCallChange,
): Write<LoadedRollCall> {
  const { id, version, status, kind } = loaded.rollCall;
  const after: LoadedRollCall = {
    ...loaded,
    rollCall: { ...loaded.rollCall, ...change.set, version: version + 1, updatedAt: now },
  };
  const mails = (change.mails ?? []).map((mail) => ({ about: id, ...mail }));
  return {
    event: {
      at: now,
      actor: by,
      action,
      outcome: 'done',
      ...origin,
      detail: {
        ...change.detail,
        rollCall: after.rollCall.reference,
        kind,
        status: after.rollCall.status,
        ...(after.rollCall.status === status ? {} : { was: status }),
      },
    },
    statements: [
      db.update(rollCall).set(after.rollCall).where(eq(rollCall.id, id)),
      ...(change.statements ?? []),
      ...noticeStatements(db, id, change.told ?? [], now),
      ...(mails.length === 0 ? [] : [enqueueMail(db, mails, now)]),
      enqueue(db, [...boardEntry(after, change.isUrgent ? 0 : undefined), ...(change.entries ?? [])], now),
    ],
    after,
  };
}
