/** Addresses of the pages of 会議: references without their first letter, which addresses would write as %E4%BC%9A. */

export const MEETINGS_PATH = '/meetings';

/** @param reference `会R8-012` */
export function meetingPath(reference: string): string {
  return `${MEETINGS_PATH}/${reference.replace(/^会/, '')}`;
}
