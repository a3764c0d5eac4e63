/** The Worker in workerd, through `wrangler dev`: the same bundle and configuration as a deployment's. */
import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSettings, SettingsError } from '../../src/lib/env.ts';
import { noCityFile, readCityFile } from './city-loading.ts';
import { localDataKeys } from './data-keys.ts';
import { writeEnvironmentFile } from './environment-file.ts';
import { killTree } from './process-tree.ts';
import { StartError } from './start-error.ts';
import { isNewState, ROOT, WRANGLER_ENV } from './state.ts';

const READY_WITHIN_MS = 60_000;
/** A Slack that does not answer must not keep the Worker from being ready. */
const FIRST_TICK_WITHIN_MS = 2_000;
/** Wrangler takes less than a second to end, with the runtimes that it started. */
const END_WITHIN_MS = 5_000;

export interface WorkerOptions {
  port: number;
  state: string;
  cityFile: string | undefined;
  environment: Record<string, string | undefined>;
  /** Aborts when the Worker is to end, also while it starts. */
  asked: AbortSignal;
  /** Takes each line that the Worker logs once it runs. */
  onLog: (line: string) => void;
}

export interface RunningWorker {
  url: string;
  /** Fires the cron once, as if it were `at` (milliseconds since the epoch). */
  tick(at: number): Promise<void>;
  /**
   * Resolves when the Worker has ended because it was asked to.
   * @throws {StartError} when it ended by itself
   */
  untilEnded(): Promise<void>;
}

/**
 * Migrates and fills the database, starts the Worker and waits until it answers. Everything that a person set is checked
 * before anything is opened or loaded.
 * @throws {StartError} naming the setting that is missing or malformed, the fault of the city file, or the port in use
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { port, state, asked } = options;
  const city = options.cityFile ? readCityFile(options.cityFile) : undefined;
  if (!city && isNewState(state)) throw noCityFile();
  const environment = {
    ...options.environment,
    DATA_KEYS: options.environment.DATA_KEYS ?? localDataKeys(state),
  };
  checkSettings(environment);
  await refuseUsedPort(port);
  // Not above: what reaches a database takes a second to load, and a refusal should not take that long.
  const { loadFirstCity } = await import('./first-city.ts');
  await loadFirstCity(state, city, environment);
  const { writeWorkerConfig } = await import('./worker-config.ts');
  asked.throwIfAborted();
  const child = spawnWrangler(options, {
    config: writeWorkerConfig(state),
    settings: writeEnvironmentFile(state, environment),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = () => void stop(child, ended);
  asked.addEventListener('abort', end);
  const url = `http://127.0.0.1:${port}`;
  const output = readOutput(child, options.onLog);
  try {
    await untilReady(url, child, output);
    // A deployment's cron comes within a minute; here it comes now, so that what an earlier run left behind is delivered.
    await Promise.race([tick(url, Date.now()), sleep(FIRST_TICK_WITHIN_MS)]);
    asked.throwIfAborted();
  } catch (error) {
    if (!asked.aborted) end();
    await ended;
    throw error;
  }
  return {
    url,
    tick: (at) => tick(url, at),
    async untilEnded() {
      await ended;
      if (!asked.aborted)
        throw new StartError('Workerが止まりました。Workerの記録（ログ）をご確認ください。');
    },
  };
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
        .map(({ setting, problem }) =>
          problem === 'missing'
            ? `${setting} がありません。`
            : `${setting} の値が正しくありません（${problem}）。`,
        )
        .join('\n'),
    );
  }
}

/** @param files the configuration and the settings, as paths */
function spawnWrangler(
  { port, state }: WorkerOptions,
  files: { config: string; settings: string },
): ChildProcess {
  const wrangler = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  const flags = [
    '--config',
    files.config,
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--inspector-port',
    '0',
    '--persist-to',
    state,
    '--env-file',
    files.settings,
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
    if (child.exitCode !== null || child.signalCode !== null) break;
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) {
      output.isRunning = true;
      return;
    }
    await sleep(100);
  }
  throw new StartError(
    [...output.startUp, 'Workerが起動しませんでした。上に出ているメッセージをご確認ください。'].join('\n'),
  );
}

/** A Worker that has just ended or is being asked too much misses this minute; the next one brings another. */
async function tick(url: string, at: number): Promise<void> {
  await fetch(`${url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=${at}`).catch(() => undefined);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const isTooLate = await Promise.race([ended, sleep(END_WITHIN_MS, true)]);
  if (isTooLate && child.pid !== undefined) killTree(child.pid);
}
