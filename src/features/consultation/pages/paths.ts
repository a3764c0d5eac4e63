/** Addresses of the pages of 相談: references only, since addresses end up in histories and logs. */
import type { Operation } from '../operating/words.ts';

/** Where a new consultation is written. */
export const NEW_CASE_PATH = '/cases/new';
export const LIST_PATH = '/cases';
/** Where a 限定 case is opened in an emergency. */
export const EMERGENCY_PATH = '/break-glass';
/** Where shared notes are read. */
export const SHARED_PATH = '/shared';

export function casePath(reference: string): string {
  return `/cases/${reference}`;
}

/** @param about what the operation is about besides the case, as buttons name it; may be empty */
export function operationPath(reference: string, operation: Operation, about = ''): string {
  const query = about === '' ? '' : `?about=${encodeURIComponent(about)}`;
  return `${casePath(reference)}/do/${operation}${query}`;
}

/** The end of a button's value `id` or `id/about`. */
export function aboutOf(buttonValue: string): string {
  return buttonValue.split('/').slice(1).join('/');
}
