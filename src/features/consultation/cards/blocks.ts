/** A consultation as Slack shows it in channels: controlled words, dates, staff mentions and the reference. Nothing that was typed. */
import type { types } from '@slack/bolt';
import { formatDate, formatInstant } from '../../../lib/jst.ts';
import { contextLine, option } from '../../../slack/block-kit.ts';
import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS, operationButton, readButton, referenceMessage } from '../blocks.ts';
import type { CaseCenter, Consultation, LoadedConsultation } from '../data.ts';
import { buttonValueOf } from '../operating/rules.ts';
import type { Operation } from '../operating/words.ts';
import { consultationText, OPERATION_LABELS } from '../text.ts';
import {
  HANDOVER_KINDS,
  KINDS,
  RESTRICTED_MARK,
  STATUSES,
  SUPPORTS,
  TOPICS,
  URGENCIES,
  WAITED_FOR,
} from '../words.ts';
import { type Audience, offeredOn } from './rules.ts';
import { cardText as text } from './text.ts';

type Shown = Pick<
  LoadedConsultation,
  'consultation' | 'sendingCenter' | 'responsibleCenter' | 'triageChannel' | 'offer'
>;

/**
 * The outbox entries that bring the cards to the state of `shown`: the core center's, the sending center's, and that of another
 * district center that answers for the case. A center without a channel has no card.
 */
export function cardEntries(shown: Shown): OutboxEntry[] {
  const { triageChannel, sendingCenter } = shown;
  const own =
    sendingCenter.channel !== null && sendingCenter.channel !== triageChannel
      ? [cardEntry(shown, 'center', sendingCenter.channel)]
      : [];
  const holder = holderOf(shown);
  const theirs = holder ? [cardEntry(shown, 'holder', holder.channel)] : [];
  return [cardEntry(shown, 'triage', triageChannel), ...own, ...theirs];
}

/** A center that answered for the case and no longer does: its card says where the case went, and nothing more of it. */
export function leftCardEntries(before: Shown, after: Shown): OutboxEntry[] {
  const holder = holderOf(before);
  if (!holder || holder.code === after.responsibleCenter.code) return [];
  const { reference, isRestricted } = after.consultation;
  const sentence = isRestricted
    ? text.left(reference)
    : text.handedOn(reference, escapeMrkdwn(after.responsibleCenter.short));
  return [
    {
      kind: 'card',
      slot: slotOf(before, 'holder'),
      channel: holder.channel,
      message: referenceMessage(sentence, []),
    },
  ];
}

function holderOf({
  responsibleCenter,
  sendingCenter,
  triageChannel,
}: Shown): { code: string; channel: string } | undefined {
  const { code, channel } = responsibleCenter;
  const isElsewhere = code !== sendingCenter.code && channel !== triageChannel;
  return isElsewhere && channel !== null ? { code, channel } : undefined;
}

/** Replies into the threads of both cards. */
export function replyEntries(shown: Shown, message: Message): OutboxEntry[] {
  return cardEntries(shown).flatMap((card) =>
    card.kind === 'card' ? [{ kind: 'reply', slot: card.slot, channel: card.channel, message }] : [],
  );
}

/** A reply into the thread of one of them; none where the center has no card. */
export function replyEntriesIn(audience: Audience, shown: Shown, message: Message): OutboxEntry[] {
  const slot = slotOf(shown, audience);
  return replyEntries(shown, message).filter((entry) => entry.kind === 'reply' && entry.slot === slot);
}

function cardEntry(shown: Shown, audience: Audience, channel: string): OutboxEntry {
  return {
    kind: 'card',
    slot: slotOf(shown, audience),
    channel,
    message: shown.consultation.isRestricted ? restrictedCard(shown, audience) : card(shown, audience),
  };
}

/** Each center that comes to answer for a case has a card of its own. */
function slotOf({ consultation: { id }, responsibleCenter }: Shown, audience: Audience): string {
  const place = audience === 'holder' ? `holder/${responsibleCenter.code}` : audience;
  return `consultation/${id}/${place}`;
}

/** Who is not named in a 限定 case learns from its card that there is one, and nothing of it. */
function restrictedCard(shown: Shown, audience: Audience): Message {
  const { reference, status: code } = shown.consultation;
  const status = STATUSES[code];
  return {
    text: text.restrictedSummary(reference, status),
    blocks: [
      cardHeader(`${RESTRICTED_MARK} ${reference}　${status}`),
      contextLine(text.restricted),
      { type: 'actions', elements: cardControls(shown, audience) },
    ],
  };
}

function card(shown: Shown, audience: Audience): Message {
  const { consultation: of, sendingCenter } = shown;
  const urgency = URGENCIES[of.urgency];
  const status = STATUSES[of.status];
  const kind = KINDS[of.kind];
  return {
    text: text.summary(of.reference, urgency.label, kind, escapeMrkdwn(sendingCenter.short), status),
    blocks: [
      cardHeader(`${urgency.mark} ${urgency.label}　${of.reference}　${status}`),
      {
        type: 'section',
        fields: cardFields(shown).map(([label, value]) => ({
          type: 'mrkdwn',
          text: `*${label}*\n${value}`,
        })),
      },
      contextLine(timesOf(of)),
      { type: 'actions', elements: cardControls(shown, audience) },
    ],
  };
}

function cardHeader(line: string): object {
  return { type: 'header', text: { type: 'plain_text', text: line, emoji: true } };
}

/** Slack shows at most ten fields in a section: what is rare replaces nothing, it is added only when there is something to say. */
function cardFields({
  consultation: of,
  sendingCenter,
  responsibleCenter,
  offer,
}: Shown): [label: string, value: string][] {
  const none = text.none;
  const fields: [label: string, value: string | null][] = [
    [text.center, text.sentBy(escapeMrkdwn(sendingCenter.short), mention(of.sender))],
    [text.kind, KINDS[of.kind]],
    [text.topics, of.topics.map((code) => TOPICS[code]).join('、') || none],
    [text.supports, of.supports.map((code) => SUPPORTS[code]).join('、') || none],
    [text.desiredOn, of.desiredOn && formatDate(of.desiredOn)],
    [text.personInCharge, personLine(of)],
    [text.answers, of.answerCount > 0 ? text.answerCount(of.answerCount) : null],
    [text.responsibleCenter, responsibleLine(of, responsibleCenter, sendingCenter)],
    [text.offer, offer && text.offered(HANDOVER_KINDS[offer.kind], formatInstant(offer.expiresAt))],
    [stateLabel(of), stateLine(of)],
  ];
  return fields.flatMap(([label, value]) => (value === null ? [] : [[label, value]]));
}

function personLine(of: Consultation): string {
  const current = of.personInCharge ? mention(of.personInCharge) : text.notYet;
  return of.proposedPerson ? text.proposedPerson(current, mention(of.proposedPerson)) : current;
}

/** Said only where it is not the center that sent the case. */
function responsibleLine(of: Consultation, responsible: CaseCenter, sending: CaseCenter): string | null {
  if (responsible.code === sending.code) return null;
  const name = escapeMrkdwn(responsible.short);
  return of.returnByOn ? text.returnsOn(name, formatDate(of.returnByOn)) : name;
}

function stateLabel(of: Consultation): string {
  if (of.status === 'waiting') return STATUSES.waiting;
  return of.status === 'closing' ? text.confirmUntil : text.due;
}

function stateLine(of: Consultation): string | null {
  if (of.status === 'waiting' && of.waitingUntilOn)
    return text.waitingUntil(WAITED_FOR[of.waitedFor ?? 'course'], formatDate(of.waitingUntilOn));
  return of.dueAt && formatInstant(of.dueAt);
}

function timesOf(of: Consultation): string {
  const times = [text.received(formatInstant(of.submittedAt))];
  if (of.acceptedAt) times.push(text.accepted(formatInstant(of.acceptedAt)));
  if (of.closedAt) times.push(text.closed(formatInstant(of.closedAt)));
  return times.join('　');
}

/** At most three buttons and a menu; whoever presses is asked for permission then. */
function cardControls(shown: Shown, audience: Audience): types.ActionsBlock['elements'] {
  const { consultation: of, offer } = shown;
  const { buttons, menu } = offeredOn(audience, { ...of, offer });
  const [first, second] = buttons.map((operation) =>
    operationButton(
      operation,
      buttonValueOf(operation, of, offer),
      operation === 'accept' || operation === 'claim' ? 'primary' : undefined,
    ),
  );
  return [
    ...(first ? [first] : []),
    readButton(of),
    ...(second ? [second] : []),
    ...(menu.length > 0 ? [cardMenu(shown, menu)] : []),
  ];
}

/** Slack's overflow menu takes five entries; the last one leads to all that the person may do. */
function cardMenu({ consultation: of, offer }: Shown, menu: readonly Operation[]): types.Overflow {
  const entries = menu.map((operation) =>
    option(`${operation}/${buttonValueOf(operation, of, offer)}`, OPERATION_LABELS[operation]),
  );
  return {
    type: 'overflow',
    action_id: ACTIONS.menu,
    options: [...entries, option(`all/${of.id}`, consultationText.allOperations)],
  };
}
