/** Where the core center keeps the words that mean the same. */
import { DESK_PATH } from '../paths.ts';

export const SYNONYMS_PATH = `${DESK_PATH}/synonyms`;
export const NEW_GROUP_PATH = `${SYNONYMS_PATH}/new`;

export function groupPath(id: number): string {
  return `${SYNONYMS_PATH}/${id}`;
}
