/** Tables as pages and CSV share them. Pure. */
import { formatShare, reportText as text } from './text.ts';

/** So many of so many. */
export interface Part {
  count: number;
  of: number;
}

export type Cell = string | number | Part;

export interface ReportTable {
  heading: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Said in the place of a table without rows. */
  none?: string;
  note?: string | undefined;
}

/** As people read it: `12／14（85.7%）`. */
export function showCell(cell: Cell): string {
  return isPart(cell) ? `${cell.count}／${cell.of}（${formatShare(cell.count, cell.of)}）` : String(cell);
}

/** The same cells for a spreadsheet: how many and which share stand in columns of their own. */
export function csvRows({ heading, head, rows, none }: ReportTable): (string | number)[][] {
  if (rows.length === 0) return [[heading], [none ?? text.nothing]];
  const isSplit = head.map((_, column) => rows.some((row) => isPart(row[column] ?? '')));
  return [
    [heading],
    head.flatMap((each, column) => (isSplit[column] ? [each + text.countOf, each + text.shareOf] : [each])),
    ...rows.map((row) =>
      row.flatMap((cell, column): (string | number)[] => {
        if (isPart(cell)) return [cell.count, formatShare(cell.count, cell.of)];
        return isSplit[column] ? [cell, ''] : [cell];
      }),
    ),
  ];
}

function isPart(cell: Cell): cell is Part {
  return typeof cell === 'object';
}
