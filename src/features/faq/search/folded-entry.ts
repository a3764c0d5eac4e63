/** An entry as the index holds it: folded texts, the letters that they are found by, and how its words may be read. */
import { foldForSearch, kanjiOf, pairsOf } from './folding.ts';
import type { Candidate } from './ranking.ts';
import { readingsOf } from './readings/rules.ts';
import type { SearchableEntry } from './rules.ts';

/** Nobody writes longer answers; of those who do, the beginning is searched. In UTF-16 units, folded. */
const LONGEST_ANSWER = 4_000;
const LONGEST_QUESTION = 1_000;
const LONGEST_LEARNT = 400;
/** An entry with folded texts, as it is compared. */
export function foldEntry(entry: SearchableEntry): Candidate {
  const folded = (texts: readonly string[], longest: number) =>
    foldForSearch(texts.join('\n')).slice(0, longest);
  return {
    id: entry.id.toWellFormed(),
    externalId: entry.externalId?.toWellFormed() ?? null,
    shown: entry.question.toWellFormed(),
    question: folded([entry.question], LONGEST_QUESTION),
    aliases: folded(entry.aliases, LONGEST_QUESTION),
    answer: folded([entry.answer], LONGEST_ANSWER),
    topics: folded(entry.topics, LONGEST_QUESTION),
    learnt: folded(entry.learnt, LONGEST_LEARNT),
  };
}

/** What the tables of a generation take of an entry, but for its digest. */
export function rowOf(entry: SearchableEntry): Record<string, unknown> {
  const folded = foldEntry(entry);
  const { question, aliases, answer, topics, learnt } = folded;
  const pairs = new Set(pairsOf(`${question} ${aliases} ${answer} ${topics}`));
  return {
    ...folded,
    isCoreOnly: entry.isCoreOnly ? 1 : 0,
    questionPairs: pairsOf(question).join(' '),
    aliasPairs: pairsOf(`${aliases} ${learnt}`).join(' '),
    answerPairs: pairsOf(answer).join(' '),
    topicPairs: pairsOf(topics).join(' '),
    questionKanji: kanjiOf(`${question} ${aliases} ${learnt}`).join(' '),
    answerKanji: kanjiOf(answer).join(' '),
    readings: [...pairs].flatMap((pair) => readingsOf(pair).map((reading) => [reading, pair])),
  };
}
