/** What the search of the FAQ takes and gives: the same for the index, its readers and whoever fills it. */

/** An approved entry, as the index holds it. All texts as people wrote them; folding is the index's own affair. */
export interface SearchableEntry {
  id: string;
  externalId: string | null;
  question: string;
  /** Other ways to ask it. */
  aliases: readonly string[];
  answer: string;
  topics: readonly string[];
  /** Found by the core center only. */
  isCoreOnly: boolean;
  /** What people typed who then found this entry helpful. */
  learnt: readonly string[];
}

export interface Hit {
  id: string;
  externalId: string | null;
  question: string;
  /** Greater is better; comparable within one search only. */
  score: number;
  /**
   * Whether it seems to answer at all: where no hit is likely, people are told that nothing was found. With the seed FAQ 97 of 100 right answers
   * are, and 16 of 100 best hits of questions about something else altogether.
   */
  isLikely: boolean;
}

/** An entry that may say the same as another. */
export interface Likeness {
  id: string;
  /** From 0 (nothing in common) to about 1 (the same words). */
  score: number;
}
