/** How well questions find their answers: ours beside what FTS5 does by itself, on the same entries in the same run. */
import { searchFaq } from '../../../src/features/faq/search/data.ts';
import { type FaqIndex, openFaqIndex, rebuildIndex } from '../../../src/features/faq/search/store.ts';
import type { Figure } from '../figure.ts';
import { askBaseline, BASELINES, buildBaseline } from './baselines.ts';
import { type Field, type Question, readFields, readGroups, readOffTopic } from './field.ts';
import { withDatabase } from './local-database.ts';
import { HELPS, type Measures, meanOf, measureRanking } from './measures.ts';

const DEPTH = 50;
const OURS = 'kikan';
const YARDSTICK = 'segmenter';
const MIN_MRR_RATIO = 1.25;
const MIN_SUCCESS = 0.85;

type Search = (text: string) => Promise<string[]>;

export async function measureQuality(): Promise<Figure[]> {
  const groups = readGroups();
  const figures: Figure[] = [];
  for (const field of readFields())
    figures.push(
      ...(await withDatabase(async (db) => {
        const index = openFaqIndex(db);
        await rebuildIndex(index, [field.entries], groups);
        for (const baseline of BASELINES) await buildBaseline(db, baseline, field.entries);
        return [
          ...(await measureField(field, searches(db, index))),
          ...(await measureLikeliness(field, index)),
        ];
      })),
    );
  return figures;
}

function searches(db: D1Database, index: FaqIndex): [string, Search][] {
  const ours: Search = async (text) =>
    (await searchFaq(index, { text, limit: DEPTH, mayReadCoreOnly: false })).map(({ id }) => id);
  return [
    ...BASELINES.map((baseline): [string, Search] => [
      baseline.name,
      (text) => askBaseline(db, baseline, text, DEPTH),
    ]),
    [OURS, ours],
  ];
}

async function measureField(field: Field, each: readonly [string, Search][]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [part, questions] of [
    ['tuned', field.tuned],
    ['held back', field.heldBack],
  ] as const) {
    const means = new Map<string, Measures>();
    for (const [name, search] of each) {
      const all = await askAll(questions, search);
      means.set(name, meanOf(all.map(({ measures }) => measures)));
      figures.push(figureOf(`faq, ${field.name}, ${part}: ${name}`, means.get(name) ?? meanOf([])));
      if (name === OURS && part === 'tuned') figures.push(...stylesOf(field.name, all));
    }
    if (part === 'held back') figures.push(...targetsOf(field, means));
  }
  return figures;
}

async function askAll(questions: readonly Question[], search: Search) {
  const all: { style: string; measures: Measures }[] = [];
  for (const { text, style, relevant } of questions)
    all.push({ style, measures: measureRanking(await search(text), relevant) });
  return all;
}

function stylesOf(field: string, all: readonly { style: string; measures: Measures }[]): Figure[] {
  return [...new Set(all.map(({ style }) => style))].sort().map((wanted) => {
    const measures = all.filter(({ style }) => style === wanted).map((each) => each.measures);
    return figureOf(`faq, ${field}, tuned: ${OURS}, ${wanted}`, meanOf(measures));
  });
}

function figureOf(name: string, { questions, mrr, precisionAt1, successAt5, ndcgAt10 }: Measures): Figure {
  return {
    name,
    value: `MRR ${mrr.toFixed(3)}`,
    detail: `P@1 ${precisionAt1.toFixed(3)}, success@5 ${successAt5.toFixed(3)}, nDCG@10 ${ndcgAt10.toFixed(3)}, ${questions} questions`,
  };
}

/** Whether people are told that nothing was found when it was, and the other way round. */
async function measureLikeliness({ name, heldBack }: Field, index: FaqIndex): Promise<Figure[]> {
  const ask = (text: string) => searchFaq(index, { text, limit: 5, mayReadCoreOnly: false });
  const right: boolean[] = [];
  for (const { text, relevant } of heldBack) {
    const hit = (await ask(text)).find(({ id }) => (relevant[id] ?? 0) >= HELPS);
    if (hit) right.push(hit.isLikely);
  }
  const other: boolean[] = [];
  for (const text of readOffTopic()) other.push((await ask(text)).some(({ isLikely }) => isLikely));
  const share = (all: readonly boolean[]) =>
    `${Math.round((100 * all.filter(Boolean).length) / all.length)} %`;
  return [
    {
      name: `faq, ${name}, held back: right answers that seem likely`,
      value: share(right),
      detail: `${share(other)} of ${other.length} questions about something else get a likely hit`,
    },
  ];
}

/**
 * The ratio is promised where both search the same words: aliases are other ways to ask, some of them near to the questions of the set,
 * and lift a plain query as well as ours, so with them it is only told.
 */
function targetsOf({ name, entries }: Field, means: ReadonlyMap<string, Measures>): Figure[] {
  const ours = means.get(OURS) ?? meanOf([]);
  const ratio = ours.mrr / (means.get(YARDSTICK)?.mrr ?? Number.NaN);
  const hasAliases = entries.some(({ aliases }) => aliases.length > 0);
  return [
    {
      name: `faq, ${name}, held back: MRR of ${OURS} / ${YARDSTICK}`,
      value: ratio.toFixed(2),
      detail: '',
      ...(hasAliases ? {} : { target: { text: `>= ${MIN_MRR_RATIO}`, isMet: ratio >= MIN_MRR_RATIO } }),
    },
    {
      name: `faq, ${name}, held back: success@5`,
      value: ours.successAt5.toFixed(3),
      detail: '',
      target: { text: `>= ${MIN_SUCCESS}`, isMet: ours.successAt5 >= MIN_SUCCESS },
    },
  ];
}
