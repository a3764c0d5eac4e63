/** The events of messages: new, edited, deleted. */
import type { JsonObject } from './json.ts';
import type { StoredMessage } from './messages.ts';
import { messagePayload } from './web-api/message-payload.ts';
import type { World } from './world.ts';

/** The event of a new message. */
export function messageEvent(message: StoredMessage, world: World): JsonObject {
  return { ...messagePayload(message, world), ...placeOf(message, world), event_ts: message.ts };
}

/** The event of an edited message; `before` is what it was. */
export function messageChangedEvent(message: StoredMessage, before: StoredMessage, world: World): JsonObject {
  const at = world.clock.nextTs();
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messagePayload(message, world),
    previous_message: messagePayload(before, world),
    ...placeOf(message, world),
    ts: at,
    event_ts: at,
  };
}

/** The event of a deleted message. */
export function messageDeletedEvent(before: StoredMessage, world: World): JsonObject {
  const at = world.clock.nextTs();
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: before.ts,
    previous_message: messagePayload(before, world),
    ...placeOf(before, world),
    ts: at,
    event_ts: at,
  };
}

function placeOf(message: StoredMessage, world: World): JsonObject {
  const place = world.directory.place(message.channel);
  const privacy = place?.kind === 'channel' && place.channel.isPrivate ? 'group' : 'channel';
  return { channel: message.channel, channel_type: place?.kind === 'dm' ? 'im' : privacy };
}
