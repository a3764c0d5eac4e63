/** Reads for the pages where centers and their staff are kept. */
import { and, desc, eq, or, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { exportCityFile } from '../data.ts';
import type { CityFile } from '../schema.ts';
import { staff } from '../tables.ts';

/** The directory as a city file. Throws when none was loaded: then nobody could ask. */
export async function loadDirectory(db: Database): Promise<CityFile> {
  const file = await exportCityFile(db);
  if (!file) throw new Error('there is no city');
  return file;
}

/** Who changed this person or center last, and when: one by one, with others, or by loading a file. */
export async function findLastChangeOf(
  db: Database,
  id: string,
): Promise<{ name: string | null; at: Date } | undefined> {
  const [row] = await db
    .select({ name: staff.name, at: auditEntry.at })
    .from(auditEntry)
    .leftJoin(staff, eq(staff.slackUserId, auditEntry.actor))
    .where(
      and(
        eq(auditEntry.chain, 'city'),
        eq(auditEntry.outcome, 'done'),
        or(eq(auditEntry.action, 'directory.import'), sql`instr(${auditEntry.detail}, ${id}) > 0`),
      ),
    )
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return row;
}
