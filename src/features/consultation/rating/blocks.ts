/** How the sender is asked for a rating: one tap, and a form for a sentence. */
import type { types } from '@slack/bolt';
import { button, option } from '../../../slack/block-kit.ts';
import { input, radio } from '../../../slack/inputs.ts';
import type { Message } from '../../../slack/outbox.ts';
import { actionIdOf, operationButton, readButton, referenceMessage } from '../blocks.ts';
import type { OpenedRating } from '../closing/data.ts';
import type { Consultation } from '../data.ts';
import { paragraph } from '../inputs.ts';
import { codesOf, RATINGS, type Rating } from '../words.ts';
import { ratingText as text } from './text.ts';

/** Slack wants the ids of a row's buttons to differ: each value has one of its own. */
export function ratingActionOf(value: Rating): string {
  return actionIdOf(`rate_${value}`);
}

/** @param closed the sentence that says why it was closed; without it, that it was */
export function ratingMessage(of: Consultation, closed?: string): Message {
  return referenceMessage(closed === undefined ? text.ask(of.reference) : text.askAfter(closed), [
    ...codesOf(RATINGS).map((value) => button(ratingActionOf(value), RATINGS[value], `${of.id}/${value}`)),
    operationButton('rate', of.id, undefined, text.addSentence),
    ...(closed === undefined ? [] : [operationButton('reopen', of.id)]),
    readButton(of),
  ]);
}

export function ratingInputs(earlier: OpenedRating | undefined): types.KnownBlock[] {
  const values = codesOf(RATINGS);
  return [
    input(
      'value',
      text.value,
      radio(
        values.map((value) => option(value, RATINGS[value])),
        earlier?.value,
      ),
      true,
    ),
    input('comment', text.comment, paragraph(earlier?.comment ?? '')),
  ];
}
