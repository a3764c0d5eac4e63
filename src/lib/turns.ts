/** Of many who change the same at once one is served, the others look again. */

/** How often a change that lost to another one looks again. Each round somebody else was served, so 50 presses at once end within it. */
export const ATTEMPTS = 60;
const PAUSE_MS = 20;
const MAX_PAUSE_MS = 200;

/** Waits a random while, longer with each attempt: at the same moment they would all lose again but one. @param attempt from 1 */
export async function letOthersPass(attempt: number): Promise<void> {
  const ms = Math.random() * Math.min(attempt * PAUSE_MS, MAX_PAUSE_MS);
  await new Promise((resolve) => setTimeout(resolve, ms));
}
