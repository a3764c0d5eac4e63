/** What a draft of the FAQ begins with when it is drawn from a closed case. Pure. */
import { cutText } from '../../../lib/japanese.ts';
import { TOPICS, type Topic } from '../../consultation/words.ts';
import { MAX_ANSWER, MAX_QUESTION, MAX_TOPICS } from '../editing/schema.ts';
import type { EntryContent } from '../rules.ts';
import type { Covered } from './covering.ts';

/** A question that is read at a glance; the editor writes it anew. */
const LONGEST_SENTENCE = 200;

export interface CaseWords {
  topics: readonly Topic[];
  body: string;
  /** In the order in which they were given. */
  answers: readonly string[];
}

export interface Drafted {
  content: EntryContent;
  /** How many places were covered. */
  covered: number;
}

/** @param cover covers one text of the case */
export function draftOf({ topics, body, answers }: CaseWords, cover: (text: string) => Covered): Drafted {
  // Covered before it is cut: what is cut in two is not found any more.
  const asked = cover(body);
  const answered = answers.map(cover);
  const labels = topics.map((topic) => TOPICS[topic]);
  const sentence = askingSentence(asked.text);
  const question = labels.length > 0 ? `${labels.join('・')}：${sentence}` : sentence;
  return {
    content: {
      question: cutText(question, MAX_QUESTION)[0] ?? '',
      aliases: [],
      answer: cutText(answered.map(({ text }) => text.trim()).join('\n\n'), MAX_ANSWER)[0] ?? '',
      topics: labels.slice(0, MAX_TOPICS),
      links: [],
    },
    covered: [asked, ...answered].reduce((sum, { kinds }) => sum + kinds.length, 0),
  };
}

/** The first sentence or line that asks; where none does, the first of all: the course of a case is told before the question. */
function askingSentence(text: string): string {
  const sentences = text.match(/[^。？?！!\n]+[。？?！!]?/gu)?.map((each) => each.trim()) ?? [];
  const asked = sentences.find((each) => /(?:[？?]|(?:か|ください|教えて)。?)$/u.test(each));
  return cutText(asked ?? sentences.find(Boolean) ?? '', LONGEST_SENTENCE)[0] ?? '';
}
