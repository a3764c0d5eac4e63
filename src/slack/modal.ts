/** Opening modals: the one thing that does not go through the courier, since a trigger lives 3 seconds. */
import { type types, webApi } from '@slack/bolt';
import { logWarning } from '../lib/log.ts';
import { sayTo } from './outbox.ts';
import type { Scope } from './scope.ts';
import { slackText } from './text.ts';

export type ModalView = types.ModalView;

/** One more try fits into the trigger's 3 seconds when the first one failed fast. */
const RETRY_AFTER_MS = 300;
const RETRY_WITHIN_MS = 1_200;

/** Who acted, and where: a command, or a press. */
export interface Opening {
  context: { scope: Scope };
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  modal?: { viewId: string } | undefined;
}

/**
 * Shows a modal to the person who just acted: opened from a command, message or home tab; from inside a modal laid upon it
 * (`push`, closing leads back) or put in its place; on a page it is the next page. When Slack does not let us, that person is told by DM; nothing is thrown.
 */
export async function openModal(
  opening: Opening,
  view: ModalView,
  inModal: 'push' | 'replace' = 'push',
): Promise<void> {
  const { page } = opening.context.scope;
  if (page) return page.show(view);
  const show = () => showIn(opening, view, inModal);
  const begun = Date.now();
  try {
    await show();
  } catch (error) {
    if (isWorthARetry(error) && Date.now() - begun < RETRY_WITHIN_MS) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      if (await isShown(show)) return;
    }
    logWarning('slack.modal_not_opened', {
      error: error instanceof webApi.WebAPIPlatformError ? error.data.error : nameOf(error),
    });
    await sayTo(opening.context.scope, opening.person, undefined, { text: slackText.cannotOpen });
  }
}

function showIn(
  { client, triggerId, modal }: Opening,
  view: ModalView,
  inModal: 'push' | 'replace',
): Promise<unknown> {
  if (!modal) return client.views.open({ trigger_id: triggerId, view });
  if (inModal === 'push') return client.views.push({ trigger_id: triggerId, view });
  return client.views.update({ view_id: modal.viewId, view });
}

/** A modal that only says something; replaces one whose submission was refused as a whole. */
export function noticeView(sentence: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'kikan' },
    close: { type: 'plain_text', text: slackText.close },
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: sentence } }],
  };
}

async function isShown(show: () => Promise<unknown>): Promise<boolean> {
  try {
    await show();
    return true;
  } catch (error) {
    // The first try may have reached Slack after all: then its modal is open and the trigger is used up.
    return error instanceof webApi.WebAPIPlatformError && error.data.error === 'exchanged_trigger_id';
  }
}

function isWorthARetry(error: unknown): boolean {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter <= 1;
  return (
    error instanceof webApi.WebAPIHTTPError ||
    (error instanceof webApi.WebAPIPlatformError && error.data.error === 'internal_error')
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
