/** 共有 in Slack. Channels hold the reference and controlled words; the texts stand in modals only. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import {
  button,
  contextLine,
  markdownSection,
  option,
  plain,
  plainSections,
} from '../../../slack/block-kit.ts';
import { input, radio } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Message } from '../../../slack/outbox.ts';
import { referenceMessage } from '../blocks.ts';
import { paragraph } from '../inputs.ts';
import { codesOf, SHARING_KINDS, type SharingKind, TOPICS, type Topic } from '../words.ts';
import type { ApprovedNote, ListedNote, NotesPage, SharedNote } from './data.ts';
import type { Decision, SharingState } from './rules.ts';
import {
  ANY_TOPIC,
  CONFIRMED,
  decisionField,
  fieldsOf,
  formatQuery,
  type SharedTexts,
  TEXT_FIELDS,
  type TextField,
} from './schema.ts';
import { sharingText as text } from './text.ts';

export const SHARING_ACTIONS = {
  read: 'consultation.read_shared',
  /** The list's first page, and its callback id. */
  list: 'consultation.list_shared',
  /** Another page of it, or of one topic. */
  turn: 'consultation.turn_shared',
  topic: 'consultation.topic_shared',
} as const;

/** @param before the state of the note that it takes the place of */
export function shareInputs(
  kind: SharingKind,
  drafts: Readonly<Record<TextField, string>>,
  before: SharingState | undefined,
): types.KnownBlock[] {
  return [
    contextLine(text.share.notice),
    ...(before === 'approved' ? [contextLine(text.share.replaces)] : []),
    ...(before === 'returned' ? [contextLine(text.share.returned)] : []),
    ...fieldsOf(kind).map((field) => input(field, text.fields[kind][field], paragraph(drafts[field]), true)),
  ];
}

/** The found words with the box that says they are none; for the author's own form. */
export function confirmInputs(words: readonly string[]): types.KnownBlock[] {
  if (words.length === 0) return [];
  const { confirm, found } = text.share;
  const box: types.Checkboxes = {
    type: 'checkboxes',
    action_id: 'input',
    options: [option(CONFIRMED, confirm.option)],
  };
  return [...plainSections(found(words)), input(CONFIRMED, confirm, box)];
}

export interface ShownProposal {
  kind: SharingKind;
  /** With the findings marked. */
  texts: SharedTexts;
  words: readonly string[];
  decisions: readonly Decision[];
}

/** Without a proposal there is nothing but the input that a refusal stands beside. */
export function settleInputs(shown: ShownProposal | undefined): types.KnownBlock[] {
  const { settle } = text;
  const reason = input('reason', settle.reason, paragraph(''));
  if (!shown) return [contextLine(settle.nothing), reason];
  const choices = shown.decisions.map((each) =>
    option(each, settle.decisions[each], settle.decisionHints[each]),
  );
  return [
    ...textSections(shown.kind, shown.texts),
    { type: 'divider' },
    ...(shown.words.length > 0
      ? plainSections(settle.marked(shown.words))
      : [contextLine(settle.nothingFound)]),
    input(decisionField(shown.decisions), settle.decision, radio(choices), true),
    reason,
  ];
}

/** For the channels of all centers. */
export function sharedMessage(reference: string, note: Pick<SharedNote, 'id' | 'kind' | 'topics'>): Message {
  const sentence = text.post(reference, SHARING_KINDS[note.kind], topicWords(note.topics));
  return referenceMessage(sentence, [button(SHARING_ACTIONS.read, text.read, note.id)]);
}

/** In its place, when the note can be read no more. */
export function goneMessage(reference: string): Message {
  return referenceMessage(text.postGone(reference), []);
}

export function sharedNoteModal({ note, of }: ApprovedNote, texts: SharedTexts): ModalView {
  return {
    ...frame(),
    blocks: [
      markdownSection(text.list.heading(of.reference, SHARING_KINDS[note.kind])),
      contextLine(aboutLine(note)),
      ...textSections(note.kind, texts),
      contextLine(text.loggedNotice),
    ],
  };
}

/** Leads to the list: for the home tab and other lists. Everybody in the city may press it. */
export function sharedNotesButton(): types.Button {
  return button(SHARING_ACTIONS.list, text.list.open, formatQuery({}));
}

/** What all centers may read, ten a page. */
export function sharedNotesModal({ query, notes, next }: NotesPage): ModalView {
  const { list } = text;
  const turning = [
    ...(query.before
      ? [turnButton(list.first, formatQuery(query.topic ? { topic: query.topic } : {}), 'first')]
      : []),
    ...(next ? [turnButton(list.further, formatQuery(next), 'next')] : []),
  ];
  return {
    ...frame(),
    callback_id: SHARING_ACTIONS.list,
    blocks: [
      { type: 'actions', elements: [topicSelect(query.topic)] },
      ...(notes.length === 0 ? [contextLine(query.topic ? list.emptyTopic : list.empty)] : []),
      ...notes.flatMap(listedBlocks),
      ...(turning.length > 0 ? [{ type: 'actions', elements: turning } as const] : []),
    ],
  };
}

function frame(): Omit<ModalView, 'blocks'> {
  return { type: 'modal', title: plain(text.readingTitle), close: plain(text.close) };
}

function listedBlocks(note: ListedNote): types.KnownBlock[] {
  const heading = text.list.heading(note.reference, SHARING_KINDS[note.kind]);
  return [
    {
      ...markdownSection(`${heading}\n${aboutLine(note)}`),
      accessory: button(SHARING_ACTIONS.read, text.read, note.id),
    },
  ];
}

/** Two buttons of one block need two action ids. */
function turnButton(label: string, value: string, which: 'first' | 'next'): types.Button {
  return button(which === 'first' ? SHARING_ACTIONS.list : SHARING_ACTIONS.turn, label, value);
}

function topicSelect(chosen: Topic | undefined): types.StaticSelect {
  const all = [
    option(ANY_TOPIC, text.list.anyTopic),
    ...codesOf(TOPICS).map((code) => option(code, TOPICS[code])),
  ];
  const initial = all.find(({ value }) => value === (chosen ?? ANY_TOPIC));
  return {
    type: 'static_select',
    action_id: SHARING_ACTIONS.topic,
    placeholder: plain(text.list.topic),
    options: all,
    ...(initial ? { initial_option: initial } : {}),
  };
}

function aboutLine({ topics, settledAt }: { topics: readonly Topic[]; settledAt: Date | null }): string {
  const when = settledAt ? [text.shared(formatInstant(settledAt))] : [];
  return [topicWords(topics), ...when].filter(Boolean).join('　');
}

function topicWords(topics: readonly Topic[]): string {
  return topics.map((code) => TOPICS[code]).join('、');
}

function textSections(kind: SharingKind, texts: SharedTexts): types.KnownBlock[] {
  return TEXT_FIELDS.flatMap((field) => {
    const body = texts[field];
    const heading = text.fields[kind][field].label;
    return body === null ? [] : [markdownSection(`*${heading}*`), ...plainSections(body)];
  });
}
