/** How quiet the offer to add thread messages to the record is. */

/** Written in one go, several lines are offered once: pressing takes in what its author wrote there since. */
const OFFER_WINDOW_MS = 10 * 60_000;

/** How many messages one press takes in: each is one call to Slack. */
export const MESSAGES_A_PRESS = 10;

/** When the ten minutes began in which a person is offered the button once a thread. */
export function offerWindowOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / OFFER_WINDOW_MS) * OFFER_WINDOW_MS);
}
