/** Addresses of 優先安否確認: names stand there and nowhere else. */
import { ROLL_CALLS_PATH, rollCallPath } from '../paths.ts';

export const PRIORITY_PATH = `${ROLL_CALLS_PATH}/priority`;

/** Where a center ticks off. @param reference `点R8-03` */
export function checksPath(reference: string): string {
  return `${rollCallPath(reference)}/checks`;
}
