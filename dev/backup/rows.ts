/** What a database holds, taken apart: tables with their rows, and the rest of its schema. */

/** A value as SQLite keeps it; bytes as hex. Whole numbers beyond 2^53 do not exist in D1, which speaks JavaScript. */
export type Cell = null | number | string | { hex: string };

export interface Table {
  name: string;
  /** Nothing for `sqlite_sequence`, which SQLite makes by itself. */
  sql: string | null;
  /** Known once there is a row. */
  columns: string[];
  /** Each row as a line of JSON, an array in the order of `columns`: compact, comparable, and what the backup file holds. */
  rows: string[];
}

export interface Contents {
  tables: Table[];
  /** Indexes, views and triggers, in the order in which they can be made. */
  schema: string[];
}

/** JSON with infinities, which SQLite knows and JSON.stringify does not. */
export function writeRow(cells: readonly Cell[]): string {
  return `[${cells.map((cell) => (cell === Infinity ? '1e999' : cell === -Infinity ? '-1e999' : JSON.stringify(cell))).join(',')}]`;
}

/** @throws when the line is no row */
export function readRow(line: string): Cell[] {
  const row: unknown = JSON.parse(line);
  if (!Array.isArray(row) || !row.every(isCell)) throw new Error('not a row');
  return row;
}

function isCell(value: unknown): value is Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return true;
  return typeof value === 'object' && 'hex' in value && typeof value.hex === 'string';
}

export function tableOf(contents: Contents, name: string): Table | undefined {
  return contents.tables.find((table) => table.name === name);
}
