/** Which part of a text is found, what the case and its colleagues change, and that no text breaks the detector. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldName } from '../../../src/lib/japanese.ts';
import { loadDetector } from '../../../src/vault/personal-data/detector.ts';
import { maskFindings } from '../../../src/vault/personal-data/finding.ts';

const detector = await loadDetector();

describe('names', () => {
  test.each([
    ['髙﨑 𠮷子様', '髙﨑 𠮷子'],
    ['ﾀｶｻｷさん', 'ﾀｶｻｷ'],
    ['昨日、たなかさんが', 'たなか'],
    ['佐藤ヨシさん宅', '佐藤ヨシ'],
    ['民生委員山本さん', '山本'],
    ['長女和子さん', '和子'],
    ['渡邉のおじいさん', '渡邉'],
    ['田中おばあちゃん', '田中'],
    ['竹ケ原さん', '竹ケ原'],
    ['小野寺\u200B 花子', '小野寺\u200B 花子'],
  ])('%s: %s', (text, name) => {
    expect(detector.find(text).map(({ start, end }) => text.slice(start, end))).toEqual([name]);
  });

  test('of colleagues are no findings, but those of others with their surname are', () => {
    const find = (text: string, colleague: string) =>
      detector.find(text, { colleagues: [colleague] }).map(({ start, end }) => text.slice(start, end));
    expect(find('佐藤さん、佐藤花子さん、花子さん', '佐藤 花子')).toEqual([]);
    expect(find('渡邉さんに聞きました', '渡辺花子')).toEqual([]);
    expect(find('佐藤さんと佐藤トメさん', '佐藤 花子')).toEqual(['佐藤トメ']);
  });

  test('that a resident shares with a colleague are found whole only', () => {
    const options = { known: ['佐藤 トメ'], colleagues: ['佐藤 花子'] };
    expect(detector.find('佐藤さんに頼みました', options)).toEqual([]);
    expect(detector.find('佐藤ﾄﾒ', options)).toEqual([{ kind: 'known_value', start: 0, end: 4 }]);
  });
});

describe('known values', () => {
  const spellings: readonly (readonly [string, readonly string[]])[] = [
    ['髙﨑 𠮷子', ['高崎吉子', '髙﨑　𠮷子', '高崎・吉子', '高崎', '吉子', '高\u{E0100}崎 吉\u200B子']],
    ['ささき けいこ', ['ササキ ケイコ', 'ｻｻｷ ｹｲｺ', 'ささきけいこ', 'ｹｲｺ']],
    ['竹ヶ原 みすゞ', ['竹ケ原みすず', '竹が原 ミスヾ']],
    ['0463-21-9988', ['０４６３（２１）９９８８', '0463ー21ー9988', '0463 21 9988', '0463219988']],
    [
      'みなと市北町1-2-3 ひかり荘203',
      ['みなと市北町１－２－３　ひかり荘２０３', 'みなと市北町1ー2ー3ひかり荘203'],
    ],
    ['H0000123456', ['ｈ００００１２３４５６', 'H0000 123456']],
  ];

  test('are found in each of their spellings, anywhere', () => {
    const anySpelling = fc
      .constantFrom(...spellings)
      .chain(([value, written]) => fc.tuple(fc.constant(value), fc.constantFrom(...written, value)));
    const around = fc.constantFrom('', '森', 'の', '本日、', '。', '🙂', 'ア', '\n', '々', 'ー', '「');
    fc.assert(
      fc.property(anySpelling, around, around, ([value, written], before, after) => {
        const found = detector.find(`${before}${written}${after}`, { known: [value] });
        const covers = found.some(
          ({ kind, start, end }) =>
            kind === 'known_value' && start <= before.length && end >= before.length + written.length,
        );
        expect(covers).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('too short to tell are not looked for', () => {
    expect(detector.find('話を聞きました', { known: ['話', '', ' ', 'はな'] })).toEqual([]);
    expect(detector.find('かなしい話をきく', { known: ['もり かな', 'か'] })).toEqual([]);
  });
});

describe('any text', () => {
  const anyText = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1 }),
      fc.constantFrom(
        '高崎',
        '髙',
        '吉子',
        'さん',
        '様',
        'の',
        '0463',
        '-',
        'ー',
        '1',
        '12',
        '昭和',
        '年',
        '月',
        '日',
        '生',
      ),
      fc.constantFrom(
        '丁目',
        '番',
        '号',
        '北町',
        '荘',
        'H',
        '0000',
        'ﾊ',
        'ﾞ',
        '\u3099',
        '\u200B',
        '　',
        '\n',
        '\uD842',
        '𠮷',
      ),
    ),
  });

  test('gives findings inside it, in order, apart, and never an error', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (text, known) => {
        let end = 0;
        for (const finding of detector.find(text, { known, colleagues: known })) {
          expect(finding.start).toBeGreaterThanOrEqual(end);
          expect(finding.end).toBeGreaterThan(finding.start);
          end = finding.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('of 20,000 characters is read to its end, also where the patterns could start over and over', () => {
    const hard = [
      '1',
      '1-',
      '(1)',
      '山田',
      '山田花子さん',
      '一丁目',
      '荘',
      '昭和12年',
      'か\u3099\u3099',
      '被保険者',
      '丘',
      ' ',
    ];
    for (const piece of hard) {
      const text = piece.repeat(20_000 / piece.length);
      expect(detector.find(`${text}。電話は0463-21-9988`).at(-1)).toEqual({
        kind: 'phone',
        start: text.length + 4,
        end: text.length + 16,
      });
    }
  });
});

describe('masking', () => {
  test('puts the kind in the place of each finding', () => {
    const text = '髙﨑さん（S12.3.4生）は北町1-2-3、0463-21-9988。';
    expect(maskFindings(text, detector.find(text))).toBe(
      '［氏名］さん（［生年月日］生）は［住所］、［電話番号］。',
    );
    expect(maskFindings(text, [])).toBe(text);
  });

  test('leaves nothing of a known value in the text', () => {
    const name = '髙﨑 𠮷子';
    const text = `本日${name}様、ﾀｶｻｷ ﾖｼｺの件。高崎吉子`;
    const masked = maskFindings(text, detector.find(text, { known: [name, 'たかさき よしこ'] }));
    expect(foldName(masked)).not.toMatch(/高崎|吉子|たかさき|よしこ/u);
    expect(masked).toContain('［この相談の個人情報］');
  });
});
