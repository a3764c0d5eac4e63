/** Taking a file of entries over: all of it or nothing, however often, and out again as it went in. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { FaqFileEntry } from '../../../src/features/directory/faq-entries.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { findEntry, listRevisions, openRevision } from '../../../src/features/faq/data.ts';
import { exportEntries, listCityFaq } from '../../../src/features/faq/exchange/data.ts';
import { importEntries } from '../../../src/features/faq/exchange/mutations.ts';
import type { ImportWay } from '../../../src/features/faq/exchange/rules.ts';
import { openFaqKey } from '../../../src/features/faq/sealing.ts';
import { searchFaq } from '../../../src/features/faq/search/data.ts';
import { openFaqIndex } from '../../../src/features/faq/search/store.ts';
import { changeEntry } from '../../../src/features/faq/storing/mutations.ts';
import { NO_TEXT } from '../../../src/features/faq/storing/publishing/mutations.ts';
import { openDatabase } from '../../../src/lib/db.ts';
import { done } from '../../../src/lib/result.ts';
import { counting } from '../../support/counting.ts';
import { actorNamed } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';

const NOW = new Date('2026-11-22T00:00:00Z');

const FORM: FaqFileEntry = {
  externalId: 'm-7',
  question: '様式はどこにありますか。',
  answer: '共有フォルダにあります。',
  topics: ['様式・手続き'],
  reviewedOn: '2026-10-01',
};
const TRAFFIC: FaqFileEntry = {
  question: '訪問の駐車場所はどうしますか。',
  answer: '警察署に駐車許可を申請します。',
  aliases: ['車をどこに置くか'],
  links: [{ label: '申請書', url: 'https://example.jp/a?b=1' }],
  visibility: 'core',
};

function take(
  house: House,
  entries: readonly FaqFileEntry[],
  as: ImportWay = 'published',
  by = PEOPLE.kenta,
) {
  return importEntries(scopeAt(house, NOW), by, { as, read: async () => entries });
}

async function find(text: string, mayReadCoreOnly = true): Promise<string[]> {
  const hits = await searchFaq(openFaqIndex(env.FAQ_INDEX), { text, limit: 10, mayReadCoreOnly });
  return hits.map(({ question }) => question);
}

const countRows = (table: string, where = '1') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<number>('n');

async function idOf(question: string): Promise<string> {
  const id = await env.DB.prepare('SELECT id FROM faq_entry WHERE question = ?')
    .bind(question)
    .first<string>('id');
  if (id === null) throw new Error('nothing asks this');
  return id;
}

async function withdraw(house: House, id: string): Promise<void> {
  const actor = await actorNamed(house, PEOPLE.kenta);
  await changeEntry(scopeAt(house, NOW), actor, { id, action: 'faq.withdraw' }, async () =>
    done({ set: { ...NO_TEXT, status: 'withdrawn' as const } }),
  );
}

describe('as published', () => {
  test('new ones are found, changed ones get a new version, equal ones stay as they are, nothing goes', async () => {
    const house = await openHouse();
    expect(await take(house, [FORM, TRAFFIC])).toEqual({ fresh: 2, changed: 0, equal: 0, left: 0 });
    await house.cron();
    expect(await find('駐車')).toEqual([TRAFFIC.question]);
    expect(await find('駐車', false)).toEqual([]);
    const id = await idOf(FORM.question);
    expect(await findEntry(house.db, id)).toMatchObject({
      number: 1,
      externalId: 'm-7',
      status: 'published',
      reviewedOn: '2026-10-01',
      reviewDueOn: '2027-10-01',
      publishedRevision: 1,
    });

    const answer = '市のホームページの「様式」にあります。';
    const again = [
      { ...FORM, question: '様式はどこでもらえますか。', answer },
      { question: '新しい問い', answer: '答え' },
    ];
    expect(await take(house, again)).toEqual({ fresh: 1, changed: 1, equal: 0, left: 0 });
    await house.cron();
    expect(await find('共有フォルダ')).toEqual([]);
    expect(await find('ホームページ')).toEqual(['様式はどこでもらえますか。']);
    expect(await find('駐車')).toEqual([TRAFFIC.question]);

    const revisions = await listRevisions(house.db, id);
    expect(
      revisions.map(({ number, state, source, decidedBy }) => [number, state, source, decidedBy]),
    ).toEqual([
      [2, 'published', 'file', PEOPLE.kenta],
      [1, 'replaced', 'file', PEOPLE.kenta],
    ]);
    const key = await openFaqKey(scopeAt(house, NOW));
    const texts = await Promise.all(revisions.map((revision) => openRevision(key, revision)));
    expect(texts.map((text) => text?.answer)).toEqual([answer, FORM.answer]);
    expect(revisions[0]?.content).not.toContain('様式');

    // What the file does not say of an entry stays, and so does a later date of review.
    expect(await take(house, again)).toEqual({ fresh: 0, changed: 0, equal: 2, left: 0 });
    expect(await take(house, [{ question: TRAFFIC.question, answer: TRAFFIC.answer }])).toMatchObject({
      equal: 1,
    });
    expect(await auditOf('faq.import')).toHaveLength(3 + 3);
  });

  test('in the audit log it is one line in the city’s chain, and one in the chain of each entry that changed', async () => {
    const house = await openHouse();
    await take(house, [FORM, TRAFFIC]);
    await take(house, [FORM, TRAFFIC]);
    const lines = await auditOf('faq.import');
    expect(lines.filter(({ chain }) => chain === 'city')).toEqual([
      {
        chain: 'city',
        actor: PEOPLE.kenta,
        outcome: 'done',
        detail: { fresh: 2, changed: 0, equal: 0, left: 0, as: 'published' },
      },
    ]);
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('様式');
  });

  test('out again it changes nothing, and neither does what a city file has of it', async () => {
    const house = await openHouse();
    await take(house, [FORM, TRAFFIC, { question: TRAFFIC.question, answer: '別の答え' }]);
    const before = await exportEntries(house.db, true);
    expect(before).toHaveLength(3);
    expect(await take(house, before)).toEqual({ fresh: 0, changed: 0, equal: 3, left: 0 });
    expect(await take(house, await listCityFaq(house.db))).toEqual({
      fresh: 0,
      changed: 0,
      equal: 3,
      left: 0,
    });
    expect(await exportEntries(house.db, true)).toEqual(before);
    expect(await exportEntries(house.db, false)).toHaveLength(2);
  });

  test('only a later date of review is taken over, without a new version', async () => {
    const house = await openHouse();
    await take(house, [FORM]);
    const id = await idOf(FORM.question);
    expect(await take(house, [{ ...FORM, reviewedOn: '2026-09-01' }])).toMatchObject({ equal: 1 });
    expect(await take(house, [{ ...FORM, reviewedOn: '2026-11-01' }])).toMatchObject({ changed: 1 });
    expect(await findEntry(house.db, id)).toMatchObject({
      reviewedOn: '2026-11-01',
      reviewDueOn: '2027-11-01',
      publishedRevision: 1,
    });
    expect(await listRevisions(house.db, id)).toHaveLength(1);
  });

  test('what was withdrawn stays withdrawn, and is not found', async () => {
    const house = await openHouse();
    await take(house, [FORM]);
    await withdraw(house, await idOf(FORM.question));
    expect(await take(house, [{ ...FORM, answer: 'また出す' }])).toEqual({
      fresh: 0,
      changed: 0,
      equal: 0,
      left: 1,
    });
    await house.cron();
    expect(await find('様式')).toEqual([]);
  });

  test('a name of another system is taken on by the entry that asks the same, not by one that has another name', async () => {
    const house = await openHouse();
    const { externalId: _, ...unnamed } = FORM;
    await take(house, [unnamed]);
    expect(await take(house, [FORM])).toMatchObject({ fresh: 0, changed: 1 });
    expect(await take(house, [{ ...FORM, externalId: 'm-8' }])).toMatchObject({ fresh: 1, changed: 0 });
    const rows = await env.DB.prepare('SELECT number, external_id FROM faq_entry ORDER BY number').all();
    expect(rows.results).toEqual([
      { number: 1, external_id: 'm-7' },
      { number: 2, external_id: 'm-8' },
    ]);
  });
});

describe('as drafts', () => {
  test('nobody finds them, whoever brought them may not approve them, and once more they are the same', async () => {
    const house = await openHouse();
    const { externalId: _, ...unnamed } = FORM;
    expect(await take(house, [unnamed, TRAFFIC], 'drafts')).toMatchObject({ fresh: 2 });
    await house.cron();
    expect(await find('様式')).toEqual([]);
    expect(await countRows('faq_entry', "status = 'unpublished' AND question IS NULL")).toBe(2);
    expect(
      await countRows(
        'faq_revision',
        `state = 'draft' AND source = 'file' AND editors = '["${PEOPLE.kenta}"]'`,
      ),
    ).toBe(2);
    expect(await take(house, [unnamed, TRAFFIC], 'drafts')).toEqual({
      fresh: 0,
      changed: 0,
      equal: 2,
      left: 0,
    });
    // What is being worked on is not written over.
    expect(await take(house, [{ ...unnamed, answer: '別の答え' }], 'drafts')).toMatchObject({ left: 1 });
    // Published by a later file, the draft is over; one that somebody worked on is not.
    await env.DB.prepare(
      'UPDATE faq_revision SET updated_at = updated_at + 1 WHERE entry_id = (SELECT id FROM faq_entry WHERE number = 2)',
    ).run();
    expect(await take(house, [{ ...TRAFFIC, answer: '市の新しい答え' }])).toMatchObject({ changed: 1 });
    expect(await countRows('faq_revision', "state = 'draft'")).toBe(2);
    expect(await take(house, [unnamed])).toMatchObject({ changed: 1 });
    expect(await countRows('faq_revision', "state = 'draft'")).toBe(1);
    expect(await countRows('faq_revision', "state = 'dropped'")).toBe(1);
  });

  test('of what is published they leave the text that everybody finds', async () => {
    const house = await openHouse();
    await take(house, [FORM]);
    expect(await take(house, [{ ...FORM, answer: '新しい答え' }], 'drafts')).toMatchObject({ changed: 1 });
    const entry = await findEntry(house.db, await idOf(FORM.question));
    expect(entry).toMatchObject({ answer: FORM.answer, publishedRevision: 1, status: 'published' });
  });
});

describe('all or nothing:', () => {
  test('when the database fails in the middle, nothing is there', async () => {
    const house = await openHouse();
    await env.DB.prepare(
      "CREATE TRIGGER breaks BEFORE INSERT ON faq_revision BEGIN SELECT RAISE(ABORT, 'broken'); END",
    ).run();
    await expect(take(house, [FORM, TRAFFIC])).rejects.toThrow();
    for (const table of ['faq_entry', 'faq_revision', 'faq_index_task'])
      expect(await countRows(table)).toBe(0);
    expect(await auditOf('faq.import')).toEqual([]);
  });

  test('of several at the same moment each is in force or sees the others, and nothing is there twice', async () => {
    const house = await openHouse();
    const files = ['一', '二', '三'].map((answer) => [{ ...FORM, answer }, TRAFFIC]);
    const counts = await Promise.all(files.map((file) => take(house, file)));
    expect(counts.map(({ fresh }) => fresh).sort()).toEqual([0, 0, 2]);
    expect(await countRows('faq_entry')).toBe(2);
    expect(await listRevisions(house.db, await idOf(FORM.question))).toHaveLength(3);
    expect(await countRows('faq_revision', "state = 'published'")).toBe(2);
  });

  test('whoever changes an entry meanwhile is not written over unseen', async () => {
    const house = await openHouse();
    await take(house, [FORM]);
    const id = await idOf(FORM.question);
    let reads = 0;
    const read = async () => {
      reads += 1;
      return [{ ...FORM, answer: '新しい答え' }];
    };
    // Between planning and storing somebody withdraws it.
    const binding = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'batch')
          return async (statements: D1PreparedStatement[]) => {
            if (reads === 1 && statements.length > 4) await withdraw(house, id);
            return target.batch(statements);
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const scope = { ...scopeAt(house, NOW), db: openDatabase(binding) };
    const counts = await importEntries(scope, PEOPLE.kenta, { as: 'published', read });
    expect([counts, reads]).toEqual([{ fresh: 0, changed: 0, equal: 0, left: 1 }, 2]);
    expect(await findEntry(house.db, id)).toMatchObject({ status: 'withdrawn', answer: null });
  });
});

test('two thousand entries of a thousand letters take fewer statements than the free plan has', async () => {
  const house = await openHouse();
  const answer = '共有フォルダの様式を使い、市の窓口に出します。'.repeat(45).slice(0, 1000);
  const file = Array.from({ length: 2000 }, (_, i) => ({
    externalId: `m-${i}`,
    question: `様式その${i}はどこにありますか。`,
    answer,
  }));
  const counted = counting(env.DB);
  const scope = { ...scopeAt(house, NOW), db: openDatabase(counted.db) };
  const taken = (entries: FaqFileEntry[]) =>
    importEntries(scope, PEOPLE.kenta, { as: 'published', read: async () => entries });
  expect(await taken(file)).toMatchObject({ fresh: 2000 });
  expect(counted.count()).toBeLessThan(35);
  const after = counted.count();
  expect(await taken(file.map((entry) => ({ ...entry, answer: `${answer}。` })))).toMatchObject({
    changed: 2000,
  });
  expect(counted.count() - after).toBeLessThan(35);
  expect(
    await env.DB.prepare('SELECT count(DISTINCT number) AS n, max(number) AS most FROM faq_entry').first(),
  ).toEqual({ n: 2000, most: 2000 });
  expect((await env.DB.prepare('SELECT what FROM faq_index_task').all()).results).toEqual([{ what: 'all' }]);
});

describe('the FAQ of a city file', () => {
  test('is found within the minute, on the account of whoever loaded it; a file without one changes nothing', async () => {
    const house = await openHouse((city) => {
      city.faq = [FORM, TRAFFIC];
    });
    await house.cron();
    expect(await find('様式')).toContain(FORM.question);
    expect(await countRows('city_file_entry')).toBe(0);
    expect(await auditOf('faq.import')).toMatchObject([{ actor: 'command' }, {}, {}]);
    expect(await listCityFaq(house.db)).toEqual([FORM, TRAFFIC]);
    await importCity(house.db, { ...house.city, faq: [] }, 'command', NOW);
    await importCity(
      house.db,
      { ...house.city, faq: [{ ...FORM, answer: '新しい答え' }] },
      PEOPLE.makoto,
      NOW,
    );
    await house.cron();
    expect(await listCityFaq(house.db)).toEqual([{ ...FORM, answer: '新しい答え' }, TRAFFIC]);
    expect((await auditOf('faq.import')).filter(({ actor }) => actor === PEOPLE.makoto)).toHaveLength(2);
  });
});
