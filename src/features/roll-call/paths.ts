/** Addresses of 点呼. */
export const ROLL_CALLS_PATH = '/roll-calls';

/** @param reference `点R8-03` */
export function rollCallPath(reference: string): string {
  return `${ROLL_CALLS_PATH}/${reference.slice(1)}`;
}

/** Open to whoever holds a link: no sign-in, no session. */
export const SAFETY_PATH = '/safety';

/** The report of one, which grows while it runs. */
export function reportPath(reference: string): string {
  return `${rollCallPath(reference)}/report`;
}
