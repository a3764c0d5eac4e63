/** Ranks by meaning, from a language model where one is bound: they are fused into the plain ones, which hold without them. */
import { logError } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Scored } from './ranking.ts';
import type { SearchableEntry } from './rules.ts';

export interface Meant {
  id: string;
  /** Cosine of the two vectors, where it is known. */
  score?: number | undefined;
}

/** Whoever can say which entries mean what a text means. */
export interface Meaning {
  /** At most `k`, the nearest first; ids that are not in the index do no harm. */
  rank(text: string, k: number): Promise<Meant[]>;
  put(entries: readonly SearchableEntry[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Whoever waits in a form does not wait longer for a better order. */
const DEADLINE_MS = 800;
const MEANT = 50;
/** Of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). */
const FUSION = 60;
/** From this nearness on an entry seems to answer by its meaning alone: a first guess, to be set right with real questions. */
const LIKELY_NEARNESS = 0.65;
const MODEL = '@cf/baai/bge-m3';
/** A request to the model takes at most 100 texts. */
const TEXTS_A_REQUEST = 50;
/** What is said first says what it is about. In UTF-16 units. */
const LONGEST_TEXT = 1_000;

/** Workers AI's model and a Vectorize index of 1,024 dimensions. */
export function openMeaning({ ai, vectors }: { ai: Ai; vectors: Vectorize }): Meaning {
  const embed = async (texts: string[]): Promise<number[][]> => {
    const answer = await ai.run(MODEL, { text: texts });
    if (!('data' in answer) || !answer.data || answer.data.length !== texts.length)
      throw new Error('the model gave other vectors than it was asked for');
    return answer.data;
  };
  return {
    async rank(text, k) {
      const [vector] = await embed([text.slice(0, LONGEST_TEXT).toWellFormed()]);
      if (!vector) return [];
      const { matches } = await vectors.query(vector, { topK: k });
      return matches.map(({ id, score }) => ({ id, score }));
    },
    async put(entries) {
      for (let first = 0; first < entries.length; first += TEXTS_A_REQUEST) {
        const portion = entries.slice(first, first + TEXTS_A_REQUEST);
        const values = await embed(portion.map(textOf));
        await vectors.upsert(portion.map(({ id }, i) => ({ id, values: values[i] ?? [] })));
      }
    },
    async remove(ids) {
      if (ids.length > 0) await vectors.deleteByIds([...ids]);
    },
  };
}

/** What a deployment binds; undefined where it binds nothing of the kind. */
export function meaningOf({ faqMeaning }: Pick<Scope, 'faqMeaning'>): Meaning | undefined {
  return faqMeaning && openMeaning(faqMeaning);
}

function textOf({ question, aliases, answer }: SearchableEntry): string {
  return [question, ...aliases, answer].join('\n').slice(0, LONGEST_TEXT).toWellFormed();
}

/** The ids nearest in meaning; undefined, and one line in the log, when that fails or takes longer than the search can wait. */
export async function rankByMeaning(meaning: Meaning, text: string): Promise<Meant[] | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new MeaningTimeout()), DEADLINE_MS);
    });
    const ranked = await Promise.race([meaning.rank(text, MEANT), late]);
    return [...new Map(ranked.toReversed().map((each) => [each.id, each])).values()].toReversed();
  } catch (error) {
    logError('faq.meaning_failed', error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

class MeaningTimeout extends Error {
  override readonly name = 'MeaningTimeout';
}

/**
 * Both orders as one, by the places that an entry has in each.
 * @param more entries that only the meaning led to; ids that stand in neither list are passed over
 */
export function fuse(found: readonly Scored[], meant: readonly Meant[], more: readonly Scored[]): Scored[] {
  const places = new Map(meant.map(({ id, score = 0 }, place) => [id, { place, score }]));
  const shareOf = (place: number | undefined) => (place === undefined ? 0 : 1 / (FUSION + place));
  return [
    ...found.map((each, place) => ({ each, place })),
    ...more.map((each) => ({ each, place: undefined })),
  ]
    .map(({ each: { candidate, isLikely }, place }) => {
      const byMeaning = places.get(candidate.id);
      return {
        candidate,
        score: shareOf(place) + shareOf(byMeaning?.place),
        isLikely: isLikely || (byMeaning?.score ?? 0) >= LIKELY_NEARNESS,
      };
    })
    .sort((one, other) => other.score - one.score || (one.candidate.id < other.candidate.id ? -1 : 1));
}
