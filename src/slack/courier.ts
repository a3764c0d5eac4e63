/**
 * The only one who posts to Slack. A single Durable Object reads the outbox, keeps the order of each lane and Slack's
 * rates, and tries again until Slack says ok. It keeps nothing that matters: losing it costs at most a minute, until the
 * cron wakes it. A crash between a post and its note posts twice: the reference in the text makes that harmless.
 */
import { DurableObject } from 'cloudflare:workers';
import { webApi } from '@slack/bolt';
import { type Database, openDatabase } from '../lib/db.ts';
import { parseSettings } from '../lib/env.ts';
import { logError, logInfo, logWarning } from '../lib/log.ts';
import {
  bury,
  dueHeads,
  forgetCard,
  type LaneHead,
  latestOfCard,
  nextDueAt,
  type OutboxRow,
  postpone,
  releaseAfterOutage,
  settleSent,
} from './courier-queue.ts';
import { type Delivery, deliver, type SlackCall } from './delivery.ts';
import { Pace } from './pace.ts';
import { webClientOptions } from './web-client.ts';

/** What the Worker is bound to; the settings are read by `parseSettings`. */
export interface Bindings {
  DB: D1Database;
  COURIER: DurableObjectNamespace<Courier>;
}

/** Entries a run: 4 statements each at most, so that a run stays below the free plan's 50 queries. The alarm brings the next run at once. */
const ENTRIES_PER_RUN = 10;
/** A nudge waits so long for more of its kind: a storm of presses then costs some runs a second, not one each. */
const GATHER_MS = 25;
const NUDGE_HOLDS_MS = 1_000;
/** Workers allow six connections at a time. */
const AT_A_TIME = 5;
const CALL_TIMEOUT_MS = 5_000;
/** Back-off of an entry: 1 s, doubling, at most 5 minutes. */
const FIRST_BACKOFF_MS = 1_000;
const LAST_BACKOFF_MS = 5 * 60_000;
const RUN_AGAIN_AFTER_FAULT_MS = 10_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;
/** So many failures in a row are an outage of Slack, not of one message: from then on one message at a time asks whether it is over. */
const FAILURES_OF_AN_OUTAGE = 3;
/** An outage is asked about at least this often: one call a minute costs nothing, and people wait. */
const LAST_PROBE_MS = 60_000;

export class Courier extends DurableObject<Bindings> {
  readonly #db: Database = openDatabase(this.env.DB);
  readonly #pace = new Pace();
  #client: webApi.WebClient | undefined;
  #run: Promise<void> | undefined;
  /** How far the cron's scheduled time is ahead of this machine's clock; 0 outside of trials. */
  #aheadMs = 0;
  /** Slack asked to wait until then, by method and channel. */
  readonly #notBefore = new Map<string, number>();
  #failuresInARow = 0;
  /** Runs since the outage began. */
  #probes = 0;
  /** When something was last stored that no run has looked for yet; 0 when there is nothing. */
  #nudgedAt = 0;

  /** There is something to deliver: called after each batch with outbox entries. */
  async nudge(): Promise<void> {
    // An alarm that was set for it and never came must not silence the next nudge.
    if (Date.now() - this.#nudgedAt < NUDGE_HOLDS_MS) return;
    this.#nudgedAt = Date.now();
    try {
      await this.ctx.storage.setAlarm(Date.now() + GATHER_MS);
    } catch (error) {
      this.#nudgedAt = 0;
      throw error;
    }
  }

  /** Delivers what is due at `scheduledTime` (the cron's), one run; the alarm goes on. */
  async deliverAsOf(scheduledTime: number): Promise<void> {
    this.#aheadMs = Math.max(0, scheduledTime - Date.now());
    await this.#runOnce();
  }

  /** A fault (of the database, of the settings) must not end the deliveries: the next run tries again. */
  override async alarm(): Promise<void> {
    try {
      await this.#runOnce();
    } catch (error) {
      logError('courier.run_failed', error);
      await this.ctx.storage.setAlarm(Date.now() + RUN_AGAIN_AFTER_FAULT_MS);
    }
  }

  /** Two runs at a time would break the order: the second caller waits for the first one's run, then looks again. */
  async #runOnce(): Promise<void> {
    while (this.#run) await this.#run;
    this.#run = this.#deliverDue().finally(() => {
      this.#run = undefined;
    });
    await this.#run;
  }

  async #deliverDue(): Promise<void> {
    this.#nudgedAt = 0;
    // In an outage everything was put off; the probe takes what is due next all the same.
    const [limit, aheadMs] = this.#isOutage() ? [1, LAST_BACKOFF_MS] : [ENTRIES_PER_RUN, 0];
    const heads = await dueHeads(this.#db, new Date(this.#now().getTime() + aheadMs), limit * 2);
    let soonest = Number.POSITIVE_INFINITY;
    const ready: { head: LaneHead; call: SlackCall }[] = [];
    for (const head of heads) {
      const call = callFor(head);
      const wait = this.#waitFor(call.method, head.entry.channel);
      if (wait > 0 || ready.length === limit) {
        soonest = Math.min(soonest, wait);
        continue;
      }
      this.#pace.take(call.method, head.entry.channel, this.#now().getTime());
      ready.push({ head, call });
    }
    for (let i = 0; i < ready.length; i += AT_A_TIME) {
      await Promise.all(ready.slice(i, i + AT_A_TIME).map(({ head, call }) => this.#deliverOne(head, call)));
      if (this.#isOutage()) break;
    }
    await this.#planNextRun(soonest);
  }

  /** `pacedMs`: how long the first entry that Slack's rates held back has to wait. */
  async #planNextRun(pacedMs: number): Promise<void> {
    const next = await nextDueAt(this.#db, this.#now(), Number.isFinite(pacedMs));
    let wait = Math.min(
      pacedMs,
      next ? Math.max(0, next.getTime() - this.#now().getTime()) : Number.POSITIVE_INFINITY,
    );
    if (this.#isOutage() && Number.isFinite(wait)) {
      this.#probes += 1;
      wait = Math.max(Math.min(wait, LAST_PROBE_MS), Math.min(LAST_PROBE_MS, backoff(this.#probes)));
    }
    if (this.#nudgedAt > 0) wait = Math.min(wait, GATHER_MS);
    if (Number.isFinite(wait)) await this.ctx.storage.setAlarm(Date.now() + wait);
  }

  async #deliverOne({ entry, posted }: LaneHead, call: SlackCall): Promise<void> {
    const newest =
      entry.kind === 'card' && entry.slot !== null
        ? ((await latestOfCard(this.#db, entry.slot)) ?? entry)
        : entry;
    const delivery = await deliver(
      this.#slack(),
      newest === entry ? call : callFor({ entry: newest, posted }),
    );
    const now = this.#now();
    logInfo('courier.delivery', {
      entry: newest.id,
      kind: entry.kind,
      outcome: delivery.outcome,
      error: errorOf(delivery),
    });
    if (delivery.outcome === 'outage') this.#failuresInARow += 1;
    else if (delivery.outcome !== 'rate-limited') await this.#noteThatSlackAnswers(now);
    await this.#settle(newest, { entry, posted }, delivery, now);
  }

  async #settle(
    sent: OutboxRow,
    { entry: head, posted }: LaneHead,
    delivery: Delivery,
    now: Date,
  ): Promise<void> {
    switch (delivery.outcome) {
      case 'sent':
        return settleSent(this.#db, sent, posted, delivery.ts, now);
      case 'card-gone':
        return forgetCard(this.#db, head.slot ?? '');
      case 'impossible':
        return this.#giveUp(sent, `impossible:${delivery.error}`, now);
      case 'rate-limited': {
        const until = now.getTime() + delivery.retryAfterSeconds * 1000;
        this.#notBefore.set(paceKey(callFor({ entry: head, posted: null }).method, head.channel), until);
        return this.#tryLater(head, 'rate-limited', new Date(until), now);
      }
      case 'outage':
      case 'refused':
        return this.#tryLater(
          head,
          `${delivery.outcome}:${delivery.error}`,
          new Date(now.getTime() + backoff(head.attempts + 1)),
          now,
        );
    }
  }

  async #tryLater(entry: OutboxRow, error: string, at: Date, now: Date): Promise<void> {
    const since = entry.firstTriedAt ?? now;
    if (now.getTime() - since.getTime() >= GIVE_UP_AFTER_MS) await this.#giveUp(entry, error, now);
    else await postpone(this.#db, entry, error, at, now);
  }

  async #giveUp(entry: OutboxRow, error: string, now: Date): Promise<void> {
    logWarning('courier.gave_up', { entry: entry.id, error });
    await bury(this.#db, entry, error, now);
  }

  async #noteThatSlackAnswers(now: Date): Promise<void> {
    const wasOutage = this.#isOutage();
    this.#failuresInARow = 0;
    this.#probes = 0;
    if (wasOutage) await releaseAfterOutage(this.#db, now);
  }

  #isOutage(): boolean {
    return this.#failuresInARow >= FAILURES_OF_AN_OUTAGE;
  }

  #waitFor(method: SlackCall['method'], channel: string): number {
    const now = this.#now().getTime();
    const asked = this.#notBefore.get(paceKey(method, channel)) ?? 0;
    return Math.max(asked - now, this.#pace.waitFor(method, channel, now), 0);
  }

  #now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  #slack(): webApi.WebClient {
    const settings = parseSettings(this.env);
    this.#client ??= new webApi.WebClient(
      settings.SLACK_BOT_TOKEN,
      webClientOptions(settings, CALL_TIMEOUT_MS),
    );
    return this.#client;
  }
}

/** chat.postMessage is limited by channel, the others for the whole workspace. */
function paceKey(method: SlackCall['method'], channel: string): string {
  return method === 'chat.postMessage' ? `${method} ${channel}` : method;
}

function callFor({ entry, posted }: LaneHead): SlackCall {
  const message: object = JSON.parse(entry.message);
  const quiet = { ...message, unfurl_links: false, unfurl_media: false };
  switch (entry.kind) {
    case 'card':
      if (posted)
        return { method: 'chat.update', arguments: { ...message, channel: posted.channel, ts: posted.ts } };
      return { method: 'chat.postMessage', arguments: { ...quiet, channel: entry.channel } };
    case 'reply':
      // Without a card (it was given up) the reply stands alone: it carries its reference.
      return {
        method: 'chat.postMessage',
        arguments: {
          ...quiet,
          channel: posted?.channel ?? entry.channel,
          ...(posted ? { thread_ts: posted.ts } : {}),
        },
      };
    case 'direct':
      return { method: 'chat.postMessage', arguments: { ...quiet, channel: entry.channel } };
    case 'ephemeral':
      return {
        method: 'chat.postEphemeral',
        arguments: { ...message, channel: entry.channel, user: entry.person },
      };
  }
}

function backoff(attempt: number): number {
  return Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt - 1, 20));
}

function errorOf(delivery: Delivery): string | undefined {
  return 'error' in delivery ? delivery.error : undefined;
}
