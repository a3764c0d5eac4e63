/** Files of FAQ entries: JSON and tables, as offices' programs write them; refused whole, with the place of every fault. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaqFileEntry } from '../../../src/features/directory/faq-entries.ts';
import { directoryText } from '../../../src/features/directory/text.ts';
import { writeEntriesCsv } from '../../../src/features/faq/exchange/csv.ts';
import { readEntriesFile } from '../../../src/features/faq/exchange/reading.ts';
import { exchangeText as text } from '../../../src/features/faq/exchange/text.ts';

const read = (content: string) => readEntriesFile(new TextEncoder().encode(content));
const QA = { question: '問い', answer: '答え' };

function entriesOf(content: string | Uint8Array): FaqFileEntry[] {
  const parsed = typeof content === 'string' ? read(content) : readEntriesFile(content);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.entries;
}

function faultsOf(content: string): [string, string][] {
  const parsed = read(content);
  if (parsed.ok) throw new Error('nothing was wrong');
  return parsed.faults.map(({ path, problem }) => [path, problem]);
}

describe('JSON', () => {
  test('is a list, an export or a city file, also behind a byte order mark', () => {
    for (const file of [[QA], { faq: [QA] }, { name: 'みなと市', staff: [], faq: [QA] }])
      expect(entriesOf(`\uFEFF${JSON.stringify(file)}`)).toEqual([QA]);
    expect(entriesOf('[]')).toEqual([]);
  });

  test('takes numbers for names, and null for what is not there', () => {
    const entry = { ...QA, externalId: 12, topics: null, reviewedOn: null };
    expect(entriesOf(JSON.stringify([entry]))).toEqual([{ ...QA, externalId: '12' }]);
  });

  test.each<[unknown, string, string]>([
    [{ ...QA, motto: 'x' }, '[0].motto', directoryText.unknownField],
    [{ question: '問い' }, '[0].answer', directoryText.missing],
    [{ ...QA, question: ' ' }, '[0].question', directoryText.empty],
    [{ ...QA, question: 'あ'.repeat(3001) }, '[0].question', directoryText.tooLong(3000)],
    [{ ...QA, answer: 'あ'.repeat(20_001) }, '[0].answer', directoryText.tooLong(20_000)],
    [{ ...QA, reviewedOn: '2026-02-30' }, '[0].reviewedOn', directoryText.notDate],
    [{ ...QA, visibility: 'everybody' }, '[0].visibility', directoryText.notVisibility],
    [
      { ...QA, links: [{ label: 'x', url: 'javascript:alert(1)' }] },
      '[0].links[0].url',
      directoryText.notLink,
    ],
    [
      { ...QA, links: [{ label: 'x', url: 'https://a.jp', size: 1 }] },
      '[0].links[0].size',
      directoryText.unknownField,
    ],
    [{ ...QA, topics: 'x' }, '[0].topics', directoryText.notList],
    ['x', '[0]', directoryText.notObject],
  ])('%j is refused at its place', (entry, path, problem) => {
    expect(faultsOf(JSON.stringify([entry]))).toContainEqual([path, problem]);
    expect(faultsOf(JSON.stringify({ faq: [QA, entry] }))).toContainEqual([
      `faq${path.replace('0', '1')}`,
      problem,
    ]);
  });

  test('with the same name twice, too many entries, or something else around them is refused', () => {
    const twice = [1, 2, 1].map((externalId) => ({ ...QA, externalId }));
    expect(faultsOf(JSON.stringify(twice))).toEqual([['[2].externalId', directoryText.doubled]]);
    const many = JSON.stringify(Array.from({ length: 10_001 }, () => QA));
    expect(faultsOf(many)).toEqual([['(file)', directoryText.tooMany(10_000)]]);
    expect(faultsOf(JSON.stringify({ entries: [QA] }))).toEqual([['entries', directoryText.unknownField]]);
    expect(faultsOf('{}')).toEqual([['faq', directoryText.missing]]);
    expect(faultsOf('[{')).toEqual([['(file)', directoryText.notJson]]);
  });
});

describe('a table', () => {
  const CSV =
    '外部ID,質問,分類,回答,確認日\r\n7,"様式は、どこ？",様式、手続き,"一行目\r\n二行目",2026/10/1\r\n,問い,,答え,\r\n';
  const ENTRIES = [
    {
      externalId: '7',
      question: '様式は、どこ？',
      topics: ['様式', '手続き'],
      answer: '一行目\r\n二行目',
      reviewedOn: '2026-10-01',
    },
    { ...QA, topics: [] },
  ];

  test('is read with the columns in any order, also behind a byte order mark or with English names', () => {
    expect(entriesOf(CSV)).toEqual(ENTRIES);
    expect(entriesOf(`\uFEFF${CSV}\r\n,,,,\r\n`)).toEqual(ENTRIES);
    expect(entriesOf('Answer\tquestion\n答え\t問い\n')).toEqual([QA]);
  });

  test('is read in Shift_JIS, as Excel in Japan writes it', () => {
    // 質問,回答⏎介護①,髙い⏎ (with NEC's and IBM's letters)
    const bytes = [0x8e, 0xbf, 0x96, 0xe2, 0x2c, 0x89, 0xf1, 0x93, 0x9a, 0x0d, 0x0a];
    const row = [0x89, 0xee, 0x8c, 0xec, 0x87, 0x40, 0x2c, 0xfb, 0xfc, 0x82, 0xa2, 0x0d, 0x0a];
    expect(entriesOf(Uint8Array.from([...bytes, ...row]))).toEqual([{ question: '介護①', answer: '髙い' }]);
    expect(readEntriesFile(Uint8Array.from([0xff, 0xfe, 0x81]))).toEqual({
      ok: false,
      faults: [{ path: '(file)', problem: text.notDecoded }],
    });
  });

  test('tells the line of a fault as the spreadsheet counts it', () => {
    expect(faultsOf('質問,回答,確認日\n問い,答え,いつか\n問い,,\n')).toEqual([
      ['2行目 確認日', directoryText.notDate],
      ['3行目 回答', directoryText.empty],
    ]);
    expect(faultsOf('質問,回答\n\n問い,\n')).toEqual([['3行目 回答', directoryText.empty]]);
    // Else the rest of the file would be one answer, or an answer would end at its comma.
    expect(faultsOf('質問,回答\n問い,"答え\n二つめ,答え\n')).toEqual([['2行目', text.openQuote]]);
    expect(faultsOf('質問,回答\n問い,はい,できます\n')).toEqual([['2行目', text.tooManyCells]]);
    expect(faultsOf('質問,回答,質問,備考\n')).toEqual([
      ['1行目 備考', text.unknownColumn],
      ['1行目 質問', text.doubledColumn],
    ]);
    expect(faultsOf('<html>')).toContainEqual(['1行目 質問', text.missingColumn('質問')]);
    expect(faultsOf('')).toHaveLength(2);
  });

  test('that was written out is read as it was, and runs nothing in a spreadsheet', () => {
    const letter = fc.constantFrom(
      '=',
      '+',
      '-',
      "'",
      '@',
      ',',
      '"',
      '、',
      ';',
      '・',
      '様',
      '9',
      ' ',
      '髙',
      '＝',
    );
    const line = fc
      .array(letter, { minLength: 1, maxLength: 8 })
      .map((letters) => letters.join('').trim())
      .filter((each) => each !== '');
    const many = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
    const entry = fc.record({
      question: line,
      answer: many,
      aliases: fc.array(line, { maxLength: 3 }),
      topics: fc.array(line, { maxLength: 3 }),
      links: fc.array(fc.record({ label: line, url: fc.constant('https://example.jp/a') }), { maxLength: 2 }),
      visibility: fc.constantFrom('all' as const, 'core' as const),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), (entries) => {
        const written = writeEntriesCsv(entries);
        expect(entriesOf(written)).toEqual(entries);
        expect(written).not.toMatch(/(^|,)"[=+\-@＝]/m);
      }),
      { numRuns: 100 },
    );
  });
});
