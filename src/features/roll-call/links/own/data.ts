/** What a person's own link opens, and for whom its holder may answer. */
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { reportVaultFault } from '../../../directory/alarms/mutations.ts';
import { center, staff } from '../../../directory/tables.ts';
import type { RollCall, RosterRow } from '../../data.ts';
import { openLinkKey, openRollCallsKey, rollCallPlace } from '../../sealing.ts';
import { reply, rollCall, rosterPerson } from '../../tables.ts';
import { isSigned, rowOfToken, signLink } from '../signing.ts';

/** So long after it began a link opens nothing any more, though the roll-call may run on. */
const LINK_LIVES_MS = 7 * 24 * 60 * 60_000;

export interface OpenedLink {
  rollCall: RollCall;
  own: RosterRow;
  /** What people call the center, and the holder. */
  centerShort: string;
  name: string;
  /** `ended`: the roll-call is closed. `expired`: a week has passed. */
  state: 'open' | 'ended' | 'expired';
}

/**
 * What a link opens. Undefined for what was never signed, for another person's or roll-call's signature, and for who left the roster or
 * the directory: nobody learns which, not by the time that it takes either.
 */
export async function openLink(scope: Scope, token: string): Promise<OpenedLink | undefined> {
  const linkId = rowOfToken(token);
  if (linkId === undefined) return undefined;
  const [key, found] = await Promise.all([openLinkKey(scope), findRow(scope.db, linkId)]);
  const { rollCallId = '', person = '' } = found?.own ?? {};
  const signed = isSigned(token, await signLink(key, { rollCallId, person, linkId }));
  if (!signed || !found || found.own.leftAt !== null || found.removedAt !== null) return undefined;
  const state = stateOf(found.rollCall, scope.now);
  return state && { ...found, state };
}

function stateOf({ status, startedAt }: RollCall, now: Date): OpenedLink['state'] | undefined {
  if (status === 'closed') return 'ended';
  if (status !== 'running' || startedAt === null) return undefined;
  return now.getTime() - startedAt.getTime() >= LINK_LIVES_MS ? 'expired' : 'open';
}

async function findRow(db: Database, linkId: string) {
  const [row] = await db
    .select({
      own: rosterPerson,
      rollCall,
      name: sql<string>`${staff.name}`.as('person_name'),
      removedAt: sql<number | null>`${staff.removedAt}`.as('person_removed_at'),
      centerShort: sql<string>`${center.short}`.as('center_short'),
    })
    .from(rosterPerson)
    .innerJoin(rollCall, eq(rollCall.id, rosterPerson.rollCallId))
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .innerJoin(center, eq(center.code, rosterPerson.center))
    .where(eq(rosterPerson.linkId, linkId))
    .limit(1);
  return row;
}

/**
 * The typed note of a roll-call, opened; null when there is none. One that does not open raises the alarm, and keeps nobody from
 * answering.
 */
export async function openNote(scope: Scope, { id, note }: RollCall): Promise<string | null> {
  if (note === null) return null;
  try {
    return await (await openRollCallsKey(scope)).open(rollCallPlace('roll_call', 'note', id), note);
  } catch (error) {
    if ((await reportVaultFault(scope, error, 'web')) === undefined) throw error;
    return null;
  }
}

/** Somebody whose answer may be entered, by name. */
export interface Colleague {
  person: string;
  name: string;
  answeredAt: Date | null;
  answeredBy: string | null;
}

/** Those of a center who are on the roster, in the order of the city file. */
export async function listOfCenter(db: Database, rollCallId: string, code: string): Promise<Colleague[]> {
  return db
    .select({
      person: rosterPerson.person,
      name: staff.name,
      answeredAt: rosterPerson.answeredAt,
      answeredBy: rosterPerson.answeredBy,
    })
    .from(rosterPerson)
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .where(
      and(
        eq(rosterPerson.rollCallId, rollCallId),
        eq(rosterPerson.center, code),
        sql`${rosterPerson.leftAt} IS NULL AND ${staff.removedAt} IS NULL`,
      ),
    )
    .orderBy(asc(staff.position));
}

/** How many different answers of a person came in since then: nobody changes her mind so often. */
export async function countReplies(
  db: Database,
  rollCallId: string,
  person: string,
  since: Date,
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(reply)
    .where(and(eq(reply.rollCallId, rollCallId), eq(reply.person, person), gte(reply.receivedAt, since)));
  return row?.count ?? 0;
}
