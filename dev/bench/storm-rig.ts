/** What the storm hits: the product with a counter on its D1, a slow Slack that remembers what it was told, and a bare Worker beside it. */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import * as v from 'valibot';
import { Actor } from '../../src/features/directory/actor.ts';
import { makeRollCall } from '../../src/features/roll-call/making/mutations.ts';
import { openDatabase } from '../../src/lib/db.ts';
import { parseSettings } from '../../src/lib/env.ts';
import { buildOwn, buildProduct } from './bundles.ts';
import { found } from './database.ts';
import { startFakeSlack } from './fake-slack.ts';
import { SIGNING_SECRET } from './requests.ts';
import { moduleOf, productSettings } from './rig.ts';
import { BOARD_CHANNEL, COMMANDER, stormCity } from './storm-city.ts';
import { productBindings, runtimeOptions } from './wrangler-config.ts';

const CALLS = v.object({ calls: v.number(), statements: v.number() });
const COUNTED = v.object({ requests: CALLS, courier: CALLS });
export type Counted = v.InferOutput<typeof COUNTED>;

/** What Slack heard, with `performance.now()` of each. */
export interface Heard {
  updates: number[];
  /** What the board showed: how many of how many had answered. */
  boards: { at: number; answered: number }[];
  /** By the number of the tap: its receipt. */
  receipts: Map<number, number>;
}

export interface StormRig {
  product: URL;
  bare: URL;
  db: D1Database;
  rollCallId: string;
  heard: Heard;
  /** What the product's log said was wrong. */
  faults: string[];
  receiptUrl(tap: number): string;
  counted(): Promise<Counted>;
  /** The product's cron, now. */
  tick(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts all of it in fresh databases, with a drill of everybody that has begun. */
export async function startStormRig(people: number, slackDelayMs: number): Promise<StormRig> {
  const heard: Heard = { updates: [], boards: [], receipts: new Map() };
  const slack = await startFakeSlack({
    delayMs: slackDelayMs,
    onCall: (path, body) => hear(heard, path, body),
  });
  const faults: string[] = [];
  const workers: Miniflare[] = [];
  const dispose = async () => {
    await Promise.all(workers.map((each) => each.dispose()));
    slack.close();
  };
  try {
    const settings = productSettings(slack.apiUrl);
    const product = start(buildProduct('counted-product'), settings, faults);
    const bare = start(await buildOwn('bare-tap'), { SLACK_SIGNING_SECRET: SIGNING_SECRET }, faults);
    workers.push(product, bare);
    const [address, bareAddress] = await Promise.all(workers.map(addressOf));
    if (!address || !bareAddress) throw new Error('a Worker has no address');
    const city = stormCity(people);
    const [db, bareDb] = await Promise.all(workers.map((each) => each.getD1Database('DB', 'measured')));
    if (!db || !bareDb) throw new Error('a Worker has no database');
    await found(db, city, new Date());
    await found(bareDb, city, new Date());
    const rollCallId = await beginDrill(db, settings);
    const { origin } = new URL(slack.apiUrl);
    return {
      product: address,
      bare: bareAddress,
      db,
      rollCallId,
      heard,
      faults,
      receiptUrl: (tap) => `${origin}/actions/${tap}/receipt`,
      counted: async () => v.parse(COUNTED, await (await fetch(new URL('/counted', address))).json()),
      async tick() {
        const worker = await product.getWorker('measured');
        await worker.scheduled({ scheduledTime: new Date(), cron: '* * * * *' });
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function start(program: string, bindings: Record<string, string>, faults: string[]): Miniflare {
  const { d1Databases, durableObjects } = productBindings();
  return new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: ({ level, message }) => {
        if (level === 'error' || level === 'warn') faults.push(message);
      },
      name: 'measured',
      ...runtimeOptions(),
      ...moduleOf(program),
      bindings,
      d1Databases,
      ...(program.includes('Courier') ? { durableObjects } : {}),
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    }),
  );
}

async function addressOf(miniflare: Miniflare): Promise<URL> {
  await miniflare.ready;
  return miniflare.unsafeGetDirectURL('measured');
}

/** As the form does it, but for the form. */
async function beginDrill(binding: D1Database, settings: Record<string, string>): Promise<string> {
  const db = openDatabase(binding);
  const found = await Actor.find(db, COMMANDER);
  if (!found) throw new Error('nobody may begin the drill');
  const made = await makeRollCall(
    {
      settings: parseSettings(settings),
      db,
      now: new Date(),
      origin: { surface: 'slack' },
      wakeCourier: () => undefined,
      wakeIndexer: () => undefined,
    },
    found.actor,
    {
      kind: 'drill',
      scenario: 'earthquake',
      instructions: ['report'],
      note: null,
      centers: null,
      isAnnounced: false,
      byMail: false,
      startsAt: null,
      submissionKey: 'storm',
    },
    async () => ({}),
  );
  if (!made.ok) throw new Error(`the drill did not begin: ${made.refusal.reason}`);
  return made.value.id;
}

function hear(heard: Heard, path: string, body: string): void {
  const at = performance.now();
  const [, receipt] = /^\/actions\/(\d+)\//.exec(path) ?? [];
  if (receipt !== undefined) heard.receipts.set(Number(receipt), at);
  if (path.endsWith('/chat.update')) heard.updates.push(at);
  if (!path.endsWith('/chat.update') && !path.endsWith('/chat.postMessage')) return;
  const said = new URLSearchParams(body);
  if (said.get('channel') !== BOARD_CHANNEL) return;
  const [, answered] = /回答 ([\d,]+)\//.exec(said.get('text') ?? '') ?? [];
  heard.boards.push({ at, answered: Number(answered?.replaceAll(',', '')) });
}
