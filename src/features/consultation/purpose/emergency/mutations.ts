/** 緊急閲覧: the glass is broken, logged, and told to those whom it concerns in one batch. */
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import { formatInstant } from '../../../../lib/jst.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { escapeMrkdwn, mention } from '../../../../slack/mrkdwn.ts';
import { enqueue, type OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { appendEntry, chainHead, nextEntry } from '../../../../vault/audit.ts';
import type { Actor } from '../../../directory/actor.ts';
import { readButton, referenceMessage } from '../../blocks.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { casePlace, type LoadedConsultation, loadConsultation, standingOf } from '../../data.ts';
import { findIdByReference } from '../../finding/data.ts';
import { recordRefusal } from '../../mutations.ts';
import { tell } from '../../notices.ts';
import { maySee } from '../../visibility/rules.ts';
import { breakGlass } from '../tables.ts';
import { listNamed } from './data.ts';
import { EMERGENCY_MINUTES, mayBreakGlass } from './rules.ts';
import type { EmergencyWish } from './schema.ts';
import { emergencyText as text } from './text.ts';

export const BREAK_GLASS = 'consultation.break_glass';

/** The person's own entries meet each other at most; see `recordAlone`. */
const ATTEMPTS = 60;

/**
 * Opens a 限定 case to a manager for a while. Asked again while it is open, nothing changes. Whatever is not there, not 限定, not closed
 * to the Actor or not of her centers is refused alike, and logged.
 */
export async function openInEmergency(
  scope: Scope,
  actor: Actor,
  { reference, reason }: EmergencyWish,
): Promise<Result<{ reference: string }, 'not-found'>> {
  const { db, now } = scope;
  const chain = `person:${actor.slackUserId}` as const;
  const id = await findIdByReference(db, reference);
  for (let attempt = 1; ; attempt += 1) {
    // What the person did meanwhile shows in both: the head is read first.
    const head = await chainHead(db, chain);
    const loaded = id === undefined ? undefined : await loadConsultation(scope, id);
    if (loaded && isOpened(actor, loaded)) return done({ reference });
    if (!loaded || loaded.consultation.erasedAt || !mayBreakGlass(actor, standingOf(loaded))) {
      await recordRefusal(scope, actor, { id: reference, loaded }, BREAK_GLASS, 'not-found');
      return refused('not-found');
    }
    const { consultation: of } = loaded;
    const until = new Date(now.getTime() + EMERGENCY_MINUTES * 60_000);
    const grant = crypto.randomUUID();
    const key = await openCaseKeyOf(scope, of.id);
    const entry = await nextEntry(chain, head, {
      at: now,
      actor: actor.slackUserId,
      action: BREAK_GLASS,
      outcome: 'done',
      ...scope.origin,
      detail: { grant, until: until.toISOString() },
      caseId: of.id,
    });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        db.insert(breakGlass).values({
          id: grant,
          consultationId: of.id,
          slackUserId: actor.slackUserId,
          reason: await key.seal(casePlace('break_glass', 'reason', grant, of), reason),
          grantedAt: now,
          until,
        }),
        enqueue(db, await noticesOf(scope, actor, loaded, until), now),
      ]);
      scope.wakeCourier();
      return done({ reference });
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Whether it is open to the person by an earlier press. */
function isOpened(actor: Actor, loaded: LoadedConsultation): boolean {
  const standing = standingOf(loaded);
  return standing.emergency.includes(actor.slackUserId) && maySee(actor, standing);
}

async function noticesOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  until: Date,
): Promise<OutboxEntry[]> {
  const { consultation: of } = loaded;
  const sentence = text.told(
    mention(actor.slackUserId),
    escapeMrkdwn(actor.center.short),
    of.reference,
    formatInstant(until),
  );
  const named = await listNamed(scope.db, loaded);
  return named.map((person) => ({
    ...tell(person, referenceMessage(sentence, [readButton(of)])),
    about: of.id,
  }));
}
