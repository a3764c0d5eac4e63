/** `npm run worker` as an operator sees it: its refusals, its start and end, and the city file commands beside it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../dev/slack/server.ts';

const RUN = path.resolve(import.meta.dirname, '../../dev/run.mjs');
/** Refusals come long before that, unless something was started first. */
const REFUSED_WITHIN_MS = 20_000;
const STARTED_WITHIN_MS = 60_000;

const city = {
  name: 'みなと市',
  fiscalYearStart: 4,
  businessHours: '08:30-17:15',
  closedDays: ['12-29/01-03'],
  personalDataEntry: 'modal',
  channels: { triage: 'C0TRIAGE', heads: 'C0HEADS', drill: 'C0BCP' },
  centers: [
    { code: 'kikan', kind: 'kikan', name: '基幹型センター', short: '基幹型', channel: 'C0TRIAGE' },
    {
      code: 'east',
      kind: 'district',
      name: 'ひがしセンター',
      short: 'ひがし',
      channel: 'C0EAST',
      area: '東地区',
    },
  ],
  staff: [
    person('U0TANAKA', '田中 健太', 'kikan', { role: 'manager', admin: true, duty: true }),
    person('U0SATO', '佐藤 花子', 'east', { email: 'sato@east.example.jp' }),
    person('U0ABE', '阿部 実', 'east', { role: 'manager' }),
  ],
  faq: [
    {
      externalId: '12',
      question: '通報先は？',
      answer: '市です。',
      topics: ['高齢者虐待'],
      reviewedOn: '2026-10-01',
    },
  ],
  meetingKinds: [{ name: 'センター長会議', months: [4, 8], attendees: 'managers' }],
};

function person(slackUserId: string, name: string, center: string, more: object) {
  return {
    slackUserId,
    name,
    center,
    profession: '社会福祉士',
    role: 'staff',
    admin: false,
    duty: false,
    ...more,
  };
}

const IMPORTED = { externalId: 'm-1', question: '様式はどこ', answer: '共有フォルダです。' };
const Hits = v.array(v.object({ id: v.string(), externalId: v.string(), score: v.number() }));

const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-worker-'));
const state = path.join(folder, 'state');
const cityFile = path.join(folder, 'city.json');
const without = (id: string) => ({ ...city, staff: city.staff.filter((each) => each.slackUserId !== id) });

/** A city file with this content. */
function fileWith(name: string, content: string | object): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Run {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** Starts a command of dev/run.mjs in a process group of its own, with nothing of this environment but what it needs. */
function run(words: string[], environment: Record<string, string | undefined>): Run {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [RUN, ...words], {
    detached: true,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  return {
    child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** The living processes of a group. */
function membersOf(group: number | undefined): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => new RegExp(`^\\s*${group}\\s+[^Z]`).test(line));
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

const settings = {
  PORT: '1',
  KIKAN_STATE: state,
  CITY: cityFile,
  SLACK_API_URL: 'http://127.0.0.1:1/api/',
  SLACK_BOT_TOKEN: 'xoxb-local',
  SLACK_SIGNING_SECRET: 'secret-of-this-test',
  PUBLIC_URL: 'http://127.0.0.1:1',
};

beforeAll(() => {
  fileWith('city.json', city);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run worker refuses', () => {
  const center = { ...person('U0X', '誰か', 'nowhere', {}) };
  const cases: [what: string, setting: string, environment: Record<string, string | undefined>][] = [
    ['no bot token', 'SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: undefined }],
    ['a user token', 'SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'xoxp-1' }],
    ['no signing secret', 'SLACK_SIGNING_SECRET', { SLACK_SIGNING_SECRET: undefined }],
    ['an empty signing secret', 'SLACK_SIGNING_SECRET', { SLACK_SIGNING_SECRET: '' }],
    ['no public address', 'PUBLIC_URL', { PUBLIC_URL: undefined }],
    ['a public address that is none', 'PUBLIC_URL', { PUBLIC_URL: 'minato.example.jp' }],
    ['a Slack API that is no address', 'SLACK_API_URL', { SLACK_API_URL: 'slack' }],
    ['an issuer that is no address', 'SLACK_ISSUER', { SLACK_ISSUER: 'ftp://slack.com' }],
    ['a mail service that is no address', 'MAIL_API_URL', { MAIL_API_URL: 'mail' }],
    ['a sender that is no address', 'MAIL_FROM', { MAIL_FROM: 'kikan' }],
    ['data keys of another form', 'DATA_KEYS', { DATA_KEYS: 'secret' }],
    ['a data key that is too short', 'DATA_KEYS', { DATA_KEYS: 'k1:AAAA' }],
    ['a client without its secret', 'SLACK_CLIENT_SECRET', { SLACK_CLIENT_ID: '1.2' }],
    ['a port that is no number', 'PORT', { PORT: 'http' }],
    ['a port beyond the last', 'PORT', { PORT: '65536' }],
    ['a state folder that is a file', 'KIKAN_STATE', { KIKAN_STATE: cityFile }],
    ['no city file', 'CITY', { CITY: undefined }],
    ['a city file that is not there', 'CITY', { CITY: path.join(folder, 'none.json') }],
    ['a city file that is no JSON', 'CITY', { CITY: fileWith('broken.json', '{"name":') }],
    ['an unknown field', 'staf', { CITY: fileWith('field.json', { ...city, staf: [] }) }],
    [
      'an unknown center',
      'staff\\[3\\]\\.center',
      { CITY: fileWith('center.json', { ...city, staff: [...city.staff, center] }) },
    ],
    [
      'a doubled id',
      'staff\\[3\\]\\.slackUserId',
      { CITY: fileWith('double.json', { ...city, staff: [...city.staff, city.staff[0]] }) },
    ],
  ];

  it.concurrent.each(cases)('%s', { timeout: REFUSED_WITHIN_MS }, async (what, setting, environment) => {
    const ownState = path.join(folder, `state of ${what}`);
    const { output, ended } = run(['worker'], {
      ...settings,
      PORT: String(await freePort()),
      KIKAN_STATE: ownState,
      ...environment,
    });
    expect(await ended).toBe(1);
    expect(output()).toMatch(new RegExp(`${setting}\\b.*。$`, 'm'));
    expect(output()).not.toMatch(/^\s+at /m);
    expect(existsSync(path.join(ownState, 'v3'))).toBe(false);
  });

  it.concurrent('a port in use', { timeout: REFUSED_WITHIN_MS }, async () => {
    const holder = net.createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const ownState = path.join(folder, 'state of a port in use');
    const { output, ended } = run(['worker'], { ...settings, PORT: String(port), KIKAN_STATE: ownState });
    expect(await ended).toBe(1);
    expect(output().trim().split('\n')).toEqual([expect.stringContaining(`ポート${port}は`)]);
    expect(existsSync(path.join(ownState, 'v3'))).toBe(false);
    holder.close();
  });
});

describe('npm run worker', { timeout: STARTED_WITHIN_MS }, () => {
  let slack: LocalSlack;
  let worker: Run;
  let port: number;
  /** wrangler reads settings through dotenv, to which quotes and dollars mean something. */
  const signingSecret = `it's a "secret" of $HOME\\n`;

  const start = () => {
    worker = run(['worker'], {
      ...settings,
      PORT: String(port),
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_SIGNING_SECRET: signingSecret,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
  };
  const startAndWait = async () => {
    start();
    const isReady = () => worker.output().includes(`kikan ready on http://127.0.0.1:${port}\n`);
    await waitUntil(() => isReady() || worker.child.exitCode !== null);
    if (!isReady()) throw new Error(`the Worker did not start:\n${worker.output()}`);
  };
  const cityCommand = async (...words: string[]) => {
    const command = run(['city', ...words], { KIKAN_STATE: state });
    expect(await command.ended, command.output()).toBe(0);
    return command.output();
  };
  /** What a person is told on `/kikan ヘルプ`. */
  const help = async (id: string) => (await slack.workspace.as(id).slash('ヘルプ')).ackBody;

  beforeAll(async () => {
    port = await freePort();
    slack = await startLocalSlack({
      port: 0,
      appUrl: `http://127.0.0.1:${port}/slack/events`,
      city,
      botToken: settings.SLACK_BOT_TOKEN,
      signingSecret,
      clientId: 'client',
      clientSecret: 'client-secret',
    });
  });

  afterAll(async () => {
    await slack.close();
    if (worker.child.pid && membersOf(worker.child.pid).length > 0)
      process.kill(-worker.child.pid, 'SIGKILL');
  });

  it('loads the city into a fresh folder, says where it is ready, and answers', async () => {
    await startAndWait();
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json()).toMatchObject({ ok: true, outbox: { waiting: 0 } });
    expect(await help('U0SATO')).toContain('/kikan 相談');
    expect(await help('U0STRANGER')).toContain('登録されていません');
  });

  it('ends on SIGTERM with everything it started', async () => {
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    await waitUntil(() => membersOf(worker.child.pid).length === 0, 2000);
  });

  it('ends with everything it started when it is asked to while it starts', async () => {
    rmSync(path.join(state, 'worker.env'));
    start();
    await waitUntil(() => existsSync(path.join(state, 'worker.env')));
    await sleep(500);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(worker.output()).toBe('');
    await waitUntil(() => membersOf(worker.child.pid).length === 0, 2000);
  });

  it('keeps the city of its folder, whatever the city file has become', async () => {
    fileWith('city.json', without('U0ABE'));
    await startAndWait();
    expect(await help('U0ABE')).toContain('/kikan 相談');
  });

  it('shares its FAQ with npm run faq and npm run token: what is imported is found at once, by a token that can be revoked', {
    timeout: 2 * STARTED_WITHIN_MS,
  }, async () => {
    const command = async (...words: string[]) => {
      const { ended, output } = run(words, { KIKAN_STATE: state });
      expect(await ended, output()).toBe(0);
      return output().trim().split('\n');
    };
    const made = await command('token', 'faq:read', '--name', '試験');
    const token = made.at(-1) ?? '';
    expect(token).toMatch(/^kikan_[\w-]{43}$/);
    const ask = (q: string) =>
      fetch(`http://127.0.0.1:${port}/api/faq/search?q=${encodeURIComponent(q)}&limit=50`, {
        headers: { authorization: `Bearer ${token}` },
      });
    const found = async (q: string) => v.parse(Hits, await (await ask(q)).json());
    // The city's own, from its file.
    expect((await found('通報')).map(({ externalId }) => externalId)).toEqual(['12']);
    const entries = [IMPORTED, { externalId: '12', question: '通報先は？', answer: '警察です。' }];
    const file = fileWith('faq.json', entries);
    expect((await command('faq', 'import', file)).at(-1)).toContain('新しく1件、変更1件');
    const before = await found('様式 警察');
    expect(before.map(({ externalId }) => externalId).sort()).toEqual(['12', 'm-1']);
    await command('faq', 'rebuild');
    expect(await found('様式 警察')).toEqual(before);
    const [, id = ''] = /ID ([\w-]+)/.exec(made.join()) ?? [];
    await command('token', 'revoke', id);
    expect((await ask('様式')).status).toBe(401);
  });

  it('shares its city with npm run city: export is what was imported, import takes effect at once', async () => {
    const faq = [{ ...city.faq[0], answer: '警察です。' }, IMPORTED];
    expect(JSON.parse(await cityCommand('export'))).toEqual({ ...city, faq });
    await cityCommand('import', fileWith('changed.json', without('U0SATO')));
    expect(await help('U0SATO')).toContain('登録されていません');
    expect(await help('U0ABE')).toContain('/kikan 相談');
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  });
});

async function waitUntil(isSo: () => boolean, ms = STARTED_WITHIN_MS): Promise<void> {
  const end = Date.now() + ms;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain`);
    await sleep(50);
  }
}
