/** Product and bare Worker side by side, each in a workerd of its own with its own local D1, on 127.0.0.1. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import * as v from 'valibot';
import { unstable_readConfig } from 'wrangler';
import { importCity } from '../../src/features/directory/mutations.ts';
import { openDatabase } from '../../src/lib/db.ts';
import { slackAccount, slackWorkspace } from '../../src/slack/tables.ts';
import { readCityFile } from '../local/city-loading.ts';
import { newDataKey } from '../local/data-keys.ts';
import { ROOT } from '../local/state.ts';
import type { Row, SampleRows } from './bare-statements.ts';
import { buildOwn } from './bundles.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Answer, sendOne } from './load.ts';
import { consultationSubmission, helpCommand, PERSON, SIGNING_SECRET, TEAM_ID } from './requests.ts';

/** The tables that one consultation writes. */
const WRITTEN_TABLES = [
  'reference_number',
  'audit_entry',
  'consultation',
  'case_key',
  'consultation_content',
  'outbox',
] as const;

/** `asleep`: the courier takes nudges but delivers nothing (sleeping-courier.ts). */
export type CourierState = 'awake' | 'asleep';

/** One Worker that runs; `address` bypasses Miniflare's own proxy Worker, which would cost both the same and flatter the ratio. */
interface Running {
  address: URL;
  db: D1Database;
  dispose(): Promise<void>;
}

export interface Rig {
  product: URL;
  bare: URL;
  /** What the product answers to `/kikan ヘルプ`, and the bare Worker after it. */
  helpAnswer: Answer;
  slack: FakeSlack;
  /** Answers the event of requests.ts on a Worker without bindings: 200 proves that no D1 query is made. */
  answersWithoutDatabase(event: Buffer): Promise<boolean>;
  dispose(): Promise<void>;
}

/** The part of wrangler.toml that the Workers here run with; wrangler's own types leave it open. */
const ConfigSchema = v.object({
  compatibility_date: v.string(),
  compatibility_flags: v.array(v.string()),
  d1_databases: v.array(v.object({ binding: v.string() })),
  durable_objects: v.object({ bindings: v.array(v.object({ name: v.string(), class_name: v.string() })) }),
});

/** What wrangler.toml gives a Worker: the runtime and, for the product, its databases and Durable Objects. */
export function platformOptions() {
  const config = v.parse(ConfigSchema, unstable_readConfig({ config: path.join(ROOT, 'wrangler.toml') }));
  return {
    runtime: {
      compatibilityDate: config.compatibility_date,
      compatibilityFlags: config.compatibility_flags,
    },
    d1Databases: config.d1_databases.map(({ binding }) => binding),
    durableObjects: Object.fromEntries(
      config.durable_objects.bindings.map(({ name, class_name }) => [
        name,
        { className: class_name, useSQLite: true },
      ]),
    ),
  };
}

/** The settings of the product's Worker. */
export function productSettings(slackApiUrl: string): Record<string, string> {
  return {
    SLACK_API_URL: slackApiUrl,
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    PUBLIC_URL: 'http://127.0.0.1:8787',
    DATA_KEYS: newDataKey('bench'),
  };
}

/**
 * Starts both. The product then answers one help command and stores one consultation; the bare Worker gets that answer
 * and those rows as its constants.
 * @throws when the bare Worker does not leave as many rows in the same tables as the product
 */
export async function startRig(productProgram: string, courier: CourierState): Promise<Rig> {
  const slack = await startFakeSlack();
  const running: Running[] = [];
  const dispose = async () => {
    await Promise.all(running.map((each) => each.dispose()));
    slack.close();
  };
  try {
    const product = await startProduct(productProgram, courier, slack);
    running.push(product);
    const helpAnswer = await answerOf(product, helpCommand(0));
    const sample = await rowsOfOne(product);
    const bare = await startBare(helpAnswer, sample);
    running.push(bare);
    compareRows(sample, await rowsOfOne(bare));
    return {
      product: product.address,
      bare: bare.address,
      helpAnswer,
      slack,
      answersWithoutDatabase: (event) => answersAlone(productProgram, slack, event),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startProduct(program: string, courier: CourierState, slack: FakeSlack): Promise<Running> {
  const { runtime, d1Databases, durableObjects } = platformOptions();
  const sleeping = { className: 'SleepingCourier', scriptName: 'sleeping', useSQLite: true };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      workers: [
        {
          name: 'measured',
          ...runtime,
          ...moduleOf(program),
          bindings: productSettings(slack.apiUrl),
          d1Databases,
          durableObjects: courier === 'awake' ? durableObjects : { ...durableObjects, COURIER: sleeping },
          unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        },
        {
          name: 'sleeping',
          ...runtime,
          ...moduleOf(await buildOwn('sleeping-courier')),
          durableObjects: { SLEEPING: { className: 'SleepingCourier', useSQLite: true } },
        },
      ],
    }),
  );
  return run(miniflare);
}

async function startBare(helpAnswer: Answer, sample: SampleRows): Promise<Running> {
  const { runtime } = platformOptions();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'measured',
      ...runtime,
      ...moduleOf(await buildOwn('bare-worker')),
      bindings: {
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        HELP_ANSWER: JSON.parse(helpAnswer.body),
        SAMPLE_ROWS: sample,
      },
      d1Databases: ['DB'],
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    }),
  );
  return run(miniflare);
}

async function run(miniflare: Miniflare): Promise<Running> {
  await miniflare.ready;
  const db = await miniflare.getD1Database('DB', 'measured');
  await fill(db);
  return {
    address: await miniflare.unsafeGetDirectURL('measured'),
    db,
    dispose: () => miniflare.dispose(),
  };
}

export function moduleOf(program: string) {
  return { modules: [{ type: 'ESModule' as const, path: 'index.js', contents: program }] };
}

/** The product's migrations, the demo city, and what Slack has said of workspace and person: the steady state of a used bot. */
async function fill(binding: D1Database): Promise<void> {
  const folder = path.join(ROOT, 'migrations');
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const statements = readFileSync(path.join(folder, file), 'utf8').split('--> statement-breakpoint');
    await binding.batch(statements.map((statement) => binding.prepare(statement)));
  }
  const db = openDatabase(binding);
  const now = new Date();
  await importCity(db, readCityFile(path.join(ROOT, 'dev', 'demo', 'city.json')), 'command', now);
  await db.insert(slackWorkspace).values({ id: 1, teamId: TEAM_ID, botUserId: 'U0KIKANBOT' });
  await db.insert(slackAccount).values({ slackUserId: PERSON, isGuest: false, checkedAt: now });
}

async function answerOf({ address }: Running, request: Buffer): Promise<Answer> {
  const answer = await sendOne(address, request);
  if (answer.status !== 200) throw new Error(`a request was answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** Has one consultation stored; answers the rows that it left behind. */
async function rowsOfOne(running: Running): Promise<SampleRows> {
  const before = await readTables(running.db);
  const { body } = await answerOf(running, consultationSubmission(0));
  if (body !== '') throw new Error(`the consultation was refused: ${body}`);
  const after = await readTables(running.db);
  return Object.fromEntries(
    WRITTEN_TABLES.map((table) => [table, (after[table] ?? []).slice(before[table]?.length ?? 0)]),
  );
}

async function readTables(db: D1Database): Promise<SampleRows> {
  const results = await db.batch<Row>(
    WRITTEN_TABLES.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY rowid`)),
  );
  return Object.fromEntries(WRITTEN_TABLES.map((table, i) => [table, results[i]?.results ?? []]));
}

/** Guards the comparison itself: should the product's statements change, the bare ones must follow. */
function compareRows(product: SampleRows, bare: SampleRows): void {
  for (const table of WRITTEN_TABLES) {
    const [wanted, found] = [product[table] ?? [], bare[table] ?? []];
    if (wanted.length === 0 || wanted.length !== found.length)
      throw new Error(`${table}: the product wrote ${wanted.length} rows, the bare Worker ${found.length}`);
    const [wantedSize, foundSize] = [JSON.stringify(wanted).length, JSON.stringify(found).length];
    if (Math.abs(wantedSize - foundSize) > wantedSize * 0.05)
      throw new Error(`${table}: the product wrote ${wantedSize} characters, the bare Worker ${foundSize}`);
  }
}

async function answersAlone(program: string, slack: FakeSlack, event: Buffer): Promise<boolean> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'measured',
      ...platformOptions().runtime,
      ...moduleOf(program),
      bindings: productSettings(slack.apiUrl),
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    }),
  );
  try {
    await miniflare.ready;
    const { status } = await sendOne(await miniflare.unsafeGetDirectURL('measured'), event);
    return status === 200;
  } finally {
    await miniflare.dispose();
  }
}
