/**
 * The number and the list that a center keeps, and what was found of each person in a roll-call. All of it is one audit chain a
 * center, so that of two at once one looks again; entries name ids, never people.
 */

import { and, count, eq, isNull, max, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { portionsOf } from '../../../lib/portions.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { letOthersPass } from '../../../lib/turns.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, chainHead, nextEntry } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { boardEntry } from '../board/entries.ts';
import { centersOf, listRunning, loadRollCall, type RollCall } from '../data.ts';
import { openRollCallsKey } from '../sealing.ts';
import type { Check } from '../words.ts';
import { findNumber, type KeptNumber, residentPlace } from './residents/data.ts';
import { MOST_RESIDENTS, priorityCenterOf } from './rules.ts';
import type { ResidentLine } from './schema.ts';
import { priorityCheck, priorityCount, priorityResident } from './tables.ts';

const ATTEMPTS = 20;

export const PRIORITY = {
  prepare: 'roll-call.prepare_checks',
  number: 'roll-call.set_priority_number',
  add: 'roll-call.add_residents',
  remove: 'roll-call.remove_resident',
  read: 'roll-call.read_residents',
  check: 'roll-call.check_resident',
} as const;

interface Change<Value> {
  value: Value;
  detail?: AuditEvent['detail'];
  /** None where there is nothing to change. */
  statements: readonly Statement[];
  /** Whose boards show other figures afterwards; undefined for all that run. */
  rollCall?: RollCall;
}

/** Decides on the latest state, for somebody of a district center and her own center only; others are refused, which is noted. */
async function changePriority<Value, Refusal extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  action: string,
  decide: (center: string) => Promise<Result<Change<Value>, Refusal>>,
): Promise<Result<Value, Refusal | NotFound>> {
  const { db, now } = scope;
  const center = priorityCenterOf(actor);
  for (let attempt = 1; ; attempt += 1) {
    const chain = `priority:${center ?? ''}` as const;
    const head = await chainHead(db, chain);
    const decision = center === undefined ? refused(NOT_FOUND) : await decide(center);
    if (!decision.ok) {
      await noteRefusal(scope, actor, action, { detail: { reason: decision.refusal.reason } });
      return decision;
    }
    const { value, detail, statements, rollCall } = decision.value;
    if (statements.length === 0) return done(value);
    const event = { at: now, actor: actor.slackUserId, action, outcome: 'done' as const, ...scope.origin };
    const entry = await nextEntry(chain, head, { ...event, detail: { ...detail, center: center ?? '' } });
    const boards = await boardsOf(scope, rollCall);
    const isStored = await store(scope, [
      appendEntry(db, entry),
      ...statements,
      ...(boards.length === 0 ? [] : [enqueue(db, boards, now)]),
    ]);
    if (isStored) return done(value);
    if (attempt === ATTEMPTS) throw new Error('a center’s list changes all the time');
    await letOthersPass(attempt);
  }
}

/** False when somebody else was first in this chain. */
async function store(scope: Scope, statements: readonly Statement[]): Promise<boolean> {
  try {
    await runBatch(scope.db, statements);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return false;
  }
  scope.wakeCourier();
  return true;
}

async function boardsOf({ db }: Scope, rollCall: RollCall | undefined): Promise<OutboxEntry[]> {
  const concerned = rollCall ? [rollCall] : await listRunning(db);
  const loaded = await Promise.all(concerned.map(({ id }) => loadRollCall(db, id)));
  return loaded.flatMap((each) => (each ? boardEntry(each) : []));
}

export type NumberRefusal = NotFound | { reason: 'changed'; stored: KeptNumber };

/** As it stands afterwards. */
export type SetNumber = Pick<KeptNumber, 'total' | 'version'>;

/** @param seen version of the number that the form showed; 0 for none. Somebody else's change meanwhile is told first */
export function setNumber(
  scope: Scope,
  actor: Actor,
  { total, seen }: { total: number; seen: number },
): Promise<Result<SetNumber, NumberRefusal>> {
  const { db, now } = scope;
  return changePriority<SetNumber, NumberRefusal>(scope, actor, PRIORITY.number, async (center) => {
    const stored = await findNumber(db, center);
    if (stored?.total === total) return done({ value: stored, statements: [] });
    if (stored && stored.version !== seen) return refused({ reason: 'changed', stored });
    const row = { total, updatedAt: now, updatedBy: actor.slackUserId, version: (stored?.version ?? 0) + 1 };
    return done({
      value: { total, version: row.version },
      detail: { total },
      statements: [
        db
          .insert(priorityCount)
          .values({ center, ...row })
          .onConflictDoUpdate({ target: priorityCount.center, set: row }),
      ],
    });
  });
}

export type AddRefusal = NotFound | { reason: 'too-many'; room: number };

/** Adds people to the own center's list, once a form. @returns how many */
export function addResidents(
  scope: Scope,
  actor: Actor,
  lines: readonly ResidentLine[],
  submissionKey: string,
): Promise<Result<number, AddRefusal>> {
  const { db, now } = scope;
  return changePriority<number, AddRefusal>(scope, actor, PRIORITY.add, async (center) => {
    const ofCenter = eq(priorityResident.center, center);
    const [known, standing] = await db.batch([
      db
        .select({ id: priorityResident.id })
        .from(priorityResident)
        .where(and(ofCenter, eq(priorityResident.submissionKey, submissionKey)))
        .limit(1),
      db
        .select({ count: count().as('count'), last: max(priorityResident.position).as('last') })
        .from(priorityResident)
        .where(and(ofCenter, isNull(priorityResident.removedAt))),
    ]);
    if (known.length > 0) return done({ value: lines.length, statements: [] });
    const room = MOST_RESIDENTS - (standing[0]?.count ?? 0);
    if (lines.length > room) return refused({ reason: 'too-many', room });
    const key = await openRollCallsKey(scope);
    const rows = await Promise.all(
      lines.map(async ({ name, contact }) => {
        const id = crypto.randomUUID();
        return {
          id,
          name: await key.seal(residentPlace('name', id, center), name),
          contact: contact === null ? null : await key.seal(residentPlace('contact', id, center), contact),
        };
      }),
    );
    const from = (standing[0]?.last ?? -1) + 1;
    return done({
      value: lines.length,
      detail: { added: lines.length },
      statements: portionsOf(rows).map((portion) =>
        // Every column of the table, in its order.
        db.insert(priorityResident).select(
          sql`SELECT value->>'id', ${center}, value->>'name', value->>'contact', key + ${from + portion.first},
              ${now.getTime()}, ${actor.slackUserId}, NULL, ${submissionKey} FROM json_each(${portion.rows}) WHERE true`,
        ),
      ),
    });
  });
}

/** Takes somebody off the list; what was sealed of her goes at once, the ticks of earlier roll-calls stay as figures. */
export function removeResident(scope: Scope, actor: Actor, id: string): Promise<Result<undefined, NotFound>> {
  const { db, now } = scope;
  return changePriority<undefined, NotFound>(scope, actor, PRIORITY.remove, async (center) => {
    const [row] = await db
      .select({ removedAt: priorityResident.removedAt })
      .from(priorityResident)
      .where(and(eq(priorityResident.id, id), eq(priorityResident.center, center)))
      .limit(1);
    if (!row) return refused(NOT_FOUND);
    if (row.removedAt !== null) return done({ value: undefined, statements: [] });
    return done({
      value: undefined,
      detail: { resident: id },
      statements: [
        db
          .update(priorityResident)
          .set({ removedAt: now, name: sql`''`, contact: null })
          .where(eq(priorityResident.id, id)),
      ],
    });
  });
}

export type CheckRefusal = NotFound | { reason: 'not-running' };

/** What was found of somebody on the own list: the last word counts; the same word again changes nothing. */
export function checkResident(
  scope: Scope,
  actor: Actor,
  { rollCallId, residentId, found }: { rollCallId: string; residentId: string; found: Check },
): Promise<Result<undefined, CheckRefusal>> {
  const { db, now } = scope;
  return changePriority<undefined, CheckRefusal>(scope, actor, PRIORITY.check, async (center) => {
    const [loaded, residents, checks] = await Promise.all([
      loadRollCall(db, rollCallId),
      db
        .select({ id: priorityResident.id })
        .from(priorityResident)
        .where(
          and(
            eq(priorityResident.id, residentId),
            eq(priorityResident.center, center),
            isNull(priorityResident.removedAt),
          ),
        ),
      db
        .select({ found: priorityCheck.found })
        .from(priorityCheck)
        .where(and(eq(priorityCheck.rollCallId, rollCallId), eq(priorityCheck.residentId, residentId))),
    ]);
    if (!loaded || residents.length === 0) return refused(NOT_FOUND);
    const { rollCall } = loaded;
    const asked = centersOf(rollCall);
    if (asked !== null && !asked.includes(center)) return refused(NOT_FOUND);
    if (rollCall.status !== 'running') return refused({ reason: 'not-running' });
    if (checks[0]?.found === found) return done({ value: undefined, statements: [] });
    const row = { found, at: now, by: actor.slackUserId };
    return done({
      value: undefined,
      detail: { rollCall: rollCall.reference, kind: rollCall.kind, resident: residentId, found },
      rollCall,
      statements: [
        db
          .insert(priorityCheck)
          .values({ rollCallId, residentId, ...row })
          .onConflictDoUpdate({ target: [priorityCheck.rollCallId, priorityCheck.residentId], set: row }),
      ],
    });
  });
}
