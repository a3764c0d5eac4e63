/** What one person sees: people, conversations, messages and modals, in the shapes of client-api.ts. */
import type { Conversation, Message, OpenView, Person, Snapshot } from './client-api.ts';
import type { SlackUser } from './directory.ts';
import type { StoredMessage } from './messages.ts';
import type { StoredView } from './views.ts';
import type { World } from './world.ts';

/** Whom one can act as. */
export function peopleOf(world: World): Person[] {
  return [...world.directory.users.values()].filter((user) => !user.deleted).map(toPerson);
}

/** Everything on this person's screen; undefined when there is no such person. */
export function snapshotOf(userId: string, world: World): Snapshot | undefined {
  const user = world.directory.users.get(userId);
  if (!user) return undefined;
  const home = world.views.homeOf(userId);
  return {
    version: world.version,
    me: toPerson(user),
    conversations: conversationsOf(userId, world),
    views: world.views.stackOf(userId).map(toOpenView),
    home: home?.view ?? null,
    homeId: home?.id ?? '',
    commands: world.settings.commands,
  };
}

/** What this person sees of a channel or thread, oldest first; nothing when they are no member. */
export function visibleMessages(
  userId: string,
  channel: string,
  threadTs: string | undefined,
  world: World,
): Message[] {
  if (!world.directory.isMember(userId, channel)) return [];
  const { messages } = world;
  const parent = threadTs === undefined ? undefined : messages.find(channel, threadTs);
  const shared =
    threadTs === undefined
      ? messages.topLevel(channel)
      : [...(parent ? [parent] : []), ...messages.replies(channel, threadTs)];
  const own = messages
    .ephemerals(userId)
    .filter((message) => message.channel === channel && message.threadTs === threadTs);
  return [...shared, ...own].sort((a, b) => Number(a.ts) - Number(b.ts)).map((one) => toMessage(one, world));
}

/** A message as the page and the tests read it. */
export function toMessage(stored: StoredMessage, world: World): Message {
  const replies = stored.threadTs ? [] : world.messages.replies(stored.channel, stored.ts);
  const lastReplyTs = replies.at(-1)?.ts;
  return {
    channel: stored.channel,
    ts: stored.ts,
    ...(stored.threadTs ? { threadTs: stored.threadTs } : {}),
    ...(stored.isBroadcast ? { isBroadcast: true } : {}),
    author: stored.author,
    authorName: world.directory.nameOf(stored.author),
    isBot: stored.isBot,
    isEphemeral: stored.ephemeralFor !== undefined,
    text: stored.text,
    ...(stored.blocks ? { blocks: structuredClone(stored.blocks) } : {}),
    ...(stored.editedAt ? { editedAt: stored.editedAt } : {}),
    replyCount: replies.length,
    ...(lastReplyTs ? { lastReplyTs } : {}),
  };
}

/** A modal as the page and the tests read it. */
export function toOpenView({ id, hash, view, errors }: StoredView): OpenView {
  return { id, hash, view: structuredClone(view), errors: { ...errors } };
}

function toPerson(user: SlackUser): Person {
  return {
    id: user.id,
    name: user.name,
    title: user.title ?? '',
    isGuest: user.isGuest === true || user.isUltraRestricted === true,
  };
}

function conversationsOf(userId: string, world: World): Conversation[] {
  const { directory, messages, settings } = world;
  const marks = (id: string) => ({
    unread: messages.unreadCount(userId, id),
    unreadThreads: messages.unreadThreads(userId, id),
  });
  const channels = directory.channelsOf(userId).map(
    (channel): Conversation => ({
      id: channel.id,
      name: channel.name,
      kind: channel.isPrivate ? 'private' : 'channel',
      ...marks(channel.id),
    }),
  );
  const dm = directory.dmOf(userId);
  return [...channels, { id: dm, name: settings.bot.name, kind: 'app', ...marks(dm) }];
}
