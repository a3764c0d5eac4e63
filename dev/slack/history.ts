/**
 * What a workspace takes over a restart: messages, what has been read, Home tabs. What lives for minutes in Slack ends
 * with the process: modals, triggers, response URLs, and messages that only one person sees.
 */
import * as v from 'valibot';
import type { KeptMessages, StoredMessage } from './messages.ts';
import type { KeptHome } from './views.ts';

/** Rises when the shape changes; a history of another version is not read. */
const VERSION = 1;

export interface History extends KeptMessages {
  version: typeof VERSION;
  /** The last timestamp that was given, to a message or an event: none is given twice. */
  lastTs: string;
  homes: KeptHome[];
}

const ts = v.pipe(v.string(), v.regex(/^\d{1,10}\.\d{6}$/));
const object = v.record(v.string(), v.unknown());

const message: v.GenericSchema<unknown, StoredMessage> = v.strictObject({
  channel: v.string(),
  ts,
  clientMsgId: v.exactOptional(v.string()),
  threadTs: v.exactOptional(ts),
  author: v.string(),
  isBot: v.boolean(),
  text: v.string(),
  blocks: v.exactOptional(v.array(object)),
  attachments: v.exactOptional(v.array(v.unknown())),
  metadata: v.exactOptional(object),
  editedAt: v.exactOptional(v.number()),
  isBroadcast: v.exactOptional(v.boolean()),
  isTombstone: v.exactOptional(v.boolean()),
});

const history: v.GenericSchema<unknown, History> = v.strictObject({
  version: v.literal(VERSION),
  lastTs: ts,
  messages: v.array(message),
  readUpTo: v.record(v.string(), ts),
  homes: v.array(
    v.strictObject({
      userId: v.string(),
      id: v.string(),
      hash: v.string(),
      view: object,
      state: v.record(v.string(), v.record(v.string(), object)),
    }),
  ),
});

/** A history as it was exported; undefined when the value is none, or of another version. */
export function parseHistory(value: unknown): History | undefined {
  const parsed = v.safeParse(history, value);
  return parsed.success ? parsed.output : undefined;
}

/** A copy that later changes do not reach. */
export function makeHistory(parts: Omit<History, 'version'>): History {
  return structuredClone({ version: VERSION, ...parts });
}
