/** Rows as JSON parameters: a statement of D1 takes at most 100 parameters, but any number of rows in one of them. */

/** Letters a portion: written out as SQL, at 3 bytes each, they stay below the 100 KB that a statement of D1 may have. */
const PORTION_LETTERS = 30_000;

/** The items as JSON lists that each fit into a statement; `first` is the position of a list's first item. */
export function portionsOf(items: readonly object[]): { first: number; rows: string }[] {
  const portions: { first: number; bodies: string[] }[] = [];
  let room = 0;
  for (const [position, item] of items.entries()) {
    const body = JSON.stringify(item);
    room -= body.length;
    if (room < 0) {
      portions.push({ first: position, bodies: [] });
      room = PORTION_LETTERS - body.length;
    }
    portions.at(-1)?.bodies.push(body);
  }
  return portions.map(({ first, bodies }) => ({ first, rows: `[${bodies.join(',')}]` }));
}
