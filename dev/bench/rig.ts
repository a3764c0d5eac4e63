/** Product and bare Worker side by side, each in a workerd of its own with its own local D1, on 127.0.0.1. */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { newDataKey } from '../local/data-keys.ts';
import type { SampleRows } from './bare-statements.ts';
import { buildOwn } from './bundles.ts';
import { compareRows, fill, rowsWrittenBy } from './database.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Answer, sendOne } from './load.ts';
import { consultationSubmission, helpCommand, SIGNING_SECRET } from './requests.ts';
import { productBindings, runtimeOptions } from './wrangler-config.ts';

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
  /** Sends the event to a product whose database has no tables: that it answers 200 proves that no query is made. */
  answersWithoutTables(event: Buffer): Promise<boolean>;
  dispose(): Promise<void>;
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
    // The very first consultation of a city also makes the house's key: not what one costs.
    await answerOf(product, consultationSubmission(999_999));
    const sample = await rowsOfOne(product);
    const bare = await startBare(helpAnswer, sample);
    running.push(bare);
    compareRows(sample, await rowsOfOne(bare));
    return {
      product: product.address,
      bare: bare.address,
      helpAnswer,
      slack,
      answersWithoutTables: (event) => answersOnEmptyDatabase(productProgram, slack, event),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startProduct(program: string, courier: CourierState, slack: FakeSlack): Promise<Running> {
  const runtime = runtimeOptions();
  const { d1Databases, durableObjects } = productBindings();
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
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'measured',
      ...runtimeOptions(),
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

async function answerOf({ address }: Running, request: Buffer): Promise<Answer> {
  const answer = await sendOne(address, request);
  if (answer.status !== 200) throw new Error(`a request was answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** Has one consultation stored; answers the rows that it left behind. */
async function rowsOfOne(running: Running): Promise<SampleRows> {
  return rowsWrittenBy(running.db, async () => {
    const { body } = await answerOf(running, consultationSubmission(0));
    if (body !== '') throw new Error(`the consultation was refused: ${body}`);
  });
}

async function answersOnEmptyDatabase(program: string, slack: FakeSlack, event: Buffer): Promise<boolean> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'measured',
      ...runtimeOptions(),
      ...moduleOf(program),
      bindings: productSettings(slack.apiUrl),
      d1Databases: productBindings().d1Databases,
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
