/** What a part of the benchmark hands back, and how it is printed. */

/** One line of the table. */
export interface Figure {
  name: string;
  /** The measured value with its unit. */
  value: string;
  /** What belongs to it: spread, absolute figures. */
  detail: string;
  /** Only figures that the project promises have one. */
  target?: { text: string; isMet: boolean };
}

/** How long and how often a part measures. */
export interface Effort {
  /** Pairs of measurements (product, bare); the median counts. Many short ones bear a busy machine better than few long ones. */
  rounds: number;
  /** Aimed length of one measurement. */
  seconds: number;
  warmUpSeconds: number;
  /** Fresh isolates that are started of each program. */
  starts: number;
}

export const FULL: Effort = { rounds: 13, seconds: 0.3, warmUpSeconds: 1.5, starts: 7 };
export const QUICK: Effort = { rounds: 5, seconds: 0.15, warmUpSeconds: 0.4, starts: 5 };

/** Requires at least one value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return (low + high) / 2;
}

/** `0.78-0.83`: smallest and largest value, written by `write`. */
export function spread(values: readonly number[], write: (value: number) => string): string {
  return `${write(Math.min(...values))}-${write(Math.max(...values))}`;
}

/** One line a figure, columns aligned. */
export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ name, value, detail, target }) => [
    name,
    value,
    target ? `${target.text} ${target.isMet ? 'ok' : 'MISSED'}` : '',
    detail,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
