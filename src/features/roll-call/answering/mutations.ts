/**
 * How an answer is taken, whichever way it comes: one batch of audit entry, reply, what counts of the person's replies, and the
 * board. Each person's replies to a roll-call have an audit chain of their own, so that thousands answer at once without waiting
 * for each other, and of two of the same person one looks again.
 */

import { and, desc, eq, sql } from 'drizzle-orm';
import { isMissingValue, isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { letOthersPass } from '../../../lib/turns.ts';
import { enqueue, type OutboxEntry, withdrawDirect } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, type ChainHead, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { city } from '../../directory/tables.ts';
import { BOARD_GAP_MS, boardEntry } from '../board/entries.ts';
import type { RollCall, RosterRow } from '../data.ts';
import { helpNotices } from '../helping/notices.ts';
import { asksForHelp, isNewer } from '../rules.ts';
import { reply, rollCall, rosterPerson } from '../tables.ts';
import { enteredForNotice } from './notices.ts';
import type { NewReply } from './rules.ts';

const ATTEMPTS = 20;
/** Two taps of one finger, whichever comes in first. */
const DOUBLE_TAP_MS = 10_000;

export type ReplyRefusal =
  | { reason: 'not-found' }
  | { reason: 'not-running'; rollCall: RollCall }
  | { reason: 'not-on-roster'; rollCall: RollCall };

export interface Taken {
  rollCall: RollCall;
  /** What counts afterwards. */
  roster: RosterRow;
  /** False when it changed nothing: the same again, or older than what counts already. */
  isChange: boolean;
}

/**
 * Takes an answer. Requires that the caller made sure who answers: a signed request, a signed link, or a colleague whom
 * `rules.mayAnswerFor` lets.
 */
export async function takeReply(scope: Scope, given: NewReply): Promise<Result<Taken, ReplyRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await lookUp(scope, given);
    if (!found.rollCall) return refused({ reason: 'not-found' });
    if (found.rollCall.status !== 'running')
      return refused({ reason: 'not-running', rollCall: found.rollCall });
    const { roster } = found;
    if (!roster || roster.leftAt !== null)
      return refused({ reason: 'not-on-roster', rollCall: found.rollCall });
    const wanted = given.keepsRest === true ? withRest(given, roster) : given;
    if (found.isKnown || isSameAgain(roster, wanted))
      return done({ rollCall: found.rollCall, roster, isChange: false });
    const after = await tryTake(scope, wanted, { ...found, rollCall: found.rollCall, roster }, attempt);
    if (after)
      return done({
        rollCall: found.rollCall,
        roster: after,
        isChange: isNewer(wanted.at, roster.answeredAt),
      });
    await letOthersPass(attempt);
  }
}

/** One transaction: the roll-call, the person's row, whether this very reply is known, the head of the person's chain, the channel of the board. */
async function lookUp({ db }: Scope, { rollCallId, person, key }: NewReply) {
  const ofPerson = and(eq(rosterPerson.rollCallId, rollCallId), eq(rosterPerson.person, person));
  const [rollCalls, rosters, known, heads, cities] = await db.batch([
    db.select().from(rollCall).where(eq(rollCall.id, rollCallId)),
    db.select().from(rosterPerson).where(ofPerson),
    db
      .select({ id: reply.id })
      .from(reply)
      .where(and(eq(reply.rollCallId, rollCallId), eq(reply.person, person), eq(reply.key, key))),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, replyChain(rollCallId, person)))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
    db.select({ drill: city.drillChannel, triage: city.triageChannel }).from(city).where(eq(city.id, 1)),
  ]);
  return {
    rollCall: rollCalls[0],
    roster: rosters[0],
    isKnown: known.length > 0,
    head: heads[0] ?? EMPTY_CHAIN,
    boardChannel: cities[0]?.drill ?? cities[0]?.triage ?? '',
  };
}

function withRest(given: NewReply, { place, coming, comingMinutes, family }: RosterRow): NewReply {
  return { ...given, answer: { safety: given.answer.safety, place, coming, comingMinutes, family } };
}

/**
 * A double tap: the same answer, by the same way and person, as the one that counts, within some seconds. Said again later it is an
 * answer of its own: it counts against what was said in between and comes in after it. Help that was cleared is asked for anew by it.
 */
function isSameAgain(counted: RosterRow, { answer, way, by, at }: NewReply): boolean {
  if (asksForHelp(answer.safety) && counted.helpClearedAt !== null) return false;
  const apartMs = Math.abs(at.getTime() - (counted.answeredAt?.getTime() ?? Number.POSITIVE_INFINITY));
  return (
    apartMs <= DOUBLE_TAP_MS &&
    counted.way === way &&
    counted.answeredBy === by &&
    counted.safety === answer.safety &&
    counted.place === answer.place &&
    counted.coming === answer.coming &&
    counted.comingMinutes === answer.comingMinutes &&
    counted.family === answer.family
  );
}

interface Found {
  rollCall: RollCall;
  roster: RosterRow;
  head: ChainHead;
  boardChannel: string;
}

async function tryTake(
  scope: Scope,
  wanted: NewReply,
  found: Found,
  attempt: number,
): Promise<RosterRow | undefined> {
  const { db, now } = scope;
  const { person, answer, way, by, key } = wanted;
  const { id, reference, kind, startedAt } = found.rollCall;
  const at = new Date(Math.min(now.getTime(), Math.max(wanted.at.getTime(), startedAt?.getTime() ?? 0)));
  const entry = await nextEntry(replyChain(id, person), found.head, {
    at: now,
    actor: by,
    action: 'roll-call.reply',
    outcome: 'done',
    ...scope.origin,
    detail: { rollCall: reference, kind, person, way, safety: answer.safety },
  });
  const changed = changeBy(found.roster, { ...wanted, at });
  const entries: OutboxEntry[] = [
    ...boardEntry(found),
    ...(way === 'proxy' && by !== person ? [enteredForNotice(found.rollCall, wanted)] : []),
    ...('helpSince' in changed ? await helpNotices(scope, found, { at, by }) : []),
  ];
  try {
    await runBatch(db, [
      appendEntry(db, entry),
      db.insert(reply).values({
        // None once it is over or the person left: then the batch fails as a whole.
        rollCallId: sql`(SELECT ${rosterPerson.rollCallId} FROM ${rosterPerson}
          JOIN ${rollCall} ON ${rollCall.id} = ${rosterPerson.rollCallId} AND ${rollCall.status} = 'running'
          WHERE ${rosterPerson.rollCallId} = ${id} AND ${rosterPerson.person} = ${person} AND ${rosterPerson.leftAt} IS NULL)`,
        person,
        at,
        receivedAt: now,
        ...answer,
        way,
        by,
        key,
      }),
      db
        .update(rosterPerson)
        .set(changed)
        .where(
          and(
            eq(rosterPerson.rollCallId, id),
            eq(rosterPerson.person, person),
            sql`${rosterPerson.leftAt} IS NULL`,
          ),
        ),
      // Whoever has answered is not asked any more.
      withdrawDirect(db, person, id, now),
      enqueue(db, entries, now),
    ]);
  } catch (error) {
    const isMeanwhile = isUniqueViolation(error) || isMissingValue(error, 'roll_call_reply.roll_call_id');
    if (!isMeanwhile || attempt === ATTEMPTS) throw error;
    return undefined;
  }
  // The board alone can wait for what comes within its gap.
  scope.wakeCourier(entries.every(({ kind }) => kind === 'composed-card') ? BOARD_GAP_MS : 0);
  return { ...found.roster, ...changed };
}

/** The columns that an answer changes, and no others: the directory may move the person meanwhile. */
function changeBy(roster: RosterRow, { at, answer, way, by }: NewReply): Partial<RosterRow> {
  const first = new Date(Math.min(at.getTime(), roster.firstAnsweredAt?.getTime() ?? at.getTime()));
  // Help that was cleared is asked for anew by a new answer; what is asked for already keeps its first moment.
  const asksAnew = asksForHelp(answer.safety) && (roster.helpSince === null || roster.helpClearedAt !== null);
  return {
    firstAnsweredAt: first,
    ...(isNewer(at, roster.answeredAt) ? { ...answer, answeredAt: at, way, answeredBy: by } : {}),
    ...(asksAnew ? { helpSince: at, helpClearedAt: null, helpClearedBy: null, helpReason: null } : {}),
  };
}

/** The audit chain of what happens to one person of a roster: answers and the clearing of help wait for each other here. */
export function replyChain(rollCallId: string, person: string) {
  return `reply:${rollCallId}/${person}` as const;
}
