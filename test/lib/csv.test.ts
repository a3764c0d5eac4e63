/** CSV as spreadsheets of an office take it: nothing that was typed is run. */
import { expect, test } from 'vitest';
import { csvFile, csvLine } from '../../src/lib/csv.ts';

test('a file begins with the byte order mark and its lines end as RFC 4180 says', () => {
  expect(csvFile([['a', 1], ['']])).toBe('\uFEFF"a",1\r\n""\r\n');
});

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(csvLine(['a,b', 'say "x"', 'one\ntwo'])).toBe('"a,b","say ""x""","one\ntwo"\r\n');
});

test.each([
  '=1+1',
  '+81',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '　=1',
  '\u200B=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '−1',
  "=cmd|'/c calc'!A1",
])('a cell that begins like a formula (%j) is text', (cell) => {
  expect(csvLine([cell]).startsWith('"\'')).toBe(true);
});

test.each(['佐藤 花子', 'R8-0042', '2026-11-22 09:05:12', 'a=b', '3-1'])('%s stays as it is', (cell) => {
  expect(csvLine([cell])).toBe(`"${cell}"\r\n`);
});
