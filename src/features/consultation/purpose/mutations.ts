/** Stating what a case is opened for: once a person and case, logged with it. */
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, chainHead, nextEntry } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type Consultation, casePlace, loadConsultation, standingOf } from '../data.ts';
import { type Refusal, recordRefusal } from '../mutations.ts';
import { maySee } from '../visibility/rules.ts';
import { hasStatedPurpose } from './data.ts';
import type { StatedPurpose } from './schema.ts';
import { viewingPurpose } from './tables.ts';

const ACTION = 'consultation.state_purpose';

/** The person's own entries meet each other at most; see `recordAlone`. */
const ATTEMPTS = 60;

/**
 * Stores the purpose, for whoever may see the case. Stated before, nothing changes: of two forms at once the first counts.
 * Refused like what does not exist.
 */
export async function statePurpose(
  scope: Scope,
  actor: Actor,
  id: string,
  { purpose, words }: StatedPurpose,
): Promise<Result<Consultation, Refusal>> {
  const { db, now } = scope;
  const { slackUserId } = actor;
  const loaded = await loadConsultation(scope, id);
  if (!loaded || !maySee(actor, standingOf(loaded))) {
    await recordRefusal(scope, actor, { id, loaded }, ACTION, 'not-found');
    return refused({ reason: 'not-found' });
  }
  const { consultation: of } = loaded;
  if (of.erasedAt) return done(of);
  const key = words === null ? undefined : await openCaseKeyOf(scope, id);
  const row = {
    consultationId: id,
    slackUserId,
    purpose,
    words:
      key && words !== null
        ? await key.seal(casePlace('viewing_purpose', 'words', slackUserId, of), words)
        : null,
    statedAt: now,
  };
  const chain = `person:${slackUserId}` as const;
  for (let attempt = 1; ; attempt += 1) {
    if (await hasStatedPurpose(db, id, slackUserId)) return done(of);
    const entry = await nextEntry(chain, await chainHead(db, chain), {
      at: now,
      actor: slackUserId,
      action: ACTION,
      outcome: 'done',
      ...scope.origin,
      detail: { purpose },
      caseId: id,
    });
    try {
      await runBatch(db, [appendEntry(db, entry), db.insert(viewingPurpose).values(row)]);
      return done(of);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}
