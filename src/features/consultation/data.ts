/** Reads of consultations. Content is opened only for an Actor who may see the case; `mutations.ts` logs that it was. */
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../lib/db.ts';
import type { Scope } from '../../slack/scope.ts';
import type { ChainHead } from '../../vault/audit.ts';
import { EMPTY_CHAIN } from '../../vault/audit.ts';
import { type CaseKey, keyRingOf, type Sealed } from '../../vault/key-ring.ts';
import { auditEntry, caseKey } from '../../vault/tables.ts';
import { center, city, staff } from '../directory/tables.ts';
import { answer, consultation, consultationContent, SUBJECT_FIELDS, type SubjectField } from './tables.ts';

export type Consultation = typeof consultation.$inferSelect;

/** A consultation as it stands, with what its cards need and the head of its audit chain, read in one transaction. */
export interface LoadedConsultation {
  consultation: Consultation;
  sendingCenter: { code: string; short: string; channel: string | null };
  triageChannel: string;
  /** Whether the sender still works where she may see the case: else messages go to the center's thread only. */
  isSenderThere: boolean;
  head: ChainHead;
}

const sender = alias(staff, 'sender');
const senderOffice = alias(center, 'sender_office');

/** Undefined when there is none of that id. Asks nobody's permission: `rules.maySee` is the caller's first question. */
export async function loadConsultation(db: Database, id: string): Promise<LoadedConsultation | undefined> {
  const [rows, heads] = await db.batch([
    db
      .select({
        consultation,
        code: center.code,
        short: center.short,
        channel: center.channel,
        triageChannel: city.triageChannel,
        senderCenter: sender.center,
        // A batch of D1 returns rows by column name: a second `kind` would take the place of the first.
        senderKind: sql<string>`${senderOffice.kind}`.as('sender_kind'),
        senderLeftAt: sender.removedAt,
      })
      .from(consultation)
      .innerJoin(center, eq(center.code, consultation.sendingCenter))
      .innerJoin(city, eq(city.id, 1))
      .innerJoin(sender, eq(sender.slackUserId, consultation.sender))
      .innerJoin(senderOffice, eq(senderOffice.code, sender.center))
      .where(eq(consultation.id, id))
      .limit(1),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `case:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
  ]);
  const [row] = rows;
  if (!row) return undefined;
  const { code, short, channel, triageChannel, senderCenter, senderKind, senderLeftAt } = row;
  return {
    consultation: row.consultation,
    sendingCenter: { code, short, channel },
    triageChannel,
    isSenderThere: senderLeftAt === null && (senderCenter === code || senderKind === 'kikan'),
    head: heads[0] ?? EMPTY_CHAIN,
  };
}

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

/** Where a field's ciphertext belongs: see `Place`. The center is the sending one, which never changes. */
export function contentPlace(column: SubjectField | 'body', of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return { table: 'consultation_content', column, row: of.id, center: of.sendingCenter };
}

export function answerPlace(answerId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return { table: 'answer', column: 'body', row: `${of.id}/${answerId}`, center: of.sendingCenter };
}
