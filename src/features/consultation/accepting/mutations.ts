/** 受け付ける: who takes a new consultation on. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import type { Consultation } from '../data.ts';
import { changeConsultation, type Refusal } from '../mutations.ts';
import { decideAccept } from '../rules.ts';
import { consultationText as text } from '../text.ts';

/** The consultation gets its person in charge. Pressing again changes nothing. */
export async function acceptConsultation(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(
    scope,
    actor,
    id,
    'consultation.accept',
    async ({ consultation: standing, isSenderThere }) => {
      const decision = decideAccept(actor, standing);
      switch (decision) {
        case 'accept': {
          const after = accepted(standing, actor, scope.now);
          return done({ after, entries: isSenderThere ? [acceptedNotice(after, actor)] : [] });
        }
        case 'already-mine':
          return done(undefined);
        case 'taken':
          return refused({
            reason: 'taken',
            reference: standing.reference,
            by: standing.personInCharge ?? '',
            at: standing.acceptedAt ?? standing.submittedAt,
          });
        case 'not-on-duty':
          return refused({ reason: decision, reference: standing.reference });
        case 'not-found':
          return refused({ reason: decision });
      }
    },
  );
}

/** The consultation with its person in charge; for changes that accept by the way, too. */
export function accepted(standing: Consultation, actor: Actor, now: Date): Consultation {
  return { ...standing, status: 'accepted', personInCharge: actor.slackUserId, acceptedAt: now };
}

function acceptedNotice(after: Consultation, actor: Actor): OutboxEntry {
  const sentence = text.acceptedToSender(after.reference, mention(actor.slackUserId));
  return { kind: 'direct', person: after.sender, message: referenceMessage(sentence, [readButton(after)]) };
}
