/** A consultation as Slack shows it in channels: controlled words, dates, staff mentions and the reference. Nothing that was typed. */
import type { types } from '@slack/bolt';
import { formatDate, formatInstant } from '../../lib/jst.ts';
import { button, contextLine } from '../../slack/block-kit.ts';
import { escapeMrkdwn, mention } from '../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../slack/outbox.ts';
import type { Consultation, LoadedConsultation } from './data.ts';
import { consultationText as text } from './text.ts';
import { KINDS, STATUSES, SUPPORTS, TOPICS, URGENCIES } from './words.ts';

export const ACTIONS = {
  accept: 'consultation.accept',
  read: 'consultation.read',
  answer: 'consultation.answer',
  readAnswer: 'consultation.read_answer',
} as const;

type Shown = Pick<LoadedConsultation, 'consultation' | 'sendingCenter' | 'triageChannel'>;
type Audience = 'triage' | 'center';

/** The outbox entries that bring both cards to the state of `shown`. A center without a channel has no card. */
export function cardEntries(shown: Shown): OutboxEntry[] {
  const { triageChannel, sendingCenter } = shown;
  const own =
    sendingCenter.channel !== null && sendingCenter.channel !== triageChannel
      ? [cardEntry(shown, 'center', sendingCenter.channel)]
      : [];
  return [cardEntry(shown, 'triage', triageChannel), ...own];
}

/** Replies into the threads of both cards. */
export function replyEntries(shown: Shown, message: Message): OutboxEntry[] {
  return cardEntries(shown).flatMap((card) =>
    card.kind === 'card' ? [{ kind: 'reply', slot: card.slot, channel: card.channel, message }] : [],
  );
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

export function readAnswerButton(of: Consultation, answerId: string): types.Button {
  return button(ACTIONS.readAnswer, text.readAnswer, `${of.id}/${answerId}`);
}

function cardEntry(shown: Shown, audience: Audience, channel: string): OutboxEntry {
  return {
    kind: 'card',
    slot: `consultation/${shown.consultation.id}/${audience}`,
    channel,
    message: card(shown, audience),
  };
}

function card({ consultation: shown, sendingCenter }: Shown, audience: Audience): Message {
  const urgency = URGENCIES[shown.urgency];
  const status = STATUSES[shown.status];
  const kind = KINDS[shown.kind];
  return {
    text: text.card.summary(shown.reference, urgency.label, kind, escapeMrkdwn(sendingCenter.short), status),
    blocks: [
      {
        type: 'header',
        text: {
          type: 'plain_text',
          text: `${urgency.mark} ${urgency.label}　${shown.reference}　${status}`,
          emoji: true,
        },
      },
      {
        type: 'section',
        fields: cardFields(shown, sendingCenter.short).map(([label, value]) => ({
          type: 'mrkdwn',
          text: `*${label}*\n${value}`,
        })),
      },
      contextLine(timesOf(shown)),
      { type: 'actions', elements: cardButtons(shown, audience) },
    ],
  };
}

function cardFields(shown: Consultation, centerName: string): [label: string, value: string][] {
  const none = text.card.none;
  return [
    [text.card.center, text.card.sentBy(escapeMrkdwn(centerName), mention(shown.sender))],
    [text.card.kind, KINDS[shown.kind]],
    [text.card.topics, shown.topics.map((code) => TOPICS[code]).join('、') || none],
    [text.card.supports, shown.supports.map((code) => SUPPORTS[code]).join('、') || none],
    [text.card.desiredOn, shown.desiredOn ? formatDate(shown.desiredOn) : none],
    [text.card.personInCharge, shown.personInCharge ? mention(shown.personInCharge) : text.card.notYet],
    ...(shown.answerCount > 0
      ? [[text.card.answers, text.card.answerCount(shown.answerCount)] satisfies [string, string]]
      : []),
  ];
}

function timesOf(shown: Consultation): string {
  const times = [text.card.received(formatInstant(shown.submittedAt))];
  if (shown.acceptedAt) times.push(text.card.accepted(formatInstant(shown.acceptedAt)));
  return times.join('　');
}

function cardButtons(shown: Consultation, audience: Audience): types.Button[] {
  if (audience === 'center') return [readButton(shown)];
  const accept =
    shown.status === 'submitted' ? [button(ACTIONS.accept, text.accept, shown.id, 'primary')] : [];
  return [...accept, readButton(shown), button(ACTIONS.answer, text.answer, shown.id)];
}
