/** Keeps Slack's rates (https://docs.slack.dev/apis/web-api/rate-limits) so that 429 is the exception. Kept in memory: after a restart Slack's own 429 corrects us. */
import type { SlackCall } from './delivery.ts';

interface Rate {
  /** Calls that may be made at once. */
  burst: number;
  perMinute: number;
}

const POST_PER_CHANNEL: Rate = { burst: 1, perMinute: 60 };
/** "Several hundred messages per minute" for a workspace. */
const POST_PER_WORKSPACE: Rate = { burst: 20, perMinute: 240 };
/** chat.update is tier 3: 50 in any minute, the burst included. */
const UPDATE_PER_WORKSPACE: Rate = { burst: 10, perMinute: 40 };
/** chat.delete is tier 3, too: https://docs.slack.dev/reference/methods/chat.delete */
const DELETE_PER_WORKSPACE: Rate = { burst: 10, perMinute: 40 };
/** chat.postEphemeral is tier 4: 100 in any minute, the burst included. */
const EPHEMERAL_PER_WORKSPACE: Rate = { burst: 20, perMinute: 80 };

/** A call that was made so long from now was made by a clock that has been set back since, as trials do. */
const SET_BACK_MS = 10 * 60_000;

/** Buckets of allowed calls that fill up with time. Times are milliseconds since the epoch; a clock that is set back starts anew. */
export class Pace {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** How many milliseconds the call still has to wait; 0 when it may go now. Nothing is taken. */
  waitFor(method: SlackCall['method'], channel: string, now: number): number {
    return Math.max(...limitsOf(method, channel).map(([name, rate]) => this.#waitAt(name, rate, now)));
  }

  /** Counts one call. */
  take(method: SlackCall['method'], channel: string, now: number): void {
    for (const [name, rate] of limitsOf(method, channel)) {
      this.#buckets.set(name, { left: this.#leftAt(name, rate, now) - 1, at: now });
    }
  }

  /** Keys of the calls that have to wait at `now` (`chat.update`, `chat.postMessage C0…`), with until when. */
  heldAt(now: number): Map<string, number> {
    const held = new Map<string, number>();
    for (const [key] of this.#buckets) {
      const wait = this.#waitAt(key, rateOf(key), now);
      if (wait > 0) held.set(key, now + wait);
    }
    return held;
  }

  #waitAt(name: string, rate: Rate, now: number): number {
    const missing = 1 - this.#leftAt(name, rate, now);
    return missing <= 0 ? 0 : Math.ceil((missing * 60_000) / rate.perMinute);
  }

  #leftAt(name: string, rate: Rate, now: number): number {
    const bucket = this.#buckets.get(name);
    if (!bucket || bucket.at - now > SET_BACK_MS) return rate.burst;
    return Math.min(rate.burst, bucket.left + (Math.max(0, now - bucket.at) * rate.perMinute) / 60_000);
  }
}

/** The limits that a call falls under, by key: the method, and for posts the method in its channel. */
function limitsOf(method: SlackCall['method'], channel: string): [key: string, rate: Rate][] {
  const keys = method === 'chat.postMessage' ? [callKey(method, channel), method] : [method];
  return keys.map((key) => [key, rateOf(key)]);
}

function rateOf(key: string): Rate {
  if (key.includes(' ')) return POST_PER_CHANNEL;
  if (key === 'chat.update') return UPDATE_PER_WORKSPACE;
  if (key === 'chat.delete') return DELETE_PER_WORKSPACE;
  return key === 'chat.postEphemeral' ? EPHEMERAL_PER_WORKSPACE : POST_PER_WORKSPACE;
}

/** What Slack limits a call by: posts in each channel, the others in the whole workspace. */
export function callKey(method: SlackCall['method'], channel: string): string {
  return method === 'chat.postMessage' ? `${method} ${channel}` : method;
}
