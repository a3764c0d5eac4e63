/** The core center's desk over a whole city's FAQ: thousands of entries, by portions, found by words that never stand in an address. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const ENTRIES = 10_000;

/** Every column of the table, in its order. */
const FILL = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${ENTRIES})
  INSERT INTO faq_entry SELECT 'id' || n, n, NULL, CASE n % 10 WHEN 0 THEN 'withdrawn' ELSE 'published' END,
    CASE n % 10 WHEN 0 THEN NULL ELSE '質問' || n || 'の書き方は' END, '[]', CASE n WHEN 9999 THEN '針の一本' ELSE '答え' END, '["分類"]', '[]',
    'all', NULL, '2026-01-01', CASE n % 100 WHEN 1 THEN '2020-01-01' ELSE '2099-01-01' END, 1, n, NULL, 'key' || n, 1, n, n FROM numbers`;

const referencesIn = (body: string) => [...new Set(body.match(/FAQ-\d{4,}/g) ?? [])];

test('ten thousand entries are listed by portions, narrowed and looked through', {
  timeout: 60_000,
}, async () => {
  const house = await openHouse();
  await env.DB.prepare(FILL).run();
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  const list = async (fields: Record<string, string>) =>
    referencesIn((await naoko.post('/faq/desk/entries', Object.entries(fields))).body);
  const first = await list({});
  expect([first.length, first[0], first.at(-1)]).toEqual([50, 'FAQ-0001', 'FAQ-0050']);
  expect((await list({ after: '9970' })).at(-1)).toBe('FAQ-10000');
  expect(await list({ words: '針の一本' })).toEqual(['FAQ-9999']);
  expect(await list({ words: 'ＦＡＱ－１２３' })).toEqual(['FAQ-0123']);
  expect((await list({ state: 'withdrawn', after: '9980' })).join(' ')).toBe('FAQ-9990 FAQ-10000');
  expect((await list({ review: 'overdue', after: '9850' })).join(' ')).toBe('FAQ-9901');
  for (const words of ['"', "'; DROP", '%', '＊', 'あ'.repeat(5000), '\0'])
    expect([words.slice(0, 9), (await list({ words })).length <= 50]).toEqual([words.slice(0, 9), true]);
  // Words of an address are not looked for.
  expect(referencesIn((await naoko.get('/faq/desk/entries?words=針の一本')).body)).toHaveLength(50);
  const desk = await naoko.get('/faq/desk');
  expect([desk.status, desk.body.includes('公開中 9000件'), desk.body.includes('ほかに90件')]).toEqual([
    200,
    true,
    true,
  ]);
  expect((await naoko.get('/faq/desk/duplicates')).status).toBe(200);
  expect((await naoko.get('/faq/desk/new')).status).toBe(200);
});
