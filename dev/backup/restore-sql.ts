/** The SQL that puts contents into an empty database, within the limits of D1 and whatever the tables demand of each other. */
import { type Cell, type Contents, readRow, type Table } from './rows.ts';

/** D1 takes 100,000 bytes a statement: https://developers.cloudflare.com/d1/platform/limits/ */
const MAX_STATEMENT_BYTES = 90_000;
/** Longer values go in by pieces. */
const MAX_LITERAL_BYTES = 30_000;
/** Bytes of a value in one piece; written as hex they take twice as many. */
const PIECE_BYTES = 40_000;
const MAX_ROWS_A_STATEMENT = 500;
/** Holds long values while they are put together; gone when the last statement has run. */
const STAGE = '"kikan_restore_stage"';

/**
 * Yields each statement on a line of its own (but for line breaks in a table's definition). Tables and then rows stand in the order of
 * their references; what refers to its own table is checked at the end. Triggers come last: they guard against people, not against
 * this.
 * @param present the empty tables of the database, which make room for those of the backup
 */
export function* restoreStatements(contents: Contents, present: Contents): Generator<string> {
  yield 'PRAGMA defer_foreign_keys=TRUE;';
  for (const name of namesOfViews(present)) yield `DROP VIEW ${name};`;
  const tables = inOrderOfReferences(contents.tables);
  for (const { name } of inOrderOfReferences(present.tables).toReversed())
    if (name !== 'sqlite_sequence') yield `DROP TABLE ${quote(name)};`;
  for (const { sql } of tables) if (sql) yield sql;
  yield `CREATE TABLE ${STAGE} (id INTEGER PRIMARY KEY, body BLOB);`;
  for (const table of tables) {
    // Inserting rows has filled it already, though not with what was deleted since.
    if (table.name === 'sqlite_sequence') continue;
    yield* insertRows(table);
  }
  yield `DROP TABLE ${STAGE};`;
  const sequence = tables.find(({ name }) => name === 'sqlite_sequence');
  if (sequence) {
    yield 'DELETE FROM sqlite_sequence;';
    yield* insertRows(sequence);
  }
  yield* contents.schema;
}

function* insertRows(table: Table): Generator<string> {
  const start = `INSERT INTO ${quote(table.name)} (${table.columns.map(quote).join(',')}) VALUES`;
  let rows: string[] = [];
  let bytes = start.length;
  for (const line of table.rows) {
    const { row, staging } = rowOf(readRow(line));
    const size = Buffer.byteLength(row) + 1;
    if (staging.length > 0 || bytes + size > MAX_STATEMENT_BYTES || rows.length === MAX_ROWS_A_STATEMENT) {
      if (rows.length > 0) yield `${start}${rows.join(',')};`;
      rows = [];
      bytes = start.length;
    }
    if (staging.length > 0) yield* [...staging, `${start}${row};`, `DELETE FROM ${STAGE};`];
    else {
      rows.push(row);
      bytes += size;
    }
  }
  if (rows.length > 0) yield `${start}${rows.join(',')};`;
}

/** A row as SQL; its longest values are staged until the rest fits into a statement. */
function rowOf(cells: readonly Cell[]): { row: string; staging: string[] } {
  const literals = cells.map(literal);
  const staging: string[] = [];
  const sizes = literals.map((text) => Buffer.byteLength(text));
  let total = sizes.reduce((sum, size) => sum + size + 1, 0);
  const byLength = sizes.map((_, i) => i).sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
  for (const i of byLength) {
    const cell = cells[i];
    const size = sizes[i] ?? 0;
    if (size <= MAX_LITERAL_BYTES && total <= MAX_STATEMENT_BYTES / 2) break;
    if (cell === null || cell === undefined || typeof cell === 'number') continue;
    staging.push(...stagePieces(i, bytesOf(cell)));
    literals[i] =
      `(SELECT CAST(body AS ${typeof cell === 'string' ? 'TEXT' : 'BLOB'}) FROM ${STAGE} WHERE id=${i})`;
    total -= size - 80;
  }
  return { row: `(${literals.join(',')})`, staging };
}

function* stagePieces(id: number, bytes: Buffer): Generator<string> {
  yield `INSERT INTO ${STAGE} VALUES(${id},X'');`;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield `UPDATE ${STAGE} SET body=body||X'${bytes.toString('hex', at, at + PIECE_BYTES)}' WHERE id=${id};`;
}

function bytesOf(cell: string | { hex: string }): Buffer {
  return typeof cell === 'string' ? Buffer.from(cell) : Buffer.from(cell.hex, 'hex');
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'object') return `X'${cell.hex}'`;
  if (typeof cell === 'string')
    return isPlain(cell)
      ? `'${cell.replaceAll("'", "''")}'`
      : `CAST(X'${bytesOf(cell).toString('hex')}' AS TEXT)`;
  if (Number.isFinite(cell)) return String(cell);
  return cell > 0 ? '9e999' : '-9e999';
}

/**
 * Whether a text may stand in SQL as it is. SQLite ends a statement at a NUL, and wrangler cuts the words `BEGIN TRANSACTION;` and
 * `COMMIT;` out of a file wherever they stand.
 */
function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\u0000-\u001f]|BEGIN TRANSACTION|COMMIT;/.test(text);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function namesOfViews({ schema }: Contents): string[] {
  return schema.flatMap((sql) => /^CREATE VIEW (?:IF NOT EXISTS )?(\S+)/i.exec(sql)?.[1] ?? []);
}

/** Those that are referred to come first. A circle is cut anywhere: foreign keys are checked when everything is in. */
function inOrderOfReferences(tables: readonly Table[]): Table[] {
  const ordered = new Set<Table>();
  const entered = new Set<Table>();
  const enter = (table: Table) => {
    if (entered.has(table)) return;
    entered.add(table);
    const wanted = referencesOf(table);
    for (const other of tables) if (wanted.has(other.name)) enter(other);
    ordered.add(table);
  };
  for (const table of tables) enter(table);
  return [...ordered];
}

function referencesOf({ sql }: Table): Set<string> {
  const found = (sql ?? '').matchAll(/\bREFERENCES\s+["'`[]?([^\s"'`\](]+)/gi);
  return new Set([...found].map(([, name]) => name ?? ''));
}
