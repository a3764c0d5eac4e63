/** Polls for tests: dates to come on open days, a meeting called through the front door, votes as Slack sends them. */
import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import { VOTE_FORM } from '../../src/features/meeting/poll/forms.ts';
import { voteBlock } from '../../src/features/meeting/poll/schema.ts';
import { addBusinessDays, calendarOf } from '../../src/lib/business-time.ts';
import { type JapanDate, japanDate } from '../../src/lib/jst.ts';
import type { House } from './house.ts';
import { send } from './settings.ts';
import { submissionBody } from './signed.ts';
import { CHANNELS } from './small-city.ts';

const CALENDAR = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });

/** The so-manyth open day from today. */
export function openDay(days: number): JapanDate {
  return addBusinessDays(CALENDAR, japanDate(new Date()), days);
}

/** `2026/12/3`, as people type it. */
export function typedDay(on: JapanDate): string {
  const [year, month, day] = on.split('-').map(Number);
  return `${year}/${month}/${day}`;
}

export const CALL_BUTTON = '会議を開く・日程を調整する';
export const DATES = '候補の日時';

/** Opens the form of a call; its second step is on top. */
export async function openCall(house: House, person: string, kind: string, way: 'poll' | 'fixed') {
  const somebody = house.slack.as(person);
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the menu' });
  await somebody.clickInModal(CALL_BUTTON);
  await house.slack.waitFor(() => somebody.modals.length === 2, { what: 'the kinds' });
  await somebody.fillAndSubmit({
    会議体: kind,
    日程: way === 'poll' ? '日程を調整する（○△×）' : '日時が決まっている',
  });
  expect(somebody.modalText).toContain(kind);
  return somebody;
}

/** Calls a meeting whose candidates are these open days at 14:00; the poll closes on the day `closes` at 17:00. */
export async function calledPoll(
  house: House,
  person: string,
  kind: string,
  {
    days = [10, 11, 12],
    closes = 5,
    ...fields
  }: { days?: readonly number[]; closes?: number; [field: string]: unknown } = {},
): Promise<{ id: string; reference: string; dates: string[]; closesAt: Date }> {
  const somebody = await openCall(house, person, kind, 'poll');
  const typed = days.map((day) => `${typedDay(openDay(day))} 14:00-15:30`).join('\n');
  const more = Object.entries(fields).map(
    ([field, value]) =>
      [field, value === null ? null : Array.isArray(value) ? value.map(String) : String(value)] as const,
  );
  const sent = await somebody.fillAndSubmit({
    [DATES]: typed,
    日程の回答の締切日: openDay(closes),
    締切の時刻: '17:00',
    ...Object.fromEntries(more),
  });
  expect(sent.errors).toBeUndefined();
  return onlyPoll();
}

/** The one meeting whose date is being found, its dates in order. */
export async function onlyPoll(): Promise<{
  id: string;
  reference: string;
  dates: string[];
  closesAt: Date;
}> {
  const { results } = await env.DB.prepare(
    `SELECT meeting.id, reference, closes_at, meeting_poll_date.id AS date FROM meeting
      JOIN meeting_poll ON meeting_poll.meeting_id = meeting.id
      JOIN meeting_poll_date ON meeting_poll_date.meeting_id = meeting.id ORDER BY meeting_poll_date.starts_at`,
  ).all<{ id: string; reference: string; closes_at: number; date: string }>();
  const [first] = results;
  if (!first || results.some(({ id }) => id !== first.id)) throw new Error('not one poll');
  return {
    id: first.id,
    reference: first.reference,
    dates: results.map(({ date }) => date),
    closesAt: new Date(first.closes_at),
  };
}

const WORDS = { '○': 'yes', '△': 'maybe', '×': 'no' } as const;

/** The body of a vote: `○△×`, a letter for each date. */
export function voteBody(
  person: string,
  { id, dates }: { id: string; dates: readonly string[] },
  center: string,
  letters: string,
): string {
  const answers = [...letters].map((letter, i) => {
    const word = Object.entries(WORDS).find(([each]) => each === letter)?.[1] ?? letter;
    return [
      voteBlock(dates[i] ?? '', center),
      { type: 'radio_buttons', selected_option: { value: word } },
    ] as const;
  });
  return submissionBody(person, {
    id: `V${crypto.randomUUID()}`,
    callbackId: VOTE_FORM,
    metadata: `${id}/${center}`,
    values: Object.fromEntries(answers),
  });
}

/** Votes by a signed request; gives what the Worker answered. */
export function vote(
  house: House,
  person: string,
  poll: { id: string; dates: readonly string[] },
  center: string,
  letters: string,
): Promise<string> {
  return send(house, voteBody(person, poll, center, letters));
}

/** The stored votes by center, as letters in the order of the dates. */
export async function storedVotes(dates: readonly string[]): Promise<Record<string, string>> {
  const { results } = await env.DB.prepare(
    'SELECT center, answers, voted_by, is_proxy FROM meeting_poll_vote ORDER BY center',
  ).all<{ center: string; answers: string; voted_by: string; is_proxy: number }>();
  return Object.fromEntries(
    results.map(({ center, answers, voted_by, is_proxy }) => {
      const words: Record<string, string> = JSON.parse(answers);
      const letters = dates.map(
        (id) => Object.entries(WORDS).find(([, word]) => word === words[id])?.[0] ?? '-',
      );
      return [center, `${letters.join('')} ${voted_by}${is_proxy === 1 ? ' 代理' : ''}`];
    }),
  );
}

/** The direct messages to a person of which the text or a block has these words. */
export function directsWith({ slack }: House, person: string, words: string): number {
  return slack.as(person).dm.filter((message) => JSON.stringify(message).includes(words)).length;
}
