/** What messages about a case are made of: the reference, controlled words and buttons. Nothing that was typed. */
import type { types } from '@slack/bolt';
import { button } from '../../slack/block-kit.ts';
import type { Message } from '../../slack/outbox.ts';
import type { Consultation } from './data.ts';
import type { Operation } from './operating/words.ts';
import { OPERATION_LABELS, consultationText as text } from './text.ts';

export const ACTIONS = {
  read: 'consultation.read',
  readAnswer: 'consultation.read_answer',
  readNote: 'consultation.read_note',
  timeline: 'consultation.timeline',
  /** The menu on cards; its entries name an operation. */
  menu: 'consultation.menu',
  /** All that a person may do with a case. */
  all: 'consultation.all',
} as const;

/** The id of an operation's button and of its form. */
export function actionIdOf(operation: string): string {
  return `consultation.${operation}`;
}

export function referenceMessage(sentence: string, buttons: types.Button[]): Message {
  const sentenceBlock = { type: 'section', text: { type: 'mrkdwn', text: sentence } };
  return {
    text: sentence,
    blocks: buttons.length > 0 ? [sentenceBlock, { type: 'actions', elements: buttons }] : [sentenceBlock],
  };
}

export function readButton(of: Consultation): types.Button {
  return button(ACTIONS.read, text.read, of.id);
}

/** 経過を見る: `before` names the event that the shown page ends at; without it, the latest page. */
export function timelineButton(of: Consultation, label: string, before?: number): types.Button {
  return button(ACTIONS.timeline, label, before === undefined ? of.id : `${of.id}/${before}`);
}

export function readAnswerButton(of: Consultation, answerId: string): types.Button {
  return button(ACTIONS.readAnswer, text.readAnswer, `${of.id}/${answerId}`);
}

/** For a question, a reply or a comment, named by its note. */
export function readNoteButton(
  of: Consultation,
  noteId: string,
  label: string = text.readAnswer,
): types.Button {
  return button(ACTIONS.readNote, label, `${of.id}/${noteId}`);
}

/** A button for an operation on a case; `of` may name what it is about, as `id/offer`. */
export function operationButton(
  operation: Operation,
  of: string,
  style?: 'primary' | 'danger',
  label: string = OPERATION_LABELS[operation],
): types.Button {
  return button(actionIdOf(operation), label, of, style);
}
