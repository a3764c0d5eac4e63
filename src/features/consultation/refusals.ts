/** What a person reads when a consultation refuses something. */

import { formatInstant } from '../../lib/jst.ts';
import type { Press } from '../../slack/feature.ts';
import { mention } from '../../slack/mrkdwn.ts';
import { sayTo } from '../../slack/outbox.ts';
import type { Refusal } from './mutations.ts';
import { consultationText as text } from './text.ts';

export function sentenceOf(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'not-found':
      return text.notFound;
    case 'taken':
      return text.acceptedFirst(refusal.reference, mention(refusal.by), formatInstant(refusal.at));
    case 'not-on-duty':
      return text.onlyDuty(refusal.reference);
    case 'not-core':
      return text.onlyCore(refusal.reference);
    case 'sent-before':
      return text.sentBefore(refusal.reference);
    case 'accept-first':
      return text.acceptFirst(refusal.reference);
  }
}

/** Tells the person who pressed a button, where it was pressed. */
export async function tellRefusal({ context, person, channel }: Press, refusal: Refusal): Promise<void> {
  await sayTo(context.scope, person, channel, { text: sentenceOf(refusal) });
}
