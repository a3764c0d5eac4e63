/**
 * What the courier has learnt of Slack's state: who asked to wait, which channels fail, whether all of Slack does. Small
 * enough to be kept in the Durable Object's storage, since the object itself forgets after some seconds of idling.
 */

/** Back-off: 1 s, doubling, at most 5 minutes. */
const FIRST_BACKOFF_MS = 1_000;
export const LAST_BACKOFF_MS = 5 * 60_000;
/** So many failures in a row, in at least two places, are an outage of Slack and not of one channel or message. */
const FAILURES_OF_AN_OUTAGE = 3;
const PLACES_OF_AN_OUTAGE = 2;
/** An outage is asked about at least this often: one call a minute costs nothing, and people wait. */
const LAST_PROBE_MS = 60_000;

export interface TroubleRecord {
  /** Until when (milliseconds since the epoch) Slack asked not to be called, by key of the call. */
  askedToWait: Record<string, number>;
  /** Channels that fail, each left alone for longer and longer. */
  channels: Record<string, { failures: number; until: number }>;
  /** Where Slack failed since it last answered. */
  failedIn: string[];
  failuresInARow: number;
  /** Runs since the outage began. */
  probes: number;
  /** Since when Slack took nothing of what it was asked to; absent while it does. */
  silentSince?: number;
  /** When, in this silence, something was sent to another place than the only one that fails. */
  askedElsewhereAt?: number;
}

/** So long without a single message taken, and Slack counts as not reached: those who must be reached are told another way. */
export const SILENCE_MS = 60_000;
/** So long another place has to answer. */
const ELSEWHERE_MS = 10_000;

const NO_TROUBLE: TroubleRecord = {
  askedToWait: {},
  channels: {},
  failedIn: [],
  failuresInARow: 0,
  probes: 0,
};

export class Trouble {
  #record: TroubleRecord;

  constructor(record: TroubleRecord = NO_TROUBLE) {
    this.#record = structuredClone(record);
  }

  get record(): TroubleRecord {
    return this.#record;
  }

  get isOutage(): boolean {
    return (
      this.#record.failuresInARow >= FAILURES_OF_AN_OUTAGE &&
      this.#record.failedIn.length >= PLACES_OF_AN_OUTAGE
    );
  }

  /** Slack asks to wait with calls of this key. */
  noteAskedToWait(key: string, until: number, now: number): void {
    this.#record.askedToWait[key] = until;
    this.#record.silentSince ??= now;
  }

  /** Since when Slack takes nothing; undefined while it does. */
  get silentSince(): number | undefined {
    return this.#record.silentSince;
  }

  isSilentAt(now: number): boolean {
    return this.#record.silentSince !== undefined && now - this.#record.silentSince >= SILENCE_MS;
  }

  /** The only place that fails, or none by name: it may be that channel's own trouble, since nothing was sent elsewhere. */
  get isOnePlace(): boolean {
    return this.#record.failedIn.length < PLACES_OF_AN_OUTAGE;
  }

  hasFailed(channel: string): boolean {
    return this.#record.failedIn.includes(channel);
  }

  /** Whether another place was asked in this silence: `waiting` while it may still answer. */
  elsewhereAt(now: number): 'not-asked' | 'waiting' | 'asked' {
    const at = this.#record.askedElsewhereAt;
    if (at === undefined) return 'not-asked';
    return now - at < ELSEWHERE_MS ? 'waiting' : 'asked';
  }

  noteAskedElsewhere(now: number): void {
    this.#record.askedElsewhereAt = now;
  }

  /** Slack failed as a whole, as far as this call tells. Answers how long to leave the channel alone. */
  noteFailure(channel: string, now: number): number {
    this.#record.failuresInARow += 1;
    if (!this.#record.failedIn.includes(channel)) this.#record.failedIn.push(channel);
    this.#record.silentSince ??= now;
    return this.#leaveAlone(channel, now);
  }

  /** Slack answers, but refuses this channel. Answers how long to leave it alone. */
  noteRefusal(channel: string, now: number): number {
    this.#noteAnswer();
    return this.#leaveAlone(channel, now);
  }

  /** Slack took a message. True when that ends some trouble: what was put off because of it is due again. */
  noteSuccess(channel: string): boolean {
    const wasTroubled = this.isOutage || channel in this.#record.channels;
    if (this.isOutage) this.#record.channels = {};
    delete this.#record.channels[channel];
    this.#noteAnswer();
    return wasTroubled;
  }

  /** How long the next probe of an outage has to wait at least and at most; counts it. */
  nextProbe(): { atLeast: number; atMost: number } {
    this.#record.probes += 1;
    return { atLeast: Math.min(LAST_PROBE_MS, backoff(this.#record.probes)), atMost: LAST_PROBE_MS };
  }

  /** Keys of calls, and channels as `channel C0…`, that are left alone at `now`, with until when. A probe tries failing channels, too. */
  heldAt(now: number): Map<string, number> {
    const held = new Map<string, number>();
    for (const [key, until] of Object.entries(this.#record.askedToWait)) {
      if (until > now) held.set(key, until);
      else delete this.#record.askedToWait[key];
    }
    if (this.isOutage) return held;
    for (const [channel, { until }] of Object.entries(this.#record.channels))
      if (until > now) held.set(`channel ${channel}`, until);
    return held;
  }

  #noteAnswer(): void {
    this.#record.failedIn = [];
    this.#record.failuresInARow = 0;
    this.#record.probes = 0;
    delete this.#record.silentSince;
    delete this.#record.askedElsewhereAt;
  }

  #leaveAlone(channel: string, now: number): number {
    const failures = (this.#record.channels[channel]?.failures ?? 0) + 1;
    const wait = backoff(failures);
    this.#record.channels[channel] = { failures, until: now + wait };
    return wait;
  }
}

function backoff(attempt: number): number {
  return Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt - 1, 20));
}
