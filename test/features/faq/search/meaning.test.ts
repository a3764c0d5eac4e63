/** Ranks by meaning are fused in; without them, or with useless ones, the plain search holds. */
import { describe, expect, test, vi } from 'vitest';
import { searchFaq } from '../../../../src/features/faq/search/data.ts';
import type { Meaning } from '../../../../src/features/faq/search/meaning.ts';
import { filledIndex, idsFor } from './filled.ts';

const ASKED = '虐待の通報';

function meaningOf(rank: Meaning['rank']): Meaning {
  return { rank, put: async () => undefined, remove: async () => undefined };
}

const ranks = (...ids: string[]) => meaningOf(async () => ids.map((id) => ({ id })));

test('an entry that shares no letter with the question is found by its meaning', async () => {
  const index = await filledIndex();
  expect(await idsFor(index, 'ピアノ')).toEqual([]);
  expect(await idsFor(index, 'ピアノ', { meaning: ranks('welfare', 'alone') })).toEqual(['welfare', 'alone']);
});

test('what both find comes before what one of them finds', async () => {
  const index = await filledIndex();
  expect((await idsFor(index, ASKED, { meaning: ranks('welfare', 'abuse') }))[0]).toBe('abuse');
});

test('it seems to answer by its meaning alone when it is near enough', async () => {
  const index = await filledIndex();
  const meaning = meaningOf(async () => [
    { id: 'welfare', score: 0.8 },
    { id: 'alone', score: 0.4 },
    { id: 'neglect' },
  ]);
  const hits = await searchFaq(index, { text: 'ピアノ', limit: 5, mayReadCoreOnly: false, meaning });
  expect(hits.map(({ id, isLikely }) => [id, isLikely])).toEqual([
    ['welfare', true],
    ['alone', false],
    ['neglect', false],
  ]);
});

test('ids that are not there, or not for the asker, are passed over', async () => {
  const index = await filledIndex();
  const meaning = ranks('nobody', 'core', 'welfare', 'welfare');
  expect(await idsFor(index, 'ピアノ', { meaning })).toEqual(['welfare']);
  expect(await idsFor(index, 'ピアノ', { meaning, mayReadCoreOnly: true })).toEqual(['core', 'welfare']);
});

describe('the plain search holds, and one line without the words is logged,', () => {
  test.each<[string, Meaning['rank']]>([
    ['when the meaning fails', () => Promise.reject(new Error(`failed on ${ASKED}`))],
    ['when it hangs', () => new Promise(() => undefined)],
  ])('%s', async (_, rank) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const index = await filledIndex();
    const alone = await idsFor(index, ASKED);
    expect(await idsFor(index, ASKED, { meaning: meaningOf(rank) })).toEqual(alone);
    expect(logged.mock.calls.flat()).toEqual([expect.stringContaining('"faq.meaning_failed"')]);
    expect(String(logged.mock.calls)).not.toContain(ASKED);
  });
});
