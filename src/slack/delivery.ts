/** One call to Slack for one outbox entry, and what its answer means for the entry. */
import { webApi } from '@slack/bolt';

export type Delivery =
  /** Where Slack put it: of a direct message, the channel of that conversation. */
  | { outcome: 'sent'; place: { channel: string; ts: string } | undefined }
  /** Slack asks to wait before this method is called again. */
  | { outcome: 'rate-limited'; retryAfterSeconds: number }
  /** Slack cannot be reached, or fails as a whole. */
  | { outcome: 'outage'; error: string }
  /** Slack refuses this entry for a reason that somebody can mend: the bot is not in the channel, its token was revoked. */
  | { outcome: 'refused'; error: string }
  /** The card was deleted in Slack: it must be posted anew, and its replies stand alone until then. */
  | { outcome: 'card-gone' }
  /** Slack will never take this entry. */
  | { outcome: 'impossible'; error: string };

export interface SlackCall {
  method: 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral' | 'chat.delete';
  arguments: Record<string, unknown> & { channel: string };
}

/** Error words of Slack that speak of the message itself: no later try can end otherwise. */
const IMPOSSIBLE = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
  'user_not_found',
  'cannot_dm_bot',
  'user_disabled',
  'user_not_in_channel',
  'messages_tab_disabled',
]);
/** What a workspace's owner forbids, and places that are closed to us: only a person can delete such a message. */
const UNDELETABLE = new Set([
  'cant_delete_message',
  'compliance_exports_prevent_deletion',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);
const CARD_GONE = new Set(['message_not_found', 'cant_update_message']);
const OUTAGE = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'team_added_to_org',
]);

/** Calls Slack; never throws, whatever Slack or the network does. */
export async function deliver(client: webApi.WebClient, call: SlackCall): Promise<Delivery> {
  try {
    const answer = await client.apiCall(call.method, call.arguments);
    return { outcome: 'sent', place: placeIn(answer) };
  } catch (error) {
    return explain(error, call.method);
  }
}

function placeIn(answer: object): { channel: string; ts: string } | undefined {
  if (!('ts' in answer && typeof answer.ts === 'string')) return undefined;
  if (!('channel' in answer && typeof answer.channel === 'string')) return undefined;
  return { channel: answer.channel, ts: answer.ts };
}

function explain(error: unknown, method: SlackCall['method']): Delivery {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { outcome: 'rate-limited', retryAfterSeconds: error.retryAfter };
  if (error instanceof webApi.WebAPIHTTPError)
    return { outcome: 'outage', error: `http_${error.statusCode}` };
  if (error instanceof webApi.WebAPIRequestError) return { outcome: 'outage', error: 'unreachable' };
  if (error instanceof webApi.WebAPIPlatformError) return explainPlatform(error.data.error, method);
  // A 429 without Retry-After, a body that is no JSON: whatever answers there is not Slack in working order.
  return { outcome: 'outage', error: 'unreadable' };
}

function explainPlatform(word: string, method: SlackCall['method']): Delivery {
  // Somebody was faster: what was to be deleted is not there.
  if (method === 'chat.delete' && word === 'message_not_found') return { outcome: 'sent', place: undefined };
  if (method === 'chat.delete' && UNDELETABLE.has(word)) return { outcome: 'impossible', error: word };
  if (method === 'chat.update' && CARD_GONE.has(word)) return { outcome: 'card-gone' };
  if (word === 'thread_not_found') return { outcome: 'card-gone' };
  if (OUTAGE.has(word)) return { outcome: 'outage', error: word };
  return { outcome: IMPOSSIBLE.has(word) ? 'impossible' : 'refused', error: word };
}
