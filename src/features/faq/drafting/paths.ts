/** Where drafts are drawn from closed cases. */
import { DESK_PATH } from '../paths.ts';

export const DRAFTING_PATH = `${DESK_PATH}/drafting`;

/** The page of a case. */
export function casePath(reference: string): string {
  return `/cases/${reference}`;
}

export function draftingPath(reference: string): string {
  return `${DRAFTING_PATH}?case=${reference}`;
}
