/** Reads of what people wrote into a case besides its question and its answers. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { staff } from '../../directory/tables.ts';
import { type Consultation, casePlace } from '../data.ts';
import { answer, note } from '../tables.ts';

export type NoteKind = (typeof note.$inferSelect)['kind'];

/** What stands in a case's course by itself; a `reason` belongs to the change that it explains. */
export const COURSE_NOTES = ['comment', 'question', 'reply', 'thread'] as const satisfies readonly NoteKind[];

export interface OpenedNote {
  id: string;
  kind: NoteKind;
  author: string;
  authorName: string;
  writtenAt: Date;
  editedAt: Date | null;
  deletedInSlackAt: Date | null;
  body: string;
}

/** Decrypts the notes of these kinds, oldest first. Requires that the Actor may see the case and that the reading was logged. */
export async function openNotes(
  db: Database,
  key: CaseKey,
  of: Consultation,
  kinds: readonly NoteKind[] = COURSE_NOTES,
): Promise<OpenedNote[]> {
  const rows = await selectNotes(db)
    .where(and(eq(note.consultationId, of.id), inArray(note.kind, [...kinds])))
    .orderBy(asc(note.writtenAt), asc(note.id));
  return Promise.all(rows.map((row) => openRow(key, of, row)));
}

/** Decrypts one note; undefined when there is none of that id in this case. Requires what `openNotes` requires. */
export async function openNote(
  db: Database,
  key: CaseKey,
  of: Consultation,
  id: string,
): Promise<OpenedNote | undefined> {
  const [row] = await selectNotes(db)
    .where(and(eq(note.id, id), eq(note.consultationId, of.id)))
    .limit(1);
  return row && openRow(key, of, row);
}

/** Whether there is such a note, and in this case. */
export async function isNoteOf(db: Database, consultationId: string, noteId: string): Promise<boolean> {
  const rows = await db
    .select({ id: note.id })
    .from(note)
    .where(and(eq(note.id, noteId), eq(note.consultationId, consultationId)))
    .limit(1);
  return rows.length > 0;
}

/**
 * The questions to the sender that wait for a reply, oldest first: those asked since the last reply or answer. Decrypted; requires
 * what `openNotes` requires.
 */
export async function openUnansweredQuestions(
  db: Database,
  key: CaseKey,
  of: Consultation,
): Promise<OpenedNote[]> {
  if (!of.hasOpenQuestion) return [];
  const settledAt = sql<number>`max(
    coalesce((SELECT max(written_at) FROM ${note} AS reply WHERE reply.consultation_id = ${of.id} AND reply.kind = 'reply'), 0),
    coalesce((SELECT max(answered_at) FROM ${answer} WHERE ${answer.consultationId} = ${of.id}), 0))`;
  const rows = await selectNotes(db)
    .where(and(eq(note.consultationId, of.id), eq(note.kind, 'question'), gt(note.writtenAt, settledAt)))
    .orderBy(asc(note.writtenAt), asc(note.id));
  return Promise.all(rows.map((row) => openRow(key, of, row)));
}

function selectNotes(db: Database) {
  return db
    .select({ note, authorName: sql<string>`${staff.name}`.as('author_name') })
    .from(note)
    .innerJoin(staff, eq(staff.slackUserId, note.author))
    .$dynamic();
}

async function openRow(
  key: CaseKey,
  of: Consultation,
  row: { note: typeof note.$inferSelect; authorName: string },
): Promise<OpenedNote> {
  const { id, kind, author, writtenAt, editedAt, deletedInSlackAt, body } = row.note;
  return {
    id,
    kind,
    author,
    authorName: row.authorName,
    writtenAt,
    editedAt,
    deletedInSlackAt,
    body: await key.open(casePlace('note', 'body', id, of), body),
  };
}
