/** By which words a resident is found: whatever the index is asked for, opening the case agrees. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isFound,
  maybeSamePerson,
  readSearch,
  samenessKeys,
  subjectKeys,
} from '../../../src/features/consultation/finding/rules.ts';

describe('a reference', () => {
  test.each([
    ['R8-0042', 'R8-0042'],
    ['r8-42', 'R8-0042'],
    ['Ｒ８−００４２', 'R8-0042'],
    ['r8ー42 ', 'R8-0042'],
    ['R 8 - 42', 'R8-0042'],
    ['H31-1', 'H31-0001'],
    ['R10-12345', 'R10-12345'],
    ['R8-00012345', 'R8-12345'],
  ])('%j is %s', (typed, reference) => {
    expect(readSearch(typed)).toEqual({ by: 'reference', reference });
  });

  test.each(['R8', 'R8-', '-42', 'R8-42a', '42', '高橋', 'R8_42', '会R8-012'])('%j is none', (typed) => {
    expect(readSearch(typed).by).toBe('subject');
  });
});

const letter = fc.constantFrom(...'髙高﨑崎斎齋佐々木ヶ谷サトゥ花子林ﾊﾅたかさき ヴ゛');
const name = fc.string({ unit: letter, minLength: 1, maxLength: 16 });

test('whoever is searched by the beginning of a name stands under one of the keys that are looked up', () => {
  fc.assert(
    fc.property(name, name, fc.nat({ max: 16 }), (subjectName, subjectKana, length) => {
      const subject = { subjectName, subjectKana };
      const search = readSearch([...subjectName].slice(0, length).join(''));
      if (search.by !== 'subject' || !isFound(subject, search.folded)) return;
      const keys = subjectKeys(subject);
      expect(search.keys.some((key) => keys.includes(key))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('two cases of one person share a key that a duplicate is looked up by', () => {
  const subject = fc.record(
    {
      subjectName: name,
      subjectKana: name,
      subjectPhone: fc.constantFrom('0463-21-9988', '090-1234-5678'),
      subjectInsuredNumber: fc.constantFrom('0001234567', '0007654321'),
    },
    { requiredKeys: [] },
  );
  let same = 0;
  fc.assert(
    fc.property(subject, subject, (one, other) => {
      expect(maybeSamePerson(one, other)).toBe(maybeSamePerson(other, one));
      if (!maybeSamePerson(one, other)) return;
      same += 1;
      const keys = subjectKeys(other);
      expect(samenessKeys(one).some((key) => keys.includes(key))).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(same).toBeGreaterThan(100);
});

test('a name of more characters than a key has is found whole and by its beginning', () => {
  const subject = { subjectName: 'ジョセフィーヌ・マリアンヌ・アレクサンドラ' };
  for (const typed of [subject.subjectName, 'ジョセフィーヌマリアンヌアレク', 'じょせ'])
    expect(isFound(subject, readSearchFolded(typed))).toBe(true);
});

function readSearchFolded(typed: string): string {
  const search = readSearch(typed);
  if (search.by !== 'subject') throw new Error('a reference');
  const keys = subjectKeys({ subjectName: 'ジョセフィーヌ・マリアンヌ・アレクサンドラ' });
  expect(search.keys.some((key) => keys.includes(key))).toBe(true);
  return search.folded;
}

test('nothing, or spaces only, finds nobody', () => {
  for (const typed of ['', '　', '\u200b', '・']) {
    const search = readSearch(typed);
    expect(search).toMatchObject({ by: 'subject', folded: '' });
    expect(isFound({ subjectName: '高橋', subjectKana: '' }, '')).toBe(false);
  }
});
