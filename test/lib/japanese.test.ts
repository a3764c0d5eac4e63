/** Folding, counting and cutting of what Japanese keyboards give. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  characterCount,
  cutText,
  fold,
  foldName,
  foldNumber,
  nameKeys,
  toHiragana,
} from '../../src/lib/japanese.ts';

/** Every code point but lone surrogates, and the places where Japanese text gets hard. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom('𠮷', '髙', 'ﾊ', 'ﾞ', 'か', '\u3099', '\u200B', '　', '👨‍👩‍👧', 'ー', 'ｰ'),
  ),
});
const wellFormed = (text: string) => text.isWellFormed();

describe('folded', () => {
  test.each([
    ['ＳＯＵＤＡＮ１２３', 'SOUDAN123'],
    ['ﾀｶｻｷ ﾖｼｺ', 'タカサキ ヨシコ'],
    ['ﾊﾟﾋﾟﾌﾟ', 'パピプ'],
    ['　全角の空白　', '全角の空白'],
    ['か\u3099', 'が'],
    ['a\u200Bb\u200Cc\u200Dd\u2060e\uFEFF', 'abcde'],
    ['\uFEFF 相談', '相談'],
    ['㈱', '(株)'],
    ['髙﨑 𠮷子', '髙﨑 𠮷子'],
    ['', ''],
  ])('%j is %j', (typed, folded) => {
    expect(fold(typed)).toBe(folded);
  });

  test('twice is the same as once', () => {
    fc.assert(fc.property(anyText, (text) => fold(fold(text)) === fold(text)));
    expect(fold(fold('か\u200B\u3099'))).toBe(fold('か\u200B\u3099'));
  });

  test('has no zero-width characters and no spaces at its ends', () => {
    fc.assert(fc.property(anyText, (text) => !/[\u200B-\u200D\u2060\uFEFF]|^\s|\s$/u.test(fold(text))));
  });
});

describe('numbers folded', () => {
  test.each([
    '0463-21-9988',
    '０４６３－２１－９９８８',
    '0463ー21ー9988',
    '0463ｰ21ｰ9988',
    '0463‐21–9988',
    '0463—21―9988',
    '0463−21−9988',
    ' ０４６３‑２１‒９９８８\u200B',
  ])('%j is 0463-21-9988', (typed) => {
    expect(foldNumber(typed)).toBe('0463-21-9988');
  });

  test('keep their digits, in order', () => {
    const wide = (digit: string) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean())), (digits) => {
        const typed = digits.map(([digit, isWide]) => (isWide ? wide(String(digit)) : String(digit)));
        expect(foldNumber(typed.join(''))).toBe(digits.map(([digit]) => digit).join(''));
      }),
    );
  });
});

describe('as hiragana', () => {
  test.each([
    ['タカサキ ヨシコ', 'たかさき よしこ'],
    ['ヴァイオリン', 'ゔぁいおりん'],
    ['ヵヶ', 'ゕゖ'],
    ['ラーメン・', 'らーめん・'],
    ['高崎 abc', '高崎 abc'],
  ])('%j is %j', (typed, hiragana) => {
    expect(toHiragana(typed)).toBe(hiragana);
  });

  test('a text keeps its length, and no katakana letter of a name is left', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const hiragana = toHiragana(text);
        expect(hiragana).toHaveLength(text.length);
        expect(hiragana).not.toMatch(/[ァ-ヶ]/u);
      }),
    );
  });
});

/** What makes folding of names hard: kanji of many shapes, marks that repeat, spaces and marks nobody sees. */
const anyName = fc.string({
  unit: fc.oneof(
    anyText,
    fc.constantFrom(
      '髙',
      '﨑',
      '𠮷',
      '邉',
      '齋',
      '々',
      'ゝ',
      'ゞ',
      'ヾ',
      'ヶ',
      'ケ',
      'が',
      'ヅ',
      'ヱ',
      'ー',
      '−',
    ),
    fc.constantFrom('森', '花', '\u{E0100}', '\uFE00', '\u00AD', ' ', '　', '・', '･', 'İ', 'ǅ'),
  ),
  maxLength: 20,
});

describe('names folded', () => {
  test.each([
    ['高崎 吉子', ['髙﨑　𠮷子', '髙﨑𠮷子', '高嵜・吉子', '髙\u{E0100}﨑\uFE00 𠮷\u200B子']],
    ['たかさき よしこ', ['タカサキ ヨシコ', 'ﾀｶｻｷ ﾖｼｺ', 'タカサキ・ヨシコ', 'たかさきよしこ', 'ﾀｶｻｷ･ﾖｼｺ']],
    ['渡辺', ['渡邊', '渡邉', '渡\u00AD邉\u{E0102}']],
    ['斉藤', ['斎藤', '齋藤', '齊藤']],
    ['浜沢', ['濱澤', '濵澤', '濱沢']],
    ['佐々木', ['佐佐木', '佐 々木']],
    ['佐々々木', ['佐佐佐木']],
    ['竹ヶ原', ['竹ケ原', '竹が原', '竹ガ原', '竹ｹ原', '竹ゖ原']],
    ['いすゞ', ['いすず', 'イスヾ', 'イスズ', 'いすづ']],
    ['たゝみ', ['たたみ', 'タヽミ']],
    ['よしゑ みさを', ['ヨシエ ミサオ', 'よしえ みさお']],
    ['まーく', ['マーク', 'ﾏｰｸ']],
    ['Smith John', ['ＳＭＩＴＨ　ＪＯＨＮ', 'smith john']],
    ['福神', ['福\uFA19', '\uFA1B神']],
  ])('%s and its other spellings are one', (name, spellings) => {
    for (const spelling of spellings) expect(foldName(spelling)).toBe(foldName(name));
  });

  test.each([
    ['高崎', '高橋'],
    ['きよし', 'きょし'],
    ['まーく', 'まく'],
    ['大田', '太田'],
    ['佐々木', '佐木'],
    ['島崎', '島埼'],
  ])('%s and %s stay two', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  test.each([
    ['𠮷邉・ヅヱ', '吉辺ずえ'],
    ['々木', '々木'],
    ['ゝ', 'ゝ'],
    ['かゞみ', 'かがみ'],
    ['みすゞ', 'みすず'],
    ['　', ''],
  ])('%s is %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  test('twice are the same as once', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });

  test('have no spaces and nothing invisible', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(foldName(name)).not.toMatch(/[\s・\p{Cf}\p{Variation_Selector}]/u);
      }),
    );
  });
});

describe('the keys of a name', () => {
  test('are the beginnings of the whole and of its parts, from two characters', () => {
    expect(nameKeys('髙﨑 𠮷子', 'タカサキ　ヨシコ')).toEqual([
      ...['高崎', '高崎吉', '高崎吉子', '吉子'],
      ...['たか', 'たかさ', 'たかさき', 'たかさきよ', 'たかさきよし', 'たかさきよしこ', 'よし', 'よしこ'],
    ]);
  });

  test.each([
    ['林', ['林']],
    ['林 花子', ['林花', '林花子', '林', '花子']],
    ['', []],
    ['　', []],
  ])('of %j are %j', (name, keys) => {
    expect(nameKeys(name)).toEqual(keys);
  });

  test('hold the whole of a long name, and of its beginnings those up to twelve characters', () => {
    const keys = nameKeys('あいうえおかきくけこさしすせそ');
    expect(keys).toHaveLength(12);
    expect(keys.at(-2)).toBe('あいうえおかきくけこさし');
    expect(keys.at(-1)).toBe('あいうえおかきくけこさしすせそ');
  });

  test('hold every beginning of two to twelve characters, and none twice', () => {
    fc.assert(
      fc.property(anyName, fc.option(anyName, { nil: undefined }), (name, kana) => {
        const keys = nameKeys(name, kana);
        expect(new Set(keys).size).toBe(keys.length);
        const letters = [...foldName(name)];
        for (let end = 2; end <= Math.min(12, letters.length); end += 1)
          expect(keys).toContain(letters.slice(0, end).join(''));
      }),
    );
  });
});

test.each([
  ['', 0],
  ['髙﨑 𠮷子', 5],
  ['🙂', 1],
  ['あ\n', 2],
])('%j has %i characters', (text, count) => {
  expect(characterCount(text)).toBe(count);
});

describe('a text that is cut', () => {
  const max = fc.integer({ min: 2, max: 40 });

  test('is whole again when its pieces are joined', () => {
    fc.assert(fc.property(anyText, max, (text, limit) => cutText(text, limit).join('') === text));
  });

  test('has no piece longer than Slack takes, and none that is empty but the piece of an empty text', () => {
    fc.assert(
      fc.property(anyText, max, (text, limit) => {
        const pieces = cutText(text, limit);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
        expect(text === '' ? pieces : pieces.filter((piece) => piece === '')).toEqual(
          text === '' ? [''] : [],
        );
      }),
    );
  });

  test('is never cut inside a character', () => {
    fc.assert(
      fc.property(anyText, max, (text, limit) => !wellFormed(text) || cutText(text, limit).every(wellFormed)),
    );
    expect(cutText('𠮷𠮷𠮷', 3)).toEqual(['𠮷', '𠮷', '𠮷']);
  });

  test('has as few pieces as it needs', () => {
    expect(cutText('abcdef', 3)).toEqual(['abc', 'def']);
    expect(cutText('a𠮷b', 2)).toEqual(['a', '𠮷', 'b']);
    fc.assert(
      fc.property(anyText, max, (text, limit) => {
        const pieces = cutText(text, limit);
        for (const [i, piece] of pieces.slice(1).entries())
          expect((pieces[i] ?? '').length + ([...piece][0] ?? '').length).toBeGreaterThan(limit);
      }),
    );
  });
});
