/** The Worker's entry: mounts every feature. */
import { webApi } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import { incidentPages } from './features/consultation/access-log/incident/routes.tsx';
import { logPages } from './features/consultation/access-log/routes.tsx';
import { disclosurePages } from './features/consultation/disclosure/export/routes.tsx';
import { requestPages } from './features/consultation/disclosure/routes.tsx';
import { filePages } from './features/consultation/files/routes.tsx';
import { casePresses } from './features/consultation/pages/leading.ts';
import { navigationOf } from './features/consultation/pages/navigation.ts';
import { consultationPages } from './features/consultation/pages/routes.tsx';
import { emergencyPages } from './features/consultation/purpose/emergency/routes.tsx';
import { beginReading } from './features/consultation/reading/mutations.ts';
import { retentionPages } from './features/consultation/retention/routes.tsx';
import { openSendForm } from './features/consultation/sending/slack.ts';
import { consultationInSlack, formOperations } from './features/consultation/slack.ts';
import { reportVaultFault } from './features/directory/alarms/mutations.ts';
import { cityFilePages } from './features/directory/city-file/routes.tsx';
import { findCity, listNames } from './features/directory/data.ts';
import { createGate } from './features/directory/gate.ts';
import { contextOfPage, createPageGate, mayEnterPages } from './features/directory/page-gate.ts';
import { peopleForms } from './features/directory/people/forms.ts';
import { peoplePages } from './features/directory/people/routes.tsx';
import { settingsPages } from './features/directory/settings/routes.tsx';
import { settingsInSlack } from './features/directory/settings/slack.ts';
import { FAQ_SEARCH_PATH } from './features/faq/api/paths.ts';
import { answerFaqSearch } from './features/faq/api/routes.ts';
import { entryPresses } from './features/faq/asking/leading.ts';
import { faqNavigation } from './features/faq/asking/navigation.ts';
import { askingPages } from './features/faq/asking/routes.tsx';
import { similarAnswers } from './features/faq/asking/similar.ts';
import { askingInSlack } from './features/faq/asking/slack.ts';
import { deskPages } from './features/faq/desk/routes.tsx';
import { deskInSlack } from './features/faq/desk/slack.ts';
import { draftingLinks, draftingPages } from './features/faq/drafting/routes.tsx';
import { draftingSection } from './features/faq/drafting/section.tsx';
import { duplicatePages } from './features/faq/duplicates/routes.tsx';
import { decidingPages } from './features/faq/editing/deciding/routes.tsx';
import { endingPages } from './features/faq/editing/ending/routes.tsx';
import { historyPages } from './features/faq/editing/history/routes.tsx';
import { editingPages } from './features/faq/editing/routes.tsx';
import { cityFaq } from './features/faq/exchange/city-file.ts';
import { exchangePages } from './features/faq/exchange/routes.tsx';
import { figurePages } from './features/faq/figures/routes.tsx';
import { questionPages } from './features/faq/questions/routes.tsx';
import { questionsSection } from './features/faq/questions/section.tsx';
import { synonymPages } from './features/faq/synonyms/routes.tsx';
import { attendancePages } from './features/meeting/attendance/routes.tsx';
import { answerFeed } from './features/meeting/calendar/feed.ts';
import { FEED_PATH } from './features/meeting/calendar/paths.ts';
import { calendarPages } from './features/meeting/calendar/routes.tsx';
import { issuePages } from './features/meeting/issues/routes.tsx';
import { kindPages } from './features/meeting/kinds/routes.tsx';
import { minutesPages } from './features/meeting/minutes/routes.tsx';
import { meetingNavigation } from './features/meeting/pages/navigation.ts';
import { meetingPages } from './features/meeting/pages/routes.tsx';
import { planPages } from './features/meeting/planning/routes.tsx';
import { promisePages } from './features/meeting/promises/routes.tsx';
import { searchPages } from './features/meeting/search/routes.tsx';
import { meetingInSlack } from './features/meeting/slack.ts';
import { trainingPages } from './features/meeting/training/routes.tsx';
import { composeBoard } from './features/roll-call/board/composing.ts';
import { boardPages } from './features/roll-call/board/routes.tsx';
import { reportPages } from './features/roll-call/figures/routes.tsx';
import { lessonPages } from './features/roll-call/lessons/routes.tsx';
import { cardMakingPages } from './features/roll-call/links/card/making.tsx';
import { safetyPages } from './features/roll-call/links/routes.tsx';
import { noteSlackIsBack, reachWithoutSlack, sendCardAgain } from './features/roll-call/outage/mutations.ts';
import { rollCallNavigation } from './features/roll-call/pages/navigation.ts';
import { rollCallPages } from './features/roll-call/pages/routes.tsx';
import { SAFETY_PATH } from './features/roll-call/paths.ts';
import { priorityPages } from './features/roll-call/priority/routes.tsx';
import { rollCallInSlack } from './features/roll-call/slack.ts';
import { openDatabase } from './lib/db.ts';
import { parseSettings, type Settings, SettingsError } from './lib/env.ts';
import { logError } from './lib/log.ts';
import { PARTS, type Part, runDueJobs } from './schedule.ts';
import { SETTINGS_SECTIONS } from './settings-sections.ts';
import { buildSlackApp, type FaultReader, type SlackApp } from './slack/app.ts';
import { type Bindings, SlackCourier } from './slack/courier.ts';
import type { SlackFeature } from './slack/feature.ts';
import { ignoreChatter, mountFeatures } from './slack/mount.ts';
import { type Message, readBacklog } from './slack/outbox.ts';
import type { WorkersReceiver } from './slack/receiver.ts';
import type { Origin, Scope } from './slack/scope.ts';
import { INTERACTIVE_TIMEOUT_MS, webClientOptions } from './slack/web-client.ts';
import { showFault } from './web/faults.tsx';
import { createModalHost } from './web/modal/host.tsx';
import { joinLeading } from './web/modal/leading.ts';
import type { PageEnv } from './web/page-env.ts';
import { createPages } from './web/pages.ts';
import type { Session } from './web/sessions.ts';

/** The courier, with what features compose at the last moment and what they do when Slack is not reached. */
export class Courier extends SlackCourier {
  /** Ends with the last job asked for. */
  #jobs: Promise<void> = Promise.resolve();

  protected override compose(what: string, now: Date): Promise<Message | undefined> {
    return composeBoard(this.#scopeAt(now), what);
  }

  protected override whileSilent(since: Date, now: Date): Promise<boolean> {
    return reachWithoutSlack(this.#scopeAt(now), since);
  }

  protected override askElsewhere(hasFailed: (channel: string) => boolean, now: Date): Promise<boolean> {
    return sendCardAgain(this.#scopeAt(now), hasFailed);
  }

  protected override afterSilence(now: Date): Promise<void> {
    return noteSlackIsBack(this.#scopeAt(now));
  }

  /** One after the other: what a job has read must not be overtaken by what it read of an earlier state. */
  override runJobs(part: string, scheduledTime: number): Promise<void> {
    const run = this.#jobs.then(() => this.#runJobs(part, scheduledTime));
    this.#jobs = run.catch(() => undefined);
    return run;
  }

  async #runJobs(part: string, scheduledTime: number): Promise<void> {
    const later: Promise<unknown>[] = [];
    const now = new Date(scheduledTime);
    const scope = scopeOf(enter(this.env), this.env, now, (work) => void later.push(work), 'job');
    await runDueJobs(
      // The run that a job of the indexer asks for begins when this one has ended: it must not wait for it.
      { ...scope, wakeIndexer: () => this.ctx.waitUntil(wakeIndexer(this.env, now)) },
      PARTS.filter((each) => each === part),
    );
    await Promise.all(later);
  }

  #scopeAt(now: Date): Scope {
    return scopeOf(enter(this.env), this.env, now, () => void this.ctx.waitUntil(this.nudge()), 'job');
  }
}

/** What an isolate builds once, at its first request: timers, random values and database calls are not allowed earlier. */
interface House {
  settings: Settings;
  receiver: WorkersReceiver;
}

const features: readonly SlackFeature[] = [
  ...consultationInSlack(similarAnswers),
  ...meetingInSlack,
  ...rollCallInSlack,
  askingInSlack(openSendForm),
  deskInSlack,
  settingsInSlack(SETTINGS_SECTIONS),
];

let house: House | undefined;

function buildHouse(env: Bindings): House {
  const settings = parseSettings(env);
  const readFault: FaultReader = (scope, error, person) => reportVaultFault(scope, error, person ?? 'slack');
  const mount = (app: SlackApp) => {
    app.use(ignoreChatter);
    app.use(createGate());
    mountFeatures(app, features, readFault);
  };
  const receiver = buildSlackApp(settings, mount, readFault);
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
  surface: Origin['surface'],
): Scope {
  return {
    settings,
    db: openDatabase(env.DB),
    now,
    origin: { surface },
    files: env.FILES,
    email: env.EMAIL,
    faqIndex: env.FAQ_INDEX,
    faqMeaning: env.AI && env.FAQ_VECTORS ? { ai: env.AI, vectors: env.FAQ_VECTORS } : undefined,
    wakeIndexer: () => later(wakeIndexer(env, now)),
    wakeCourier: (afterMs) => later(nudgeCourier(env, afterMs)),
  };
}

/** The outbox is stored already: should the nudge fail, the cron delivers within a minute. */
async function nudgeCourier(env: Bindings, afterMs?: number): Promise<void> {
  try {
    await env.COURIER.getByName('courier').nudge(afterMs);
  } catch (error) {
    logError('courier.not_woken', error);
  }
}

/** What it is to follow is stored already: should this fail, the cron has it follow within a minute. */
async function wakeIndexer(env: Bindings, now: Date): Promise<void> {
  const part: Part = 'faq';
  try {
    await env.COURIER.getByName(`jobs/${part}`).runJobs(part, now.getTime());
  } catch (error) {
    logError('faq.indexer_not_woken', error);
  }
}

/** In an invocation that has the plan's limits for itself; here only where there is none. What ran there in part runs again. */
async function runJobsElsewhere(env: Bindings, scope: Scope, part: Part): Promise<void> {
  try {
    await env.COURIER.getByName(`jobs/${part}`).runJobs(part, scope.now.getTime());
  } catch (error) {
    logError('jobs.not_run_elsewhere', error, { part });
    await runDueJobs(scope, [part]);
  }
}

const app = new Hono<PageEnv>();

app.post('/slack/events', async (c) => {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const opened = enter(c.env);
  return opened.receiver.handle(c.req.raw, scopeOf(opened, c.env, new Date(), later, 'slack'), later);
});

app.get('/healthz', async (c) => {
  enter(c.env);
  const outbox = await readBacklog(openDatabase(c.env.DB), new Date());
  return c.json({ ok: true, db: 'ok', outbox });
});

app.get(`${FEED_PATH}/:file`, async (c) => {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  return answerFeed(scopeOf(enter(c.env), c.env, new Date(), later, 'web'), c.req.param('file'));
});

// For programs, by a token.
app.all(FAQ_SEARCH_PATH, (c) => {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  return answerFaqSearch(scopeOf(enter(c.env), c.env, new Date(), later, 'web'), c.req.raw);
});

// Held by their links, not by a sign-in: they must work when Slack does not.
app.route(
  SAFETY_PATH,
  safetyPages((c) =>
    scopeOf(enter(c.env), c.env, new Date(), (work) => c.executionCtx.waitUntil(work), 'web'),
  ),
);

// Machines' addresses are no pages: nobody is sent from them to sign in.
for (const path of ['/slack/*', '/healthz', '/api/*', `${FEED_PATH}/*`]) app.all(path, (c) => c.notFound());

function clientOf(c: Context<PageEnv>): webApi.WebClient {
  const { settings } = c.get('scope');
  return new webApi.WebClient(settings.SLACK_BOT_TOKEN, webClientOptions(settings, INTERACTIVE_TIMEOUT_MS));
}

const modals = createModalHost({
  features: [...features, peopleForms],
  contextOf: contextOfPage,
  clientOf,
  namesOf: listNames,
  leading: joinLeading([casePresses, entryPresses]),
});

app.route(
  '/',
  createPages({
    scopeOf: (c) => scopeOf(enter(c.env), c.env, new Date(), (work) => c.executionCtx.waitUntil(work), 'web'),
    admit: (scope, identity, c) => mayEnterPages(scope, clientOf(c), identity),
    cityName: async ({ db }) => (await findCity(db))?.name ?? '',
    gate: createPageGate(clientOf, (actor) =>
      navigationOf(actor, [faqNavigation, meetingNavigation, rollCallNavigation]),
    ),
    routes: [
      modals.routes,
      retentionPages(),
      requestPages(),
      disclosurePages(),
      logPages(),
      incidentPages(),
      consultationPages(modals, formOperations, draftingLinks),
      filePages(modals),
      trainingPages(modals),
      issuePages(),
      planPages(modals),
      calendarPages(modals),
      kindPages(modals),
      promisePages(),
      searchPages(),
      minutesPages(),
      attendancePages(),
      meetingPages(modals),
      cardMakingPages(),
      boardPages(),
      lessonPages(),
      reportPages(),
      priorityPages(),
      rollCallPages(modals),
      deskPages([questionsSection, draftingSection]),
      editingPages(),
      decidingPages(),
      endingPages(),
      historyPages(),
      duplicatePages(),
      questionPages(),
      draftingPages((scope, actor, id) => beginReading(scope, actor, id, { what: 'content' })),
      figurePages(),
      synonymPages(),
      exchangePages(),
      askingPages(modals),
      emergencyPages(),
      settingsPages(modals, SETTINGS_SECTIONS),
      cityFilePages(cityFaq),
      peoplePages(modals),
    ],
  }),
);

app.notFound((c) => showFault(c, 'notFound', 404));

app.onError(async (error, c) => {
  if (error instanceof SettingsError) {
    logError('settings.refused', error, { settings: error.faults.map(({ setting }) => setting).join('/') });
    return c.json({ ok: false, settings: error.faults }, 503);
  }
  logError('request.failed', error);
  if (c.req.path === '/healthz') return c.json({ ok: false, db: 'failed' }, 503);
  const scope: Scope | undefined = c.get('scope');
  if (!scope) return c.json({ ok: false }, 503);
  const session: Session | undefined = c.get('session');
  return showFault(c, 'fault', 500, await reportVaultFault(scope, error, session?.slackUserId ?? 'web'));
});

export default {
  fetch: app.fetch,

  async scheduled(controller, env, ctx) {
    const now = new Date(controller.scheduledTime);
    const scope = scopeOf(enter(env), env, now, (work) => ctx.waitUntil(work), 'job');
    try {
      await env.COURIER.getByName('courier').deliverAsOf(controller.scheduledTime);
    } catch (error) {
      logError('courier.failed', error);
    }
    for (const part of PARTS) {
      if (part === 'rest') await runDueJobs(scope, [part]);
      else await runJobsElsewhere(env, scope, part);
    }
  },
} satisfies ExportedHandler<Bindings>;
