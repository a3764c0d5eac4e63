/** conversations.*: channels, DMs, their members and their history. */
import type { Place } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import type { StoredMessage } from '../messages.ts';
import type { World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { messagePayload } from './message-payload.ts';
import { type Method, pageOf } from './method.ts';
import { isBotIn, placeId, visiblePlace } from './reach.ts';
import { SlackError } from './slack-error.ts';

const open: Method = (args, world) => {
  const ids = (args.text('users') ?? '').split(',').filter(Boolean);
  const existing = args.text('channel');
  if (ids.length === 0 && existing) return { channel: placePayload(visiblePlace(existing, world), world) };
  const [id] = ids;
  if (id === undefined) throw new SlackError('users_list_not_supplied');
  if (ids.length > 1) throw new SlackError('not_enough_users');
  const user = world.directory.users.get(id);
  if (!user) throw new SlackError('user_not_found');
  if (user.deleted) throw new SlackError('user_disabled');
  return { channel: { id: world.directory.dmOf(id) } };
};

const info: Method = (args, world) => ({
  channel: placePayload(visiblePlace(args.text('channel'), world), world),
});

const members: Method = (args, world) => {
  const place = visiblePlace(args.text('channel'), world);
  const ids = place.kind === 'dm' ? [place.user.id, world.settings.bot.userId] : place.channel.members;
  const { page, nextCursor } = pageOf(ids, args, 100);
  return { members: page, response_metadata: { next_cursor: nextCursor } };
};

const list: Method = (args, world) => {
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const places: Place[] = [
    ...[...world.directory.channels.values()].map((channel): Place => ({ kind: 'channel', channel })),
    ...[...world.directory.users.values()].map(
      (user): Place => ({ kind: 'dm', id: world.directory.dmOf(user.id), user }),
    ),
  ];
  const visible = places.filter((place) => {
    if (place.kind === 'dm') return types.includes('im') && !place.user.deleted;
    if (place.channel.isArchived && args.flag('exclude_archived')) return false;
    if (!place.channel.isPrivate) return types.includes('public_channel');
    return types.includes('private_channel') && isBotIn(place, world);
  });
  const { page, nextCursor } = pageOf(visible, args, 100);
  return {
    channels: page.map((place) => placePayload(place, world)),
    response_metadata: { next_cursor: nextCursor },
  };
};

const history: Method = (args, world) => {
  const channel = readablePlace(args, world);
  const newestFirst = within(world.messages.topLevel(channel), args).reverse();
  return { ...messagesPage(newestFirst, args, world), pin_count: 0 };
};

const replies: Method = (args, world) => {
  const channel = readablePlace(args, world);
  const asked = world.messages.find(channel, args.required('ts'));
  if (!asked || asked.ephemeralFor) throw new SlackError('thread_not_found');
  // A reply has no replies of its own: it comes alone. A parent comes first, whatever the time asked for.
  return messagesPage([asked, ...within(world.messages.replies(channel, asked.ts), args)], args, world);
};

/** Every conversations method. */
export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'conversations.history': history,
  'conversations.replies': replies,
};

function readablePlace(args: Arguments, world: World): string {
  const place = visiblePlace(args.text('channel'), world);
  if (!isBotIn(place, world)) throw new SlackError('not_in_channel');
  return placeId(place);
}

/** The messages after `oldest` and before `latest`; `inclusive` takes in those of just these times. */
function within(messages: StoredMessage[], args: Arguments): StoredMessage[] {
  const oldest = timeOf(args, 'oldest') ?? 0;
  const latest = timeOf(args, 'latest') ?? Number.POSITIVE_INFINITY;
  const isInclusive = args.flag('inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (isInclusive && (at === oldest || at === latest));
  });
}

function timeOf(args: Arguments, name: 'oldest' | 'latest'): number | undefined {
  const ts = args.text(name);
  if (ts !== undefined && Number.isNaN(Number(ts))) throw new SlackError(`invalid_ts_${name}`);
  return ts === undefined ? undefined : Number(ts);
}

function messagesPage(messages: StoredMessage[], args: Arguments, world: World): JsonObject {
  const { page, hasMore, nextCursor } = pageOf(messages, args, 100);
  return {
    messages: page.map((message) => messagePayload(message, world)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: { next_cursor: nextCursor } } : {}),
  };
}

function placePayload(place: Place, world: World): JsonObject {
  if (place.kind === 'dm') {
    return { id: place.id, is_im: true, is_channel: false, is_group: false, user: place.user.id };
  }
  const { channel } = place;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate === true,
    is_archived: channel.isArchived === true,
    is_general: false,
    is_shared: channel.isShared === true,
    is_ext_shared: channel.isShared === true,
    is_org_shared: false,
    is_member: isBotIn(place, world),
    context_team_id: world.settings.teamId,
    num_members: channel.members.length,
  };
}
