/** Which call to Slack sends an entry of the outbox. */
import * as v from 'valibot';
import type { LaneHead } from './courier-queue.ts';
import type { SlackCall } from './delivery.ts';

/** What a removal's entry says besides the channel. */
const RemovalMessage = v.pipe(
  v.object({ ts: v.string() }),
  v.transform(({ ts }) => ({ ts })),
);

/** A card that stands in another channel than the entry wants (the center has moved) is posted anew. */
export function callFor({ entry, posted }: LaneHead): SlackCall {
  const message: object = JSON.parse(entry.message);
  const { channel } = entry;
  const ts = posted?.channel === channel ? posted.ts : undefined;
  const quiet = { ...message, unfurl_links: false, unfurl_media: false };
  switch (entry.kind) {
    case 'card':
      if (ts) return { method: 'chat.update', arguments: { ...message, channel, ts } };
      return { method: 'chat.postMessage', arguments: { ...quiet, channel } };
    case 'removal':
      return { method: 'chat.delete', arguments: { ...v.parse(RemovalMessage, message), channel } };
    case 'reply':
      // Without a card (it was given up) the reply stands alone: it carries its reference.
      return {
        method: 'chat.postMessage',
        arguments: { ...quiet, channel, ...(ts ? { thread_ts: ts } : {}) },
      };
    case 'direct':
      return { method: 'chat.postMessage', arguments: { ...quiet, channel } };
    case 'ephemeral':
      return {
        method: 'chat.postEphemeral',
        arguments: { ...message, channel, user: entry.person, ...(ts ? { thread_ts: ts } : {}) },
      };
  }
}
