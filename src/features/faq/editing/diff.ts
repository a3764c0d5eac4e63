/** What changed between two texts, in words: Japanese has no spaces, so that its own segmenter cuts them. Pure. */
import { diffArrays } from 'diff';

export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Above this the two have little in common, and comparing them takes longer than a request may. */
const MOST_CHANGES = 1500;

let segmenter: Intl.Segmenter | undefined;

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** In order; what went stands before what came in its place. Undefined when the two differ too much to be compared. */
export function compareTexts(before: string, after: string): Piece[] | undefined {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_CHANGES });
  return changes?.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}
