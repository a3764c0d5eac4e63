/** chat.*: the app posts, changes and deletes its messages. */

import type { JsonObject } from '../json.ts';
import { messageChangedEvent, messageEvent, removeMessage } from '../message-events.ts';
import type { StoredMessage } from '../messages.ts';
import type { World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { isEmpty, readContent } from './content.ts';
import { messagePayload } from './message-payload.ts';
import type { Method } from './method.ts';
import { placeId, visiblePlace, writablePlace } from './reach.ts';
import { SlackError } from './slack-error.ts';

const postMessage: Method = (args, world) => {
  const channel = placeId(writablePlace(args.text('channel'), world));
  const { text = '', ...content } = readContent(args);
  if (isEmpty({ text, ...content })) throw new SlackError('no_text');
  const threadTs = threadOf(args, channel, world);
  const message = world.messages.add({
    channel,
    author: world.settings.bot.userId,
    isBot: true,
    text,
    ...content,
    ...(threadTs ? { threadTs } : {}),
    ...(threadTs && args.flag('reply_broadcast') ? { isBroadcast: true } : {}),
  });
  echo(messageEvent(message, world), world);
  return { channel, ts: message.ts, message: messagePayload(message, world) };
};

const postEphemeral: Method = (args, world) => {
  const place = writablePlace(args.text('channel'), world);
  const channel = placeId(place);
  const userId = args.required('user');
  if (!world.directory.isMember(userId, channel)) throw new SlackError('user_not_in_channel');
  const { text = '', metadata: _, ...content } = readContent(args);
  if (isEmpty({ text, ...content })) throw new SlackError('no_text');
  const threadTs = threadOf(args, channel, world);
  // Slack: "Ephemeral messages in threads are only shown if there is already an active thread."
  if (threadTs !== undefined && world.messages.replies(channel, threadTs).length === 0)
    return { message_ts: world.clock.nextTs() };
  const message = world.messages.add({
    channel,
    author: world.settings.bot.userId,
    isBot: true,
    text,
    ...content,
    ephemeralFor: userId,
    ...(threadTs ? { threadTs } : {}),
  });
  return { message_ts: message.ts };
};

const update: Method = (args, world) => {
  const message = ownMessage(args, world, 'cant_update_message');
  const content = readContent(args);
  if (isEmpty(content) && content.blocks === undefined) throw new SlackError('no_text');
  const before = { ...message };
  // Text without blocks takes the blocks away; blocks hide the "edited" mark.
  if (content.text !== undefined && content.blocks === undefined) delete message.blocks;
  if (content.blocks === undefined) message.editedAt = world.clock.now();
  Object.assign(message, content);
  echo(messageChangedEvent(message, before, world), world);
  return {
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: messagePayload(message, world),
  };
};

const deleteMessage: Method = (args, world) => {
  const message = ownMessage(args, world, 'cant_delete_message');
  for (const event of removeMessage(message, world)) echo(event, world);
  return { channel: message.channel, ts: message.ts };
};

const getPermalink: Method = (args, world) => {
  const place = visiblePlace(args.text('channel'), world);
  const ts = args.required('message_ts');
  const message = world.messages.find(placeId(place), ts);
  if (!message || message.ephemeralFor) throw new SlackError('message_not_found');
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : '';
  const path = `archives/${message.channel}/p${ts.replace('.', '')}${thread}`;
  return { channel: message.channel, permalink: `${world.settings.responseUrlBase}/${path}` };
};

/** Every chat method. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
};

/** Tells the app of what it did itself, as Slack does with every subscriber. */
function echo(event: JsonObject, world: World): void {
  if (world.settings.echoOwnMessages) world.announce(event);
}

/** The parent that the call answers to; a reply is no parent. */
function threadOf(args: Arguments, channel: string, world: World): string | undefined {
  const threadTs = args.text('thread_ts');
  if (threadTs === undefined) return undefined;
  const parent = world.messages.find(channel, threadTs);
  if (!parent || parent.threadTs || parent.ephemeralFor) throw new SlackError('thread_not_found');
  return threadTs;
}

function ownMessage(args: Arguments, world: World, refusal: string): StoredMessage {
  const place = visiblePlace(args.text('channel'), world);
  if (place.kind === 'channel' && place.channel.isArchived) throw new SlackError('is_archived');
  const message = world.messages.find(placeId(place), args.required('ts'));
  if (!message || message.ephemeralFor || message.isTombstone) throw new SlackError('message_not_found');
  if (!message.isBot) throw new SlackError(refusal);
  return message;
}
