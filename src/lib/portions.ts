/** Rows as JSON parameters: a statement of D1 takes at most 100 parameters, but any number of rows in one of them. */

import { Buffer } from 'node:buffer';

/** Letters a portion: written out as SQL, at 3 bytes each, they stay below the 100 KB that a statement of D1 may have. */
const PORTION_LETTERS = 30_000;

/** Bytes a portion where it stays a parameter: D1 takes strings of at most 2 MB, and copies them on its way. */
const PARAMETER_BYTES = 900_000;

export interface Portion {
  /** The position of the list's first item. */
  first: number;
  rows: string;
}

/** The items as JSON lists that each fit into a statement, also where it is written out as SQL. */
export function portionsOf(items: readonly object[]): Portion[] {
  return portions(items, PORTION_LETTERS, (body) => body.length);
}

/** Fewer and larger ones, for statements that carry them as parameters only: a request has 50 statements on the free plan. */
export function largePortionsOf(items: readonly object[]): Portion[] {
  return portions(items, PARAMETER_BYTES, (body) => Buffer.byteLength(body));
}

function portions(items: readonly object[], most: number, sizeOf: (body: string) => number): Portion[] {
  const filled: { first: number; bodies: string[] }[] = [];
  let room = 0;
  for (const [position, item] of items.entries()) {
    const body = JSON.stringify(item);
    const size = sizeOf(body);
    room -= size;
    if (room < 0) {
      filled.push({ first: position, bodies: [] });
      room = most - size;
    }
    filled.at(-1)?.bodies.push(body);
  }
  return filled.map(({ first, bodies }) => ({ first, rows: `[${bodies.join(',')}]` }));
}
