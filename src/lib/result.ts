/** The outcome of something that a person may be refused; faults of the machine are thrown instead. */
export type Result<Value, Refusal> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export function done<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refused<Refusal>(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}

/** All that those hear who may not see what they ask for, or for which there is nothing. */
export interface NotFound {
  reason: 'not-found';
}
export const NOT_FOUND: NotFound = { reason: 'not-found' };
