/** Looking for minutes. Each look is a write: it is noted, with what it found and never what was looked for. */
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { openSearched, type SearchedMeeting, type Where } from './data.ts';
import { excerptOf, markWords, type Piece, wordsIn } from './rules.ts';

/**
 * All are opened for each search, since sealed texts have no index: a thousand meetings with minutes of 2 KB took 0.2 s, so that these
 * take the tenth of a second that a search for a resident takes. A city holds about a hundred meetings a year.
 */
export const MOST_SEARCHED = 500;
const MOST_SHOWN = 50;
/** Of one meeting, the first lines that hold a word. */
const MOST_LINES = 3;

export interface FoundMeeting extends Omit<SearchedMeeting, 'texts'> {
  lines: readonly { where: Where; pieces: readonly Piece[] }[];
}

export interface FoundMeetings {
  /** The newest first. */
  meetings: readonly FoundMeeting[];
  count: number;
  /** Whether there are older meetings that were not searched. */
  isCutShort: boolean;
}

/**
 * The meetings in which all of the words stand, of those that this person may read.
 * @param words folded, as `rules.readWords` gives them
 */
export async function searchMeetings(
  scope: Scope,
  actor: Actor,
  words: readonly string[],
  most: number = MOST_SEARCHED,
): Promise<FoundMeetings> {
  const opened = await openSearched(scope, actor, most + 1);
  const searched = opened.slice(0, most);
  const hits = searched.flatMap((each) => {
    const found = new Set(each.texts.flatMap(({ text }) => wordsIn(text, words)));
    return found.size === words.length ? [each] : [];
  });
  const shown = hits.slice(0, MOST_SHOWN);
  await noteLook(scope, actor, 'meeting.search', {
    detail: {
      searched: searched.length,
      hits: hits.length,
      found: shown.map(({ reference }) => reference).join(' '),
    },
  });
  return {
    meetings: shown.map(({ texts, ...row }) => ({ ...row, lines: linesOf(texts, words) })),
    count: hits.length,
    isCutShort: opened.length > most,
  };
}

function linesOf(
  texts: SearchedMeeting['texts'],
  words: readonly string[],
): { where: Where; pieces: Piece[] }[] {
  return texts
    .flatMap(({ where, text }) => text.split('\n').map((line) => ({ where, line })))
    .filter(({ line }) => wordsIn(line, words).length > 0)
    .slice(0, MOST_LINES)
    .map(({ where, line }) => ({ where, pieces: markWords(excerptOf(line, words), words) }));
}
