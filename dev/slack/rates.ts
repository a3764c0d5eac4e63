/** Slack's rate limits: how long a caller must wait, when enforcement is on. */
import type { Clock } from './clock.ts';

interface Rate {
  calls: number;
  windowMs: number;
  /** Counted per channel instead of per workspace. */
  isPerChannel?: boolean;
}

/** Tier 2 is 20 a minute, tier 3 50, tier 4 100; posting is 1 a second a channel and takes short bursts. */
const RATES: Record<string, Rate> = {
  'chat.postMessage': { calls: 4, windowMs: 4000, isPerChannel: true },
  'chat.postEphemeral': { calls: 100, windowMs: 60_000 },
  'chat.update': { calls: 50, windowMs: 60_000 },
  'chat.delete': { calls: 50, windowMs: 60_000 },
  'views.open': { calls: 100, windowMs: 60_000 },
  'views.push': { calls: 100, windowMs: 60_000 },
  'views.update': { calls: 100, windowMs: 60_000 },
  'views.publish': { calls: 100, windowMs: 60_000 },
  'users.info': { calls: 100, windowMs: 60_000 },
  'users.list': { calls: 20, windowMs: 60_000 },
  'conversations.open': { calls: 50, windowMs: 60_000 },
  'conversations.list': { calls: 20, windowMs: 60_000 },
  'conversations.history': { calls: 50, windowMs: 60_000 },
  'conversations.replies': { calls: 50, windowMs: 60_000 },
  'conversations.members': { calls: 100, windowMs: 60_000 },
};

export class RateLimiter {
  isEnforced: boolean;
  readonly #clock: Clock;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: Clock, isEnforced: boolean) {
    this.#clock = clock;
    this.isEnforced = isEnforced;
  }

  /** Counts the call and answers 0, or the seconds to wait when it is one too many. */
  secondsToWait(method: string, channel: string): number {
    const rate = RATES[method];
    if (!this.isEnforced || !rate) return 0;
    const key = rate.isPerChannel ? `${method} ${channel}` : method;
    const since = this.#clock.now() - rate.windowMs;
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > since);
    this.#calls.set(key, recent);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= rate.calls) {
      return Math.max(1, Math.ceil((oldest - since) / 1000));
    }
    recent.push(this.#clock.now());
    return 0;
  }
}
