/** Figures of the FAQ, held against what was counted by hand. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { readFigures } from '../../../src/features/faq/figures/data.ts';
import {
  codeOf,
  medianDays,
  monthsOf,
  type Period,
  periodsUntil,
  spanOf,
} from '../../../src/features/faq/figures/rules.ts';
import { questionPlace } from '../../../src/features/faq/questions/data.ts';
import { openFaqKey } from '../../../src/features/faq/sealing.ts';
import { faqOpenQuestion, faqReading, faqVote } from '../../../src/features/faq/tables.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { askedInVain, publishedEntry } from '../../support/faq.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const DAY = 86_400_000;
const at = (text: string) => new Date(`${text}+09:00`);

test('periods begin and end with days of Japan and fiscal years; months are those that have begun', () => {
  const now = at('2026-11-23T00:30:00');
  const quarter: Period = { kind: 'quarter', year: 2026, quarter: 4 };
  expect(spanOf({ kind: 'year', year: 2026 }, now, 4)).toEqual({
    from: at('2026-04-01T00:00:00'),
    until: at('2027-04-01T00:00:00'),
  });
  expect(spanOf(quarter, now, 4)).toEqual({
    from: at('2027-01-01T00:00:00'),
    until: at('2027-04-01T00:00:00'),
  });
  expect(spanOf({ kind: 'last' }, now, 4)).toEqual({
    from: at('2026-10-25T00:00:00'),
    until: at('2026-11-24T00:00:00'),
  });
  const codes = periodsUntil(now, 4).map(codeOf);
  expect(codes.slice(0, 4)).toEqual(['2026', 'last', '2025', '2024']);
  expect(codes).toContain('2026-3');
  expect(codes).not.toContain('2026-4');
  expect(monthsOf(spanOf({ kind: 'year', year: 2026 }, now, 4), now).at(-1)).toBe('2026-11');
  expect(monthsOf(spanOf({ kind: 'year', year: 2025 }, now, 4), now)).toHaveLength(12);
  expect([
    medianDays([]),
    medianDays([DAY]),
    medianDays([3 * DAY, DAY]),
    medianDays([9 * DAY, DAY, 2 * DAY]),
  ]).toEqual([null, 1, 2, 2]);
});

test('what was asked, read, voted, solved and answered is counted as it was by hand, for whom it is meant', async () => {
  const house = await openHouse();
  const now = new Date();
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const [key, lock, core, old] = [
    await openFaqKey(scopeAt(house, now)),
    await publishedEntry(house, { question: '独居の方の鍵' }),
    await publishedEntry(house, { question: '内部の手順' }, { visibility: 'core' }),
    await publishedEntry(house, { question: '古い様式' }, { reviewedOn: '2020-01-01' }),
  ];
  const shown = (...ids: string[]) => ({ shown: JSON.stringify(ids), unansweredAt: null });
  // 花子 read and sent no consultation: her old question is solved, the one of yesterday is not counted yet.
  const first = await askedInVain(house, PEOPLE.hanako, '鍵', {
    at: ago(10),
    ...shown(lock.id, old.id),
    readAt: ago(10),
  });
  await askedInVain(house, PEOPLE.hanako, '鍵', { at: ago(1), ...shown(lock.id), readAt: ago(1) });
  // 一郎 read, and sent one the day after.
  await askedInVain(house, PEOPLE.ichiro, '様式', {
    at: ago(6),
    ...shown(old.id),
    readAt: ago(6),
    way: 'page',
  });
  await askedInVain(house, PEOPLE.naoko, '手順', { at: ago(8), ...shown(core.id), way: 'page' });
  await askedInVain(house, PEOPLE.minoru, '何か', { at: ago(5) });
  // Before the thirty days.
  await askedInVain(house, PEOPLE.minoru, '昔', { at: ago(40) });
  await sendConsultation(house);
  await env.DB.prepare('UPDATE consultation SET sender = ?, submitted_at = ?')
    .bind(PEOPLE.ichiro, ago(5).getTime())
    .run();
  await house.db.insert(faqReading).values([
    { askId: first, entryId: lock.id, at: ago(10) },
    { askId: first, entryId: old.id, at: ago(9) },
    { askId: first, entryId: core.id, at: ago(50) },
  ]);
  const vote = (entryId: string, person: string, isHelpful: boolean, days = 2) => ({
    entryId,
    person,
    isHelpful,
    at: ago(days),
  });
  await house.db
    .insert(faqVote)
    .values([
      vote(lock.id, PEOPLE.hanako, true),
      vote(lock.id, PEOPLE.ichiro, true),
      vote(old.id, PEOPLE.ichiro, false),
      vote(core.id, PEOPLE.naoko, true),
      vote(old.id, PEOPLE.hanako, true, 60),
    ]);
  const question = async (number: number, state: 'open' | 'answered' | 'set_aside', days: number | null) => {
    const id = crypto.randomUUID();
    const text = await key.seal(questionPlace(id), '質問');
    const createdAt = ago(20);
    const settledAt = days === null ? null : new Date(createdAt.getTime() + days * DAY);
    return { id, number, text, state, createdAt, updatedAt: createdAt, settledAt };
  };
  await house.db
    .insert(faqOpenQuestion)
    .values([
      await question(1, 'open', null),
      await question(2, 'answered', 2),
      await question(3, 'answered', 5),
      await question(4, 'set_aside', 1),
    ]);

  const span = spanOf({ kind: 'last' }, now, 4);
  const figures = await readFigures(house.db, span, { now, mayReadCoreOnly: true });
  expect(figures.totals).toEqual({ asks: 5, found: 4, read: 3, unanswered: 1, people: 4 });
  expect(figures.ways).toEqual([
    { way: 'command', asks: 3 },
    { way: 'page', asks: 2 },
  ]);
  expect(figures.centers).toEqual([
    { short: '基幹型', asks: 1, unanswered: 0 },
    { short: '東', asks: 3, unanswered: 1 },
    { short: '西', asks: 1, unanswered: 0 },
  ]);
  expect([...figures.months.values()].reduce((sum, count) => sum + count, 0)).toBe(5);
  const entries = (list: readonly { question: string; count: number }[]) =>
    list.map((each) => [each.question, each.count]);
  expect(entries(figures.asked)).toEqual([
    ['独居の方の鍵', 2],
    ['内部の手順', 1],
    ['古い様式', 1],
  ]);
  expect(entries(figures.read)).toEqual([
    ['独居の方の鍵', 1],
    ['古い様式', 1],
  ]);
  expect(entries(figures.helpful)).toEqual([
    ['独居の方の鍵', 2],
    ['内部の手順', 1],
  ]);
  expect(entries(figures.unhelpful)).toEqual([['古い様式', 1]]);
  expect(figures.votes).toEqual({ helpful: 3, unhelpful: 1 });
  expect(figures.questions).toEqual({ open: 1, answered: 2, setAside: 1, medianDays: 3.5 });
  // Ripe are 花子's old one, 一郎's, 直子's and 実's; read by two; 一郎 sent a consultation within three days.
  expect(figures.solved).toEqual({ asks: 4, read: 2, solved: 1 });
  expect([figures.stale.count, figures.stale.entries.map(({ question: words }) => words)]).toEqual([
    1,
    ['古い様式'],
  ]);

  // The city reads what is for all; a district center nothing.
  const makoto = await Visitor.signedIn(house, PEOPLE.makoto);
  const page = await makoto.get('/faq/figures?period=last');
  expect(page.body).toContain('独居の方の鍵');
  expect(page.body).not.toContain('内部の手順');
  const csv = await makoto.get('/faq/figures.csv?period=last');
  expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(csv.body).toContain('"たずねた回数",5');
  expect(csv.body).toContain('"FAQ-0001","独居の方の鍵",2');
  for (const path of ['/faq/figures', '/faq/figures.csv'])
    expect((await (await Visitor.signedIn(house, PEOPLE.hanako)).get(path)).status).toBe(404);
  expect((await makoto.get('/faq/figures?period=%27%3B')).status).toBe(200);
});
