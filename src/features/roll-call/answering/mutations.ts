/**
 * How an answer is taken, whichever way it comes: one batch of audit entry, reply, what counts of the person's replies, and the
 * board. Each person's replies to a roll-call have an audit chain of their own, so that thousands answer at once without waiting
 * for each other, and of two of the same person one looks again.
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { city } from '../../directory/tables.ts';
import { boardEntry } from '../board/entries.ts';
import type { RollCall, RosterRow } from '../data.ts';
import { asksForHelp, isNewer } from '../rules.ts';
import { letOthersPass } from '../storing/mutations.ts';
import { reply, rollCall, rosterPerson } from '../tables.ts';
import type { Coming, Family, ReplyWay, Safety, Whereabouts } from '../words.ts';

const ATTEMPTS = 20;

export interface Answer {
  safety: Safety;
  /** Null where nothing was said of it. */
  place: Whereabouts | null;
  coming: Coming | null;
  comingMinutes: number | null;
  family: Family | null;
}

export interface NewReply {
  rollCallId: string;
  /** Whose answer it is. */
  person: string;
  answer: Answer;
  way: ReplyWay;
  /** Slack id of who entered it; `link` for the holder of a person's own link, `card:<center>` for a printed card. */
  by: string;
  /** When the person answered; kept between the start and now, whatever a phone's clock says. */
  at: Date;
  /** Of the press or the form: the same again changes nothing. */
  key: string;
}

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
export async function takeReply(scope: Scope, wanted: NewReply): Promise<Result<Taken, ReplyRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await lookUp(scope, wanted);
    if (!found.rollCall) return refused({ reason: 'not-found' });
    if (found.rollCall.status !== 'running')
      return refused({ reason: 'not-running', rollCall: found.rollCall });
    const { roster } = found;
    if (!roster || roster.leftAt !== null)
      return refused({ reason: 'not-on-roster', rollCall: found.rollCall });
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
      .where(eq(auditEntry.chain, chainOf(rollCallId, person)))
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

/** A double tap: the same answer, by the same way and person, as the one that counts. */
function isSameAgain(counted: RosterRow, { answer, way, by, at }: NewReply): boolean {
  return (
    isNewer(at, counted.answeredAt) &&
    counted.way === way &&
    counted.answeredBy === by &&
    counted.safety === answer.safety &&
    counted.place === answer.place &&
    counted.coming === answer.coming &&
    counted.comingMinutes === answer.comingMinutes &&
    counted.family === answer.family
  );
}

async function tryTake(
  scope: Scope,
  { person, answer, way, by, at, key }: NewReply,
  found: { rollCall: RollCall; roster: RosterRow; head: typeof EMPTY_CHAIN; boardChannel: string },
  attempt: number,
): Promise<RosterRow | undefined> {
  const { db, now } = scope;
  const { id, reference, kind, startedAt } = found.rollCall;
  const answeredAt = new Date(Math.min(now.getTime(), Math.max(at.getTime(), startedAt?.getTime() ?? 0)));
  const entry = await nextEntry(chainOf(id, person), found.head, {
    at: now,
    actor: by,
    action: 'roll-call.reply',
    outcome: 'done',
    ...scope.origin,
    detail: { rollCall: reference, kind, person, way, safety: answer.safety },
  });
  const counts = isNewer(answeredAt, found.roster.answeredAt);
  const firstAnsweredAt = new Date(
    Math.min(answeredAt.getTime(), found.roster.firstAnsweredAt?.getTime() ?? answeredAt.getTime()),
  );
  // Help that was cleared is asked for anew by a new answer; what is asked for already keeps its first moment.
  const asksAnew =
    asksForHelp(answer.safety) && (found.roster.helpSince === null || found.roster.helpClearedAt !== null);
  const after: RosterRow = {
    ...found.roster,
    firstAnsweredAt,
    ...(counts ? { ...answer, answeredAt, way, answeredBy: by } : {}),
    ...(asksAnew
      ? { helpSince: answeredAt, helpClearedAt: null, helpClearedBy: null, helpReason: null }
      : {}),
  };
  try {
    await runBatch(db, [
      appendEntry(db, entry),
      db
        .insert(reply)
        .values({ rollCallId: id, person, at: answeredAt, receivedAt: now, ...answer, way, by, key }),
      db
        .update(rosterPerson)
        .set(after)
        .where(
          and(
            eq(rosterPerson.rollCallId, id),
            eq(rosterPerson.person, person),
            sql`${rosterPerson.leftAt} IS NULL`,
          ),
        ),
      enqueue(db, boardEntry(found), now),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    return undefined;
  }
  scope.wakeCourier();
  return after;
}

function chainOf(rollCallId: string, person: string) {
  return `reply:${rollCallId}/${person}` as const;
}
