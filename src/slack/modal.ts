/**
 * Opening modals: the one thing that does not go through the courier, since a trigger lives 3 seconds. Here it is also decided
 * what Slack may show and ask for: in a city that keeps typed text on its pages, people get a link in the place of such a modal.
 */
import { type types, webApi } from '@slack/bolt';
import { logWarning } from '../lib/log.ts';
import { type Message, sayTo } from './outbox.ts';
import type { Scope } from './scope.ts';
import { slackText } from './text.ts';

export type ModalView = types.ModalView;

/** One more try fits into the trigger's 3 seconds when the first one failed fast. */
const RETRY_AFTER_MS = 300;
const RETRY_WITHIN_MS = 1_200;

/** Where a modal may hold what people type: in Slack, too, or on pages alone. A city decides that. */
export type PersonalDataEntry = 'modal' | 'web';

/** The person's request, as far as it decides what may be shown where. */
export interface OpeningContext {
  scope: Scope;
  /** Set by the door, from the city; while it is unknown, nothing typed is shown. */
  personalDataEntry?: PersonalDataEntry;
}

/** Who acted, and where: a command, or a press. */
export interface Opening {
  context: OpeningContext;
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  /** Where it was pressed; undefined in a modal, in the home tab, and for commands. */
  channel?: string | undefined;
  modal?: { viewId: string } | undefined;
}

/** How a modal is opened, and what takes its place where it may not be. */
export interface Way {
  /**
   * `references`: nothing but references, controlled words, names of staff and centers, dates. `typed`: it shows or asks for what
   * somebody types.
   */
  holds: 'references' | 'typed';
  /** The page that does the same: a path of ours. */
  page: string;
  /** What the page is for, in controlled words and references only; people may have several links before them. */
  about?: string;
  /** From inside a modal: laid upon it (closing leads back), or in its place. */
  inModal?: 'push' | 'replace';
}

/** Whether this request may neither show nor ask for typed text: in Slack, in a city that enters it on pages alone. */
export function keepsTypedTextOut({ scope, personalDataEntry }: OpeningContext): boolean {
  return scope.page === undefined && personalDataEntry !== 'modal';
}

/**
 * Shows a modal to the person who just acted: opened from a command, message or home tab; from inside a modal as `way` says; on a
 * page it is the next page. What may not be shown in Slack is told by a link to its page. When Slack does not let us, that person
 * is told by DM; nothing is thrown.
 */
export async function openModal(opening: Opening, view: ModalView, way: Way): Promise<void> {
  const { page } = opening.context.scope;
  if (page) return page.show(view);
  if (way.holds === 'typed' && keepsTypedTextOut(opening.context)) return leadToPage(opening, way);
  await present(opening, view, way.inModal);
}

/**
 * The same for a command, which is acknowledged here: silently, or with the link.
 * @param viewOf makes the view; not asked for where it may not be shown
 */
export async function openModalByCommand(
  invocation: Opening & { answer(message?: Message): Promise<void> },
  viewOf: () => Promise<ModalView>,
  way: Way,
): Promise<void> {
  if (way.holds === 'typed' && keepsTypedTextOut(invocation.context))
    return invocation.answer(linkMessage(invocation.context.scope, way.page, sentenceOf(way)));
  await invocation.answer();
  await openModal(invocation, await viewOf(), way);
}

/** Tells the person where to go on: where it was pressed, else by DM; in a modal also in that modal, where the person looks. */
export async function leadToPage(
  opening: Opening,
  { page, about, inModal }: Pick<Way, 'page' | 'about' | 'inModal'>,
): Promise<void> {
  const { scope } = opening.context;
  const sentence = sentenceOf({ about });
  if (opening.modal) await present(opening, linkView(scope, page, sentence), inModal);
  await sayTo(scope, opening.person, opening.channel, linkMessage(scope, page, sentence));
}

function sentenceOf({ about }: { about?: string | undefined }): string {
  return about === undefined ? slackText.onPages : slackText.onPagesAbout(about);
}

/** Of the button with a link: pressing it goes to the page, and tells us, too. */
export const OPEN_PAGE = 'page.open';

/** @param sentence what is said before the link, of controlled words only */
export function linkMessage(scope: Scope, page: string, sentence: string = slackText.onPages): Message {
  return { text: sentence, blocks: linkBlocks(scope, page, sentence) };
}

/** The same as a modal. */
export function linkView(scope: Scope, page: string, sentence: string = slackText.onPages): ModalView {
  return { ...noticeView(''), blocks: linkBlocks(scope, page, sentence) };
}

/** A button that leads to one of our pages. */
export function linkButton(
  { settings }: Pick<Scope, 'settings'>,
  page: string,
  label: string = slackText.openPage,
): types.Button {
  return {
    type: 'button',
    action_id: OPEN_PAGE,
    text: { type: 'plain_text', text: label },
    url: new URL(page, settings.PUBLIC_URL).href,
  };
}

/** The same beside what a modal or the home tab shows; nothing on the page itself, or where nobody can sign in. */
export function linksToPage(scope: Scope, page: string): types.Button[] {
  return scope.page || scope.settings.SLACK_CLIENT_ID === undefined ? [] : [linkButton(scope, page)];
}

function linkBlocks(scope: Scope, page: string, sentence: string): types.KnownBlock[] {
  return [
    { type: 'section', text: { type: 'mrkdwn', text: sentence } },
    { type: 'actions', elements: [linkButton(scope, page)] },
  ];
}

async function present(opening: Opening, view: ModalView, inModal: Way['inModal'] = 'push'): Promise<void> {
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
