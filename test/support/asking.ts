/** Asking the FAQ in chat, for tests; and what is stored of it. */
import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { Message } from '../../dev/slack/client-api.ts';
import { publishedEntry } from './faq.ts';
import type { House } from './house.ts';
import { CHANNELS } from './small-city.ts';

export const LOCKED = '独居の方の玄関の鍵が開かず、応答がないときはどうしますか。';

/** An entry with all that must not ring, be pressed or be believed: mentions, a script, an old date. */
export function locked(house: House) {
  return publishedEntry(
    house,
    {
      question: LOCKED,
      answer: `<!channel> まず電話と近所の方への確認をします。\n\n*命の危険*があるときは119番へ。${'詳しい手順です。'.repeat(60)}`,
      topics: ['独居・見守り'],
      links: [
        { label: '手順書', url: 'https://example.jp/key|<!here>' },
        { label: '危ないもの', url: 'javascript:alert(1)' },
      ],
    },
    { reviewedOn: '2024-01-10' },
  );
}

export function rows<Row>(sql: string): Promise<Row[]> {
  return env.DB.prepare(sql)
    .all<Row>()
    .then(({ results }) => results);
}

export interface Ask {
  id: string;
  asked_by: string;
  way: string;
  shown: string;
  read_at: number | null;
  unanswered_at: number | null;
  typed: string | null;
}
export const asks = () => rows<Ask>('SELECT * FROM faq_ask ORDER BY at, rowid');
export const votes = () =>
  rows<{ person: string; is_helpful: number }>('SELECT person, is_helpful FROM faq_vote ORDER BY person');

/** Waits until the person is told so, where she acted. */
export async function told(house: House, person: string, words: string): Promise<Message> {
  const { slack } = house;
  const last = () => slack.as(person).ephemerals.at(-1);
  await slack.waitFor(
    async () => {
      await house.delivered();
      return last()?.text.includes(words);
    },
    { what: words },
  );
  const message = last();
  if (!message) throw new Error('nothing was said');
  return message;
}

/** The answer to `/kikan faq`, as that person sees it. */
export async function askBy(house: House, person: string, words: string): Promise<Message> {
  const somebody = house.slack.as(person);
  const { status, ackBody, problem } = await somebody.slash(`faq ${words}`, { channel: CHANNELS.general });
  expect([status, problem], `${ackBody} ${house.logs.join('\n')}`).toEqual([200, undefined]);
  const answer = somebody.ephemerals.at(-1);
  if (!answer) throw new Error('no answer');
  return answer;
}
