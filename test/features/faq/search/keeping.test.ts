/** The index is kept: entries come and go, it is rebuilt while it is read, and an index of another format is none. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { searchFaq } from '../../../../src/features/faq/search/data.ts';
import type { SearchableEntry } from '../../../../src/features/faq/search/rules.ts';
import {
  contentOf,
  digestOf,
  type FaqIndex,
  IndexNotBuilt,
  openFaqIndex,
  putEntries,
  putSynonyms,
  rebuildIndex,
  removeEntries,
} from '../../../../src/features/faq/search/store.ts';
import { noteOpened } from '../../../support/closing.ts';
import { ENTRIES, entryOf, filledIndex, GROUPS, idsFor } from './filled.ts';

const QUESTIONS = [
  '虐待 通報',
  '独居の鍵',
  'ケアマネを変えたい',
  'せいかつほご',
  '介後認定の更新',
  '訪問',
  '送迎 予約',
];

async function answersOf(index: FaqIndex) {
  const answers = [];
  for (const text of QUESTIONS)
    answers.push(await searchFaq(index, { text, limit: 50, mayReadCoreOnly: true }));
  return answers;
}

const newcomer = entryOf('ride', {
  question: '送迎の予約はどこにしますか。',
  answer: '前日までに電話します。',
});

test('what is put in is found, what is put over it instead, what is taken out no more', async () => {
  const index = await filledIndex();
  await putEntries(index, [newcomer]);
  expect((await idsFor(index, '送迎'))[0]).toBe('ride');
  await putEntries(index, [{ ...newcomer, question: '配食の申込はどこにしますか。' }]);
  expect(await idsFor(index, '送迎')).not.toContain('ride');
  expect((await idsFor(index, '配食'))[0]).toBe('ride');
  await removeEntries(index, ['ride', 'nobody']);
  expect(await idsFor(index, '配食')).not.toContain('ride');
});

test('of an entry that comes twice in one go the last one holds', async () => {
  const index = await filledIndex();
  await putEntries(index, [newcomer, { ...newcomer, question: '配食の申込' }]);
  expect(await idsFor(index, '送迎')).not.toContain('ride');
  expect((await idsFor(index, '配食'))[0]).toBe('ride');
});

test('a rebuild from nothing answers as what was put in and taken out bit by bit', async () => {
  const index = await filledIndex([entryOf('old', { question: '虐待の通報の古い手順' })], []);
  for (const entry of ENTRIES)
    await putEntries(index, [{ ...entry, question: `${entry.question}（下書き）` }]);
  await putEntries(index, [...ENTRIES, newcomer]);
  await removeEntries(index, ['old']);
  await putSynonyms(index, GROUPS);
  const bitByBit = await answersOf(index);
  const content = await contentOf(index);
  await rebuildIndex(index, [[newcomer], ENTRIES], GROUPS);
  expect(await answersOf(index)).toEqual(bitByBit);
  expect(await contentOf(index)).toEqual(content);
  expect(bitByBit.every((hits) => hits.length > 0)).toBe(true);
});

test('synonyms are replaced as a whole', async () => {
  const index = await filledIndex();
  await putSynonyms(index, [['介護支援専門員', '担当さん']]);
  expect((await idsFor(index, '担当さん'))[0]).toBe('manager');
  await putSynonyms(index, []);
  expect(await idsFor(index, '担当さん')).not.toContain('manager');
});

test('its content tells which entries it holds, and in which version', async () => {
  const [first] = ENTRIES;
  if (!first) throw new Error('no entries');
  const index = await filledIndex([first]);
  expect(await contentOf(index)).toEqual([{ id: first.id, digest: await digestOf(first) }]);
  expect(await digestOf({ ...first, isCoreOnly: true })).not.toBe(await digestOf(first));
});

describe('while it is rebuilt', () => {
  /** A rebuild that stops before its last portion until it is told to go on. */
  async function rebuilding(index: FaqIndex, entries: readonly SearchableEntry[]) {
    const goOn = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    async function* portions() {
      yield entries.slice(0, 1);
      reached.resolve();
      await goOn.promise;
      yield entries.slice(1);
    }
    const done = rebuildIndex(index, portions(), GROUPS);
    await reached.promise;
    return async () => {
      goOn.resolve();
      await done;
    };
  }

  test('searches find the old one, whole, until the new one is there', async () => {
    const index = await filledIndex();
    const before = await answersOf(index);
    const finish = await rebuilding(index, [...ENTRIES, newcomer]);
    expect(await answersOf(index)).toEqual(before);
    await finish();
    expect((await idsFor(index, '送迎'))[0]).toBe('ride');
  });

  test('what is changed or removed meanwhile holds', async () => {
    const index = await filledIndex();
    const finish = await rebuilding(index, [...ENTRIES, newcomer]);
    await putEntries(index, [entryOf('alone', { question: '配食の見守り' })]);
    await removeEntries(index, ['ride', 'abuse']);
    await finish();
    expect((await idsFor(index, '配食'))[0]).toBe('alone');
    expect((await contentOf(index))?.map(({ id }) => id)).toEqual([
      'alone',
      'core',
      'manager',
      'neglect',
      'renewal',
      'welfare',
    ]);
  });

  test('searches at the moment of the swap answer from one of both', async () => {
    const index = await filledIndex();
    const finish = await rebuilding(index, ENTRIES);
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => idsFor(index, '虐待の通報'))),
      finish(),
    ]);
    for (const ids of answers) expect(ids[0]).toBe('abuse');
  });

  test('a rebuild that another one overtook leaves no trace', async () => {
    const index = await filledIndex();
    const finish = await rebuilding(index, [...ENTRIES, newcomer]);
    await rebuildIndex(index, [ENTRIES], GROUPS);
    await finish();
    expect((await contentOf(index))?.length).toBe(ENTRIES.length);
    const { results } = await env.FAQ_INDEX.prepare('SELECT number FROM generation').all();
    expect(results).toHaveLength(1);
  });
});

describe('an index that is not built', () => {
  test('has no content and takes no entries', async () => {
    noteOpened();
    const index = openFaqIndex(env.FAQ_INDEX);
    expect(await contentOf(index)).toBeUndefined();
    await expect(putEntries(index, [newcomer])).rejects.toThrow(IndexNotBuilt);
    await expect(removeEntries(index, ['ride'])).rejects.toThrow(IndexNotBuilt);
  });

  test('is one of another format, until it is rebuilt', async () => {
    const index = await filledIndex();
    await env.FAQ_INDEX.prepare('UPDATE index_format SET format = format + 1').run();
    expect(await contentOf(index)).toBeUndefined();
    expect(await idsFor(index, '虐待')).toEqual([]);
    await rebuildIndex(index, [ENTRIES], GROUPS);
    expect((await idsFor(index, '虐待の通報'))[0]).toBe('abuse');
  });

  test('is one whose tables are those of another program', async () => {
    noteOpened();
    await env.FAQ_INDEX.prepare('CREATE TABLE generation (name TEXT)').run();
    await env.FAQ_INDEX.prepare('CREATE TABLE index_format (format INTEGER)').run();
    const index = openFaqIndex(env.FAQ_INDEX);
    expect(await contentOf(index)).toBeUndefined();
    await rebuildIndex(index, [ENTRIES], GROUPS);
    expect((await idsFor(index, '虐待の通報'))[0]).toBe('abuse');
  });
});
