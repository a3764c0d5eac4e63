/** What a person reads when a consultation refuses something. */

import { runBatch } from '../../lib/db.ts';
import { formatInstant } from '../../lib/jst.ts';
import { mention } from '../../slack/mrkdwn.ts';
import { enqueue } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import type { Actor } from '../directory/actor.ts';
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
    case 'accept-first':
      return text.acceptFirst(refusal.reference);
  }
}

/** Tells the person who pressed a button, where it was pressed; `channel` is missing in the home tab. */
export async function tellRefusal(
  scope: Scope,
  actor: Actor,
  channel: string | undefined,
  refusal: Refusal,
): Promise<void> {
  const message = { text: sentenceOf(refusal) };
  const person = actor.slackUserId;
  await runBatch(scope.db, [
    enqueue(
      scope.db,
      [channel ? { kind: 'ephemeral', channel, person, message } : { kind: 'direct', person, message }],
      scope.now,
    ),
  ]);
  scope.wakeCourier();
}
