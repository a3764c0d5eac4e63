/** The Worker in workerd, through `wrangler dev`: the same bundle and configuration as a deployment's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSettings, SettingsError } from '../../src/lib/env.ts';
import { loadCityIfEmpty } from './city-loading.ts';
import { localDataKeys } from './data-keys.ts';
import { StartError } from './start-error.ts';
import { ROOT, WRANGLER_ENV, withLocalDatabase } from './state.ts';

/** The settings that the Worker takes; nothing else of this machine's environment reaches it. */
const SETTING_NAMES = [
  'SLACK_API_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_ISSUER',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'PUBLIC_URL',
  'DATA_KEYS',
  'MAIL_API_URL',
] as const;

const READY_WITHIN_MS = 60_000;

export interface WorkerOptions {
  port: number;
  state: string;
  cityFile: string | undefined;
  environment: Record<string, string | undefined>;
  /** Takes each line that the Worker logs once it runs. */
  onLog: (line: string) => void;
}

export interface RunningWorker {
  url: string;
  /** Fires the cron once, as if it were `at` (milliseconds since the epoch). */
  tick(at: number): Promise<void>;
  stop(): Promise<void>;
  /** Settles when the Worker has ended, whatever ended it. */
  ended: Promise<void>;
}

/**
 * Migrates and fills the database, starts the Worker and waits until it answers.
 * @throws {StartError} naming the setting that is missing or malformed, the fault of the city file, or the port in use
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { port, state } = options;
  const environment = {
    ...options.environment,
    DATA_KEYS: options.environment.DATA_KEYS ?? localDataKeys(state),
  };
  checkSettings(environment);
  await refuseUsedPort(port);
  await withLocalDatabase(state, (db) => loadCityIfEmpty(db, options.cityFile, new Date()));
  const child = spawnWrangler(options, writeEnvironmentFile(state, environment));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const output = readOutput(child, options.onLog);
  await untilReady(url, child, output);
  const running = { url, tick: (at: number) => tick(url, at), stop: () => stop(child, ended), ended };
  // A deployment's cron comes within a minute; here it comes now, so that what an earlier run left behind is delivered.
  await running.tick(Date.now());
  return running;
}

/** @throws {StartError} when somebody listens on the port already */
export async function refuseUsedPort(port: number, setting = 'PORT'): Promise<void> {
  const isFree = await new Promise<boolean>((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (!isFree)
    throw new StartError(
      `ポート${port}は、ほかのプログラムが使っています。それを終えるか、${setting} で別の番号を指定してください。`,
    );
}

function checkSettings(environment: Record<string, string | undefined>): void {
  try {
    parseSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new StartError(
      error.faults
        .map(({ setting, problem }) => `${setting} の設定を確かめてください（${problem}）。`)
        .join('\n'),
    );
  }
}

/** A file instead of command line arguments: those are seen by everybody on the machine. */
function writeEnvironmentFile(state: string, environment: Record<string, string | undefined>): string {
  const lines = SETTING_NAMES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
  });
  mkdirSync(state, { recursive: true });
  const file = path.join(state, 'worker.env');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

function spawnWrangler({ port, state }: WorkerOptions, environmentFile: string): ChildProcess {
  const wrangler = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  const flags = [
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--inspector-port',
    '0',
    '--persist-to',
    state,
    '--env-file',
    environmentFile,
  ];
  const child = spawn(
    process.execPath,
    [wrangler, 'dev', ...flags, '--log-level', 'log', '--show-interactive-dev-session=false'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...WRANGLER_ENV,
        CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'true',
      },
    },
  );
  return child;
}

/** What wrangler says while it starts is kept for the case that it fails; from then on every line is passed on. */
interface Output {
  startUp: string[];
  isRunning: boolean;
}

function readOutput(child: ChildProcess, onLog: (line: string) => void): Output {
  const output: Output = { startUp: [], isRunning: false };
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) =>
      output.isRunning ? onLog(line) : output.startUp.push(line),
    );
  }
  return output;
}

async function untilReady(url: string, child: ChildProcess, output: Output): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) {
      output.isRunning = true;
      return;
    }
    await sleep(100);
  }
  child.kill('SIGTERM');
  throw new StartError(
    [...output.startUp, 'Workerが起動しませんでした。上に出ているメッセージをご確認ください。'].join('\n'),
  );
}

async function tick(url: string, at: number): Promise<void> {
  await fetch(`${url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=${at}`);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timeout = sleep(5_000).then(() => child.kill('SIGKILL'));
  await Promise.race([ended, timeout]);
}
