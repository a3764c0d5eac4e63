/** The `faq` of a city file, as rows that wait until the FAQ takes them over: the directory knows nothing of it. */
import { and, asc, desc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { FaqEntrySchema, type FaqFileEntry } from '../faq-entries.ts';
import { IMPORT } from '../mutations.ts';
import { cityFileEntry } from '../tables.ts';

const Body = v.pipe(v.string(), v.parseJson(), FaqEntrySchema);

/** What waits, in the order of the file. */
export async function listHandedOver(db: Database): Promise<FaqFileEntry[]> {
  const rows = await db
    .select({ body: cityFileEntry.body })
    .from(cityFileEntry)
    .where(eq(cityFileEntry.section, 'faq'))
    .orderBy(asc(cityFileEntry.position));
  return rows.map(({ body }) => v.parse(Body, body));
}

/** Who loaded the latest city file: a Slack id, or `command`. */
export async function findLastImport(db: Database): Promise<string> {
  const [row] = await db
    .select({ actor: auditEntry.actor })
    .from(auditEntry)
    .where(and(eq(auditEntry.chain, 'city'), eq(auditEntry.action, IMPORT)))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return row?.actor ?? 'command';
}
