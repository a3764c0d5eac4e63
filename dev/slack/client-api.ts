/**
 * What the local Slack's server and its browser page say to each other, all under /client/.
 * The page holds no truth: it shows snapshots, and asks for a new one whenever the event stream says that
 * something changed.
 *
 * | request | answer |
 * |---|---|
 * | GET  /client/people                      | `Person[]`: whom the developer can act as |
 * | GET  /client/snapshot?user=U…            | `Snapshot` as that person sees it |
 * | GET  /client/messages?user=U…&channel=C…&thread=ts | `Message[]`, oldest first; without `thread` the channel's top level |
 * | GET  /client/stream?user=U…              | server-sent events: `{"version":n}` on every change |
 * | GET  /client/traffic?after=n             | `TrafficEntry[]`, newest last, at most 500 kept |
 * | POST /client/act   (JSON `Act`)          | `ActResult` |
 * | POST /client/options (JSON `OptionsRequest` of people/suggestions.ts) | `OptionsResult`: choices of an external menu |
 * | POST /client/faults (JSON `Faults`)      | the faults now in force; GET reads them |
 */

export interface Person {
  id: string;
  name: string;
  /** One line under the name: profession and office. */
  title: string;
  isGuest: boolean;
}

export interface Conversation {
  id: string;
  /** Channel name without `#`, or the app's name for the DM with the bot. */
  name: string;
  kind: 'channel' | 'private' | 'app';
  unread: number;
  /** The latest thread replies that this person has not seen, by parent ts. */
  unreadThreads: string[];
}

export interface Message {
  channel: string;
  ts: string;
  threadTs?: string;
  /** A reply that is also shown in the channel. */
  isBroadcast?: boolean;
  /** Slack id of the author; the bot's id for the app's posts. */
  author: string;
  authorName: string;
  isBot: boolean;
  /** Only this person sees it; gone on reload in the real Slack. */
  isEphemeral: boolean;
  text: string;
  /** Block Kit, as the app sent it. Absent: show `text` as mrkdwn. */
  blocks?: unknown[];
  editedAt?: number;
  replyCount: number;
  lastReplyTs?: string;
}

/** A modal that is open for this person; the last of the list is on top (views.push). */
export interface OpenView {
  id: string;
  hash: string;
  /** The view object as the app sent it: title, blocks, submit, close, private_metadata. */
  view: Record<string, unknown>;
  /** block_id → message, from the last `response_action: "errors"`. */
  errors: Record<string, string>;
}

export interface Snapshot {
  version: number;
  me: Person;
  conversations: Conversation[];
  views: OpenView[];
  /** The App Home tab as last published for this person. */
  home: Record<string, unknown> | null;
  /** The id of that view; '' without one. */
  homeId: string;
  /** The app's slash commands, for completion. */
  commands: { command: string; description: string; usageHint: string; words: string[] }[];
}

/** `state` is Slack's `view.state.values`: block_id → action_id → value object. */
export type ViewState = Record<string, Record<string, Record<string, unknown>>>;

export type Act =
  /** `text` as it was typed, here and in `edit`; `isBroadcast`: a reply that is also shown in the channel. */
  | { act: 'say'; user: string; channel: string; text: string; threadTs?: string; isBroadcast?: boolean }
  | { act: 'edit'; user: string; channel: string; ts: string; text: string }
  | { act: 'delete'; user: string; channel: string; ts: string }
  | { act: 'slash'; user: string; channel: string; command: string; text: string; threadTs?: string }
  /** A click or a choice in a message. `value` is what Slack adds to the action: selected_option, selected_date… */
  | {
      act: 'message-action';
      user: string;
      channel: string;
      ts: string;
      blockId: string;
      actionId: string;
      value: Record<string, unknown>;
    }
  | {
      act: 'view-action';
      user: string;
      viewId: string;
      blockId: string;
      actionId: string;
      value: Record<string, unknown>;
      state: ViewState;
    }
  /** `state`: what stands in the tab's inputs, where the client holds it. */
  | {
      act: 'home-action';
      user: string;
      blockId: string;
      actionId: string;
      value: Record<string, unknown>;
      state?: ViewState;
    }
  | { act: 'view-submit'; user: string; viewId: string; state: ViewState }
  | { act: 'view-close'; user: string; viewId: string }
  | { act: 'open-home'; user: string }
  | { act: 'read'; user: string; channel: string; threadTs?: string };

/** `message` is a Japanese sentence for the person when Slack itself would show one (the app did not answer in 3 s…). */
export type ActResult = { ok: true } | { ok: false; message: string };

/** How the local Slack misbehaves on purpose; `method` is a Web API method, `*` for all of them, or `mail`; `times` counts down, absent = until cleared. */
export interface Fault {
  method: string;
  kind: 'rate-limited' | 'server-error' | 'hang' | 'drop-after-accept';
  retryAfterSeconds?: number;
  times?: number;
}
export interface Faults {
  faults: Fault[];
  /** Enforce Slack's rates (1 post a second a channel, 50 updates a minute, …). */
  enforceRates: boolean;
}

/** What the app has mailed. */
export interface Mail {
  id: number;
  /** Milliseconds. */
  at: number;
  to: string;
  subject: string;
  text: string;
  html?: string | undefined;
}

export interface TrafficEntry {
  seq: number;
  at: number;
  direction: 'to-app' | 'from-app';
  /** Web API method, `mail`, or command / block_actions / view_submission / event type. */
  what: string;
  status: number | 'pending' | 'no answer';
  ms: number;
  request: unknown;
  answer: unknown;
}
