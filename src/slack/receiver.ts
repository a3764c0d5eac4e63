/**
 * Bolt's receiver for Workers: verifies, parses and hands a request to the App. `ack` becomes the HTTP response, what
 * the listeners do afterwards goes on in `waitUntil`.
 */
import type { AckFn, App, Receiver } from '@slack/bolt';
import * as v from 'valibot';
import { logError, logWarning } from '../lib/log.ts';
import { isRecord } from '../lib/record.ts';
import type { Scope } from './scope.ts';
import { importSigningSecret, isFromSlack } from './signature.ts';

/** Slack's largest payloads (a modal of 100 inputs with 3,000 characters) stay well below. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Slack stops waiting after 3 s and tells the person so itself; what was begun goes on. */
const ACK_DEADLINE_MS = 3_000;
/** Of a press nothing is answered but that it came: where thousands press in the same minute, that is said while the work goes on. */
const PRESS_ACK_MS = 400;

/** A payload that Bolt can route: a command, an interaction or an event. Only what is named is looked at; the rest is Slack's. */
const InboundSchema = v.union([
  v.object({ command: v.string(), user_id: v.string() }),
  v.object({ type: v.literal('event_callback'), event: v.object({ type: v.string() }) }),
  v.object({ type: v.string(), user: v.object({ id: v.string() }) }),
]);

export class WorkersReceiver implements Receiver {
  readonly #signingSecret: string;
  #signingKey: Promise<CryptoKey> | undefined;
  #app: App | undefined;

  constructor(signingSecret: string) {
    this.#signingSecret = signingSecret;
  }

  init(app: App): void {
    this.#app = app;
  }

  /** Bolt asks for these; a Worker has nothing to start or stop. */
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Answers `POST /slack/events`. `later` is the request's `waitUntil`. */
  async handle(request: Request, scope: Scope, later: (work: Promise<unknown>) => void): Promise<Response> {
    const rawBody = await readAtMost(request, MAX_BODY_BYTES);
    if (rawBody === undefined) return refuse(413, 'too-large');
    this.#signingKey ??= importSigningSecret(this.#signingSecret);
    if (!(await isFromSlack(await this.#signingKey, request.headers, rawBody, scope.now)))
      return refuse(401, 'not-signed');
    const body = parseBody(rawBody, request.headers.get('content-type') ?? '');
    if (!body) return refuse(400, 'malformed');
    if (body.ssl_check !== undefined) return new Response(null, { status: 200 });
    if (body.type === 'url_verification' && typeof body.challenge === 'string')
      return Response.json({ challenge: body.challenge });
    if (!v.is(InboundSchema, body)) return refuse(400, 'malformed');
    return this.#process(body, request.headers, scope, later);
  }

  async #process(
    body: Record<string, unknown>,
    headers: Headers,
    scope: Scope,
    later: (work: Promise<unknown>) => void,
  ): Promise<Response> {
    const app = this.#app;
    if (!app) throw new Error('the receiver belongs to no App');
    const { promise: answered, resolve: answer } = Promise.withResolvers<Response>();
    const ack: AckFn<unknown> = async (value) => answer(toResponse(value));
    const retryNum = Number(headers.get('x-slack-retry-num') ?? 0);
    const work = app
      .processEvent({
        body,
        ack,
        retryNum,
        retryReason: headers.get('x-slack-retry-reason') ?? '',
        customProperties: { scope },
      })
      .then(
        // No listener wanted it: an event that we are not interested in.
        () => answer(new Response(null, { status: 200 })),
        (error: unknown) => {
          logError('slack.listener_failed', error);
          answer(new Response(null, { status: 500 }));
        },
      );
    later(work);
    const inTime =
      body.type === 'block_actions'
        ? setTimeout(() => answer(new Response(null, { status: 200 })), PRESS_ACK_MS)
        : undefined;
    const response = await answered;
    clearTimeout(inTime);
    if (Date.now() - scope.now.getTime() > ACK_DEADLINE_MS) logWarning('slack.ack_too_late');
    return response;
  }
}

/**
 * The body as text, or undefined when it is longer than `limit` bytes. A body that comes with its length is read in one go
 * (a third less CPU time a request); HTTP holds it to that length. One without is counted as it comes.
 */
async function readAtMost(request: Request, limit: number): Promise<string | undefined> {
  const length = request.headers.get('content-length');
  if (length !== null)
    return Number(length) > limit ? undefined : new TextDecoder().decode(await request.arrayBuffer());
  const decoder = new TextDecoder();
  let received = 0;
  let text = '';
  for await (const chunk of request.body ?? []) {
    received += chunk.byteLength;
    if (received > limit) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseBody(rawBody: string, contentType: string): Record<string, unknown> | undefined {
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return parseJson(rawBody);
  const form = new URLSearchParams(rawBody);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // Not JSON: answered with 400.
    return undefined;
  }
}

function toResponse(value: unknown): Response {
  if (value === undefined || value === null || value === '') return new Response(null, { status: 200 });
  return typeof value === 'string' ? new Response(value) : Response.json(value);
}

function refuse(status: number, reason: string): Response {
  logWarning('slack.request_refused', { status, reason });
  return new Response(null, { status });
}
