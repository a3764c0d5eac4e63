/** Where the script of a roll-call's page asks for the board. */
import { rollCallPath } from '../paths.ts';

/** @param reference `点R8-03` */
export function boardPath(reference: string): string {
  return `${rollCallPath(reference)}/board`;
}
