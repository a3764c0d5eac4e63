/** Words that mean the same: kept by the core center, never over what somebody else wrote, and followed by the index. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { listSynonyms } from '../../../src/features/faq/synonyms/data.ts';
import { doubledWords, groupFault, holding, readGroup } from '../../../src/features/faq/synonyms/schema.ts';
import { openHouse } from '../../support/house.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const PATH = '/faq/desk/synonyms';

function groupOf(words: string) {
  const form = new FormData();
  form.set('words', words);
  return readGroup(form).words;
}

test('a group is two to twelve words of two to thirty letters, each once in any width and case', () => {
  expect(groupOf(' ケアマネ\r\n\n介護支援専門員、ＣＭ,care  manager ')).toEqual([
    'ケアマネ',
    '介護支援専門員',
    'ＣＭ',
    'care manager',
  ]);
  expect(groupFault(['特養', '特別養護老人ホーム'])).toBeUndefined();
  const faults = [
    ['', '2つ以上'],
    ['特養', '2つ以上'],
    ['特養\n施', '2文字から30文字'],
    [`特養\n${'あ'.repeat(31)}`, '2文字から30文字'],
    ['ケアマネ\nｹｱﾏﾈ', '2回あります'],
    ['dv\nＤＶ\n暴力', '2回あります'],
    [Array.from({ length: 13 }, (_, i) => `言葉${i}`).join('\n'), '12個まで'],
  ] as const;
  for (const [words, sentence] of faults)
    expect([words, groupFault(groupOf(words))?.includes(sentence)]).toEqual([words, true]);
  const all = [
    { id: 1, words: ['包括', '地域包括支援センター'] },
    { id: 2, words: ['ホウカツ', '包括'] },
  ];
  expect(doubledWords({ id: 1, words: ['包括', '地域包括支援センター'] }, all)).toEqual([
    { word: '包括', id: 2 },
  ]);
  expect(holding(all, 'ﾎｳｶﾂ').map(({ id }) => id)).toEqual([2]);
  expect(holding(all, ' ')).toHaveLength(2);
});

test('the core center adds, finds, changes and removes groups; two at once lose nothing; the index is told', async () => {
  const house = await openHouse();
  const tasks = () =>
    env.DB.prepare("SELECT count(*) AS n FROM faq_index_task WHERE what = 'synonyms'").first<number>('n');
  const groups = async () => (await listSynonyms(house.db)).map((words) => words.join('/'));
  const before = (await groups()).length;
  for (const person of [PEOPLE.hanako, PEOPLE.makoto]) {
    const other = await Visitor.signedIn(house, person);
    for (const path of [PATH, `${PATH}.csv`, `${PATH}/new`]) expect((await other.get(path)).status).toBe(404);
    expect((await other.post(`${PATH}/new`, [['words', '一つ目\n二つ目']])).status).toBe(404);
  }
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const words = 'ヘルパー車\n訪問用自動車';
  const made = await kenta.post(`${PATH}/new`, [['words', words]]);
  expect(made.status).toBe(303);
  expect((await kenta.post(`${PATH}/new`, [['words', words]])).location).toBe(made.location);
  expect((await groups()).length).toBe(before + 1);
  for (const [typed, sentence] of [
    ['一つだけ', '2つ以上'],
    ['山田太郎さん\n090-1234-5678', '個人情報（'],
  ] as const) {
    const refused = await kenta.post(`${PATH}/new`, [['words', typed]]);
    expect([
      refused.status,
      refused.body.includes(sentence),
      refused.body.includes(typed.split('\n')[0] ?? ''),
    ]).toEqual([422, true, true]);
  }

  const path = made.location?.split('?')[0] ?? '';
  const found = await kenta.post(PATH, [['search', 'ﾍﾙﾊﾟｰ車']]);
  expect([found.body.includes('1組'), found.body.includes(`href="${path}"`)]).toEqual([true, true]);
  const odd = await kenta.post(PATH, [['search', '"*%_\ud800'.repeat(50)]]);
  expect([odd.status, odd.body.includes('見つかりません')]).toEqual([200, true]);

  // Two at once: the second is told, and keeps what was typed.
  const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
  const change = (visitor: Visitor, typed: string, version: number) =>
    visitor.post(path, [
      ['words', typed],
      ['version', String(version)],
    ]);
  expect((await change(kenta, 'ヘルパー車\n訪問用自動車\n公用の車', 1)).status).toBe(303);
  const late = await change(naoko, 'ヘルパー車\n巡回の車', 1);
  expect(late.status).toBe(409);
  for (const shown of ['巡回の車', '公用の車', 'ほかの方が先に']) expect(late.body).toContain(shown);
  expect((await change(naoko, 'ヘルパー車\n巡回の車', 2)).status).toBe(303);
  expect((await groups()).at(-1)).toBe('ヘルパー車/巡回の車');
  expect((await kenta.get(`${PATH}.csv`)).body).toContain('"ヘルパー車","巡回の車"');

  // A word of another group is told.
  const second = await kenta.post(`${PATH}/new`, [['words', 'ﾍﾙﾊﾟｰ車\n軽自動車']]);
  expect((await kenta.get(second.location ?? '')).body).toContain('ほかの組にもある言葉があります');

  const remove = (version: number, confirmed = 'yes') =>
    kenta.post(`${path}/remove`, [
      ['version', String(version)],
      ['confirmed', confirmed],
    ]);
  expect([(await remove(3, '')).status, (await remove(1)).status, (await remove(3)).status]).toEqual([
    422, 409, 303,
  ]);
  expect((await remove(3)).status).toBe(404);
  expect((await change(naoko, '遅い\n変更', 3)).status).toBe(404);
  expect(await groups()).not.toContain('ヘルパー車/巡回の車');
  const changes = (await auditOf('faq.synonyms')).filter(({ outcome }) => outcome === 'done');
  expect(changes.map(({ detail }) => detail)).toMatchObject(
    ['added', 'changed', 'changed', 'added', 'removed'].map((each) => ({ change: each })),
  );
  expect(JSON.stringify(changes)).not.toContain('ヘルパー車');
  expect(await tasks()).toBeLessThanOrEqual(1);
  await env.DB.prepare('DELETE FROM faq_index_task').run();
  await kenta.post(`${PATH}/new`, [['words', 'さらに\n加える']]);
  // Followed at once, or waiting to be.
  expect((await groups()).at(-1)).toBe('さらに/加える');
  await house.cron();
  expect(await tasks()).toBe(0);
});

test('hundreds of groups are shown in portions', async () => {
  const house = await openHouse();
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 430)
     INSERT INTO faq_synonym_group (words, version, updated_at) SELECT json_array('言葉甲' || i, '言葉乙' || i), 1, 0 FROM n`,
  ).run();
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const first = await kenta.get(PATH);
  expect([first.body.includes('言葉乙430'), first.body.includes('言葉乙330')]).toEqual([true, false]);
  expect(first.body).toContain(`${PATH}?page=2`);
  const second = await kenta.get(`${PATH}?page=2`);
  expect([second.body.includes('言葉乙330'), second.body.includes('言葉乙430')]).toEqual([true, false]);
  for (const page of ['0', '99', '-1', 'x', '1e9'])
    expect((await kenta.get(`${PATH}?page=${page}`)).status).toBe(200);
});
