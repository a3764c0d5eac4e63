/** The Worker's entry: mounts every feature. */
import { Hono } from 'hono';
import { DEFAULT_DEADLINES } from './features/consultation/reminding/rules.ts';
import { consultationInSlack } from './features/consultation/slack.ts';
import { templateSettings } from './features/consultation/templates/slack.ts';
import { absenceSection } from './features/directory/absence/slack.ts';
import { deadlinesSection } from './features/directory/deadlines/slack.ts';
import { dutySection } from './features/directory/duty/slack.ts';
import { createGate } from './features/directory/gate.ts';
import { overviewSection } from './features/directory/overview/slack.ts';
import { settingsInSlack } from './features/directory/settings/slack.ts';
import { openDatabase } from './lib/db.ts';
import { parseSettings, type Settings, SettingsError } from './lib/env.ts';
import { logError } from './lib/log.ts';
import { runDueJobs } from './schedule.ts';
import { buildSlackApp } from './slack/app.ts';
import type { Bindings } from './slack/courier.ts';
import { ignoreChatter, mountFeatures } from './slack/mount.ts';
import { readBacklog } from './slack/outbox.ts';
import type { WorkersReceiver } from './slack/receiver.ts';
import type { Scope } from './slack/scope.ts';
import { slackText } from './slack/text.ts';

export { Courier } from './slack/courier.ts';

/** What an isolate builds once, at its first request: timers, random values and database calls are not allowed earlier. */
interface House {
  settings: Settings;
  receiver: WorkersReceiver;
}

let house: House | undefined;

function buildHouse(env: Bindings): House {
  const settings = parseSettings(env);
  const receiver = buildSlackApp(settings, (app) => {
    app.use(ignoreChatter);
    app.use(createGate());
    mountFeatures(app, [
      ...consultationInSlack,
      settingsInSlack([
        absenceSection,
        dutySection,
        templateSettings,
        deadlinesSection(DEFAULT_DEADLINES),
        overviewSection,
      ]),
    ]);
  });
  return { settings, receiver };
}

/** The house of this isolate. While settings are wrong, every request finds that out anew and is refused. */
function enter(env: Bindings): House {
  house ??= buildHouse(env);
  return house;
}

function scopeOf(
  { settings }: House,
  env: Bindings,
  now: Date,
  later: (work: Promise<unknown>) => void,
): Scope {
  return {
    settings,
    db: openDatabase(env.DB),
    now,
    wakeCourier: () => later(nudgeCourier(env)),
  };
}

/** The outbox is stored already: should the nudge fail, the cron delivers within a minute. */
async function nudgeCourier(env: Bindings): Promise<void> {
  try {
    await env.COURIER.getByName('courier').nudge();
  } catch (error) {
    logError('courier.not_woken', error);
  }
}

const app = new Hono<{ Bindings: Bindings }>();

app.post('/slack/events', async (c) => {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const opened = enter(c.env);
  return opened.receiver.handle(c.req.raw, scopeOf(opened, c.env, new Date(), later), later);
});

app.get('/healthz', async (c) => {
  enter(c.env);
  const outbox = await readBacklog(openDatabase(c.env.DB), new Date());
  return c.json({ ok: true, db: 'ok', outbox });
});

app.notFound((c) => c.text(slackText.noPage, 404));

app.onError((error, c) => {
  if (error instanceof SettingsError) {
    logError('settings.refused', error, { settings: error.faults.map(({ setting }) => setting).join('/') });
    return c.json({ ok: false, settings: error.faults }, 503);
  }
  logError('request.failed', error);
  return c.json({ ok: false, ...(c.req.path === '/healthz' ? { db: 'failed' } : {}) }, 503);
});

export default {
  fetch: app.fetch,

  async scheduled(controller, env, ctx) {
    const now = new Date(controller.scheduledTime);
    const scope = scopeOf(enter(env), env, now, (work) => ctx.waitUntil(work));
    try {
      await env.COURIER.getByName('courier').deliverAsOf(controller.scheduledTime);
    } catch (error) {
      logError('courier.failed', error);
    }
    await runDueJobs(scope);
  },
} satisfies ExportedHandler<Bindings>;
