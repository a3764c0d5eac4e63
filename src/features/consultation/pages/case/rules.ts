/** What a case waits for from the person who reads it, as far as its page says so on top. Pure. */
import type { Operation } from '../../operating/words.ts';

export const WAITS = ['accept', 'assignment', 'offer', 'reply', 'closing', 'rating'] as const;
export type Wait = (typeof WAITS)[number];

/** What answers it: the first stands in the open as the main button. */
const ANSWERS: Record<Wait, readonly [Operation, ...Operation[]]> = {
  accept: ['accept', 'answer'],
  assignment: ['confirm_assignment', 'refuse_assignment'],
  offer: ['accept_offer', 'refuse_offer'],
  reply: ['reply'],
  closing: ['confirm_closing', 'object_closing'],
  rating: ['rate'],
};

export interface Waiting {
  wait: Wait;
  operations: readonly Operation[];
}

/**
 * @param operations what the reader may do now
 * @param isRated a rating may be changed, but is not waited for any more
 */
export function waitingFor(operations: readonly Operation[], isRated: boolean): Waiting[] {
  return WAITS.flatMap((wait) => {
    const [first] = ANSWERS[wait];
    const isWaitedFor = operations.includes(first) && !(wait === 'rating' && isRated);
    return isWaitedFor
      ? [{ wait, operations: ANSWERS[wait].filter((operation) => operations.includes(operation)) }]
      : [];
  });
}
