/**
 * The Worker that the product is measured against: Hono, Slack's signature, the form, and the same work in D1 written by
 * hand, encryption included. No Bolt, no drizzle, no checks of the input, no audit hash, no courier.
 */
import { type Context, Hono } from 'hono';
import { readGate, type SampleRows, storeConsultation } from './bare-statements.ts';

interface BareBindings {
  SLACK_SIGNING_SECRET: string;
  /** Answer of the product to `/kikan ヘルプ`, so that both send the same bytes. */
  HELP_ANSWER: unknown;
  /** What the product stored for one consultation. */
  SAMPLE_ROWS: SampleRows;
  DB: D1Database;
}
type BareContext = Context<{ Bindings: BareBindings }>;

/** Slack's own limit for the age of a request. */
const TOLERANCE_SECONDS = 5 * 60;

let signingKey: Promise<CryptoKey> | undefined;

const app = new Hono<{ Bindings: BareBindings }>();

app.post('/slack/events', async (c) => {
  const rawBody = await c.req.text();
  if (!(await isFromSlack(c, rawBody))) return c.body(null, 401);
  if (c.req.header('content-type') === 'application/json') {
    const event = JSON.parse(rawBody);
    return c.body(null, event.type === 'event_callback' ? 200 : 400);
  }
  const form = new URLSearchParams(rawBody);
  const payload = form.get('payload');
  if (payload === null) return answerHelp(c, form.get('user_id') ?? '');
  const { view, user } = JSON.parse(payload);
  await readGate(c.env.DB, user.id);
  await storeConsultation(c.env.DB, c.env.SAMPLE_ROWS, `${user.id}/${view.id}`);
  return c.body(null, 200);
});

export default app;

async function answerHelp(c: BareContext, slackUserId: string): Promise<Response> {
  const person = await readGate(c.env.DB, slackUserId);
  return person ? Response.json(c.env.HELP_ANSWER) : c.body(null, 403);
}

async function isFromSlack(c: BareContext, rawBody: string): Promise<boolean> {
  const timestamp = c.req.header('x-slack-request-timestamp') ?? '';
  const signature = c.req.header('x-slack-signature') ?? '';
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  signingKey ??= crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(c.env.SLACK_SIGNING_SECRET),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const expected = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1) expected[i] = Number.parseInt(signature.slice(3 + i * 2, 5 + i * 2), 16);
  const signed = new TextEncoder().encode(`v0:${timestamp}:${rawBody}`);
  return crypto.subtle.verify('HMAC', await signingKey, expected, signed);
}
