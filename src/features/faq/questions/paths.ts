/** Where the pages of what nobody could answer stand. */
import { DESK_PATH } from '../paths.ts';

export const QUESTIONS_PATH = `${DESK_PATH}/questions`;

export function questionPath(number: number): string {
  return `${QUESTIONS_PATH}/${number}`;
}
