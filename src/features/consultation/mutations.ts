/**
 * How every consultation changes: one batch of audit entry, rows and outbox entries. The audit entry stands first and is
 * unique in its case's chain, so of two changes at the same time one fails as a whole, looks again and decides anew.
 */
import { eq } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../lib/db.ts';
import { isIdentifier } from '../../lib/log.ts';
import { done, type Result, refused } from '../../lib/result.ts';
import { enqueue, type OutboxEntry } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import { type AuditEvent, appendEntry, nextEntry, recordAlone } from '../../vault/audit.ts';
import type { Actor } from '../directory/actor.ts';
import { cardEntries } from './blocks.ts';
import { type Consultation, type LoadedConsultation, loadConsultation } from './data.ts';
import { consultation } from './tables.ts';

/** How often a change that lost to another one looks again. Each round somebody else was served, so 50 presses at once end within it. */
const ATTEMPTS = 60;

export interface Change {
  detail?: AuditEvent['detail'];
  /** The consultation afterwards; its version is raised when it is stored. */
  after: Consultation;
  /** Further rows of the same batch. */
  statements?: readonly Statement[];
  /** Beside the cards, which always follow. */
  entries?: readonly OutboxEntry[];
}

/** What keeps a person from doing something; `refusals.ts` has the sentence. */
export type Refusal =
  | { reason: 'not-found' }
  | { reason: 'taken'; reference: string; by: string; at: Date }
  | { reason: 'not-on-duty' | 'not-core' | 'accept-first' | 'sent-before'; reference: string };

/**
 * Changes a consultation as `decide` says, or refuses and logs that it refused.
 * @param action controlled word for the audit log
 * @param decide may run several times, each time on the latest state; answers with undefined when there is nothing to change
 */
export async function changeConsultation(
  scope: Scope,
  actor: Actor,
  id: string,
  action: string,
  decide: (loaded: LoadedConsultation) => Promise<Result<Change | undefined, Refusal>>,
): Promise<Result<Consultation, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadConsultation(scope.db, id);
    const decision: Result<Change | undefined, Refusal> = loaded
      ? await decide(loaded)
      : refused({ reason: 'not-found' });
    if (!decision.ok) {
      await recordRefusal(scope, actor, { id, loaded }, action, decision.refusal.reason);
      return decision;
    }
    if (!loaded) throw new Error('decided on what is not there');
    if (!decision.value) return done(loaded.consultation);
    try {
      const after = await applyChange(scope, actor, loaded, action, decision.value);
      scope.wakeCourier();
      return done(after);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Brings the cards to the state as stored, for someone whose card was stale. */
export async function refreshCards(scope: Scope, id: string): Promise<void> {
  const loaded = await loadConsultation(scope.db, id);
  if (!loaded) return;
  await runBatch(scope.db, [enqueue(scope.db, cardEntries(loaded), scope.now)]);
  scope.wakeCourier();
}

async function applyChange(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  action: string,
  change: Change,
): Promise<Consultation> {
  const { id, version } = loaded.consultation;
  const after: Consultation = { ...change.after, version: version + 1 };
  const event: AuditEvent = {
    at: scope.now,
    actor: actor.slackUserId,
    action,
    outcome: 'done',
    surface: 'slack',
    caseId: id,
    detail: { ...change.detail, version: after.version, status: after.status },
  };
  const entries = [...cardEntries({ ...loaded, consultation: after }), ...(change.entries ?? [])];
  await runBatch(scope.db, [
    appendEntry(scope.db, await nextEntry(`case:${id}`, loaded.head, event)),
    scope.db.update(consultation).set(after).where(eq(consultation.id, id)),
    ...(change.statements ?? []),
    enqueue(scope.db, entries, scope.now),
  ]);
  return after;
}

/** What was asked for: an id, and the case behind it if there is one. */
export interface Asked {
  id: string;
  loaded: LoadedConsultation | undefined;
}

/** Notes a refused attempt with the case that it was about, or with the id that led to none. */
export async function recordRefusal(
  scope: Scope,
  actor: Actor,
  { id, loaded }: Asked,
  action: string,
  reason: string,
): Promise<void> {
  // A forged button may hold anything: what does not look like an id of ours stays out of the log.
  const wanted = loaded || !isIdentifier(id) ? {} : { wanted: id };
  await recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action,
    outcome: 'refused',
    surface: 'slack',
    detail: { reason, ...wanted },
    caseId: loaded?.consultation.id ?? null,
  });
}
