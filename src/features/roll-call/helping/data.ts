/** Reads for 要救助: who asks for help, and who answers for a center today. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import { standInOf } from '../../directory/absence/rules.ts';
import { center, staff } from '../../directory/tables.ts';
import { listStandIns, type RosterRow } from '../data.ts';
import { rosterPerson } from '../tables.ts';

/** Somebody who asked for help, whether it was cleared or not. */
export interface Helped extends RosterRow {
  name: string;
  centerShort: string;
  clearedByName: string | null;
}

const clearer = alias(staff, 'clearer');

/** Who asked for help, by center in the order of the city file, those who left included. @param person of one only */
export async function listHelped(db: Database, rollCallId: string, person?: string): Promise<Helped[]> {
  const rows = await db
    .select({
      roster: rosterPerson,
      name: staff.name,
      centerShort: center.short,
      clearedByName: sql<string | null>`${clearer.name}`.as('cleared_by_name'),
    })
    .from(rosterPerson)
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .innerJoin(center, eq(center.code, rosterPerson.center))
    .leftJoin(clearer, eq(clearer.slackUserId, rosterPerson.helpClearedBy))
    .where(
      and(
        eq(rosterPerson.rollCallId, rollCallId),
        sql`${rosterPerson.helpSince} IS NOT NULL`,
        ...(person === undefined ? [] : [eq(rosterPerson.person, person)]),
      ),
    )
    .orderBy(asc(center.position), asc(rosterPerson.helpSince));
  return rows.map(({ roster, ...named }) => ({ ...roster, ...named }));
}

/** The managers of each center, whoever stands in for one who is away today in her place. Centers without any are left out. */
export async function listManagersToday(
  db: Database,
  now: Date,
  code?: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [managers, absences] = await Promise.all([
    db
      .select({ person: staff.slackUserId, center: staff.center })
      .from(staff)
      .innerJoin(center, eq(center.code, staff.center))
      .where(
        and(
          eq(staff.role, 'manager'),
          isNull(staff.removedAt),
          isNull(center.closedAt),
          ...(code === undefined ? [] : [eq(staff.center, code)]),
        ),
      )
      .orderBy(asc(center.position), asc(staff.position)),
    listStandIns(db, now),
  ]);
  const byCenter = new Map<string, string[]>();
  for (const { person, center: of } of managers) {
    const standing = standInOf(person, absences, () => true) ?? person;
    const known = byCenter.get(of) ?? [];
    byCenter.set(of, known.includes(standing) ? known : [...known, standing]);
  }
  return byCenter;
}
