/** A city with its Worker and its Slack, fresh for each test. Only the HTTP of Slack and of the mail service is fake; requests come through the front door. */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { vi } from 'vitest';
import type { Mail } from '../../dev/slack/client-api.ts';
import type { SlackUser } from '../../dev/slack/directory.ts';
import { Workspace } from '../../dev/slack/workspace.ts';
import { importCity } from '../../src/features/directory/mutations.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import worker from '../../src/index.ts';
import { type Database, openDatabase } from '../../src/lib/db.ts';
import { noteOpened } from './closing.ts';
import { isOpenId, signInOf } from './openid.ts';
import { CHANNELS, PEOPLE, smallCity } from './small-city.ts';
// What the Worker imports at its first need: a deployment has it in its bundle, while here it is read at that moment, and of two requests
// that then wait for the same module the second one may wait for ever.
import 'libphonenumber-js/metadata.max.json';
import '../../src/vault/personal-data/name-book.ts';
import '../../src/vault/personal-data/search.ts';

export const SIGNING_SECRET = 'test-signing-secret';

export interface House {
  slack: Workspace;
  /** What was mailed, oldest first; `slack.faults` of the method `mail` make the mail service fail, and `slack.traffic` has it all. */
  mails: readonly Mail[];
  /** The pages' way to Slack: "Sign in with Slack" as a browser meets it. */
  signIn: { fetch(request: Request): Response | Promise<Response> };
  db: Database;
  city: CityFile;
  /** A request into the real Worker. */
  fetch(request: Request): Promise<Response>;
  /** The same; resolves when all that the request set going is done, not when it was acknowledged. */
  fetchToTheEnd(request: Request): Promise<Response>;
  /** Runs the cron as if it were `at`. */
  cron(at?: number): Promise<void>;
  /** Resolves when the outbox is empty; the courier's clock runs ahead so that nobody waits for Slack's rates. */
  delivered(): Promise<void>;
  /** The same by the real clock, for tests of rates and of Slack's own waiting times. */
  deliveredInTime(): Promise<void>;
  /** Everything the Worker logged since the house was opened. */
  logs: string[];
}

/** Opens a house; `change` alters the city file before it is loaded. */
export async function openHouse(change: (city: CityFile) => void = () => undefined): Promise<House> {
  noteOpened();
  await migrate();
  const db = openDatabase(env.DB);
  const city = smallCity();
  change(city);
  await importCity(db, city, 'command', new Date());
  const slack = new Workspace({
    teamId: 'T0MIDORI',
    teamName: city.name,
    botToken: 'xoxb-test',
    signingSecret: SIGNING_SECRET,
    bot: { userId: 'U0KIKANBOT', botId: 'B0KIKAN', name: 'kikan' },
    users: usersOf(city),
    channels: Object.values(CHANNELS).map((id) => ({
      id,
      name: id.toLowerCase(),
      members: [...usersOf(city).map((user) => user.id), 'U0KIKANBOT'],
    })),
    commands: [{ command: '/kikan', description: '', usageHint: '', words: [] }],
    deliver: (request) => exports.default.fetch(request),
    appUrl: 'https://kikan.test/slack/events',
    responseUrlBase: 'https://slack.test',
    trafficLimit: Number.POSITIVE_INFINITY,
    hangMs: 8_000,
  });
  const signIn = await signInOf(slack);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (isMail(request)) return slack.handleMail(request);
    return isOpenId(request) ? signIn.fetch(request) : slack.handle(request);
  });
  let latestCron = 0;
  const logs: string[] = [];
  for (const level of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: unknown) => void logs.push(String(line)));
  return {
    slack,
    mails: slack.mails,
    signIn,
    db,
    city,
    logs,
    fetch: (request) => exports.default.fetch(request),
    async fetchToTheEnd(request) {
      const context = createExecutionContext();
      const answer = await worker.fetch(request, env, context);
      await waitOnExecutionContext(context);
      return answer;
    },
    async cron(at = Date.now()) {
      latestCron = at;
      const context = createExecutionContext();
      await worker.scheduled(createScheduledController({ scheduledTime: at }), env, context);
      await waitOnExecutionContext(context);
    },
    async deliveredInTime() {
      await slack.settled();
      const isEmpty = async () => (await waitingEntries()) === 0;
      await slack.waitFor(isEmpty, { ms: 15_000, what: 'an empty outbox' });
    },
    async delivered() {
      await slack.settled();
      for (let aheadMs = 0; (await waitingEntries()) > 0; aheadMs += 1_500) {
        if (aheadMs > 180_000) throw new Error(`the outbox does not empty: ${await whatWaits()}`);
        await env.COURIER.getByName('courier').deliverAsOf(Math.max(Date.now(), latestCron) + aheadMs);
        await slack.settled();
      }
    },
  };
}

/** All statements at once: a house is opened for nearly every test, and one by one they take more than twice as long. */
async function migrate(): Promise<void> {
  const statements = env.MIGRATIONS.flatMap(({ queries }) => queries);
  await env.DB.batch(statements.map((statement) => env.DB.prepare(statement)));
}

async function waitingEntries(): Promise<number> {
  const sql = "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'";
  return (await env.DB.prepare(sql).first<number>('n')) ?? 0;
}

/** For whoever must find out why: kinds, lanes, tries and Slack's last words. */
async function whatWaits(): Promise<string> {
  const sql = "SELECT kind, lane, attempts, last_error, due_at FROM outbox WHERE state = 'waiting'";
  return JSON.stringify((await env.DB.prepare(sql).all()).results);
}

function isMail(request: Request): boolean {
  return request.url.startsWith('https://mail.test/');
}

function usersOf(city: CityFile): SlackUser[] {
  const staff = city.staff.map(
    (each): SlackUser => ({
      id: each.slackUserId,
      name: each.name,
      email: each.email ?? '',
      title: '',
      isGuest: each.slackUserId === PEOPLE.guest,
    }),
  );
  return [...staff, { id: PEOPLE.stranger, name: '名簿にない人', email: '', title: '' }];
}
