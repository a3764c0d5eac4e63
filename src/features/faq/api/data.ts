/** What another program finds: published entries for all centers, as of this moment. */
import { and, eq, sql } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { isIndexBuilt } from '../indexing/data.ts';
import { searchFaq } from '../search/data.ts';
import { meaningOf } from '../search/meaning.ts';
import type { Hit } from '../search/rules.ts';
import { openFaqIndex } from '../search/store.ts';
import { faqEntry } from '../tables.ts';

export type Found = Pick<Hit, 'id' | 'externalId' | 'question' | 'score'>;

/** Best first. Undefined while there is no index that could be asked. */
export async function findForPrograms(
  scope: Pick<Scope, 'db' | 'faqMeaning'>,
  binding: D1Database,
  asked: { text: string; limit: number },
): Promise<Found[] | undefined> {
  if (asked.text.trim() === '') return [];
  const hits = await searchFaq(openFaqIndex(binding), {
    ...asked,
    mayReadCoreOnly: false,
    meaning: meaningOf(scope),
  });
  if (hits.length === 0) return (await isIndexBuilt(binding)) ? [] : undefined;
  // The index follows within the minute; what was withdrawn is gone at once.
  const ids = JSON.stringify(hits.map(({ id }) => id));
  const rows = await scope.db
    .select({ id: faqEntry.id })
    .from(faqEntry)
    .where(
      and(
        sql`${faqEntry.id} IN (SELECT value FROM json_each(${ids}))`,
        eq(faqEntry.status, 'published'),
        eq(faqEntry.visibility, 'all'),
      ),
    );
  const isThere = new Set(rows.map(({ id }) => id));
  return hits
    .filter(({ id }) => isThere.has(id))
    .map(({ id, externalId, question, score }) => ({ id, externalId, question, score }));
}
