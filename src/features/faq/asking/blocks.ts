/**
 * Answers as chat shows them: approved text, in messages for one person and in modals. What was asked is not repeated; it travels by
 * the id of its row.
 */
import type { types } from '@slack/bolt';
import { cutText } from '../../../lib/japanese.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import { button, contextLine, noticeSections, plain, plainSections } from '../../../slack/block-kit.ts';
import { linkButton, linksToPage, type ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn, linkTo } from '../../../slack/mrkdwn.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import type { PublishedEntry } from '../data.ts';
import { askPath, entryPath, FAQ_PATH } from '../paths.ts';
import { formatFaqReference, isStale } from '../rules.ts';
import { excerptOf, isWebAddress, lineOf, mayConsult } from './rules.ts';
import { askingText as text } from './text.ts';

export const RESULTS = 'faq.results';
export const WHOLE = 'faq.whole';
export const FAQ_ACTIONS = {
  read: 'faq.read',
  helped: 'faq.helped',
  notHelped: 'faq.not_helped',
  consult: 'faq.consult',
  /** The box of the home tab: Enter in it, and the button beside it. */
  askHome: 'faq.ask_home',
  askHomeButton: 'faq.ask_home_button',
} as const;
/** Metadata of modals that lie upon a consultation that is being written: nobody is sent to another one from there. */
export const BESIDE = 'beside';

/** A modal and Slack's texts take more, but nobody reads on: the rest is on the page. */
const LONGEST_ANSWER = 6000;
const MAX_LABEL = 200;
/** A file may bring any number; the page shows all. */
const MOST_TOPICS = 8;
/** Of a section's text. */
const MAX_TEXT = 3000;
const NO_QUESTION = 'none';

/** Who reads, and when. */
export interface Reader {
  scope: Scope;
  actor: Actor;
  today: JapanDate;
}

/** What a search came to, as it is shown. */
export interface Results {
  askId: string;
  hits: readonly PublishedEntry[];
  isSearched: boolean;
}

/** For this person only, in answer to the command. */
export function resultsMessage(reader: Reader, results: Results): Message {
  return { text: sentenceOf(reader, results, false), blocks: resultBlocks(reader, results, false) };
}

/** @param isBeside upon a consultation that is being written */
export function resultsView(
  reader: Reader,
  results: Results,
  { isBeside = false, notices = [] }: { isBeside?: boolean; notices?: readonly string[] } = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: RESULTS,
    private_metadata: `${results.askId}/${isBeside ? BESIDE : ''}`,
    title: plain(isBeside ? text.similarTitle : text.resultsTitle),
    close: plain(text.close),
    blocks: [...noticeSections(notices), ...resultBlocks(reader, results, isBeside)],
  };
}

/** What a search came to, as blocks of a message or modal: at most 18. */
export function resultBlocks(reader: Reader, results: Results, isBeside: boolean): types.KnownBlock[] {
  const { scope, actor } = reader;
  const { askId, hits } = results;
  const canConsult = !isBeside && mayConsult(actor);
  const ways = [
    ...(canConsult ? [consultButton(askId)] : []),
    ...(hasPages(scope) ? [wayToPages(scope, results)] : []),
  ];
  return [
    ...plainSections(sentenceOf(reader, results, isBeside)),
    ...hits.flatMap((entry) => hitBlocks(reader, entry, askId)),
    ...(ways.length > 0 ? [{ type: 'actions' as const, elements: ways }] : []),
  ];
}

function wayToPages(scope: Scope, { askId, hits }: Results): types.Button {
  return hits.length > 0
    ? linkButton(scope, askPath(askId), text.seeOnPage)
    : linkButton(scope, browsePath(askId), text.browse);
}

/** Slack takes no empty value; without a question the form is an empty one. */
function consultButton(askId: string): types.Button {
  return button(FAQ_ACTIONS.consult, text.consult, askId === '' ? NO_QUESTION : askId);
}

/** With the question kept: an entry that is found by browsing helps with what was asked. */
export function browsePath(askId: string): string {
  return `${FAQ_PATH}?ask=${askId}`;
}

export function entryPathFrom(number: number, askId: string): string {
  return askId === '' ? entryPath(number) : `${entryPath(number)}?ask=${askId}`;
}

function hasPages({ page, settings }: Scope): boolean {
  return page === undefined && settings.SLACK_CLIENT_ID !== undefined;
}

function sentenceOf({ actor }: Reader, { hits, isSearched }: Results, isBeside: boolean): string {
  if (!isSearched) return text.unavailable;
  if (hits.length > 0) return text.found(hits.length);
  if (isBeside) return text.noneBeside;
  return mayConsult(actor) ? text.none : text.noneForCity;
}

function hitBlocks(reader: Reader, entry: PublishedEntry, askId: string): types.KnownBlock[] {
  const { question, answer } = entry.content;
  const value = `${entry.id}/${askId}`;
  return [
    marked(`*${escapeMrkdwn(lineOf(question))}*\n${escapeMrkdwn(excerptOf(answer))}`),
    factsLine(reader, entry, text.staleInShort),
    {
      type: 'actions',
      elements: [
        button(FAQ_ACTIONS.read, text.readWhole, value),
        button(FAQ_ACTIONS.helped, text.helped, value),
        button(FAQ_ACTIONS.notHelped, text.notHelped, value),
      ],
    },
  ];
}

/** `verbatim`: nothing in an imported answer is taken for a mention or a link. */
function marked(words: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true } };
}

function factsLine({ today }: Reader, entry: PublishedEntry, warning: string): types.ContextBlock {
  const { number, visibility, reviewedOn, content } = entry;
  const facts = [
    formatFaqReference(number),
    ...content.topics.slice(0, MOST_TOPICS),
    ...(visibility === 'core' ? [text.coreOnly] : []),
    reviewedOn === null ? text.neverReviewed : text.reviewedOn(reviewedOn),
    ...(isStale(reviewedOn, today) ? [warning] : []),
  ];
  return { type: 'context', elements: [plain(facts.join('　'))] };
}

/** An address that Slack takes no more, written out in percent signs, is for the page. */
function linkLine(url: string, label: string): string {
  const line = `${text.links}：${linkTo(url, label)}`;
  return line.length <= MAX_TEXT ? line : `${text.links}：${escapeMrkdwn(label)}`;
}

/** The whole answer. @param notice what was just done */
export function wholeView(
  reader: Reader,
  entry: PublishedEntry,
  { askId, isBeside, notices = [] }: { askId: string; isBeside: boolean; notices?: readonly string[] },
): ModalView {
  const { scope, actor } = reader;
  const { question, answer, links } = entry.content;
  const value = `${entry.id}/${askId}`;
  const [first = '', ...rest] = cutText(answer, LONGEST_ANSWER);
  const addresses = links.filter(({ url }) => isWebAddress(url));
  const canConsult = !isBeside && mayConsult(actor);
  return {
    type: 'modal',
    callback_id: WHOLE,
    private_metadata: isBeside ? BESIDE : '',
    title: plain(formatFaqReference(entry.number)),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      marked(`*${escapeMrkdwn(lineOf(question))}*`),
      ...plainSections(first),
      ...(rest.length > 0 ? [contextLine(text.longAnswer)] : []),
      ...addresses.map(({ url, label }) => marked(linkLine(url, cutText(label, MAX_LABEL)[0] ?? label))),
      factsLine(reader, entry, text.stale),
      {
        type: 'actions',
        elements: [
          button(FAQ_ACTIONS.helped, text.helped, value),
          button(FAQ_ACTIONS.notHelped, text.notHelped, value),
          ...(canConsult ? [consultButton(askId)] : []),
          ...linksToPage(scope, entryPathFrom(entry.number, askId)),
        ],
      },
    ],
  };
}

/** What is said after a vote, where it was cast in a message. */
export function votedMessage(
  { actor }: Reader,
  sentence: string,
  { askId, isHelpful }: { askId: string; isHelpful: boolean },
): Message {
  const offers = !isHelpful && mayConsult(actor) ? [consultButton(askId)] : [];
  return {
    text: sentence,
    blocks: [
      ...plainSections(sentence),
      ...(offers.length > 0 ? [{ type: 'actions', elements: offers }] : []),
    ],
  };
}
