/** Everything the local Slack remembers, shared by its Web API, its deliveries and its people. */
import type { Mail } from './client-api.ts';
import { Clock } from './clock.ts';
import { type Bot, Directory, type SlackChannel, type SlackUser } from './directory.ts';
import { FaultBox } from './faults.ts';
import { type History, makeHistory } from './history.ts';
import type { JsonObject } from './json.ts';
import { MessageForms } from './message-forms.ts';
import { MessageStore } from './messages.ts';
import { RateLimiter } from './rates.ts';
import { ResponseUrls } from './response-urls.ts';
import { TrafficLog } from './traffic.ts';
import { Triggers } from './triggers.ts';
import { ViewStore } from './views.ts';

export interface Command {
  /** With its slash. */
  command: string;
  description: string;
  usageHint: string;
  /** Words that may follow, for completion. */
  words: string[];
}

export interface WorkspaceOptions {
  teamId: string;
  teamName: string;
  botToken: string;
  signingSecret: string;
  apiAppId?: string;
  bot: Bot;
  users: SlackUser[];
  channels: SlackChannel[];
  commands: Command[];
  /** Carries a signed request to the app and answers with the app's response; rejects when it cannot. */
  deliver: (request: Request) => Promise<Response>;
  /** Where the app takes Slack's requests. */
  appUrl?: string;
  /** Where response URLs point to, without `/response`. */
  responseUrlBase: string;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** How long Slack waits for the app. */
  ackTimeoutMs?: number;
  /** Pauses before an event is sent again. */
  eventRetryMs?: number[];
  /** How long a hanging call stays open. */
  hangMs?: number;
  trafficLimit?: number;
  enforceRates?: boolean;
  /** Event types the app is subscribed to: `app_home_opened`, `message.channels`, `message.groups`, `message.im`. */
  events?: string[];
  /** Send the app its own posts as events too, as Slack does; without it, they are left out. */
  echoOwnMessages?: boolean;
  /** What an earlier workspace left behind (`Workspace.exportHistory`). */
  history?: History;
}

export class World {
  readonly settings: Required<Omit<WorkspaceOptions, 'history'>>;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly messages: MessageStore;
  readonly messageForms = new MessageForms();
  readonly views: ViewStore;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly traffic: TrafficLog;
  readonly faults = new FaultBox();
  readonly rates: RateLimiter;
  readonly mails: Mail[] = [];
  readonly listeners = new Set<() => void>();
  version = 1;
  /** Sends the app an event; set by the workspace. */
  announce: (event: JsonObject) => void = () => {};

  constructor({ history, ...options }: WorkspaceOptions) {
    this.settings = {
      apiAppId: 'A0KIKAN',
      appUrl: 'http://127.0.0.1:8787/slack/events',
      now: () => Date.now(),
      ackTimeoutMs: 3000,
      eventRetryMs: [100, 400, 1600],
      hangMs: 60_000,
      trafficLimit: 500,
      enforceRates: false,
      events: ['app_home_opened', 'message.channels', 'message.groups', 'message.im'],
      echoOwnMessages: true,
      ...options,
    };
    const { teamId, bot, users, channels, responseUrlBase, trafficLimit, enforceRates } = this.settings;
    this.clock = new Clock(this.settings.now);
    this.directory = new Directory(teamId, bot, users, channels);
    if (history) this.clock.continueAfter(history.lastTs);
    this.messages = new MessageStore(this.clock, history);
    this.views = new ViewStore(history?.homes);
    this.triggers = new Triggers(this.clock);
    this.responseUrls = new ResponseUrls(this.clock, responseUrlBase);
    this.traffic = new TrafficLog(
      trafficLimit,
      () => this.clock.now(),
      () => this.changed(),
    );
    this.rates = new RateLimiter(this.clock, enforceRates);
  }

  /** What payloads say about app and team. */
  get app(): { teamId: string; apiAppId: string; botId: string } {
    return {
      teamId: this.settings.teamId,
      apiAppId: this.settings.apiAppId,
      botId: this.settings.bot.botId,
    };
  }

  /** What a workspace after this one needs to go on. */
  exportHistory(): History {
    const { clock, messages, views } = this;
    return makeHistory({ lastTs: clock.lastTs, ...messages.export(), homes: views.exportHomes() });
  }

  /** Tells everybody who watches that something changed. */
  changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
