/** Starts the local Slack on this machine: Web API, browser page, sign-in and mail inbox at one address. */
import { Hono } from 'hono';
import type { Mail } from './client-api.ts';
import { channelsOf, GENERAL_CHANNEL, readCity, usersOf } from './server/city.ts';
import { clientRoutes } from './server/client-routes.ts';
import { keepHistory, loadHistory } from './server/history-file.ts';
import { serveFetch } from './server/http-adapter.ts';
import { mailRoutes } from './server/mail.ts';
import { openIdRoutes } from './server/openid.ts';
import { pageRoutes } from './server/page.ts';
import { Workspace } from './workspace.ts';
import type { Command, WorkspaceOptions } from './world.ts';

export interface LocalSlackOptions {
  /** 0 takes a free port. */
  port: number;
  /** Where the app takes commands, interactions and events: `http://127.0.0.1:8787/slack/events`. */
  appUrl: string;
  /** The parsed city file: its staff become people, its channels channels. */
  city: unknown;
  botToken: string;
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** Readable channel names by id. */
  channelNames?: Record<string, string>;
  /** For completion; without it, `/kikan` alone. */
  commands?: Command[];
  /** Where sign-in may send people back to; without it, anywhere on this machine. */
  redirectUris?: string[];
  /** Where messages outlive this process, in a folder that exists; without it, they end with it. */
  historyFile?: string;
  /** Everything else of the workspace (time limits, events, …). */
  workspace?: Partial<WorkspaceOptions>;
}

export interface LocalSlack {
  /** `http://127.0.0.1:PORT`; the Web API is at `${url}/api/`. */
  url: string;
  workspace: Workspace;
  mails: Mail[];
  /** Stops listening, cuts what is open and saves the history. */
  close(): Promise<void>;
}

const BOT = { userId: 'U0KIKANBOT', botId: 'B0KIKAN', name: 'kikan' };
const KIKAN: Command = {
  command: '/kikan',
  description: '相談・会議・点呼など',
  usageHint: '相談',
  words: [],
};

/** Starts it; rejects when the port is taken or the city file does not fit. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const city = readCity(options.city);
  let serve: (request: Request) => Promise<Response> | Response = () =>
    new Response('starting', { status: 503 });
  const server = serveFetch((request) => serve(request));
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : options.port);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const teamId = options.workspace?.teamId ?? 'T0KIKAN';
  const history = options.historyFile === undefined ? undefined : loadHistory(options.historyFile);
  const workspace = new Workspace({
    ...(history ? { history } : {}),
    teamId,
    teamName: city.name,
    botToken: options.botToken,
    signingSecret: options.signingSecret,
    bot: BOT,
    users: usersOf(city),
    channels: channelsOf(city, BOT.userId, { [GENERAL_CHANNEL]: '全体', ...options.channelNames }),
    commands: options.commands ?? [KIKAN],
    appUrl: options.appUrl,
    responseUrlBase: url,
    deliver: (request) => fetch(request),
    echoOwnMessages: true,
    ...options.workspace,
  });
  const stopKeeping =
    options.historyFile === undefined ? undefined : keepHistory(workspace, options.historyFile);
  const openId = await openIdRoutes(workspace, {
    issuer: url,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    teamId,
    teamName: city.name,
    isAllowedRedirect: (uri) => options.redirectUris?.includes(uri) ?? isOnThisMachine(uri),
    now: () => Date.now(),
  });
  const routes = new Hono();
  routes.route('/', openId);
  routes.route('/', mailRoutes(workspace.mails));
  routes.route('/client', clientRoutes(workspace));
  routes.route('/', await pageRoutes());
  // What takes faults stays outside Hono, which would answer 500 where a fault wants the connection cut.
  serve = (request) => {
    if (isMail(request)) return workspace.handleMail(request);
    return isWebApi(request) ? workspace.handle(request) : routes.fetch(request);
  };
  return {
    url,
    workspace,
    mails: workspace.mails,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      stopKeeping?.();
    },
  };
}

function isWebApi(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return pathname.startsWith('/response/') || /^\/api\/(?!openid\.connect\.)/.test(pathname);
}

function isMail({ method, url }: Request): boolean {
  return method === 'POST' && new URL(url).pathname === '/mail';
}

function isOnThisMachine(uri: string): boolean {
  return ['127.0.0.1', 'localhost'].includes(new URL(uri).hostname);
}
