/** Every message of the workspace, in memory: channels, threads, ephemerals, and what each person has read. */
import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';

export interface StoredMessage {
  channel: string;
  ts: string;
  /** Given by the client of the person who wrote it; the app's posts have none. */
  clientMsgId?: string;
  threadTs?: string;
  author: string;
  isBot: boolean;
  text: string;
  blocks?: JsonObject[];
  attachments?: unknown[];
  metadata?: JsonObject;
  /** Milliseconds. */
  editedAt?: number;
  /** The only person who sees it. */
  ephemeralFor?: string;
  /** A reply that is also shown in the channel. */
  isBroadcast?: boolean;
  /** A deleted parent whose replies remain; its author is Slack. */
  isTombstone?: boolean;
}

export type NewMessage = Omit<StoredMessage, 'ts'>;

/** What outlives a workspace: the messages for everybody, and what each person has read of them. */
export interface KeptMessages {
  messages: StoredMessage[];
  /** By person, channel and thread, as `MessageStore` keys them: the last message read. */
  readUpTo: Record<string, string>;
}

export class MessageStore {
  readonly #clock: Clock;
  /** By channel, then by timestamp. */
  readonly #channels = new Map<string, Map<string, StoredMessage>>();
  readonly #readUpTo: Map<string, string>;

  /** `earlier` is what a workspace before this one left behind. */
  constructor(clock: Clock, earlier?: KeptMessages) {
    this.#clock = clock;
    this.#readUpTo = new Map(Object.entries(earlier?.readUpTo ?? {}));
    for (const message of earlier?.messages ?? []) {
      clock.continueAfter(message.ts);
      this.#put({ ...message });
    }
  }

  /** Keeps a new message and gives it its timestamp. */
  add(message: NewMessage): StoredMessage {
    const stored: StoredMessage = { ...message, ts: this.#clock.nextTs() };
    this.#put(stored);
    return stored;
  }

  /** The message, ephemeral ones included; undefined when there is none. */
  find(channel: string, ts: string): StoredMessage | undefined {
    return this.#channels.get(channel)?.get(ts);
  }

  /**
   * Takes the message away, as Slack does: a parent with replies leaves a tombstone behind, which goes with the last
   * reply. Answers with what became of the message, and with the tombstone that went too.
   */
  remove(message: StoredMessage): { isTombstone: boolean; goneToo?: StoredMessage } {
    if (message.ephemeralFor === undefined && this.replies(message.channel, message.ts).length > 0) {
      this.#put({
        channel: message.channel,
        ts: message.ts,
        author: 'USLACKBOT',
        isBot: false,
        text: 'このメッセージは削除されました。',
        isTombstone: true,
      });
      return { isTombstone: true };
    }
    const channel = this.#channels.get(message.channel);
    channel?.delete(message.ts);
    const parent = channel?.get(message.threadTs ?? '');
    if (!parent?.isTombstone || this.replies(parent.channel, parent.ts).length > 0)
      return { isTombstone: false };
    channel?.delete(parent.ts);
    return { isTombstone: false, goneToo: parent };
  }

  /** The top level of a channel and the replies broadcast to it, oldest first. */
  topLevel(channel: string): StoredMessage[] {
    return this.#shared(channel).filter((message) => message.threadTs === undefined || message.isBroadcast);
  }

  /** The replies under a parent, without the parent, oldest first. */
  replies(channel: string, parentTs: string): StoredMessage[] {
    return this.#shared(channel).filter((message) => message.threadTs === parentTs);
  }

  /** What only this person sees, oldest first. */
  ephemerals(userId: string): StoredMessage[] {
    const all = [...this.#channels.values()].flatMap((channel) => [...channel.values()]);
    return all
      .filter((message) => message.ephemeralFor === userId)
      .sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  /** Marks a channel's top level, or one thread, as read to its end. */
  markRead(userId: string, channel: string, threadTs?: string): void {
    const messages = threadTs === undefined ? this.topLevel(channel) : this.replies(channel, threadTs);
    const latest = messages.at(-1)?.ts;
    if (latest !== undefined) this.#readUpTo.set(`${userId} ${channel} ${threadTs ?? ''}`, latest);
  }

  /** How many top-level messages of others this person has not read. */
  unreadCount(userId: string, channel: string): number {
    return this.topLevel(channel).filter((message) => this.#isUnread(userId, message, '')).length;
  }

  /** The parents whose replies by others this person has not read. */
  unreadThreads(userId: string, channel: string): string[] {
    const unread = this.#shared(channel).flatMap((message) =>
      message.threadTs && this.#isUnread(userId, message, message.threadTs) ? message.threadTs : [],
    );
    return [...new Set(unread)];
  }

  /** What a store after this one takes as `earlier`. */
  export(): KeptMessages {
    return {
      messages: [...this.#channels.keys()].flatMap((channel) => this.#shared(channel)),
      readUpTo: Object.fromEntries(this.#readUpTo),
    };
  }

  #put(message: StoredMessage): void {
    const channel = this.#channels.get(message.channel) ?? new Map<string, StoredMessage>();
    this.#channels.set(message.channel, channel.set(message.ts, message));
  }

  /** The messages for everybody. */
  #shared(channel: string): StoredMessage[] {
    const all = [...(this.#channels.get(channel)?.values() ?? [])];
    return all.filter((message) => message.ephemeralFor === undefined);
  }

  #isUnread(userId: string, message: StoredMessage, threadTs: string): boolean {
    const upTo = this.#readUpTo.get(`${userId} ${message.channel} ${threadTs}`) ?? '';
    return message.author !== userId && message.ts > upTo;
  }
}
