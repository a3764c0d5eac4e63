/** What a form of 設定 showed, so that two people who change the same thing do not undo each other unseen. */
import { sha256Hex } from '../../../lib/bytes.ts';

/** A short mark of the state that a form shows; equal for equal states. */
export async function markOf(state: unknown): Promise<string> {
  return (await sha256Hex(JSON.stringify(state))).slice(0, 16);
}
