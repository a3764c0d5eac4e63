/** What a tap of 無事 is measured against: Hono, Slack's signature, the form, who the person is, and one row in D1. */
import { Hono } from 'hono';
import { isSigned } from './bare-signature.ts';
import { readGate } from './bare-statements.ts';

interface BareBindings {
  SLACK_SIGNING_SECRET: string;
  DB: D1Database;
}

const app = new Hono<{ Bindings: BareBindings }>();

app.post('/slack/events', async (c) => {
  const rawBody = await c.req.text();
  if (!(await isSigned(c.req.raw, rawBody, c.env.SLACK_SIGNING_SECRET))) return c.body(null, 401);
  const { user, actions } = JSON.parse(new URLSearchParams(rawBody).get('payload') ?? '');
  const [action] = actions;
  if (!(await readGate(c.env.DB, user.id))) return c.body(null, 403);
  await c.env.DB.prepare(
    `INSERT INTO roll_call_notice (roll_call_id, what, recipient, at) VALUES (?, 'tap', ?, ?) ON CONFLICT DO NOTHING`,
  )
    .bind(action.value, user.id, Date.now())
    .run();
  return c.body(null, 200);
});

export default app;
