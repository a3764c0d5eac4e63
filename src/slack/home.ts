/** The home tab: a view, like modals not a message, so that it does not go through the courier. */
import type { webApi } from '@slack/bolt';
import { logWarning } from '../lib/log.ts';

/** Shows the blocks to that person. When Slack does not answer, the tab stays as it was until it is opened again. */
export async function publishHome(
  client: webApi.WebClient,
  person: string,
  blocks: readonly object[],
): Promise<void> {
  try {
    await client.apiCall('views.publish', { user_id: person, view: { type: 'home', blocks } });
  } catch (error) {
    logWarning('slack.home_not_published', { error: error instanceof Error ? error.name : typeof error });
  }
}
