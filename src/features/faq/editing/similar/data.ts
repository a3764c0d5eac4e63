/** What is found already and says nearly the same: told to whoever writes or approves, so that one question gets one answer. */
import { logError } from '../../../../lib/log.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { type FaqEntry, listEntries } from '../../data.ts';
import type { EntryContent } from '../../rules.ts';
import { likelyDuplicates } from '../../search/data.ts';
import { openFaqIndex } from '../../search/store.ts';

const SHOWN = 3;
/** Of pairs above this, most were taken for the same by people; below it, few. */
const LIKELY = 0.4;

export interface Similar {
  number: number;
  question: string;
}

/** The likeliest first. None where there is no index, or where it fails: writing goes on without it. */
export async function listSimilar(
  { db, faqIndex }: Pick<Scope, 'db' | 'faqIndex'>,
  { id, externalId, visibility }: FaqEntry,
  content: EntryContent,
): Promise<Similar[]> {
  if (!faqIndex) return [];
  const entry = { ...content, id, externalId, isCoreOnly: visibility === 'core', learnt: [] };
  try {
    const likely = await likelyDuplicates(openFaqIndex(faqIndex), entry, SHOWN);
    const ids = likely.filter(({ score }) => score >= LIKELY).map((each) => each.id);
    const found = await listEntries(db, ids);
    return found.flatMap(({ number, status, question }) =>
      status === 'published' && question !== null ? [{ number, question }] : [],
    );
  } catch (error) {
    logError('faq.similar_not_found', error);
    return [];
  }
}
