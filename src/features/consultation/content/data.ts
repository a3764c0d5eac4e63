/** What people typed, opened: a case's key, its question and its answers. Requires that the Actor may see the case. */
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type CaseKey, keyRingOf, type Sealed } from '../../../vault/key-ring.ts';
import { caseKey } from '../../../vault/tables.ts';
import { staff } from '../../directory/tables.ts';
import { answerPlace, type Consultation, contentPlace } from '../data.ts';
import { answer, consultationContent, SUBJECT_FIELDS, type SubjectField } from '../tables.ts';

/** The key of a case. Its row is written with the case, so that a missing one means that the case was erased. */
export async function openCaseKeyOf({ db, settings }: Scope, consultationId: string): Promise<CaseKey> {
  const [row] = await db.select().from(caseKey).where(eq(caseKey.caseId, consultationId)).limit(1);
  if (!row) throw new Error('the case has no key');
  return (await keyRingOf(settings)).openCaseKey(row);
}

export interface OpenedContent {
  body: string;
  subject: Partial<Record<SubjectField, string>>;
}

export interface OpenedAnswer {
  id: string;
  authorName: string;
  answeredAt: Date;
  body: string;
}

/** Decrypts what was typed. Requires that the Actor may see the case and that the reading was logged. */
export async function openContent(db: Database, key: CaseKey, of: Consultation): Promise<OpenedContent> {
  const [row] = await db
    .select()
    .from(consultationContent)
    .where(eq(consultationContent.consultationId, of.id))
    .limit(1);
  if (!row) throw new Error('the consultation has no content');
  const open = (column: SubjectField | 'body', sealed: Sealed) => key.open(contentPlace(column, of), sealed);
  const subject: OpenedContent['subject'] = {};
  for (const field of SUBJECT_FIELDS) {
    const sealed = row[field];
    if (sealed !== null) subject[field] = await open(field, sealed);
  }
  return { body: await open('body', row.body), subject };
}

/** Decrypts the answers, oldest first. Requires what `openContent` requires. */
export async function openAnswers(db: Database, key: CaseKey, of: Consultation): Promise<OpenedAnswer[]> {
  const rows = await db
    .select({ answer, authorName: staff.name })
    .from(answer)
    .innerJoin(staff, eq(staff.slackUserId, answer.author))
    .where(eq(answer.consultationId, of.id))
    .orderBy(asc(answer.answeredAt), asc(answer.id));
  return Promise.all(
    rows.map(async (row) => ({
      id: row.answer.id,
      authorName: row.authorName,
      answeredAt: row.answer.answeredAt,
      body: await key.open(answerPlace(row.answer.id, of), row.answer.body),
    })),
  );
}

/** Whether there is such an answer, and in this case. */
export async function isAnswerOf(db: Database, consultationId: string, answerId: string): Promise<boolean> {
  const rows = await db
    .select({ id: answer.id })
    .from(answer)
    .where(and(eq(answer.id, answerId), eq(answer.consultationId, consultationId)))
    .limit(1);
  return rows.length > 0;
}
