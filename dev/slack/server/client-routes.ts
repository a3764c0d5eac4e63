/** What the browser page asks for, as client-api.ts lays down. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Act, Faults } from '../client-api.ts';
import type { Workspace } from '../workspace.ts';

/** Changes within this time are told once. */
const QUIET_MS = 30;

const values = v.record(v.string(), v.unknown());
const state = v.record(v.string(), v.record(v.string(), values));
const id = v.string();
const threadTs = v.exactOptional(v.string());
const control = { user: id, blockId: id, actionId: id, value: values };

const actSchema: v.GenericSchema<unknown, Act> = v.variant('act', [
  v.object({
    act: v.literal('say'),
    user: id,
    channel: id,
    text: v.string(),
    threadTs,
    isBroadcast: v.exactOptional(v.boolean()),
  }),
  v.object({ act: v.literal('edit'), user: id, channel: id, ts: id, text: v.string() }),
  v.object({ act: v.literal('delete'), user: id, channel: id, ts: id }),
  v.object({ act: v.literal('slash'), user: id, channel: id, command: id, text: v.string(), threadTs }),
  v.object({ act: v.literal('message-action'), channel: id, ts: id, ...control }),
  v.object({ act: v.literal('view-action'), viewId: id, state, ...control }),
  v.object({ act: v.literal('home-action'), state: v.exactOptional(state), ...control }),
  v.object({ act: v.literal('view-submit'), user: id, viewId: id, state }),
  v.object({ act: v.literal('view-close'), user: id, viewId: id }),
  v.object({ act: v.literal('open-home'), user: id }),
  v.object({ act: v.literal('read'), user: id, channel: id, threadTs }),
]);

const faultsSchema: v.GenericSchema<unknown, Faults> = v.object({
  faults: v.array(
    v.object({
      method: v.string(),
      kind: v.picklist(['rate-limited', 'server-error', 'hang', 'drop-after-accept']),
      retryAfterSeconds: v.exactOptional(v.number()),
      times: v.exactOptional(v.number()),
    }),
  ),
  enforceRates: v.boolean(),
});

const optionsSchema = v.object({
  user: id,
  viewId: v.exactOptional(id),
  channel: v.exactOptional(id),
  ts: v.exactOptional(id),
  blockId: id,
  actionId: id,
  value: v.string(),
});

/** Routes under `/client`. */
export function clientRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.onError((error, c) => {
    if (error instanceof v.ValiError || error instanceof SyntaxError)
      return c.json({ error: error.message }, 400);
    console.error('local Slack:', error);
    return c.json({ error: 'internal_error' }, 500);
  });
  routes.get('/people', (c) => c.json(workspace.people));
  routes.get('/snapshot', (c) => {
    const snapshot = workspace.snapshot(c.req.query('user') ?? '');
    return snapshot ? c.json(snapshot) : c.json({ error: 'user_not_found' }, 404);
  });
  routes.get('/messages', (c) => {
    const { user = '', channel = '', thread } = c.req.query();
    return c.json(workspace.messagesFor(user, channel, thread));
  });
  routes.get('/traffic', (c) => {
    const after = Number(c.req.query('after') ?? 0);
    return c.json(workspace.traffic.filter((entry) => entry.seq > after));
  });
  routes.get('/stream', (c) => changeStream(workspace, c.req.raw.signal));
  routes.post('/act', async (c) => c.json(await workspace.act(v.parse(actSchema, await c.req.json()))));
  routes.post('/options', async (c) =>
    c.json(await workspace.options(v.parse(optionsSchema, await c.req.json()))),
  );
  routes.get('/faults', (c) => c.json(workspace.faults));
  routes.post('/faults', async (c) => {
    workspace.faults = v.parse(faultsSchema, await c.req.json());
    return c.json(workspace.faults);
  });
  return routes;
}

/** Server-sent events: the version, at once and after every change. */
function changeStream(workspace: Workspace, gone: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = () => {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify({ version: workspace.version })}\n\n`));
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const unsubscribe = workspace.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined;
          tell();
        }, QUIET_MS);
      });
      stop = () => {
        clearTimeout(timer);
        unsubscribe();
      };
      gone.addEventListener('abort', () => stop());
      tell();
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}
