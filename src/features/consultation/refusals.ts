/** What a person reads when a consultation refuses something. Names, no mentions: it also stands beside fields of forms. */
import { formatInstant, formatLongDate, japanDate } from '../../lib/jst.ts';
import type { Press } from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { sayTo } from '../../slack/outbox.ts';
import { type Refusal, refreshCards } from './mutations.ts';
import { consultationText } from './text.ts';
import { happened } from './timeline/events.ts';
import { STATUSES } from './words.ts';

const text = consultationText.refusals;

export function sentenceOf(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'not-found':
      return consultationText.notFound;
    case 'purpose-needed':
      return text.purposeNeeded(refusal.of.reference);
    case 'wrong-state':
      return wrongState(refusal);
    case 'changed':
      return text.changed(refusal.of.reference, refusal.since.map(happened).join(''));
    case 'erased':
      return text.erased(
        refusal.of.reference,
        formatLongDate(japanDate(refusal.of.erasedAt ?? refusal.of.updatedAt)),
      );
    case 'sent-before':
      return text.sentBefore(refusal.of.reference);
    case 'invalid':
      return refusal.sentence;
    default: {
      const { reason, of, nameInCharge } = refusal;
      return text[reason](of.reference, nameInCharge ? text.person(nameInCharge) : text.nobodyInCharge);
    }
  }
}

/** Whoever comes second at a new consultation hears who was first. */
function wrongState({ of, operation, latest }: Extract<Refusal, { reason: 'wrong-state' }>): string {
  const isTaken = operation === 'accept' && latest?.action === 'consultation.accept' && latest.actorName;
  if (isTaken && latest?.actorName)
    return text.acceptedFirst(of.reference, text.person(latest.actorName), formatInstant(latest.at));
  return text.wrongState(of.reference, STATUSES[of.status], latest ? happened(latest) : '');
}

/** Tells the person who pressed a button, where it was pressed, and brings stale cards up to date. */
export async function tellRefusal(
  { context, person, channel, value }: Press,
  refusal: Refusal,
): Promise<void> {
  const about = 'of' in refusal && !refusal.of.erasedAt ? refusal.of.id : undefined;
  await sayTo(context.scope, person, channel, { text: escapeMrkdwn(sentenceOf(refusal)) }, about);
  const isStale = refusal.reason === 'wrong-state' || refusal.reason === 'changed';
  if (isStale) await refreshCards(context.scope, value.split('/')[0] ?? '');
}
