/**
 * The answer to a press that thousands may make in the same minute: sent at once to the press's own address, past the courier, whose
 * rates (80 ephemeral messages a minute) would keep most of them waiting for half an hour. It is a courtesy, not the record: that is
 * stored before. Slack documents no rate for these addresses; each takes five messages in 30 minutes.
 */
import { logWarning } from '../lib/log.ts';
import type { Press } from './feature.ts';
import { type Message, sayTo } from './outbox.ts';

const TIMEOUT_MS = 5_000;
const SLACK_HOST = 'hooks.slack.com';

/** Tells the person who pressed, and nobody else. Where Slack refuses, the courier tries; a call without an answer counts as made. */
export async function tellAtOnce(
  press: Pick<Press, 'context' | 'person' | 'channel' | 'responseUrl'>,
  message: Message,
): Promise<void> {
  const { scope } = press.context;
  const { responseUrl } = press;
  if (scope.page || responseUrl === undefined || !isSlacks(responseUrl, scope.settings.SLACK_API_URL))
    return sayTo(scope, press.person, press.channel, message);
  const status = await post(responseUrl, { response_type: 'ephemeral', replace_original: false, ...message });
  if (status !== undefined && status >= 300) await sayTo(scope, press.person, press.channel, message);
}

/** The HTTP status; undefined when no answer came in time. */
async function post(url: string, body: object): Promise<number | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Unread bodies hold connections.
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    logWarning('slack.receipt_unanswered', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

/** The address comes with a signed request; it is looked at all the same, since we send to it. */
function isSlacks(responseUrl: string, apiUrl: string): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const { protocol, hostname, origin } = new URL(responseUrl);
  return (protocol === 'https:' && hostname === SLACK_HOST) || origin === new URL(apiUrl).origin;
}
