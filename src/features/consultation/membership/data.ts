/** Who can be named in a case. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center, staff } from '../../directory/tables.ts';
import type { LoadedConsultation } from '../data.ts';

export interface Nameable {
  slackUserId: string;
  name: string;
  /** Of the center that the person works in. */
  short: string;
}

/** Whoever works in the core center, the sending or the responsible one; the core center first. */
export async function listNameable(
  db: Database,
  { coreCenter, sendingCenter, responsibleCenter }: LoadedConsultation,
): Promise<Nameable[]> {
  const centers = [...new Set([coreCenter, sendingCenter.code, responsibleCenter.code])];
  const rows = await db
    .select({ slackUserId: staff.slackUserId, name: staff.name, code: center.code, short: center.short })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(inArray(staff.center, centers), isNull(staff.removedAt), isNull(center.closedAt)))
    .orderBy(asc(staff.position));
  return centers.flatMap((code) => rows.filter((row) => row.code === code));
}
