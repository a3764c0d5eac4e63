/** Reads one message of a thread back from Slack. Its text goes nowhere but to whoever asked for it. */
import { webApi } from '@slack/bolt';
import { logWarning } from '../lib/log.ts';

/** `gone`: deleted, or Slack no longer shows it to the bot. `unreachable`: Slack did not answer, or refused for now. */
export type MessageFound =
  | { outcome: 'found'; author: string; text: string }
  | { outcome: 'gone' }
  | { outcome: 'unreachable' };

const GONE = new Set(['thread_not_found', 'message_not_found', 'channel_not_found']);

/**
 * Needs the scopes channels:history and groups:history; never throws, whatever Slack or the network does.
 * @param ts of the message itself; Slack may put its thread's first message before it, so two are asked for
 */
export async function findThreadMessageInSlack(
  client: webApi.WebClient,
  channel: string,
  ts: string,
): Promise<MessageFound> {
  try {
    const { messages = [] } = await client.conversations.replies({
      channel,
      ts,
      oldest: ts,
      latest: ts,
      inclusive: true,
      limit: 2,
    });
    const message = messages.find((each) => each.ts === ts);
    return message?.user
      ? { outcome: 'found', author: message.user, text: message.text ?? '' }
      : { outcome: 'gone' };
  } catch (error) {
    const word = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
    if (word !== undefined && GONE.has(word)) return { outcome: 'gone' };
    logWarning('slack.message_not_read', {
      error: word ?? (error instanceof Error ? error.name : typeof error),
    });
    return { outcome: 'unreachable' };
  }
}
