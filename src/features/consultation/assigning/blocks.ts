/** What is told of who has charge of a case. By reference; in channels no names, so that it may stand there for 限定 cases, too. */
import { mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { operationButton, readButton, referenceMessage } from '../blocks.ts';
import { replyEntriesIn } from '../cards/blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { tell } from '../notices.ts';
import { proposalOf } from './rules.ts';
import { assigningText as text } from './text.ts';

/** To whoever may take it on. */
export function claimMessage(of: Consultation, sentence: string): Message {
  return referenceMessage(sentence, [operationButton('claim', of.id, 'primary'), readButton(of)]);
}

/** Into the thread of the core center's card: whoever reads it there may take it on. */
export function claimReply(loaded: LoadedConsultation, sentence: string): OutboxEntry[] {
  const button = operationButton('claim', loaded.consultation.id, 'primary');
  return replyEntriesIn('triage', loaded, referenceMessage(sentence, [button]));
}

/** To a person in charge, or a manager, who may find somebody else. */
export function assignMessage(of: Consultation, sentence: string): Message {
  return referenceMessage(sentence, [readButton(of), operationButton('assign', of.id)]);
}

/** To whoever was asked; the buttons answer this request, never a later one. */
export function proposalMessage(of: Consultation, proposer: string): Message {
  const proposal = proposalOf(of);
  return referenceMessage(text.proposedToYou(of.reference, mention(proposer)), [
    operationButton('confirm_assignment', proposal, 'primary'),
    operationButton('refuse_assignment', proposal),
    readButton(of),
  ]);
}

/** To whoever had charge before. Without buttons, like the next: the case may no longer be theirs to see. */
export function toFormer({ personInCharge, reference }: Consultation, newPerson: string): OutboxEntry[] {
  const sentence = text.chargeTaken(reference, mention(newPerson));
  return toOther(personInCharge, newPerson, sentence);
}

/** To whoever was asked to take charge and is asked no longer. */
export function toFormerlyAsked(
  { proposedPerson, reference }: Consultation,
  newPerson: string | null,
): OutboxEntry[] {
  return toOther(proposedPerson, newPerson, text.proposalGone(reference));
}

function toOther(person: string | null, newPerson: string | null, sentence: string): OutboxEntry[] {
  return person === null || person === newPerson ? [] : [tell(person, referenceMessage(sentence, []))];
}
