/** Re-wrapping of all case keys while people read cases, 200 a second: no reading may fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { openDatabase } from '../../src/lib/db.ts';
import { parseSettings } from '../../src/lib/env.ts';
import { runDueJobs } from '../../src/schedule.ts';
import type { Scope } from '../../src/slack/scope.ts';
import { countWrapped } from '../../src/vault/rotation/data.ts';
import { REWRAPPED_A_RUN, rewrapSome } from '../../src/vault/rotation/mutations.ts';
import { newDataKey } from '../local/data-keys.ts';
import { buildOwn } from './bundles.ts';
import { fill } from './database.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Effort, type Figure, FULL, median } from './figure.ts';
import { sendAll, sendOne } from './load.ts';
import { consultationSubmission, readPress } from './requests.ts';
import { moduleOf, productSettings } from './rig.ts';
import { productBindings, runtimeOptions } from './wrangler-config.ts';

const READS_A_SECOND = 200;
/** People who read: each has an audit chain of her own, and reads no faster than a hand can. */
const READERS = 1000;
/** Reads under way at once: a machine that cannot keep the pace is asked less often, which the figure then tells. */
const MOST_UNDER_WAY = 16;
/** One more than there are full portions: the keys of the house move, too. */
const CASES = { full: 9 * REWRAPPED_A_RUN, quick: 2 * REWRAPPED_A_RUN };
/** A minute of the cron passes in so many milliseconds here: each second is as hard as a minute. */
const CRON_EVERY_MS = 1_000;
const ALL_SHOWN_WITHIN_MS = 60_000;

interface City {
  address: URL;
  binding: D1Database;
  slack: FakeSlack;
  events: Events;
  keys: { older: string; newest: string };
}

/** How often the Worker logged each event. */
type Events = Map<string, number>;

/** What a reading that failed leaves in the log. A view that Slack is too slow to take is no failed reading. */
const FAULTS = ['slack.fault', 'slack.listener_failed', 'vault.alarm'];

export async function measureRotation(productProgram: string, effort: Effort): Promise<Figure[]> {
  const slack = await startFakeSlack();
  const keys = { older: newDataKey('older'), newest: newDataKey('newest') };
  const events: Events = new Map();
  const miniflare = new Miniflare(await optionsOf(productProgram, slack, keys, events));
  try {
    await miniflare.ready;
    const binding = await miniflare.getD1Database('DB', 'measured');
    await fill(binding);
    const address = await miniflare.unsafeGetDirectURL('measured');
    const city = { events, address, binding, slack, keys };
    const cases = await seed(city, effort.rounds >= FULL.rounds ? CASES.full : CASES.quick);
    return [await readWhileRewrapping(city, cases)];
  } finally {
    await miniflare.dispose();
    slack.close();
  }
}

async function optionsOf(program: string, slack: FakeSlack, { older, newest }: City['keys'], events: Events) {
  const { d1Databases, durableObjects } = productBindings();
  const sleeping = { className: 'SleepingCourier', scriptName: 'sleeping', useSQLite: true };
  return convertV4MiniflareOptions({
    cf: false,
    handleStructuredLogs: ({ message }) => {
      const event = /"event":"([\w.]+)"/.exec(message)?.[1] ?? 'other';
      events.set(event, (events.get(event) ?? 0) + 1);
    },
    workers: [
      {
        name: 'measured',
        ...runtimeOptions(),
        ...moduleOf(program),
        bindings: { ...productSettings(slack.apiUrl), DATA_KEYS: `${newest},${older}` },
        d1Databases,
        // What is posted is not measured here, and 2,000 cards would take half an hour at Slack's rate.
        durableObjects: { ...durableObjects, COURIER: sleeping },
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      },
      {
        name: 'sleeping',
        ...runtimeOptions(),
        ...moduleOf(await buildOwn('sleeping-courier')),
        durableObjects: { SLEEPING: { className: 'SleepingCourier', useSQLite: true } },
      },
    ],
  });
}

/** Consultations as the product stores them, then wrapped by the older key as if they had been sent before the newest was made. */
async function seed({ address, binding, slack, keys }: City, count: number): Promise<string[]> {
  const requests = Array.from({ length: count }, (_, n) => consultationSubmission(n));
  await sendAll(address, requests, { status: 200, body: '' });
  const settings = parseSettings({
    ...productSettings(slack.apiUrl),
    DATA_KEYS: `${keys.older},${keys.newest}`,
  });
  const vault = { db: openDatabase(binding), settings };
  while ((await rewrapSome(vault, new Date())).rewrapped > 0);
  const people = JSON.stringify(Array.from({ length: READERS }, (_, n) => readerId(n)));
  await binding.batch([
    binding
      .prepare(
        `INSERT INTO staff (slack_user_id, name, center, profession, role, is_admin, is_on_duty, position)
         SELECT value, value, 'kikan', '社会福祉士', 'staff', 0, 0, 1000 + key FROM json_each(?)`,
      )
      .bind(people),
    binding
      .prepare(
        'INSERT INTO slack_account (slack_user_id, is_guest, checked_at) SELECT value, 0, ? FROM json_each(?)',
      )
      .bind(Date.now(), people),
    // Told long ago, as in a city that has been at work for a while.
    binding.prepare('DELETE FROM outbox'),
  ]);
  const { results } = await binding.prepare('SELECT id FROM consultation').all<{ id: string }>();
  return results.map(({ id }) => id);
}

function readerId(n: number): string {
  return `U0READER${n}`;
}

async function readWhileRewrapping(city: City, cases: readonly string[]): Promise<Figure> {
  const { binding } = city;
  const db = openDatabase(binding);
  const total = await countWrapped(db, 'older');
  const reading = readOn(city, cases);
  // Some are being read before the first key moves.
  await sleep(CRON_EVERY_MS);
  const runs: number[] = [];
  const begun = Date.now();
  // Twice what is needed: a rotation that hangs must not hang the benchmark.
  while ((await countWrapped(db, 'older')) > 0 && runs.length < (2 * total) / REWRAPPED_A_RUN + 2) {
    const started = performance.now();
    await runDueJobs(jobsAt(city, new Date(begun + runs.length * 60_000)));
    runs.push(performance.now() - started);
    await sleep(Math.max(0, CRON_EVERY_MS - (performance.now() - started)));
  }
  const { sent, refused, seconds } = await reading.end();
  const read = await untilRead(city, sent - refused);
  const failed = refused + FAULTS.reduce((sum, event) => sum + (city.events.get(event) ?? 0), 0);
  const left = await countWrapped(db, 'older');
  return {
    name: `rotation: ${total} case keys, up to ${READS_A_SECOND} reads/s`,
    value: `${failed} of ${sent} reads failed`,
    target: {
      text: '0 failed, 0 keys left',
      isMet: failed === 0 && read === sent && left === 0 && total > 0,
    },
    detail: [
      `${left} keys left after ${runs.length} runs of the cron`,
      `${median(runs).toFixed(0)} ms a run (slowest ${Math.max(...runs).toFixed(0)})`,
      `${Math.round(sent / seconds)} reads/s`,
      `${read} noted in the audit log`,
    ].join(', '),
  };
}

/** The cron's jobs, run beside the Worker on its database: the Worker's own time goes to the reads. */
function jobsAt({ binding, slack, keys }: City, now: Date): Scope {
  return {
    settings: parseSettings({ ...productSettings(slack.apiUrl), DATA_KEYS: `${keys.newest},${keys.older}` }),
    db: openDatabase(binding),
    now,
    origin: { surface: 'job' },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
}

/** Presses 詳細を見る at a steady pace until it is ended. */
function readOn({ address, slack, events }: City, cases: readonly string[]) {
  let isEnded = false;
  let sent = 0;
  let refused = 0;
  const answers: Promise<void>[] = [];
  const begun = performance.now();
  const press = async (n: number) => {
    const request = readPress(readerId(n % READERS), cases[(n * 7) % cases.length] ?? '', n);
    try {
      if ((await sendOne(address, request)).status !== 200) refused += 1;
    } catch {
      // A connection that breaks is a failed reading like any other.
      refused += 1;
    }
  };
  const run = async () => {
    while (!isEnded) {
      const due = Math.floor(((performance.now() - begun) / 1000) * READS_A_SECOND);
      const room = MOST_UNDER_WAY + refused + shownOrGivenUp(slack, events);
      for (; sent < Math.min(due, room); sent += 1) answers.push(press(sent));
      await sleep(5);
    }
  };
  const running = run();
  return {
    async end() {
      isEnded = true;
      await running;
      const seconds = (performance.now() - begun) / 1000;
      await Promise.all(answers);
      return { sent, refused, seconds };
    },
  };
}

function shownOrGivenUp(slack: FakeSlack, events: Events): number {
  return (slack.calls.get('views.open') ?? 0) + (events.get('slack.modal_not_opened') ?? 0);
}

/** Waits until every reading that was asked for was noted and shown; answers how many were noted. */
async function untilRead({ binding, slack, events }: City, wanted: number): Promise<number> {
  const noted = async () =>
    (await binding
      .prepare(
        "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read' AND outcome = 'done'",
      )
      .first<number>('n')) ?? 0;
  const end = Date.now() + ALL_SHOWN_WITHIN_MS;
  while (shownOrGivenUp(slack, events) < wanted && Date.now() < end) await sleep(500);
  return noted();
}
