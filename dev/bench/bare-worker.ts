/**
 * The Worker that the product is measured against: Hono, Slack's signature, the form, and the same work in D1 written by
 * hand, encryption included. No Bolt, no drizzle, no checks of the input, no audit hash, no courier.
 */
import { type Context, Hono } from 'hono';
import { isSigned } from './bare-signature.ts';
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

const app = new Hono<{ Bindings: BareBindings }>();

app.post('/slack/events', async (c) => {
  const rawBody = await c.req.text();
  if (!(await isSigned(c.req.raw, rawBody, c.env.SLACK_SIGNING_SECRET))) return c.body(null, 401);
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
