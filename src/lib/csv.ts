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
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
