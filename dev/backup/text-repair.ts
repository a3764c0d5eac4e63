/**
 * Mends what wrangler's export loses: a text with a line break is written as `replace('a\nb','\n',char(10))`, so a text that holds
 * both a line break and the two characters `\n` (a path like `\\server\new`) would come back with one line break too many.
 */
import { StartError } from '../local/start-error.ts';
import type { Exported } from './export-reading.ts';
import { type Cell, readRow, type Table, writeRow } from './rows.ts';
import { type Place, query } from './wrangler.ts';

/** What the export makes of a text. */
export function afterExport(text: string): string {
  const escaped = text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
  const returned = text.includes('\r') ? escaped.replaceAll('\\r', '\r') : escaped;
  return text.includes('\n') ? returned.replaceAll('\\n', '\n') : returned;
}

/**
 * Asks the database for the rows in doubt, which are few or none, and puts their texts right.
 * @throws {StartError} when one of them was changed between the export and the question
 */
export async function repairTexts(place: Place, exported: Exported): Promise<void> {
  for (const [name, rows] of exported.rewritten) {
    const table = exported.tables.find((each) => each.name === name);
    if (table) await repairTable(place, table, new Set(rows));
  }
}

async function repairTable(place: Place, table: Table, doubtful: Set<number>): Promise<void> {
  const inDoubt = table.columns
    .map(quote)
    .flatMap((column) => [
      `(instr(${column}, char(10)) > 0 AND instr(${column}, '\\n') > 0)`,
      `(instr(${column}, char(13)) > 0 AND instr(${column}, '\\r') > 0)`,
    ]);
  // SQLite refuses expressions deeper than 100 levels: an OR of many columns is cut into several questions.
  for (let from = 0; from < inDoubt.length; from += 40) {
    const where = inDoubt.slice(from, from + 40).join(' OR ');
    for (const truth of await query(place, `SELECT * FROM ${quote(table.name)} WHERE ${where}`)) {
      const index = [...doubtful].find((row) => isSameRow(table, row, truth));
      if (index === undefined)
        throw new StartError('書き出しの間にデータが変わりました。もう一度実行してください。');
      table.rows[index] = writeRow(mended(table, index, truth));
    }
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function cellsOf(table: Table, row: number): Cell[] {
  return readRow(table.rows[row] ?? '');
}

/** Bytes are not compared: wrangler prints them in several ways, and the other columns tell rows apart. */
function isSameRow(table: Table, row: number, truth: Record<string, unknown>): boolean {
  return cellsOf(table, row).every((cell, i) => {
    const value = truth[table.columns[i] ?? ''];
    if (typeof cell === 'string' && typeof value === 'string')
      return cell === value || cell === afterExport(value);
    return typeof cell === 'object' && cell !== null ? true : cell === value;
  });
}

function mended(table: Table, row: number, truth: Record<string, unknown>): Cell[] {
  return cellsOf(table, row).map((cell, i) => {
    const value = truth[table.columns[i] ?? ''];
    return typeof cell === 'string' && typeof value === 'string' ? value : cell;
  });
}
