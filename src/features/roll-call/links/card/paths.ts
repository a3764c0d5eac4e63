/** Where the cards of centers are made and printed. */
import { ROLL_CALLS_PATH } from '../../paths.ts';

export const CARDS_PATH = `${ROLL_CALLS_PATH}/cards`;

export function cardPath(code: string): string {
  return `${CARDS_PATH}/${encodeURIComponent(code)}`;
}
