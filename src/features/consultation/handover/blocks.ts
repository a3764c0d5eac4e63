/** Hand-overs in Slack: the post of an offer in the channel of its receiver, and the inputs of the forms. */

import type { types } from '@slack/bolt';
import { formatDate, formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, option, plain } from '../../../slack/block-kit.ts';
import { input, radio, select } from '../../../slack/inputs.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { operationButton, readButton, readNoteButton, referenceMessage } from '../blocks.ts';
import type { CaseCenter, Consultation, Handover } from '../data.ts';
import { paragraph } from '../inputs.ts';
import { consultationText } from '../text.ts';
import { HANDOVER_KINDS, HANDOVER_STATES } from '../words.ts';
import { type OfferChoices, offeredKinds } from './data.ts';
import { handoverText as text } from './text.ts';

/** An offer with the centers that it goes between. */
export interface ShownOffer {
  of: Consultation;
  offer: Handover;
  from: Pick<CaseCenter, 'short'>;
  to: CaseCenter;
}

const RETURN_PICKER = {
  type: 'datepicker',
  action_id: 'input',
  placeholder: plain(text.returnByOn.placeholder),
} as const;

export function offerInputs(choices: OfferChoices): types.KnownBlock[] {
  const hints = { ...text.kindHints, return: text.kindHints.return(choices.return?.short ?? '') };
  const kinds = offeredKinds(choices).map((kind) => option(kind, HANDOVER_KINDS[kind], hints[kind]));
  const centers = choices.transfer.map(({ code, short }) => option(code, short));
  return [
    contextLine(text.keepsResponsibility),
    input('kind', text.kind, radio(kinds, kinds.length === 1 ? kinds[0]?.value : undefined), true),
    ...(centers.length > 0
      ? [input('center', text.center, select(centers, { placeholder: consultationText.selectPlaceholder }))]
      : []),
    ...(choices.frontSupport ? [input('returnByOn', text.returnByOn, RETURN_PICKER)] : []),
    input('message', text.message, paragraph('')),
  ];
}

export function refusalInputs({ offer, from }: Pick<ShownOffer, 'offer' | 'from'>): types.KnownBlock[] {
  const about = text.offerInForm(
    HANDOVER_KINDS[offer.kind],
    escapeMrkdwn(from.short),
    formatInstant(offer.expiresAt),
  );
  return [markdownSection(about), input('reason', text.reason, paragraph(''), true)];
}

/** What the receiver gets: the same in the channel and by DM. `noteId` is the giver's message. */
export function offeredMessage(
  { of, offer, from }: ShownOffer,
  noteId: string | null,
  place: 'channel' | 'direct',
): Message {
  const about = `${of.id}/${offer.id}`;
  return referenceMessage(
    of.isRestricted && place === 'channel'
      ? text.restrictedOffer(of.reference)
      : sentenceOf(of, offer, from.short),
    [
      operationButton('accept_offer', about, 'primary'),
      operationButton('refuse_offer', about),
      ...(noteId === null ? [] : [readNoteButton(of, noteId, text.readMessage)]),
      readButton(of),
    ],
  );
}

function sentenceOf(of: Consultation, offer: Handover, from: string): string {
  const offered = text.offered(
    of.reference,
    escapeMrkdwn(from),
    HANDOVER_KINDS[offer.kind],
    formatInstant(offer.expiresAt),
  );
  return offer.returnByOn ? offered + text.returnsOn(formatDate(offer.returnByOn)) : offered;
}

/**
 * The post in the channel of a receiving district center: posted once, then brought to what became of the offer. Nothing
 * for the core center, whose card has a thread, and where there is no channel.
 */
export function offerPost(
  { of, offer, to }: ShownOffer,
  message: Message,
  triageChannel: string,
): OutboxEntry[] {
  if (to.channel === null || to.channel === triageChannel) return [];
  return [{ kind: 'card', slot: `consultation/${of.id}/offer-${offer.id}`, channel: to.channel, message }];
}

/** What stands in the post's place when the offer is no longer open. Whoever took the case on gets its card. */
export function settledMessage({ of, offer, from, to }: ShownOffer, at: Date): Message {
  const state = HANDOVER_STATES[offer.state];
  const sentence = of.isRestricted
    ? text.restrictedSettled(of.reference, state)
    : text.settled(
        of.reference,
        HANDOVER_KINDS[offer.kind],
        escapeMrkdwn(from.short),
        escapeMrkdwn(to.short),
        state,
        formatInstant(at),
      );
  return referenceMessage(sentence, []);
}
