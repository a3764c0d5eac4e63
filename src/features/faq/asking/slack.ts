/** `/kikan faq`, the box of the home tab, and what can be pressed on an answer. What was typed goes nowhere but into the search. */
import { japanDate } from '../../../lib/jst.ts';
import type { RequestContext } from '../../../slack/app.ts';
import type { Invocation, KikanCommand, Press, SlackFeature, Submission } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import {
  keepsTypedTextOut,
  type ModalView,
  noticeView,
  openModal,
  openModalByCommand,
} from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import type { PublishedEntry } from '../data.ts';
import { askConsultPath, askPath, FAQ_PATH } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import type { AskWay } from '../words.ts';
import {
  BESIDE,
  entryPathFrom,
  FAQ_ACTIONS,
  RESULTS,
  type Reader,
  resultBlocks,
  resultsMessage,
  resultsView,
  votedMessage,
  WHOLE,
  wholeView,
} from './blocks.ts';
import { ASK_FORM, askView, HOME_WORDS, homeBlocks, WORDS } from './box/blocks.ts';
import { findOwnAsk, listShown } from './data.ts';
import { ask, carryOver, ownWords } from './mutations.ts';
import { readWhole } from './reading/mutations.ts';
import { mayConsult } from './rules.ts';
import { askingText as text } from './text.ts';
import { vote } from './voting/mutations.ts';

/**
 * Opens the form of a consultation, filled in. @param page does the same where typed text stays out of Slack
 */
export type OpenConsultation = (press: Press, words: string, page: string) => Promise<void>;

export function askingInSlack(openConsultation: OpenConsultation): SlackFeature {
  return {
    commands: [askCommand],
    presses: {
      [FAQ_ACTIONS.read]: showWhole,
      [FAQ_ACTIONS.helped]: (press) => castVote(press, true),
      [FAQ_ACTIONS.notHelped]: (press) => castVote(press, false),
      [FAQ_ACTIONS.consult]: (press) => consult(press, openConsultation),
      [FAQ_ACTIONS.askHome]: askFromHome,
      [FAQ_ACTIONS.askHomeButton]: askFromHome,
    },
    submissions: { [ASK_FORM]: submitAsk },
    home: async (context) => homeBlocks(context.scope, !keepsTypedTextOut(context)),
    onUnknownWord: answerUnknown,
  };
}

const askCommand: KikanCommand = {
  word: text.command,
  ascii: 'faq',
  summary: text.commandSummary,
  button: text.menuButton,
  async run(invocation, rest) {
    if (rest === '') {
      const way = { holds: 'typed', page: FAQ_PATH, about: text.onPage } as const;
      return openModalByCommand(invocation, async () => askView(), way);
    }
    const reader = readerOf(invocation.context);
    const asked = await ask(reader.scope, reader.actor, rest, 'command');
    return invocation.answer(asked.ok ? resultsMessage(reader, asked.value) : { text: text.howToAsk });
  },
};

/** What no command is called by may be a question. Where it looks like a slip, the desk is not bothered with it. */
async function answerUnknown(
  { context }: Invocation,
  typed: string,
  isSlip: boolean,
): Promise<readonly object[]> {
  const reader = readerOf(context);
  const asked = await ask(reader.scope, reader.actor, typed, 'unknown', { isForDesk: !isSlip });
  // Then the word that is near is the answer.
  const isNothing = isSlip && asked.ok && asked.value.hits.length === 0;
  return asked.ok && !isNothing ? resultBlocks(reader, asked.value, false) : [];
}

async function submitAsk({ context, values }: Submission) {
  const reader = readerOf(context);
  const asked = await ask(reader.scope, reader.actor, textValue(values, WORDS) ?? '', 'command');
  if (!asked.ok) return { errors: { [WORDS]: text.howToAsk } };
  return { update: resultsView(reader, asked.value), holds: 'references' } as const;
}

async function askFromHome(press: Press): Promise<void> {
  await openResults(press, textValue(press.home?.values ?? {}, HOME_WORDS) ?? '', 'home');
}

/**
 * Shows what answers words that stand in a form or box.
 */
export async function openResults(press: Press, typed: string, way: AskWay): Promise<void> {
  const reader = readerOf(press.context);
  const isBeside = way === 'consultation';
  const asked = await ask(reader.scope, reader.actor, typed, way, { isForDesk: !isBeside });
  const references = { holds: 'references', page: FAQ_PATH, about: text.onPage } as const;
  if (!asked.ok) {
    const sentence = isBeside ? text.typeFirst : text.howToAsk;
    if (reader.scope.page) return reader.scope.page.say(sentence);
    return openModal(press, noticeView(sentence), references);
  }
  const page = askPath(asked.value.askId);
  if (reader.scope.page) return reader.scope.page.goTo(page);
  await openModal(press, resultsView(reader, asked.value, { isBeside }), { ...references, page });
}

async function showWhole(press: Press): Promise<void> {
  const { entryId, askId } = readValue(press);
  const reader = readerOf(press.context);
  const read = await readWhole(reader.scope, reader.actor, { id: entryId }, askId);
  if (!read.ok) return tell(press, text.notFound);
  const isBeside = isPressedBeside(press);
  await openModal(press, wholeView(reader, read.value, { askId, isBeside }), {
    ...wayToEntry(read.value, askId),
    // Slack lays three modals upon each other: the form, what was found, and no more than that.
    inModal: isBeside && press.modal?.callbackId === RESULTS ? 'replace' : 'push',
  });
}

async function castVote(press: Press, isHelpful: boolean): Promise<void> {
  const { entryId, askId } = readValue(press);
  const reader = readerOf(press.context);
  const voted = await vote(reader.scope, reader.actor, { entry: { id: entryId }, askId, isHelpful });
  if (!voted.ok) return tell(press, text.notFound);
  const reference = formatFaqReference(voted.value.number);
  const sorry = mayConsult(reader.actor) ? text.sorry : text.sorryForCity;
  const sentence = isHelpful ? text.thanks(reference) : sorry(reference);
  const view = await sameView(press, reader, voted.value, askId, sentence);
  if (view) return openModal(press, view, { ...wayToEntry(voted.value, askId), inModal: 'replace' });
  const message = votedMessage(reader, sentence, { askId, isHelpful });
  await sayTo(reader.scope, press.person, press.channel, message);
}

/** The modal that was pressed in, with what was done above it; undefined elsewhere. */
async function sameView(
  { modal }: Press,
  reader: Reader,
  entry: PublishedEntry,
  askId: string,
  sentence: string,
): Promise<ModalView | undefined> {
  const notices = [sentence];
  if (modal?.callbackId === WHOLE)
    return wholeView(reader, entry, { askId, isBeside: modal.metadata === BESIDE, notices });
  if (modal?.callbackId !== RESULTS) return undefined;
  const { scope, actor } = reader;
  const own = await findOwnAsk(scope.db, actor.slackUserId, askId);
  if (!own) return undefined;
  const hits = await listShown(scope.db, actor, own);
  const isBeside = modal.metadata.endsWith(`/${BESIDE}`);
  return resultsView(reader, { askId, hits, isSearched: true }, { isBeside, notices });
}

async function consult(press: Press, openConsultation: OpenConsultation): Promise<void> {
  const { scope, actor } = readerOf(press.context);
  if (!mayConsult(actor)) return tell(press, text.cityCannotConsult);
  // On pages the form is an address of its own: opening it changes nothing, and the way to it has noted it.
  const words = scope.page
    ? await ownWords(scope, actor, press.value)
    : await carryOver(scope, actor, press.value);
  // Without a question of this person's the form is an empty one: its words are nobody else's business.
  await openConsultation(press, words ?? '', words === undefined ? FAQ_PATH : askConsultPath(press.value));
}

function tell(press: Press, sentence: string): Promise<void> {
  const { scope } = press.context;
  if (!press.modal || scope.page) return sayTo(scope, press.person, press.channel, { text: sentence });
  return openModal(press, noticeView(sentence), { holds: 'references', page: FAQ_PATH, inModal: 'replace' });
}

function isPressedBeside({ modal }: Press): boolean {
  if (!modal) return false;
  return ![RESULTS, WHOLE].includes(modal.callbackId) || modal.metadata.endsWith(BESIDE);
}

function wayToEntry(entry: PublishedEntry, askId: string) {
  const page = entryPathFrom(entry.number, askId);
  return { holds: 'references', page, about: formatFaqReference(entry.number) } as const;
}

/** `entry/ask`. */
function readValue({ value }: Press): { entryId: string; askId: string } {
  const [entryId = '', askId = ''] = value.split('/');
  return { entryId, askId };
}

function readerOf(context: RequestContext): Reader {
  return { scope: context.scope, actor: actorOf(context), today: japanDate(context.scope.now) };
}
