/**
 * The only one who posts to Slack; `index.ts` says what it composes and tells. A single Durable Object reads the outbox, keeps the order of each lane and Slack's
 * rates, and tries again until Slack says ok. It keeps nothing that matters: losing it costs at most a minute, until the
 * cron wakes it. A crash between a post and its note posts twice: the reference in the text makes that harmless.
 */
import { DurableObject } from 'cloudflare:workers';
import { webApi } from '@slack/bolt';
import * as v from 'valibot';
import { type Database, openDatabase } from '../lib/db.ts';
import { parseSettings } from '../lib/env.ts';
import { logError, logInfo, logWarning } from '../lib/log.ts';
import { callFor } from './calls.ts';
import {
  bury,
  dueHeads,
  forgetCard,
  isAnythingWaiting,
  type LaneHead,
  latestOfCard,
  nextDueAt,
  type OutboxRow,
  postpone,
  releasePostponed,
  settleSent,
  turnIntoDirect,
} from './courier-queue.ts';
import { type Delivery, deliver, type SlackCall } from './delivery.ts';
import type { Message } from './outbox.ts';
import { callKey, Pace } from './pace.ts';
import { LAST_BACKOFF_MS, SILENCE_MS, Trouble, type TroubleRecord } from './trouble.ts';
import { webClientOptions } from './web-client.ts';

/** What the Worker is bound to; the settings are read by `parseSettings`. */
export interface Bindings {
  DB: D1Database;
  COURIER: DurableObjectNamespace<SlackCourier>;
  FILES?: R2Bucket;
  EMAIL?: SendEmail;
  FAQ_INDEX?: D1Database;
  AI?: Ai;
  FAQ_VECTORS?: Vectorize;
}

/** Entries a run: 4 statements each at most, so that a run stays below the free plan's 50 queries. The alarm brings the next run at once. */
const ENTRIES_PER_RUN = 10;
/** A nudge waits so long for more of its kind: a storm of presses then costs some runs a second, not one each. */
const GATHER_MS = 25;
/** Workers allow six connections at a time. */
const AT_A_TIME = 5;
const CALL_TIMEOUT_MS = 5_000;
const RUN_AGAIN_AFTER_FAULT_MS = 10_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;
/** An ephemeral message answers a press: later than this nobody knows what it is about. */
const EPHEMERAL_LIVES_MS = 10 * 60_000;
const TROUBLE_KEY = 'trouble';
const AHEAD_KEY = 'ahead';
const CLOCK_TOLERANCE_MS = 1_000;

/** Whoever is told that Slack took nothing for a minute, or takes messages again, may ask to be called again soon: 1 s later. */
const CALL_AGAIN_MS = 1_000;

export abstract class SlackCourier extends DurableObject<Bindings> {
  readonly #db: Database = openDatabase(this.env.DB);
  readonly #pace = new Pace();
  #client: webApi.WebClient | undefined;
  #run: Promise<void> | undefined;
  /** How far the cron's scheduled time was ahead of this machine's clock; unknown before the first run. */
  #aheadMs: number | undefined;
  /** When something is due that was stored while a run was under way, which may have looked before. */
  #nudgedFor: number | undefined;

  /** What a card that is composed when it is sent says now; undefined when there is nothing to show any more. */
  protected abstract compose(what: string, now: Date): Promise<Message | undefined>;

  /**
   * Slack has taken nothing for a minute, though asked to. Called with each run while that lasts.
   * @returns whether there is more to do at once than one run may
   */
  protected abstract whileSilent(since: Date, now: Date): Promise<boolean>;

  /**
   * Only one place fails, which may be its own trouble: stores something harmless for another one, whose answer tells.
   * @param hasFailed whether a channel is the one
   * @returns whether there is another place
   */
  protected abstract askElsewhere(hasFailed: (channel: string) => boolean, now: Date): Promise<boolean>;

  /** Slack takes messages again after such a silence. */
  protected abstract afterSilence(now: Date): Promise<void>;

  /** A part of the cron's work, in an invocation of its own; asked of objects that deliver nothing. */
  abstract runJobs(part: string, scheduledTime: number): Promise<void>;

  /** There is something to deliver: called after each batch with outbox entries. @param afterMs when the first of them is due */
  async nudge(afterMs = 0): Promise<void> {
    const soon = Date.now() + Math.max(GATHER_MS, afterMs);
    this.#nudgedFor = Math.min(soon, this.#nudgedFor ?? soon);
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > soon) await this.ctx.storage.setAlarm(soon);
  }

  /** Delivers what is due at `scheduledTime` (the cron's), one run; the alarm goes on. */
  async deliverAsOf(scheduledTime: number): Promise<void> {
    const aheadMs = Math.max(0, scheduledTime - Date.now());
    // Zero but for trials with a clock that runs ahead; kept, since what was put off by that clock is due by it.
    if (Math.abs(aheadMs - (await this.#recallAhead())) > CLOCK_TOLERANCE_MS)
      await this.ctx.storage.put(AHEAD_KEY, aheadMs);
    this.#aheadMs = aheadMs;
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
    this.#nudgedFor = undefined;
    this.#aheadMs ??= await this.#recallAhead();
    const trouble = await this.#recallTrouble();
    const before = JSON.stringify(trouble.record);
    const wasSilent = trouble.isSilentAt(this.#now().getTime());
    // In an outage everything was put off; the probe takes what is due next all the same.
    const [limit, aheadMs] = trouble.isOutage ? [1, LAST_BACKOFF_MS] : [ENTRIES_PER_RUN, 0];
    let left = limit;
    while (left > 0) {
      const asOf = new Date(this.#now().getTime() + aheadMs);
      const heads = await dueHeads(this.#db, asOf, this.#held(trouble).keys(), left);
      const ready = heads.filter((head) => this.#takePace(callFor(head)));
      if (ready.length === 0) break;
      left -= ready.length;
      for (let i = 0; i < ready.length; i += AT_A_TIME) {
        await Promise.all(ready.slice(i, i + AT_A_TIME).map((head) => this.#deliverOne(head, trouble)));
      }
      if (trouble.isOutage) break;
    }
    const isMore = await this.#tellOfSilence(trouble, wasSilent);
    await this.#planNextRun(trouble, left === 0 && !trouble.isOutage, isMore);
    if (JSON.stringify(trouble.record) !== before) await this.ctx.storage.put(TROUBLE_KEY, trouble.record);
  }

  /** A fault there must not hold up the deliveries. */
  async #tellOfSilence(trouble: Trouble, wasSilent: boolean): Promise<boolean> {
    const now = this.#now();
    const since = trouble.silentSince;
    try {
      if (since !== undefined && trouble.isSilentAt(now.getTime()))
        return (await this.#isAskedElsewhere(trouble, now)) || (await this.whileSilent(new Date(since), now));
      if (since === undefined && wasSilent) await this.afterSilence(now);
    } catch (error) {
      logError('courier.silence_not_told', error);
    }
    return false;
  }

  /** Whether another place than the only one that fails is being asked: one bad channel is no silence of Slack's. */
  async #isAskedElsewhere(trouble: Trouble, now: Date): Promise<boolean> {
    if (!trouble.isOnePlace) return false;
    const elsewhere = trouble.elsewhereAt(now.getTime());
    if (elsewhere !== 'not-asked') return elsewhere === 'waiting';
    trouble.noteAskedElsewhere(now.getTime());
    return this.askElsewhere((channel) => trouble.hasFailed(channel), now);
  }

  /** `isFull`: the run ended because it had done its share, not because nothing was left. */
  async #planNextRun(trouble: Trouble, isFull: boolean, isMore: boolean): Promise<void> {
    const now = this.#now().getTime();
    const held = this.#held(trouble);
    const next = await nextDueAt(this.#db, held.keys());
    let wait = next ? Math.max(0, next.getTime() - now) : Number.POSITIVE_INFINITY;
    if (held.size > 0 && (await isAnythingWaiting(this.#db)))
      wait = Math.min(wait, Math.min(...held.values()) - now);
    if (trouble.isOutage && Number.isFinite(wait)) {
      const { atLeast, atMost } = trouble.nextProbe();
      wait = Math.max(atLeast, Math.min(wait, atMost));
    }
    const silentAt = (trouble.silentSince ?? Number.POSITIVE_INFINITY) + SILENCE_MS;
    if (silentAt > now) wait = Math.min(wait, silentAt - now);
    if (isMore) wait = Math.min(wait, CALL_AGAIN_MS);
    if (isFull) wait = Math.min(wait, GATHER_MS);
    if (this.#nudgedFor !== undefined) wait = Math.min(wait, Math.max(0, this.#nudgedFor - Date.now()));
    if (Number.isFinite(wait)) await this.ctx.storage.setAlarm(Date.now() + wait);
  }

  async #deliverOne({ entry, posted }: LaneHead, trouble: Trouble): Promise<void> {
    const newest =
      entry.kind === 'card' && entry.slot !== null
        ? ((await latestOfCard(this.#db, entry.slot)) ?? entry)
        : entry;
    const composed = await this.#composed(newest);
    if (!composed) return this.#giveUp(newest, 'nothing-to-show', this.#now());
    const call = callFor({ entry: composed, posted });
    const delivery = await deliver(this.#slack(), call);
    logInfo('courier.delivery', {
      entry: newest.id,
      kind: entry.kind,
      outcome: delivery.outcome,
      error: errorOf(delivery),
    });
    await this.#settle({ sent: newest, head: entry, call, delivery, trouble });
  }

  /** The entry with what it says: of a card that is composed now, what it says now. Entries stored from here on follow with the next update. */
  async #composed(entry: OutboxRow): Promise<OutboxRow | undefined> {
    const { output, success } = v.safeParse(ComposedMessage, JSON.parse(entry.message));
    if (!success) return entry;
    const message = await this.compose(output.compose, this.#now());
    return message && { ...entry, message: JSON.stringify(message) };
  }

  async #settle({ sent, head, call, delivery, trouble }: Delivered): Promise<void> {
    const now = this.#now();
    const { channel } = call.arguments;
    switch (delivery.outcome) {
      case 'sent':
        if (trouble.noteSuccess(channel)) await releasePostponed(this.#db, now);
        return settleSent(this.#db, sent, delivery.place, now);
      case 'card-gone':
        return forgetCard(this.#db, head.slot ?? '');
      case 'impossible':
        if (head.kind === 'ephemeral') return turnIntoDirect(this.#db, head, now);
        return this.#giveUp(sent, `impossible:${delivery.error}`, now);
      case 'rate-limited': {
        const until = now.getTime() + delivery.retryAfterSeconds * 1000;
        trouble.noteAskedToWait(callKey(call.method, channel), until, now.getTime());
        return this.#tryLater(head, 'rate-limited', until, now);
      }
      case 'outage':
        return this.#tryLater(
          head,
          `outage:${delivery.error}`,
          now.getTime() + trouble.noteFailure(channel, now.getTime()),
          now,
        );
      case 'refused':
        if (head.kind === 'ephemeral') return turnIntoDirect(this.#db, head, now);
        return this.#tryLater(
          head,
          `refused:${delivery.error}`,
          now.getTime() + trouble.noteRefusal(channel, now.getTime()),
          now,
        );
    }
  }

  async #tryLater(entry: OutboxRow, error: string, at: number, now: Date): Promise<void> {
    const [since, lives] =
      entry.kind === 'ephemeral'
        ? [entry.createdAt, EPHEMERAL_LIVES_MS]
        : [entry.firstTriedAt ?? now, GIVE_UP_AFTER_MS];
    if (now.getTime() - since.getTime() >= lives) await this.#giveUp(entry, error, now);
    else await postpone(this.#db, entry, error, new Date(at), now);
  }

  async #giveUp(entry: OutboxRow, error: string, now: Date): Promise<void> {
    logWarning('courier.gave_up', { entry: entry.id, error });
    await bury(this.#db, entry, error, now);
  }

  async #recallAhead(): Promise<number> {
    return (await this.ctx.storage.get<number>(AHEAD_KEY)) ?? 0;
  }

  /** Read anew for each run: the object's memory may be gone or, after a restore, wrong; its storage keeps what is read. */
  async #recallTrouble(): Promise<Trouble> {
    return new Trouble(await this.ctx.storage.get<TroubleRecord>(TROUBLE_KEY));
  }

  /** Everything that is left alone now, by Slack's rates or for its troubles, with until when. */
  #held(trouble: Trouble): Map<string, number> {
    const now = this.#now().getTime();
    return new Map([...this.#pace.heldAt(now), ...trouble.heldAt(now)]);
  }

  /** Counts the call if Slack's rates allow it now. */
  #takePace({ method, arguments: { channel } }: SlackCall): boolean {
    const now = this.#now().getTime();
    if (this.#pace.waitFor(method, channel, now) > 0) return false;
    this.#pace.take(method, channel, now);
    return true;
  }

  #now(): Date {
    return new Date(Date.now() + (this.#aheadMs ?? 0));
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

/** One delivery, with what has to be known to settle it. */
interface Delivered {
  /** What was sent: of a card its latest version. */
  sent: OutboxRow;
  /** The lane's head, which is waited for. */
  head: OutboxRow;
  call: SlackCall;
  delivery: Delivery;
  trouble: Trouble;
}

/** A card's entry that says by what it is to be composed. */
const ComposedMessage = v.object({ compose: v.string() });

function errorOf(delivery: Delivery): string | undefined {
  return 'error' in delivery ? delivery.error : undefined;
}
