/** Carries out what a person does: every act of the client, with the refusals Slack's client would show. */
import type { AppLink } from '../app-link.ts';
import type { Act } from '../client-api.ts';
import type { SlackUser } from '../directory.ts';
import type { EventSender } from '../events.ts';
import { messageChangedEvent, messageEvent, removeMessage } from '../message-events.ts';
import type { StoredMessage } from '../messages.ts';
import { obeyCommandAck } from '../obey-ack.ts';
import { commandFields } from '../payloads.ts';
import { writtenText } from '../typed-text.ts';
import { viewPayload } from '../views.ts';
import type { World } from '../world.ts';
import { type Acted, done, refused } from './acted.ts';
import { closeView, homeAction, messageAction, submitView, viewAction } from './interactions.ts';

type ActOf<Kind extends Act['act']> = Extract<Act, { act: Kind }>;

const EMPTY = 'メッセージが空です。';

export class Acting {
  readonly #world: World;
  readonly #link: AppLink;
  readonly #events: EventSender;

  constructor(world: World, link: AppLink, events: EventSender) {
    this.#world = world;
    this.#link = link;
    this.#events = events;
  }

  /** Does it and waits for the app's answer; events go out without waiting (`AppLink.settled` does). */
  async perform(act: Act): Promise<Acted> {
    const user = this.#world.directory.users.get(act.user);
    if (!user || user.deleted) return refused('この人はワークスペースにいません。');
    const acted = await this.#perform(act, user);
    this.#world.changed();
    return acted;
  }

  async #perform(act: Act, user: SlackUser): Promise<Acted> {
    switch (act.act) {
      case 'say':
        return this.#say(act);
      case 'edit':
        return this.#edit(act);
      case 'delete':
        return this.#delete(act);
      case 'slash':
        return this.#slash(act, user);
      case 'message-action':
        return messageAction(act, user, this.#world, this.#link);
      case 'view-action':
        return viewAction(act, user, this.#world, this.#link);
      case 'home-action':
        return homeAction(act, user, this.#world, this.#link);
      case 'view-submit':
        return submitView(act, user, this.#world, this.#link);
      case 'view-close':
        return closeView(act, user, this.#world, this.#link);
      case 'open-home':
        return this.#openHome(user);
      case 'read':
        this.#world.messages.markRead(act.user, act.channel, act.threadTs);
        return done;
    }
  }

  #say({ user, channel, text, threadTs, isBroadcast }: ActOf<'say'>): Acted {
    const { directory, messages } = this.#world;
    const refusal = this.#whyNotWritable(user, channel);
    if (refusal !== undefined) return refused(refusal);
    if (text.trim() === '') return refused(EMPTY);
    const parent = threadTs === undefined ? undefined : this.#parentOf(channel, threadTs);
    if (threadTs !== undefined && !parent) return refused('このスレッドはもうありません。');
    const message = messages.add({
      channel,
      author: user,
      isBot: false,
      text: writtenText(text, directory),
      clientMsgId: crypto.randomUUID(),
      ...(parent ? { threadTs: parent.ts } : {}),
      ...(parent && isBroadcast ? { isBroadcast: true } : {}),
    });
    messages.markRead(user, channel, parent?.ts);
    void this.#events.send(messageEvent(message, this.#world));
    return { result: { ok: true }, message };
  }

  #edit({ user, channel, ts, text }: ActOf<'edit'>): Acted {
    const message = this.#world.messages.find(channel, ts);
    if (message?.author !== user) return refused('自分のメッセージだけを編集できます。');
    const refusal = this.#whyNotWritable(user, channel);
    if (refusal !== undefined) return refused(refusal);
    if (text.trim() === '') return refused(EMPTY);
    const written = writtenText(text, this.#world.directory);
    if (written === message.text) return { result: { ok: true }, message };
    const before = { ...message };
    message.text = written;
    message.editedAt = this.#world.clock.now();
    void this.#events.send(messageChangedEvent(message, before, this.#world));
    return { result: { ok: true }, message };
  }

  /** Deletes an own message, or puts away what only this person sees. */
  #delete({ user, channel, ts }: ActOf<'delete'>): Acted {
    const message = this.#world.messages.find(channel, ts);
    if (!message || (message.author !== user && message.ephemeralFor !== user))
      return refused('自分のメッセージだけを削除できます。');
    for (const event of removeMessage(message, this.#world)) void this.#events.send(event);
    return done;
  }

  async #slash(act: ActOf<'slash'>, user: SlackUser): Promise<Acted> {
    const { directory, settings } = this.#world;
    const { command, channel } = act;
    if (!directory.isMember(user.id, channel)) return refused('このチャンネルには入っていません。');
    if (!settings.commands.some((known) => known.command === command)) {
      return refused(`${command} というコマンドはありません。`);
    }
    if (act.threadTs !== undefined) return refused(`${command} はスレッドの中では使えません。`);
    const fields = commandFields(user, act, this.#world);
    const ack = await this.#link.send({
      what: 'command',
      body: new URLSearchParams(fields).toString(),
      contentType: 'application/x-www-form-urlencoded',
      logged: fields,
    });
    return { result: obeyCommandAck(ack, { command, channel, userId: user.id }, this.#world), ack };
  }

  #openHome(user: SlackUser): Acted {
    const { directory, views, clock } = this.#world;
    const home = views.homeOf(user.id);
    void this.#events.send({
      type: 'app_home_opened',
      user: user.id,
      channel: directory.dmOf(user.id),
      tab: 'home',
      event_ts: clock.nextTs(),
      ...(home ? { view: viewPayload(home, this.#world.app) } : {}),
    });
    return done;
  }

  #whyNotWritable(userId: string, channel: string): string | undefined {
    const { directory } = this.#world;
    if (!directory.isMember(userId, channel)) return 'このチャンネルには入っていません。';
    const place = directory.place(channel);
    const isArchived = place?.kind === 'channel' && place.channel.isArchived;
    return isArchived ? 'このチャンネルはアーカイブされています。' : undefined;
  }

  /** The message whose thread this one is in, or can begin; what only one person sees begins none. */
  #parentOf(channel: string, ts: string): StoredMessage | undefined {
    const { messages } = this.#world;
    const found = messages.find(channel, ts);
    if (!found || found.ephemeralFor) return undefined;
    return found.threadTs === undefined ? found : messages.find(channel, found.threadTs);
  }
}
