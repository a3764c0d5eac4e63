/** Slack's Web API client, set up for workerd. */
import type { Logger, webApi } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Settings } from '../lib/env.ts';
import { logWarning } from '../lib/log.ts';

/** A trigger lives 3 s from the person's tap: what has not been answered by then is lost anyway. */
export const INTERACTIVE_TIMEOUT_MS = 2_500;

/**
 * - fetch: workerd refuses `redirect: "error"` and calls of fetch as a method.
 * - no retries and no pausing inside the client: the courier retries from the database, people press again.
 * - unlimited concurrency: the client's queue is shared by requests, and workerd forbids one request to wait for another.
 */
export function webClientOptions(settings: Settings, timeout: number): webApi.WebClientOptions {
  return {
    slackApiUrl: settings.SLACK_API_URL,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    allowAbsoluteUrls: false,
    logger: quietLogger,
    async fetch(url, init) {
      const { body, ...rest } = init ?? {};
      const answer = await fetch(url, {
        ...rest,
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
      });
      if (answer.status >= 300 && answer.status < 400) throw new TypeError('Slack answered with a redirect');
      return answer;
    },
  };
}

/** Bolt and its client log payloads and error texts; here only the fact that they had something to say remains. */
export const quietLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => logWarning('slack.library_error'),
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
