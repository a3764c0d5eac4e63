/** Whom a center's affairs in a roll-call concern: its managers and whoever stands in for them. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { standInOf } from '../../../directory/absence/rules.ts';
import { staff } from '../../../directory/tables.ts';
import { listStandIns } from '../../data.ts';

/** So many of a center without a manager are told. */
const TOLD_WITHOUT_MANAGER = 10;

/** By center: the managers, for those away who stands in; where there is none, the staff. Two queries, however many centers. */
export async function listHeads(
  db: Database,
  codes: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (codes.length === 0) return new Map();
  const [people, absences] = await Promise.all([
    db
      .select({ person: staff.slackUserId, center: staff.center, role: staff.role })
      .from(staff)
      .where(
        and(
          isNull(staff.removedAt),
          sql`${staff.center} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`,
        ),
      )
      .orderBy(asc(staff.position)),
    listStandIns(db, now),
  ]);
  return new Map(
    codes.map((code) => {
      const own = people.filter(({ center }) => center === code);
      const managers = own
        .filter(({ role }) => role === 'manager')
        .map(({ person }) => standInOf(person, absences, () => true) ?? person);
      const told = managers.length > 0 ? managers : own.map(({ person }) => person);
      return [code, [...new Set(told)].slice(0, TOLD_WITHOUT_MANAGER)];
    }),
  );
}

/** What people call somebody; the id where she is not listed any more. */
export async function nameOfPerson(db: Database, person: string): Promise<string> {
  const [row] = await db
    .select({ name: staff.name })
    .from(staff)
    .where(eq(staff.slackUserId, person))
    .limit(1);
  return row?.name ?? person;
}
