/** Time and identifiers of the workspace: message timestamps are unique and rising, ids look like Slack's. */

export class Clock {
  readonly #now: () => number;
  #lastMicros = 0;

  /** `now` answers in milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#now();
  }

  /** Whole seconds since the epoch. */
  seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  /** The last timestamp given; `0.000000` before the first. */
  get lastTs(): string {
    return toTs(this.#lastMicros);
  }

  /** Takes up where an earlier run ended: every timestamp from now on is later than this one. */
  continueAfter(ts: string): void {
    const [seconds, micros] = ts.split('.').map(Number);
    this.#lastMicros = Math.max(this.#lastMicros, (seconds ?? 0) * 1_000_000 + (micros ?? 0));
  }

  /** A message timestamp such as `1790000000.000100`, later than every one before. */
  nextTs(): string {
    this.#lastMicros = Math.max(Math.floor(this.#now()) * 1000, this.#lastMicros + 1);
    return toTs(this.#lastMicros);
  }
}

function toTs(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** `prefix` and ten random characters, as Slack's ids look: `V0A1B2C3D4E`. */
export function randomId(prefix: string): string {
  return prefix + crypto.randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase();
}

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
