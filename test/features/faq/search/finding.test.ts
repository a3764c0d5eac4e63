/** What questions find, in workerd and D1. */

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likelyDuplicates, searchFaq } from '../../../../src/features/faq/search/data.ts';
import { openFaqIndex } from '../../../../src/features/faq/search/store.ts';
import { noteOpened } from '../../../support/closing.ts';
import { ENTRIES, entryOf, filledIndex, idsFor } from './filled.ts';

describe('the best answer comes first', () => {
  test.each([
    ['a word of two letters', '独居', 'alone'],
    ['two of them', '虐待 通報', 'abuse'],
    ['a single kanji', '鍵', 'alone'],
    ['a synonym', 'ケアマネ 変更', 'manager'],
    ['a synonym of two letters', '生保', 'welfare'],
    ['half-width kana', 'ｾﾙﾌﾈｸﾞﾚｸﾄ', 'neglect'],
    ['hiragana for kanji', 'にんてい こうしん', 'renewal'],
    ['hiragana for katakana', 'せるふねぐれくと', 'neglect'],
    ['a slip of conversion', '虐体の通報', 'abuse'],
    ['a word that only the answer has', '住民票', 'welfare'],
    ['everyday words', '応答がない、鍵あかない', 'alone'],
    ['a whole sentence', '認定を更新したいのですが、いつから申請できるか教えてください', 'renewal'],
  ])('for %s', async (_, text, wanted) => {
    expect((await idsFor(await filledIndex(), text))[0]).toBe(wanted);
  });

  test('with what people see of it', async () => {
    const [hit] = await searchFaq(await filledIndex(), {
      text: '虐待の通報',
      limit: 1,
      mayReadCoreOnly: false,
    });
    expect(hit).toEqual({
      id: 'abuse',
      externalId: '7',
      question: '高齢者虐待の疑いに関する通報を受けた場合の初動対応を教えてください。',
      score: expect.any(Number),
      isLikely: true,
    });
  });
});

test.each(['ラーメン屋 おすすめ', 'プログラミングの勉強', 'ギターのコード'])(
  'nothing seems to answer what is about something else: %s',
  async (text) => {
    const hits = await searchFaq(await filledIndex(), { text, limit: 50, mayReadCoreOnly: true });
    expect(hits.filter(({ isLikely }) => isLikely)).toEqual([]);
  },
);

test('what is for the core center is found by the core center only', async () => {
  const index = await filledIndex();
  expect(await idsFor(index, '前方支援 引き上げ')).not.toContain('core');
  expect((await idsFor(index, '前方支援 引き上げ', { mayReadCoreOnly: true }))[0]).toBe('core');
});

test('what people asked who found an entry helpful leads to it', async () => {
  const learning = ENTRIES.map((entry) =>
    entry.id === 'neglect' ? { ...entry, learnt: ['黄色い封筒'] } : entry,
  );
  expect(await idsFor(await filledIndex(), '黄色い封筒')).not.toContain('neglect');
  expect((await idsFor(await filledIndex(learning), '黄色い封筒'))[0]).toBe('neglect');
});

test('at most as many hits as wanted come, best first, and equal ones in the order of their ids', async () => {
  const twins = ['c', 'a', 'b'].map((id) => entryOf(id, { question: '送迎の車の予約' }));
  const index = await filledIndex([...ENTRIES, ...twins]);
  expect(await idsFor(index, '送迎の予約', { limit: 2 })).toEqual(['a', 'b']);
  const scores = (await searchFaq(index, { text: '虐待の通報', limit: 50, mayReadCoreOnly: true })).map(
    ({ score }) => score,
  );
  expect(scores.length).toBeGreaterThan(1);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
});

describe('no text fails', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' 　\n'],
    ["FTS5's own marks", '"*NEAR(%'],
    ["FTS5's own words", 'NEAR(a b) OR NOT question : "x" AND ^'],
    ['SQL', '介護"; DROP TABLE generation; --'],
    ['emoji', '🙂🏠'],
    ['half a character', '\ud83d'],
    ['a particle', 'の'],
    ['a mere request', 'ください'],
    ['5,000 kanji', '介護'.repeat(2_500)],
    ['5,000 kana', 'あ'.repeat(5_000)],
    ['2,500 words', 'a '.repeat(2_500)],
    ['rare kanji', '𠮷野家𩸽'],
    ['a zero byte', '\u0000介護'],
  ])('%s', async (_, text) => {
    const hits = await searchFaq(await filledIndex(), { text, limit: 5, mayReadCoreOnly: false });
    expect(hits.length).toBeLessThanOrEqual(5);
  });

  test('whatever is typed', async () => {
    const index = await filledIndex();
    const letters = fc.constantFrom(...'介護虐待通報かきくケアマネ"*():^%-+{}\\\'\n 🙂8aＡ', '\ud83d');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(letters, { maxLength: 40 }).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        expect(await searchFaq(index, { text: typed, limit: 50, mayReadCoreOnly: true })).toBeInstanceOf(
          Array,
        );
      }),
      { numRuns: 100 },
    );
  });

  test('marks alone find nothing', async () => {
    expect(await idsFor(await filledIndex(), '"*（）🙂')).toEqual([]);
  });
});

test('an index that is not there finds nothing', async () => {
  noteOpened();
  expect(await idsFor(openFaqIndex(env.FAQ_INDEX), '介護')).toEqual([]);
});

describe('likely duplicates', () => {
  test('are those that ask the same, without the entry itself', async () => {
    const index = await filledIndex();
    const twin = entryOf('new', { question: '高齢者虐待の通報を受けたときの初動対応は。' });
    const [first, second] = await likelyDuplicates(index, twin, 5);
    expect(first?.id).toBe('abuse');
    expect(first?.score).toBeGreaterThan(0.5);
    expect(second?.score ?? 0).toBeLessThan((first?.score ?? 0) / 2);
  });

  test('of an entry that is in the index are other ones', async () => {
    const [known] = ENTRIES;
    if (!known) throw new Error('no entries');
    const found = await likelyDuplicates(await filledIndex(), known, 5);
    expect(found.map(({ id }) => id)).not.toContain(known.id);
    expect(found.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });
});
