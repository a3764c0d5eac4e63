/** Entries as a table for spreadsheets: written so that nothing in a cell is run, and read again as they were. */
import Papa from 'papaparse';
import { csvFile, unguardedCell } from '../../../lib/csv.ts';
import { fold } from '../../../lib/japanese.ts';
import type { FaqFileEntry } from '../../directory/faq-entries.ts';
import type { FileFault } from '../../directory/file-faults.ts';
import { VISIBILITIES, VISIBILITY_CODES } from '../words.ts';
import { type ParsedEntries, parseEntries } from './schema.ts';
import { exchangeText as text } from './text.ts';
import { COLUMN_CODES, COLUMNS, type Column, OTHER_NAMES } from './words.ts';

/** Several in one cell: one a line; in a single line also as people write lists. */
const IN_ONE_LINE = /[;；、,]/u;

const DELIMITERS = [',', '\t', ';'];

/** Reads a table with a line of names over it, in any order; separated by commas, semicolons or tabs. */
export function parseEntriesCsv(csv: string): ParsedEntries {
  const table = csv.replace(/^\uFEFF/, '');
  const { data, errors } = Papa.parse<string[]>(table, { delimiter: delimiterOf(table) });
  const filled = data
    .map((cells, i) => ({ cells, row: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [{ cells: header } = { cells: [] }, ...lines] = filled;
  const columns = header.map(columnOf);
  const headed = headerFaults(header, columns);
  if (headed.length > 0) return { ok: false, faults: headed };
  const faults = [...quoteFaults(errors), ...lines.flatMap((line) => cellFaults(line, columns.length))];
  if (faults.length > 0) return { ok: false, faults };
  const parsed = parseEntries(
    lines.map(({ cells }) => entryOf(columns, cells)),
    '',
  );
  if (parsed.ok) return parsed;
  return {
    ok: false,
    faults: parsed.faults.map((fault) => inSpreadsheet(fault, (i) => lines[i]?.row ?? i + 2)),
  };
}

export function writeEntriesCsv(entries: readonly FaqFileEntry[]): string {
  return csvFile([
    COLUMN_CODES.map((code) => COLUMNS[code]),
    ...entries.map((entry) => COLUMN_CODES.map((code) => cellOf(entry, code))),
  ]);
}

/** The one that parts the names: texts may be full of the others. */
function delimiterOf(table: string): string {
  const isParting = (delimiter: string) => {
    const { data } = Papa.parse<string[]>(table, { delimiter, preview: 1, skipEmptyLines: 'greedy' });
    return (data[0] ?? []).filter((name) => columnOf(name) !== undefined).length > 1;
  };
  return DELIMITERS.find(isParting) ?? ',';
}

function columnOf(name: string): Column | undefined {
  const wanted = fold(name).toLowerCase();
  return COLUMN_CODES.find((code) =>
    [code, COLUMNS[code], ...OTHER_NAMES[code]].some((each) => fold(each).toLowerCase() === wanted),
  );
}

function headerFaults(header: readonly string[], columns: readonly (Column | undefined)[]): FileFault[] {
  const place = (i: number) => text.place(1, header[i] ?? '');
  const unknown = columns.flatMap((column, i) =>
    column === undefined ? [{ path: place(i), problem: text.unknownColumn }] : [],
  );
  const doubled = columns.flatMap((column, i) =>
    column !== undefined && columns.indexOf(column) < i
      ? [{ path: place(i), problem: text.doubledColumn }]
      : [],
  );
  const missing = (['question', 'answer'] as const).flatMap((column) =>
    columns.includes(column)
      ? []
      : [{ path: text.place(1, COLUMNS[column]), problem: text.missingColumn(COLUMNS[column]) }],
  );
  return [...unknown, ...doubled, ...missing];
}

/** A mark that is not closed takes all that follows into one cell. */
function quoteFaults(errors: readonly Papa.ParseError[]): FileFault[] {
  return errors
    .filter(({ type }) => type === 'Quotes')
    .map(({ row = 0 }) => ({ path: text.place(row + 1, ''), problem: text.openQuote }));
}

/** Beyond the names stands what a comma in a text without marks has cut off. */
function cellFaults({ cells, row }: { cells: readonly string[]; row: number }, columns: number): FileFault[] {
  const isBeyond = cells.slice(columns).some((cell) => cell.trim() !== '');
  return isBeyond ? [{ path: text.place(row, ''), problem: text.tooManyCells }] : [];
}

/** What is left empty is a list without anything, or no field at all. */
function entryOf(columns: readonly (Column | undefined)[], cells: readonly string[]): object {
  const fields = columns.flatMap((column, i): [string, unknown][] => {
    if (column === undefined) return [];
    const cell = unguardedCell(cells[i] ?? '').trim();
    const value = fieldOf(column, cell);
    return value === undefined ? [] : [[column, value]];
  });
  return Object.fromEntries(fields);
}

function fieldOf(column: Column, cell: string): unknown {
  switch (column) {
    case 'aliases':
      return linesOf(cell);
    case 'topics':
      return topicsOf(cell);
    case 'links':
      return linesOf(cell).map(linkOf);
    case 'reviewedOn':
      return cell === '' ? undefined : isoDateOf(cell);
    case 'visibility':
      return cell === '' ? undefined : visibilityOf(cell);
    case 'externalId':
      return cell === '' ? undefined : cell;
    default:
      return cell;
  }
}

function linesOf(cell: string): string[] {
  return cell
    .split(/[\r\n]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function topicsOf(cell: string): string[] {
  const lines = linesOf(cell);
  const [only] = lines;
  if (lines.length !== 1 || only === undefined || cell.startsWith(LIST_MARK)) return lines.map(withoutMark);
  return only
    .split(IN_ONE_LINE)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** Before a single topic that would be taken for several. */
const LIST_MARK = '・';

function withoutMark(line: string): string {
  return line.startsWith(LIST_MARK) ? line.slice(LIST_MARK.length).trim() : line;
}

/** `様式第1号 https://…`; without a label the address is one. */
function linkOf(line: string): { label: string; url: string } {
  const [, label = '', url = line] = /^(.*?)\s*(\S+)$/u.exec(line) ?? [];
  return { label: label === '' ? url : label, url };
}

/** Spreadsheets write `2026/10/1` for what was `2026-10-01`. */
function isoDateOf(cell: string): string {
  const [, year, month = '', day = ''] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(fold(cell)) ?? [];
  return year === undefined ? cell : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function visibilityOf(cell: string): string {
  const wanted = fold(cell).toLowerCase();
  return VISIBILITY_CODES.find((code) => code === wanted || fold(VISIBILITIES[code]) === wanted) ?? cell;
}

function cellOf(entry: FaqFileEntry, column: Column): string {
  switch (column) {
    case 'aliases':
      return (entry.aliases ?? []).join('\n');
    case 'topics':
      return topicsCell(entry.topics ?? []);
    case 'links':
      return (entry.links ?? []).map(({ label, url }) => `${label} ${url}`).join('\n');
    case 'visibility':
      return VISIBILITIES[entry.visibility ?? 'all'];
    default:
      return entry[column] ?? '';
  }
}

function topicsCell(topics: readonly string[]): string {
  const isMisread = topics.some((topic) => topic.startsWith(LIST_MARK));
  const [only = ''] = topics;
  if (!isMisread && !(topics.length === 1 && IN_ONE_LINE.test(only))) return topics.join('\n');
  return topics.map((topic) => `${LIST_MARK}${topic}`).join('\n');
}

/** `[3].answer` as people find it. @param rowOf the row in which an entry stands */
function inSpreadsheet({ path, problem }: FileFault, rowOf: (entry: number) => number): FileFault {
  const [, index, field = ''] = /^\[(\d+)\]\.?(\w*)/.exec(path) ?? [];
  const column = COLUMN_CODES.find((code) => code === field);
  return index === undefined
    ? { path, problem }
    : { path: text.place(rowOf(Number(index)), column ? COLUMNS[column] : field), problem };
}
