/** response_url: five answers to one thing a person did, within thirty minutes. */
import type { Clock } from './clock.ts';

/** Slack's own limits. */
const MAX_USES = 5;
const LIFE_MS = 30 * 60 * 1000;

export interface ResponseTarget {
  userId: string;
  channel: string;
  /** The message that was clicked; absent for commands and modals. */
  messageTs?: string;
  threadTs?: string;
}

export class ResponseUrls {
  readonly #clock: Clock;
  readonly #base: string;
  readonly #targets = new Map<string, ResponseTarget & { issuedAt: number; uses: number }>();

  /** URLs are `${base}/response/…`. */
  constructor(clock: Clock, base: string) {
    this.#clock = clock;
    this.#base = base.replace(/\/$/, '');
  }

  /** A fresh URL. */
  issue(target: ResponseTarget): string {
    const id = crypto.randomUUID();
    this.#targets.set(id, { ...target, issuedAt: this.#clock.now(), uses: 0 });
    return `${this.#base}/response/${id}`;
  }

  /** Counts one use; answers the target, or Slack's word for why not. */
  use(id: string): ResponseTarget | 'used_url' | 'expired_url' | 'invalid_url' {
    const target = this.#targets.get(id);
    if (!target) return 'invalid_url';
    if (this.#clock.now() - target.issuedAt > LIFE_MS) return 'expired_url';
    if (target.uses >= MAX_USES) return 'used_url';
    target.uses += 1;
    return target;
  }
}
