/** Questions that may ask the same as another one: for people to look at. */
import type { Scope } from '../../../slack/scope.ts';
import { listGroups } from './grouping/data.ts';
import { keyOfAsk, shareOfWords } from './likeness.ts';

const COMPARED = { questions: 200, asks: 300 } as const;
/** Of the words of both. */
const SIMILAR = 0.25;
const SIMILAR_SHOWN = 3;

/** Open questions that share most words with one, at most three. */
export async function listSimilar(
  scope: Pick<Scope, 'db' | 'settings'>,
  id: string,
): Promise<{ number: number; words: string }[]> {
  const groups = await listGroups(scope, COMPARED);
  const keys = (texts: readonly string[]) => texts.map((each) => keyOfAsk(each));
  const own = keys(groups.find((group) => group.id === id)?.texts ?? []);
  return groups
    .filter((group) => group.id !== id && group.state === 'open')
    .map(({ number, texts }) => {
      const shares = keys(texts).flatMap((each) => own.map((mine) => shareOfWords(mine, each)));
      return { number, words: texts[0] ?? '', share: Math.max(0, ...shares) };
    })
    .filter(({ share }) => share >= SIMILAR)
    .toSorted((a, b) => b.share - a.share || a.number - b.number)
    .slice(0, SIMILAR_SHOWN);
}
