/**
 * When a case's time of keeping is over, what was drawn from it and never approved is destroyed, too: it holds what the case held. What a
 * second person approved speaks of nobody and stays.
 */
import { sql } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { findRevision } from '../data.ts';
import { changeEntryByJob } from '../storing/mutations.ts';

export const FORGETTING_JOB = 'forget-drafts-of-erased-cases';
/** Some queries each: with what else runs in a minute it stays within the 50 of the free plan. */
const FORGOTTEN_A_RUN = 2;

/** One query while there is none. */
export async function forgetDraftsOfErasedCases(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const drafts = await db.all<{ id: string; number: number }>(sql`
    SELECT entry_id AS id, number FROM faq_revision
    WHERE consultation_id IS NOT NULL AND content IS NOT NULL AND state IN ('draft', 'proposed', 'dropped')
      AND EXISTS (SELECT 1 FROM consultation WHERE consultation.id = faq_revision.consultation_id AND erased_at IS NOT NULL)
    LIMIT ${FORGOTTEN_A_RUN}`);
  for (const { id, number } of drafts)
    await changeEntryByJob(scope, { id, action: 'faq.erase_version', job: FORGETTING_JOB }, async () => {
      const revision = await findRevision(db, id, number);
      // Approved meanwhile.
      if (!revision || revision.content === null || !isUnapproved(revision.state)) return undefined;
      const erased = { content: null, note: null, erasedAt: now, erasedBy: `job:${FORGETTING_JOB}` };
      return {
        detail: { version: number },
        revisions: [{ ...revision, ...erased, state: 'dropped', updatedAt: now }],
      };
    });
}

function isUnapproved(state: string): boolean {
  return ['draft', 'proposed', 'dropped'].includes(state);
}
