/** Addresses of the pages of 地域課題: references without their first letter. */

export const ISSUES_PATH = '/issues';

/** @param reference `課R8-003` */
export function issuePath(reference: string): string {
  return `${ISSUES_PATH}/${reference.replace(/^課/, '')}`;
}
