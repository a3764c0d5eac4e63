/** Addresses of promises. */
export const PROMISES_PATH = '/meetings/promises';

export function promisePath(id: string): string {
  return `${PROMISES_PATH}/${id}`;
}
