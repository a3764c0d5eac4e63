/** Addresses of the pages of 研修. */

export const TRAININGS_PATH = '/trainings';
export const HOURS_PATH = `${TRAININGS_PATH}/hours`;

/** @param reference `会R8-012` */
export function recordPath(reference: string): string {
  return `${TRAININGS_PATH}/${reference.replace(/^会/, '')}/record`;
}
