/** What was taken over waits no longer. */
import { eq } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import { cityFileEntry } from '../tables.ts';

/** Stored in the batch that takes it over. */
export function forgetHandedOver(db: Database): Statement {
  return db.delete(cityFileEntry).where(eq(cityFileEntry.section, 'faq'));
}
