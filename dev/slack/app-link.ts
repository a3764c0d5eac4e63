/** Carries signed requests to the app, waits as long as Slack does, and notes what came back. */
import { sleep } from './clock.ts';
import { parseJson } from './json.ts';
import { signBody } from './signature.ts';
import type { World } from './world.ts';

export interface Ack {
  status: number | 'no answer';
  /** How long the app took. */
  ms: number;
  /** The raw body of the answer. */
  ackBody: string;
  contentType: string;
  /** Why there is no answer. */
  failure?: 'timeout' | 'connection_failed';
  /** The app asked not to be sent this again. */
  noRetry?: boolean;
}

/** What to send: `what` names it in the traffic log, `logged` is what the log shows. */
export interface Outgoing {
  what: string;
  body: string;
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
  logged: unknown;
  headers?: Record<string, string>;
}

export class AppLink {
  readonly #world: World;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Signs and sends; never rejects. */
  send(outgoing: Outgoing): Promise<Ack> {
    return this.track(this.#send(outgoing));
  }

  /** Counts a promise as work under way until it settles. */
  track<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay.add(work);
    const done = () => this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  /** Resolves when nothing is under way to the app. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  async #send({ what, body, contentType, logged, headers = {} }: Outgoing): Promise<Ack> {
    const { appUrl, signingSecret, deliver, ackTimeoutMs } = this.#world.settings;
    const entry = this.#world.traffic.begin('to-app', what, logged);
    const timestamp = this.#world.clock.seconds();
    const request = new Request(appUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': await signBody(signingSecret, timestamp, body),
        ...headers,
      },
    });
    const startedAt = performance.now();
    const outcome = await withinTime(deliverAll(deliver, request), ackTimeoutMs);
    const ms = Math.round(performance.now() - startedAt);
    const ack: Ack =
      'failure' in outcome
        ? { status: 'no answer', ms, ackBody: '', contentType: '', failure: outcome.failure }
        : { ...outcome, ms };
    this.#world.traffic.end(entry, ack.status, parseJson(ack.ackBody) ?? ack.ackBody);
    return ack;
  }
}

type Outcome = Omit<Ack, 'ms'> | { failure: 'timeout' | 'connection_failed' };

async function deliverAll(
  deliver: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Outcome> {
  try {
    const answer = await deliver(request);
    return {
      status: answer.status,
      ackBody: await answer.text(),
      contentType: answer.headers.get('content-type') ?? '',
      noRetry: answer.headers.get('x-slack-no-retry') === '1',
    };
  } catch {
    return { failure: 'connection_failed' };
  }
}

async function withinTime(work: Promise<Outcome>, ms: number): Promise<Outcome> {
  const stop = new AbortController();
  const tooLate = sleep(ms, stop.signal).then((): Outcome => ({ failure: 'timeout' }));
  const outcome = await Promise.race([work, tooLate]);
  stop.abort();
  return outcome;
}

/** Whether the app answered with success. */
export function isSuccess(ack: Ack): boolean {
  return typeof ack.status === 'number' && ack.status >= 200 && ack.status < 300;
}
