/** What the author of a thread message sees, alone and in that thread. */

import { button } from '../../../slack/block-kit.ts';
import { linkButton } from '../../../slack/modal.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import { readNoteButton, referenceMessage } from '../blocks.ts';
import { cardEntries } from '../cards/blocks.ts';
import type { LoadedConsultation } from '../data.ts';
import { operationPath } from '../pages/paths.ts';
import { FINDING_WORDS, threadText as text } from './text.ts';

export const ADD_TO_RECORD = 'consultation.thread_add';

/** A message in Slack. */
export interface MessagePlace {
  channel: string;
  ts: string;
}

/** Whether the record can take the message in, holds it already, or has its words written on the page. */
export type Keeping = 'possible' | 'kept' | 'on-page' | 'impossible';

/** What was found, and what its author can do about it. */
export function warningMessage(
  scope: Pick<Scope, 'settings'>,
  kinds: readonly FindingKind[],
  { consultation: of }: LoadedConsultation,
  place: MessagePlace,
  keeping: Keeping,
): Message {
  const warning = text.warning(kinds.map((kind) => FINDING_WORDS[kind]));
  if (keeping === 'impossible') return referenceMessage(warning, []);
  if (keeping === 'kept') return referenceMessage(`${warning}${text.isKept(of.reference)}`, []);
  if (keeping === 'on-page')
    return referenceMessage(`${warning}${text.mayWrite(of.reference)}`, [
      linkButton(scope, operationPath(of.reference, 'comment'), text.write),
    ]);
  const sentence = `${warning}${text.mayMove(of.reference)}`;
  return referenceMessage(sentence, [addButton(text.move, of.id, place)]);
}

export function offerMessage({ consultation: of }: LoadedConsultation, place: MessagePlace): Message {
  return referenceMessage(text.offer(of.reference), [addButton(text.add, of.id, place)]);
}

export function addedMessage({ consultation: of }: LoadedConsultation, count: number): Message {
  return referenceMessage(text.added(of.reference, count), []);
}

/** The record has it; now its author must take it away, which a bot cannot do for her. */
export function movedMessage({ consultation: of }: LoadedConsultation): Message {
  return referenceMessage(text.moved(of.reference), []);
}

/** To the person in charge, who may not have seen the message before it was deleted. */
export function movedNotice({ consultation: of }: LoadedConsultation, noteId: string): Message {
  return referenceMessage(text.movedToInCharge(of.reference), [readNoteButton(of, noteId)]);
}

function addButton(label: string, id: string, { channel, ts }: MessagePlace) {
  return button(ADD_TO_RECORD, label, `${id}/${channel}/${ts}`);
}

/** To one person in the thread of a post of ours. Without its slot, in the channel. */
export function inThread(
  slot: string | undefined,
  channel: string,
  person: string,
  message: Message,
): OutboxEntry {
  return { kind: 'ephemeral', channel, person, message, ...(slot === undefined ? {} : { slot }) };
}

/** The slot of the case's card in a channel; undefined where it has none. */
export function cardSlotIn(loaded: LoadedConsultation, channel: string): string | undefined {
  const card = cardEntries(loaded).find((entry) => entry.kind === 'card' && entry.channel === channel);
  return card?.kind === 'card' ? card.slot : undefined;
}
