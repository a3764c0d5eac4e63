/** Tables as CSV (RFC 4180) for the spreadsheets of an office: opened by a double click, and nothing in a cell is run. */

/**
 * What spreadsheets take for a formula, also in full width, and after what they skip
 * (OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－−＠]|^[\t\r\n]/u;

/** Excel reads UTF-8 only behind this mark. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One line with its line end. An apostrophe before a cell that would be a formula makes it text. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A whole file. */
export function csvFile(lines: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + lines.map(csvLine).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = isGuarded(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The text of a cell that `csvLine` wrote, without the apostrophe that made a formula text. */
export function unguardedCell(value: string): string {
  return value.startsWith("'") && isGuarded(value) ? value.slice(1) : value;
}

/** Apostrophes that were there before count as nothing: then exactly one more is put there and taken off again. */
function isGuarded(value: string): boolean {
  return FORMULA.test(value.replace(/^'+/, ''));
}
