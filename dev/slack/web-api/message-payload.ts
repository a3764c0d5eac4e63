/** A message as Web API answers, events and interaction payloads carry it. */
import type { JsonObject } from '../json.ts';
import type { StoredMessage } from '../messages.ts';
import type { World } from '../world.ts';

/** The message object of Slack; parents of threads carry their counts. */
export function messagePayload(message: StoredMessage, world: World): JsonObject {
  const replies = message.threadTs ? [] : world.messages.replies(message.channel, message.ts);
  const latest = replies.at(-1);
  return {
    type: 'message',
    user: message.author,
    ts: message.ts,
    text: message.text,
    team: world.settings.teamId,
    ...(message.isBot ? { bot_id: world.settings.bot.botId, app_id: world.settings.apiAppId } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.isTombstone ? { subtype: 'tombstone', hidden: true } : {}),
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(message.editedAt ? { edited: { user: message.author, ts: String(message.editedAt / 1000) } } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(latest
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: new Set(replies.map((reply) => reply.author)).size,
          latest_reply: latest.ts,
        }
      : {}),
  };
}
