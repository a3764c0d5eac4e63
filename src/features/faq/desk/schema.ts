/** What the list of entries is narrowed to. Words travel in forms only: an address stands in logs and histories. */
import { fold } from '../../../lib/japanese.ts';
import type { EntryState } from '../words.ts';

/** Longer words stand in no entry as they are. */
const MAX_WORDS = 100;

export const STATES = [
  'published',
  'unpublished',
  'withdrawn',
  'merged',
] as const satisfies readonly EntryState[];
export const REVIEWS = ['due', 'overdue', 'stale'] as const;
export type Review = (typeof REVIEWS)[number];

export interface Narrowed {
  words: string;
  /** Empty for all. */
  state: EntryState | '';
  review: Review | '';
  topic: string;
  owner: string;
  /** The number of the last entry seen; 0 to begin. */
  after: number;
}

/** @param value reads a field of a form or an address */
export function readNarrowed(value: (field: string) => unknown): Narrowed {
  const read = (field: string) => {
    const found = value(field);
    return typeof found === 'string' ? found : '';
  };
  const after = Number(read('after'));
  return {
    words: fold(read('words')).slice(0, MAX_WORDS),
    state: STATES.find((each) => each === read('state')) ?? '',
    review: REVIEWS.find((each) => each === read('review')) ?? '',
    topic: read('topic').slice(0, MAX_WORDS),
    owner: read('owner').slice(0, MAX_WORDS),
    after: Number.isSafeInteger(after) && after > 0 ? after : 0,
  };
}
