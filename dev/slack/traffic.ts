/** What went between the app and the workspace, newest last. */
import type { TrafficEntry } from './client-api.ts';

export class TrafficLog {
  readonly entries: TrafficEntry[] = [];
  readonly #limit: number;
  readonly #now: () => number;
  readonly #changed: () => void;
  #seq = 0;

  /** Keeps the last `limit` entries. */
  constructor(limit: number, now: () => number, changed: () => void) {
    this.#limit = limit;
    this.#now = now;
    this.#changed = changed;
  }

  /** Notes that a request began. */
  begin(direction: TrafficEntry['direction'], what: string, request: unknown): TrafficEntry {
    this.#seq += 1;
    const entry: TrafficEntry = {
      seq: this.#seq,
      at: this.#now(),
      direction,
      what,
      status: 'pending',
      ms: 0,
      request,
      answer: null,
    };
    this.entries.push(entry);
    if (this.entries.length > this.#limit) this.entries.shift();
    this.#changed();
    return entry;
  }

  /** Notes how it ended. */
  end(entry: TrafficEntry, status: TrafficEntry['status'], answer: unknown): void {
    entry.status = status;
    entry.answer = answer;
    entry.ms = this.#now() - entry.at;
    this.#changed();
  }
}
