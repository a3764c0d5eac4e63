/** 消去 and its announcement. An erasure is a change of the case: one batch, in the order of its audit chain. */

import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { sha256Hex } from '../../../lib/bytes.ts';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import { countPosted, enqueue, enqueueRemovals, type OutboxEntry, takeBack } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, nextEntry } from '../../../vault/audit.ts';
import { caseKey } from '../../../vault/tables.ts';
import type { Retention } from '../../directory/handling/rules.ts';
import { closingReport, rating } from '../closing/tables.ts';
import { type LoadedConsultation, loadConsultation } from '../data.ts';
import { residentRequest } from '../disclosure/tables.ts';
import { caseFile } from '../files/tables.ts';
import { subjectToken } from '../finding/tables.ts';
import { breakGlass, viewingPurpose } from '../purpose/tables.ts';
import { activity } from '../recording/tables.ts';
import { deadline } from '../reminding/tables.ts';
import { sharedNote } from '../sharing/tables.ts';
import { answer, consultation, consultationContent, note, submission } from '../tables.ts';
import { threadMessage } from '../thread/tables.ts';
import { type DueErasure, ERASE_JOB, isDue } from './data.ts';
import { hasEnded, keptUntil } from './rules.ts';
import { erasureWarning, legalHold } from './tables.ts';

/** A message that was on its way to Slack when its case was erased has arrived by then, and is deleted with the others. */
const LOOKED_AFTER_MS = 60 * 60_000;

/** Notes what will be erased when, and tells; nothing when a run at the same time did. */
export async function announceErasures(
  scope: Scope,
  cases: readonly { id: string; eraseOn: JapanDate }[],
  entries: readonly OutboxEntry[],
): Promise<void> {
  const rows = JSON.stringify(cases);
  try {
    await runBatch(scope.db, [
      // Every column of the table, in its order.
      scope.db
        .insert(erasureWarning)
        .select(
          sql`SELECT value->>'id', value->>'eraseOn', ${scope.now.getTime()} FROM json_each(${rows}) WHERE true`,
        ),
      enqueue(scope.db, entries, scope.now),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  scope.wakeCourier();
}

/**
 * Erases a case whose announced day has come: its key, all that was typed, its messages; what is left counts in statistics. When it
 * was taken up again meanwhile, the announcement is void instead. False when somebody changed or kept the case since the job looked:
 * a later run looks again.
 */
export async function eraseCase(scope: Scope, due: DueErasure, retention: Retention): Promise<boolean> {
  const { db, now } = scope;
  const loaded = await loadConsultation(scope, due.id);
  if (!loaded || loaded.consultation.erasedAt) return false;
  const { consultation: of } = loaded;
  // Asked after the head of its chain was read: a hold or a request that is noted from now on undoes the whole batch.
  if (!(await isDue(db, of.id, japanDate(now)))) return false;
  const isOver = due.endedAt !== null && keptUntil(due.kind, due.endedAt, retention) <= japanDate(now);
  if (!isOver || !hasEnded(of.status) || due.endedAt === null) {
    await forgetWarning(scope, of.id);
    return false;
  }
  try {
    await runBatch(db, await erasing(scope, loaded, due.endedAt));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return false;
  }
  scope.wakeCourier();
  return true;
}

/** All of an erasure. The audit entry stands first: whoever changed, held or reopened the case meanwhile undoes the whole batch. */
async function erasing(scope: Scope, loaded: LoadedConsultation, endedAt: Date): Promise<Statement[]> {
  const { db, now } = scope;
  const { consultation: of } = loaded;
  const version = of.version + 1;
  const { id, status } = of;
  const entry = await nextEntry(`case:${id}`, loaded.head, {
    at: now,
    actor: `job:${ERASE_JOB}`,
    action: 'consultation.erase',
    outcome: 'done',
    ...scope.origin,
    caseId: id,
    detail: {
      reference: of.reference,
      ended: japanDate(endedAt),
      ...(await proofOf(scope, id)),
      version,
      status,
      was: status,
    },
  });
  return [
    appendEntry(db, entry),
    db.delete(caseKey).where(eq(caseKey.caseId, id)),
    db.delete(consultationContent).where(eq(consultationContent.consultationId, id)),
    db.delete(answer).where(eq(answer.consultationId, id)),
    // Before the notes that they name.
    db.delete(threadMessage).where(eq(threadMessage.consultationId, id)),
    db.delete(note).where(eq(note.consultationId, id)),
    db.delete(submission).where(eq(submission.consultationId, id)),
    db.update(activity).set({ summary: null }).where(eq(activity.consultationId, id)),
    db.delete(closingReport).where(eq(closingReport.consultationId, id)),
    db.update(rating).set({ comment: null }).where(eq(rating.consultationId, id)),
    db.delete(sharedNote).where(eq(sharedNote.consultationId, id)),
    db.delete(viewingPurpose).where(eq(viewingPurpose.consultationId, id)),
    db.delete(breakGlass).where(eq(breakGlass.consultationId, id)),
    db.delete(legalHold).where(eq(legalHold.consultationId, id)),
    db
      .update(residentRequest)
      .set({ note: null, settlement: null })
      .where(eq(residentRequest.consultationId, id)),
    db.delete(caseFile).where(eq(caseFile.consultationId, id)),
    db.delete(subjectToken).where(eq(subjectToken.consultationId, id)),
    db.delete(deadline).where(eq(deadline.consultationId, id)),
    db
      .update(consultation)
      .set({ erasedAt: now, updatedAt: now, version, dueAt: null, snoozedDeadline: null, snoozedUntil: null })
      .where(eq(consultation.id, id)),
    ...takeBack(db, of, now),
  ];
}

/** Every sealed value of a case, by what it is. */
const SEALED = [
  [
    'contents',
    'consultation_content',
    [
      'body',
      'subject_name',
      'subject_kana',
      'subject_age',
      'subject_address',
      'subject_phone',
      'subject_insured_number',
    ],
  ],
  ['answers', 'answer', ['body']],
  ['notes', 'note', ['body']],
  ['activities', 'activity', ['summary']],
  ['closing', 'closing_report', ['lessons', 'measures', 'prevention']],
  ['ratings', 'rating', ['comment']],
  ['shared', 'shared_note', ['matter', 'response', 'prevention']],
  ['files', 'case_file', ['name']],
  ['purposes', 'viewing_purpose', ['words']],
  ['emergencies', 'break_glass', ['reason']],
  ['holds', 'legal_hold', ['reason']],
  ['requests', 'resident_request', ['note', 'settlement']],
] as const;

/** How many values are destroyed, and a digest over their ciphertexts: whoever has a copy can tell that just these were. */
async function proofOf({ db }: Scope, id: string): Promise<Record<string, string | number>> {
  const parts = SEALED.map(
    ([what, table, columns]) =>
      sql`(SELECT json_group_array(json_array(${sql.join(
        columns.map((column) => sql.identifier(column)),
        sql`, `,
      )})) FROM ${sql.identifier(table)} WHERE consultation_id = ${id}) AS ${sql.identifier(what)}`,
  );
  const row = await db.get<Record<string, string>>(sql`SELECT ${sql.join(parts, sql`, `)}`);
  const counts: Record<string, number> = {};
  const values: string[] = [];
  for (const [what] of SEALED) {
    const sealed = v.parse(SealedRows, JSON.parse(row[what] ?? '[]')).flat();
    const present = sealed.filter((value) => value !== null);
    if (present.length > 0) counts[what] = present.length;
    values.push(...present);
  }
  return { ...counts, values: values.length, ciphertexts: await sha256Hex(values.toSorted().join('\n')) };
}

const SealedRows = v.array(v.array(v.nullable(v.string())));

/** Looks after an erased case until nothing of it is left outside the database. `removeFiles` bears being called twice. */
export async function finishErasure(
  scope: Scope,
  erased: { id: string; reference: string; erasedAt: Date },
  removeFiles: (caseId: string) => Promise<void>,
): Promise<void> {
  if ((await countPosted(scope.db, erased.id)) > 0) {
    await runBatch(scope.db, [enqueueRemovals(scope.db, erased, scope.now)]);
    scope.wakeCourier();
    return;
  }
  if (scope.now.getTime() - erased.erasedAt.getTime() < LOOKED_AFTER_MS) return;
  await removeFiles(erased.id);
  await forgetWarning(scope, erased.id);
}

async function forgetWarning({ db }: Scope, id: string): Promise<void> {
  await db.delete(erasureWarning).where(eq(erasureWarning.consultationId, id));
}

/** The statement that makes an announcement void: the case will be announced anew before it is erased. */
export function withdrawWarning({ db }: Pick<Scope, 'db'>, id: string): Statement {
  return db.delete(erasureWarning).where(eq(erasureWarning.consultationId, id));
}
