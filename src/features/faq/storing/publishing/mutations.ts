/** What becomes of an entry when one of its versions is published. */
import { and, eq, ne } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { addYears, type JapanDate } from '../../../../lib/jst.ts';
import type { FaqEntry, FaqRevision } from '../../data.ts';
import type { EntryContent } from '../../rules.ts';
import { faqRevision } from '../../tables.ts';
import type { EntryChange } from '../mutations.ts';

/** Columns that hold an approved text. */
export function textColumns(
  content: EntryContent,
): Pick<FaqEntry, 'question' | 'aliases' | 'answer' | 'topics' | 'links'> {
  return {
    question: content.question,
    aliases: JSON.stringify(content.aliases),
    answer: content.answer,
    topics: JSON.stringify(content.topics),
    links: JSON.stringify(content.links),
  };
}

/** What nobody finds has no text outside its sealed versions. */
export const NO_TEXT = { question: null, aliases: null, answer: null, topics: null, links: null } as const;

/**
 * The change that has everybody find a version.
 * @param content what the version says, opened
 * @param by who approved it
 * @param reviewedOn when it was last said to hold; it is to be reviewed a year later
 */
export function publish(
  db: Database,
  revision: FaqRevision,
  content: EntryContent,
  { by, now, reviewedOn }: { by: string; now: Date; reviewedOn: JapanDate },
): Required<Pick<EntryChange, 'set' | 'revisions' | 'statements'>> {
  return {
    set: {
      ...textColumns(content),
      status: 'published',
      visibility: revision.visibility,
      publishedRevision: revision.number,
      publishedAt: now,
      reviewedOn,
      reviewDueOn: addYears(reviewedOn, 1),
      mergedInto: null,
    },
    revisions: [{ ...revision, state: 'published', decidedBy: by, decidedAt: now, updatedAt: now }],
    statements: [replaceOlder(db, revision)],
  };
}

function replaceOlder(db: Database, { entryId, number }: FaqRevision): Statement {
  return db
    .update(faqRevision)
    .set({ state: 'replaced' })
    .where(
      and(
        eq(faqRevision.entryId, entryId),
        eq(faqRevision.state, 'published'),
        ne(faqRevision.number, number),
      ),
    );
}
