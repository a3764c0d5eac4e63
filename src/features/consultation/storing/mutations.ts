/**
 * How every change of a consultation is stored: one batch of audit entry, rows, deadlines and outbox entries. The audit entry stands
 * first and is unique in its case's chain, so of two changes at the same time one fails as a whole.
 */
import { eq } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { aboutCase, enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, nextEntry } from '../../../vault/audit.ts';
import { cardEntries, leftCardEntries } from '../cards/blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { storeTopics } from '../listing/mutations.ts';
import { dueOf, storeDeadlines } from '../reminding/mutations.ts';
import { consultation } from '../tables.ts';

/** How often a change that lost to another one looks again. Each round somebody else was served, so 50 presses at once end within it. */
const ATTEMPTS = 60;

export interface Change {
  /** Identifiers and controlled words: with who and when, all that the timeline knows of the change. */
  detail?: AuditEvent['detail'];
  /** The consultation afterwards; version, deadline and time of change are set when it is stored. */
  after: Consultation;
  /** What else the case is afterwards, where the change touches it: cards and deadlines follow from it. */
  offer?: LoadedConsultation['offer'];
  nextPlannedOn?: LoadedConsultation['nextPlannedOn'];
  responsibleCenter?: LoadedConsultation['responsibleCenter'];
  /** Further rows of the same batch. */
  statements?: readonly Statement[];
  /** Beside the cards, which always follow. */
  entries?: readonly OutboxEntry[];
  /** Another case that changes with it (統合): its change is stored in the same batch, with an audit entry of its own. */
  also?: { loaded: LoadedConsultation; action: string; change: Change };
}

/**
 * Stores a change of the case as it was loaded. Undefined when somebody else changed it meanwhile: then nothing was stored, and the
 * caller looks again, counting its attempts from 1; the last one throws what the database said.
 */
export async function tryChange(
  scope: Scope,
  by: string,
  action: string,
  loaded: LoadedConsultation,
  change: Change,
  attempt: number,
): Promise<Consultation | undefined> {
  try {
    const own = await statementsOf(scope, by, action, loaded, change);
    const others = change.also
      ? await statementsOf(scope, by, change.also.action, change.also.loaded, change.also.change)
      : undefined;
    const entries = [...own.entries, ...(others?.entries ?? [])];
    // Audit entries first: a chain that somebody else extended undoes the whole batch.
    await runBatch(scope.db, [
      own.audit,
      ...(others ? [others.audit] : []),
      ...own.statements,
      ...(others?.statements ?? []),
      enqueue(scope.db, entries, scope.now),
    ]);
    scope.wakeCourier();
    return own.after;
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    return undefined;
  }
}

async function statementsOf(
  scope: Scope,
  by: string,
  action: string,
  loaded: LoadedConsultation,
  change: Change,
): Promise<{ audit: Statement; statements: Statement[]; entries: OutboxEntry[]; after: Consultation }> {
  const { id, version, status } = loaded.consultation;
  const shown: LoadedConsultation = {
    ...loaded,
    offer: change.offer === undefined ? loaded.offer : change.offer,
    nextPlannedOn: change.nextPlannedOn === undefined ? loaded.nextPlannedOn : change.nextPlannedOn,
    responsibleCenter: change.responsibleCenter ?? loaded.responsibleCenter,
    consultation: { ...change.after, version: version + 1, updatedAt: scope.now },
  };
  const { dueAt, deadlines } = dueOf(shown);
  const after: Consultation = { ...shown.consultation, dueAt };
  const event: AuditEvent = {
    at: scope.now,
    actor: by,
    action,
    outcome: 'done',
    ...scope.origin,
    caseId: id,
    detail: { ...change.detail, version: after.version, status: after.status, was: status },
  };
  return {
    after,
    audit: appendEntry(scope.db, await nextEntry(`case:${id}`, loaded.head, event)),
    statements: [
      scope.db.update(consultation).set(after).where(eq(consultation.id, id)),
      ...storeDeadlines(scope, after, deadlines, shown.cityTime),
      ...storeTopics(scope.db, after, loaded.consultation.topics),
      ...(change.statements ?? []),
    ],
    // Of a case that was erased nothing is said any more, also when a case beside it changes.
    entries: after.erasedAt
      ? []
      : aboutCase(id, [
          ...cardEntries({ ...shown, consultation: after }),
          ...leftCardEntries(loaded, shown),
          ...(change.entries ?? []),
        ]),
  };
}
