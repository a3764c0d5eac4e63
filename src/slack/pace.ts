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
/** chat.postEphemeral is tier 4: 100 in any minute, the burst included. */
const EPHEMERAL_PER_WORKSPACE: Rate = { burst: 20, perMinute: 80 };

/** Buckets of allowed calls that fill up with time. Times are milliseconds since the epoch, on a clock that goes forward. */
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

  #waitAt(name: string, rate: Rate, now: number): number {
    const missing = 1 - this.#leftAt(name, rate, now);
    return missing <= 0 ? 0 : Math.ceil((missing * 60_000) / rate.perMinute);
  }

  #leftAt(name: string, rate: Rate, now: number): number {
    const bucket = this.#buckets.get(name);
    if (!bucket) return rate.burst;
    return Math.min(rate.burst, bucket.left + ((now - bucket.at) * rate.perMinute) / 60_000);
  }
}

function limitsOf(method: SlackCall['method'], channel: string): [string, Rate][] {
  switch (method) {
    case 'chat.postMessage':
      return [
        [`post:${channel}`, POST_PER_CHANNEL],
        ['post', POST_PER_WORKSPACE],
      ];
    case 'chat.update':
      return [['update', UPDATE_PER_WORKSPACE]];
    case 'chat.postEphemeral':
      return [['ephemeral', EPHEMERAL_PER_WORKSPACE]];
  }
}
