/** Direct messages about answers: of controlled words, and of staff by mention. */
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS } from '../actions.ts';
import type { RollCall } from '../data.ts';
import { nameOf } from '../text.ts';
import type { Answer } from './rules.ts';
import { answeringText as text } from './text.ts';

/** What a person reads when somebody else answered in her place: who, and what. */
export function enteredForNotice(
  rollCall: RollCall,
  { person, by, answer }: { person: string; by: string; answer: Answer },
): OutboxEntry {
  const sentence = text.entered(whoEntered(by), text.answerWords(answer));
  return { kind: 'direct', person, about: rollCall.id, message: answerable(rollCall, sentence) };
}

/** A sentence about a roll-call that runs, with the buttons to answer. */
export function answerable(rollCall: RollCall, sentence: string): Message {
  return {
    text: nameOf(rollCall),
    blocks: [
      markdownSection(`*${nameOf(rollCall)}*\n${sentence}`),
      { type: 'actions', elements: [ACTIONS.safe.button(rollCall.id), ACTIONS.reply.button(rollCall.id)] },
    ],
  };
}

/** The answer to a tap: the sentence, and the way to say more. */
export function receipt(rollCall: RollCall, sentence: string, hint?: string): Message {
  const line = `${nameOf(rollCall)}　${sentence}`;
  return {
    text: line,
    blocks: [
      markdownSection(line),
      ...(hint === undefined ? [] : [contextLine(hint)]),
      { type: 'actions', elements: [ACTIONS.reply.button(rollCall.id)] },
    ],
  };
}

/** @param by as a reply has it: a Slack id, `link` or `card:<center>` */
export function whoEntered(by: string): string {
  if (by.startsWith('card:')) return text.by.card;
  return by === 'link' ? text.by.link : text.by.person(mention(by));
}
