/**
 * What FTS5 finds by itself, to compare with: question, aliases and answer in one column, bm25 without weights, the question's terms
 * joined by OR. Words are cut by Intl.Segmenter; those of hiragana only are dropped, as in the published baseline.
 */
import { pairsOf } from '../../../src/features/faq/search/folding.ts';
import { segment } from '../../../src/features/faq/search/question.ts';
import type { SearchableEntry } from '../../../src/features/faq/search/rules.ts';

export interface Baseline {
  name: string;
  tokenizer: string;
  /** A text as its terms; trigram cuts by itself, so it is given the text whole. */
  cut(text: string): string[];
  /** A question's terms. */
  ask(text: string): string[];
}

const HIRAGANA = /^[\p{Script=Hiragana}ー]+$/u;
const WORDS = /[\p{L}\p{N}]+/gu;
const plain = (text: string) => text.toWellFormed().normalize('NFKC').toLowerCase();
const runsOf = (text: string) => plain(text).match(WORDS) ?? [];

function trigramsOf(text: string): string[] {
  return runsOf(text).flatMap((run) => {
    const letters = [...run];
    return letters.slice(2).map((_, i) => letters.slice(i, i + 3).join(''));
  });
}

const tellingWords = (text: string) => segment(plain(text)).filter((word) => !HIRAGANA.test(word));
const plainPairs = (text: string) => pairsOf(runsOf(text).join(' '));

export const BASELINES: readonly Baseline[] = [
  { name: 'trigram', tokenizer: 'trigram', cut: (text) => [plain(text)], ask: trigramsOf },
  { name: 'bigram', tokenizer: 'unicode61 remove_diacritics 0', cut: plainPairs, ask: plainPairs },
  { name: 'segmenter', tokenizer: 'unicode61 remove_diacritics 0', cut: tellingWords, ask: tellingWords },
];

const PORTION = 200;

export async function buildBaseline(
  db: D1Database,
  { name, tokenizer, cut }: Baseline,
  entries: readonly SearchableEntry[],
): Promise<void> {
  await db
    .prepare(`CREATE VIRTUAL TABLE base_${name} USING fts5(id UNINDEXED, text, tokenize="${tokenizer}")`)
    .run();
  for (let first = 0; first < entries.length; first += PORTION) {
    const rows = entries
      .slice(first, first + PORTION)
      .map(({ id, question, aliases, answer }) => [
        id,
        cut([question, ...aliases, answer].join('\n')).join(' '),
      ]);
    await db
      .prepare(`INSERT INTO base_${name} (id, text) SELECT value->>0, value->>1 FROM json_each(?)`)
      .bind(JSON.stringify(rows))
      .run();
  }
}

/** Ids, best first. */
export async function askBaseline(
  db: D1Database,
  { name, ask }: Baseline,
  text: string,
  limit: number,
): Promise<string[]> {
  const terms = [...new Set(ask(text))];
  if (terms.length === 0) return [];
  const { results } = await db
    .prepare(`SELECT id FROM base_${name} WHERE base_${name} MATCH ? ORDER BY rank, id LIMIT ?`)
    .bind(terms.map((term) => `"${term}"`).join(' OR '), limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}
