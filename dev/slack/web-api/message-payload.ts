/** A message as Web API answers, events and interaction payloads carry it. */
import type { JsonObject } from '../json.ts';
import type { StoredMessage } from '../messages.ts';
import { richTextOf } from '../typed-text.ts';
import type { World } from '../world.ts';

/** The message object of Slack; parents of threads carry their counts, replies their parent's author. */
export function messagePayload(message: StoredMessage, world: World): JsonObject {
  return {
    type: 'message',
    ...(message.isTombstone ? { ...TOMBSTONE } : contentOf(message, world)),
    ts: message.ts,
    ...(message.threadTs === undefined
      ? repliesOf(message, world)
      : placeInThread(message, message.threadTs, world)),
  };
}

/** Slack's own fields for a deleted parent. */
const TOMBSTONE: JsonObject = {
  subtype: 'tombstone',
  hidden: true,
  user: 'USLACKBOT',
  text: 'This message was deleted.',
};

function contentOf(message: StoredMessage, world: World): JsonObject {
  const { teamId, apiAppId, bot } = world.settings;
  const blocks = message.blocks ?? (message.isBot ? undefined : richTextOf(message.text, idOf(message)));
  return {
    user: message.author,
    text: message.text,
    team: teamId,
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    ...(message.isBot ? { bot_id: bot.botId, app_id: apiAppId } : {}),
    ...(blocks ? { blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.editedAt ? { edited: { user: message.author, ts: editTs(message.editedAt) } } : {}),
  };
}

function placeInThread(message: StoredMessage, threadTs: string, world: World): JsonObject {
  const parent = world.messages.find(message.channel, threadTs);
  return {
    thread_ts: threadTs,
    ...(parent ? { parent_user_id: parent.author } : {}),
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(message.isBroadcast && parent ? { root: messagePayload(parent, world) } : {}),
  };
}

function repliesOf(message: StoredMessage, world: World): JsonObject {
  const replies = world.messages.replies(message.channel, message.ts);
  const latest = replies.at(-1);
  if (!latest && !message.isTombstone) return {};
  const authors = [...new Set(replies.map((reply) => reply.author))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: authors.length,
    reply_users: authors,
    latest_reply: latest?.ts ?? '0000000000.000000',
    is_locked: false,
    subscribed: false,
  };
}

function idOf(message: StoredMessage): string {
  return message.ts.replace('.', '');
}

/** Slack gives the time of an edit in whole seconds. */
function editTs(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)}.000000`;
}
