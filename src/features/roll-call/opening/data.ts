/** Names of centers, as cards and modals call them. */
import { asc, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center } from '../../directory/tables.ts';

/** Short names of the centers, in the order of the city file. */
export async function listShorts(db: Database, codes: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ short: center.short })
    .from(center)
    .where(sql`${center.code} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`)
    .orderBy(asc(center.position));
  return rows.map(({ short }) => short);
}
