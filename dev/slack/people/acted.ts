/** What came of an act. */
import type { Ack } from '../app-link.ts';
import type { ActResult } from '../client-api.ts';
import type { StoredMessage } from '../messages.ts';

export interface Acted {
  /** What the person is shown. */
  result: ActResult;
  /** The app's answer, when it was asked and waited for. */
  ack?: Ack;
  /** The message that the act made or changed. */
  message?: StoredMessage;
}

/** It worked, and there is nothing to say. */
export const done: Acted = { result: { ok: true } };

/** Slack's client did not even send it; `message` tells the person why. */
export function refused(message: string): Acted {
  return { result: { ok: false, message } };
}
