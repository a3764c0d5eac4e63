/** A roll-call as it stands, whoever asks. */
import { and, asc, desc, eq, gte, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import type { Database } from '../../lib/db.ts';
import { japanDate } from '../../lib/jst.ts';
import { type ChainHead, EMPTY_CHAIN } from '../../vault/audit.ts';
import { auditEntry } from '../../vault/tables.ts';
import { type AbsenceSpan, standInOf } from '../directory/absence/rules.ts';
import type { Actor } from '../directory/actor.ts';
import { absence, center, city, staff } from '../directory/tables.ts';
import { STANDS_IN_FOR_NOBODY, type StandIn } from './rules.ts';
import { rollCall, rosterPerson } from './tables.ts';
import { INSTRUCTIONS, type Instruction, type RollCallKind } from './words.ts';

export type RollCall = typeof rollCall.$inferSelect;
export type RosterRow = typeof rosterPerson.$inferSelect;

/** With the head of its audit chain, read in one transaction. */
export interface LoadedRollCall {
  rollCall: RollCall;
  head: ChainHead;
  /** Where its board stands: the city's channel for drills, else that of new consultations. */
  boardChannel: string;
}

const Instructions = v.pipe(v.string(), v.parseJson(), v.array(v.picklist(INSTRUCTIONS)));
const Codes = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export function instructionsOf({ instructions }: Pick<RollCall, 'instructions'>): Instruction[] {
  return v.parse(Instructions, instructions);
}

/** Codes of the centers that are asked; null for all. */
export function centersOf({ centers }: Pick<RollCall, 'centers'>): string[] | null {
  return centers === null ? null : v.parse(Codes, centers);
}

/** Undefined when there is none of that id. Asks nobody's permission: `rules.maySeeRollCall` is the caller's first question. */
export async function loadRollCall(db: Database, id: string): Promise<LoadedRollCall | undefined> {
  const [rows, heads, cities] = await db.batch([
    db.select().from(rollCall).where(eq(rollCall.id, id)),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `roll-call:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
    db.select({ drill: city.drillChannel, triage: city.triageChannel }).from(city).where(eq(city.id, 1)),
  ]);
  const [found, of] = [rows[0], cities[0]];
  if (!found || !of) return undefined;
  return { rollCall: found, head: heads[0] ?? EMPTY_CHAIN, boardChannel: of.drill ?? of.triage };
}

export async function findRollCall(db: Database, id: string): Promise<RollCall | undefined> {
  const [row] = await db.select().from(rollCall).where(eq(rollCall.id, id)).limit(1);
  return row;
}

/** By `点R8-03`. */
export async function findRollCallByReference(
  db: Database,
  reference: string,
): Promise<RollCall | undefined> {
  const [row] = await db.select().from(rollCall).where(eq(rollCall.reference, reference)).limit(1);
  return row;
}

/** Those that run now, real ones first: at most one of each kind. */
export async function listRunning(db: Database): Promise<RollCall[]> {
  return db.select().from(rollCall).where(eq(rollCall.status, 'running')).orderBy(asc(rollCall.kind));
}

/** Of one kind only, planned ones and past ones, the latest first: drills and real ones never stand in one list. */
export async function listRollCalls(db: Database, kind: RollCallKind, limit: number): Promise<RollCall[]> {
  return db
    .select()
    .from(rollCall)
    .where(eq(rollCall.kind, kind))
    .orderBy(desc(rollCall.startsAt), desc(rollCall.id))
    .limit(limit);
}

/** The row of a person on a roster, those who left included. */
export async function findOnRoster(
  db: Database,
  rollCallId: string,
  person: string,
): Promise<RosterRow | undefined> {
  const [row] = await db
    .select()
    .from(rosterPerson)
    .where(and(eq(rosterPerson.rollCallId, rollCallId), eq(rosterPerson.person, person)))
    .limit(1);
  return row;
}

/** Somebody on a roster, with the name that people call them and where mail reaches them. */
export interface ListedOnRoster extends RosterRow {
  name: string;
  email: string | null;
  role: 'staff' | 'manager';
  centerShort: string;
}

/** Who is on a roster and has not left, by center and in the order of the city file. @param code of one center only */
export async function listRoster(db: Database, rollCallId: string, code?: string): Promise<ListedOnRoster[]> {
  const rows = await db
    .select({
      roster: rosterPerson,
      name: staff.name,
      email: staff.email,
      role: staff.role,
      centerShort: center.short,
    })
    .from(rosterPerson)
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .innerJoin(center, eq(center.code, rosterPerson.center))
    .where(
      and(
        eq(rosterPerson.rollCallId, rollCallId),
        sql`${rosterPerson.leftAt} IS NULL`,
        ...(code === undefined ? [] : [eq(rosterPerson.center, code)]),
      ),
    )
    .orderBy(asc(center.position), asc(staff.position));
  return rows.map(({ roster, ...named }) => ({ ...roster, ...named }));
}

const deputyRow = alias(staff, 'deputy_row');

/**
 * The absences of today whose deputy can act: whoever left stands in for nobody any more, nor for the core center whoever moved
 * away from it.
 */
export async function listStandIns(db: Database, now: Date): Promise<AbsenceSpan[]> {
  const today = japanDate(now);
  return db
    .select({ person: absence.person, deputy: absence.deputy })
    .from(absence)
    .innerJoin(staff, eq(staff.slackUserId, absence.person))
    .innerJoin(center, eq(center.code, staff.center))
    .innerJoin(deputyRow, eq(deputyRow.slackUserId, absence.deputy))
    .where(
      and(
        gte(absence.untilOn, today),
        lte(absence.fromOn, today),
        isNull(absence.endedAt),
        isNull(deputyRow.removedAt),
        or(ne(center.kind, 'kikan'), eq(deputyRow.center, staff.center)),
      ),
    )
    .orderBy(asc(absence.fromOn), asc(absence.id));
}

/** Whom somebody stands in for today, among managers. Empty for who stands in for nobody: asked of D1 only when there is an absence. */
export async function standInToday(db: Database, person: string, now: Date): Promise<StandIn> {
  const absences = await listStandIns(db, now);
  if (absences.length === 0) return STANDS_IN_FOR_NOBODY;
  const absent = absences
    .map((each) => each.person)
    .filter((each) => standInOf(each, absences, () => true) === person && each !== person);
  if (absent.length === 0) return STANDS_IN_FOR_NOBODY;
  const managers = await db
    .select({ code: center.code, kind: center.kind })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(
        inArray(staff.slackUserId, absent.slice(0, 50)),
        eq(staff.role, 'manager'),
        sql`${staff.removedAt} IS NULL`,
        sql`${center.closedAt} IS NULL`,
      ),
    );
  return {
    forCore: managers.some(({ kind }) => kind === 'kikan'),
    forCenters: managers.map(({ code }) => code),
  };
}

/** The managers of the core center and, where they are away, whoever stands in for them: who is told of what nobody answered for. */
export async function listCommanders(db: Database, now: Date): Promise<string[]> {
  const [managers, absences] = await Promise.all([
    db
      .select({ person: staff.slackUserId })
      .from(staff)
      .innerJoin(center, eq(center.code, staff.center))
      .where(and(eq(center.kind, 'kikan'), eq(staff.role, 'manager'), sql`${staff.removedAt} IS NULL`))
      .orderBy(asc(staff.position)),
    listStandIns(db, now),
  ]);
  const standing = managers.map(({ person }) => standInOf(person, absences, () => true) ?? person);
  return [...new Set(standing)];
}

/** What an actor stands for in roll-calls, found once for a request. */
export function standInOfActor({ db, now }: { db: Database; now: Date }, actor: Actor): Promise<StandIn> {
  return standInToday(db, actor.slackUserId, now);
}
