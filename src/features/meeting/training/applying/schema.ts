/** Input of the number of seats. */
import { fold } from '../../../../lib/japanese.ts';

const MAX_SEATS = 1000;

/** A number of seats in any width; null for an empty field; undefined for what is none. */
export function readSeats(typed: string | null): number | null | undefined {
  if (typed === null) return null;
  const folded = fold(typed).replace(/[名人]$/u, '');
  const seats = Number(folded);
  return /^\d{1,4}$/.test(folded) && seats >= 1 && seats <= MAX_SEATS ? seats : undefined;
}
