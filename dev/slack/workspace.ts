/**
 * The local Slack: a workspace with its Web API, its people, and its signed requests to the app.
 * Web standards only, so that it runs in Node and inside a Worker's test isolate.
 */
import { AppLink } from './app-link.ts';
import type {
  Act,
  ActResult,
  Person as ClientPerson,
  Faults,
  Mail,
  Message,
  Snapshot,
  TrafficEntry,
} from './client-api.ts';
import { peopleOf, snapshotOf, toMessage, visibleMessages } from './client-view.ts';
import { sleep } from './clock.ts';
import type { SlackChannel, SlackUser } from './directory.ts';
import { EventSender } from './events.ts';
import type { History } from './history.ts';
import { type JsonObject, objectOf } from './json.ts';
import { takeMail } from './mail-box.ts';
import { Acting } from './people/acting.ts';
import { Person } from './people/person.ts';
import { askOptions, type OptionsRequest, type OptionsResult } from './people/suggestions.ts';
import { serveWebApi } from './web-api/serve.ts';
import { type WorkspaceOptions, World } from './world.ts';

/** A Web API call that the app made. */
export interface ApiCall {
  method: string;
  /** Milliseconds. */
  at: number;
  status: TrafficEntry['status'];
  args: JsonObject;
  answer: JsonObject;
}

export class Workspace {
  readonly #world: World;
  readonly #link: AppLink;
  readonly #events: EventSender;
  readonly #acting: Acting;

  constructor(options: WorkspaceOptions) {
    this.#world = new World(options);
    this.#link = new AppLink(this.#world);
    this.#events = new EventSender(this.#world, this.#link);
    this.#acting = new Acting(this.#world, this.#link, this.#events);
    this.#world.announce = (event) => void this.#events.send(event);
  }

  /**
   * Answers the app's requests: `/api/METHOD` and `/response/ID`, whatever the host.
   * Rejects with `ConnectionDropped` where a fault makes the connection fail.
   */
  handle(request: Request): Promise<Response> {
    return serveWebApi(request, this.#world);
  }

  /** Answers the app's mail, whatever the address; rejects with `ConnectionDropped` as `handle` does. */
  handleMail(request: Request): Promise<Response> {
    return takeMail(request, this.#world);
  }

  /** What the app has mailed, oldest first. */
  get mails(): Mail[] {
    return this.#world.mails;
  }

  /** A person who acts by what they see. */
  as(userId: string): Person {
    return new Person(userId, this.#world, this.#acting, this.#link);
  }

  /** Carries out one raw act, as the browser page sends it. */
  async act(act: Act): Promise<ActResult> {
    return (await this.#acting.perform(act)).result;
  }

  /** Asks the app for the choices of an external menu. */
  options(asked: OptionsRequest): Promise<OptionsResult> {
    return askOptions(asked, this.#world, this.#link);
  }

  /** Sends the app an event of the Events API, again up to three times; the same `eventId` is a redelivery. */
  async sendEvent(event: JsonObject, eventId?: string): Promise<void> {
    await this.#events.send(event, eventId);
  }

  /** Whether the app answers Slack's url_verification challenge. */
  verifyUrl(): Promise<boolean> {
    return this.#events.verifyUrl();
  }

  /** Resolves when every request to the app has been answered or given up. */
  settled(): Promise<void> {
    return this.#link.settled();
  }

  /** The top level of a channel for everybody, oldest first. */
  messages(channel: string): Message[] {
    return this.#world.messages.topLevel(channel).map((message) => toMessage(message, this.#world));
  }

  /** The replies under a parent, without the parent, oldest first. */
  thread(channel: string, parentTs: string): Message[] {
    return this.#world.messages.replies(channel, parentTs).map((message) => toMessage(message, this.#world));
  }

  /** One message as it is now. */
  message(channel: string, ts: string): Message | undefined {
    const stored = this.#world.messages.find(channel, ts);
    return stored && toMessage(stored, this.#world);
  }

  /** The metadata that the app gave a message. */
  metadataOf({ channel, ts }: Message): JsonObject | undefined {
    return this.#world.messages.find(channel, ts)?.metadata;
  }

  /** Everything between app and workspace, newest last, at most `trafficLimit`. */
  get traffic(): TrafficEntry[] {
    return this.#world.traffic.entries;
  }

  /** The calls of one Web API method (or `response_url`), or all of them, oldest first. */
  calls(method?: string): ApiCall[] {
    return this.traffic
      .filter((entry) => entry.direction === 'from-app' && (method === undefined || entry.what === method))
      .map(({ what, at, status, request, answer }) => ({
        method: what,
        at,
        status,
        args: objectOf(request),
        answer: objectOf(answer),
      }));
  }

  /** Everything that left the app towards Slack as one text: calls, and the bodies of its answers. */
  everythingFromApp(): string {
    return this.traffic
      .map((entry) => JSON.stringify(entry.direction === 'from-app' ? entry.request : entry.answer))
      .join('\n');
  }

  /** The faults and rates in force; set them to misbehave. */
  get faults(): Faults {
    return { faults: this.#world.faults.faults, enforceRates: this.#world.rates.isEnforced };
  }

  set faults({ faults, enforceRates }: Faults) {
    this.#world.faults.faults = faults;
    this.#world.rates.isEnforced = enforceRates;
    this.#world.changed();
  }

  /** Adds a person, or changes what is known of one. */
  putUser(user: SlackUser): void {
    this.#world.directory.users.set(user.id, { ...this.#world.directory.users.get(user.id), ...user });
    this.#world.changed();
  }

  /** Adds a channel, or changes what is known of one. */
  putChannel(channel: SlackChannel): void {
    const { channels } = this.#world.directory;
    channels.set(channel.id, { ...channels.get(channel.id), ...channel });
    this.#world.changed();
  }

  /** Everybody in the workspace, the deleted included. */
  get users(): SlackUser[] {
    return [...this.#world.directory.users.values()];
  }

  /** Whom the page can act as. */
  get people(): ClientPerson[] {
    return peopleOf(this.#world);
  }

  /** What the page shows to this person; undefined when there is no such person. */
  snapshot(userId: string): Snapshot | undefined {
    return snapshotOf(userId, this.#world);
  }

  /** What this person sees of a channel's top level, or of one thread with its parent. */
  messagesFor(userId: string, channel: string, threadTs?: string): Message[] {
    return visibleMessages(userId, channel, threadTs, this.#world);
  }

  /** What a workspace after this one takes as `history` to go on: messages, unread marks, Home tabs. A copy. */
  exportHistory(): History {
    return this.#world.exportHistory();
  }

  /** Rises with every change. */
  get version(): number {
    return this.#world.version;
  }

  /** Calls the listener on every change; the answer ends that. */
  subscribe(listener: () => void): () => void {
    this.#world.listeners.add(listener);
    return () => this.#world.listeners.delete(listener);
  }

  /** The first thing that `look` finds that is neither undefined, null nor false; throws after `ms`. */
  async waitFor<Value>(
    look: () => Value | Promise<Value>,
    { ms = 3000, what = 'what was waited for' }: { ms?: number; what?: string } = {},
  ): Promise<Exclude<Value, undefined | null | false>> {
    const isFound = (value: Value): value is Exclude<Value, undefined | null | false> =>
      value !== undefined && value !== null && value !== false;
    const until = performance.now() + ms;
    for (;;) {
      const value = await look();
      if (isFound(value)) return value;
      if (performance.now() > until) throw new Error(`waited ${ms} ms in vain for ${what}`);
      await sleep(10);
    }
  }
}
