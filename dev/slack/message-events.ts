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
  return changedEvent(messagePayload(message, world), messagePayload(before, world), message, world);
}

/**
 * Takes a message away and answers with the events of that: `message_deleted`, and once more for the tombstone of the
 * parent that goes with its last reply; or, for a parent whose replies remain, `message_changed` into a tombstone.
 */
export function removeMessage(message: StoredMessage, world: World): JsonObject[] {
  const before = { ...message };
  const payload = messagePayload(before, world);
  const { isTombstone, goneToo } = world.messages.remove(message);
  if (before.ephemeralFor !== undefined) return [];
  if (!isTombstone) {
    const events = [deletedEvent(payload, before, world)];
    return goneToo ? [...events, deletedEvent(messagePayload(goneToo, world), goneToo, world)] : events;
  }
  const left = world.messages.find(before.channel, before.ts) ?? before;
  return [changedEvent(messagePayload(left, world), payload, before, world)];
}

function changedEvent(now: JsonObject, before: JsonObject, message: StoredMessage, world: World): JsonObject {
  const at = world.clock.nextTs();
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: now,
    previous_message: before,
    ...placeOf(message, world),
    ts: at,
    event_ts: at,
  };
}

function deletedEvent(before: JsonObject, message: StoredMessage, world: World): JsonObject {
  const at = world.clock.nextTs();
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: before,
    ...placeOf(message, world),
    ts: at,
    event_ts: at,
  };
}

function placeOf(message: StoredMessage, world: World): JsonObject {
  const place = world.directory.place(message.channel);
  const privacy = place?.kind === 'channel' && place.channel.isPrivate ? 'group' : 'channel';
  return { channel: message.channel, channel_type: place?.kind === 'dm' ? 'im' : privacy };
}
