/** Reads of shared notes. What is approved belongs to all centers; before, and after, it belongs to its case. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { type Consultation, casePlace } from '../data.ts';
import { consultation } from '../tables.ts';
import type { SharingKind, Topic } from '../words.ts';
import type { NotesQuery, SharedTexts, TextField } from './schema.ts';
import { sharedNote } from './tables.ts';

export type SharedNote = typeof sharedNote.$inferSelect;

/** Read on a phone, ten lines are a page. */
const PAGE = 10;

/** The note of a case, in whichever state. */
export async function findSharedNote(db: Database, consultationId: string): Promise<SharedNote | undefined> {
  const [row] = await db
    .select()
    .from(sharedNote)
    .where(eq(sharedNote.consultationId, consultationId))
    .limit(1);
  return row;
}

/** A note that all centers may read, with the case that it comes from. */
export interface ApprovedNote {
  note: SharedNote;
  of: Pick<Consultation, 'id' | 'reference' | 'sendingCenter'>;
}

export async function findApprovedNote(db: Database, id: string): Promise<ApprovedNote | undefined> {
  const [row] = await db
    .select({
      note: sharedNote,
      of: {
        id: consultation.id,
        reference: consultation.reference,
        sendingCenter: consultation.sendingCenter,
      },
    })
    .from(sharedNote)
    .innerJoin(consultation, eq(consultation.id, sharedNote.consultationId))
    .where(and(eq(sharedNote.id, id), eq(sharedNote.state, 'approved')))
    .limit(1);
  return row;
}

/** Decrypts the texts. Requires that the note is approved or the Actor may see the case, and that the reading was logged. */
export async function openTexts(
  key: CaseKey,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
  note: SharedNote,
): Promise<SharedTexts> {
  const { matter, response, prevention } = note;
  return {
    matter: await key.open(sharedPlace('matter', note.id, of), matter),
    response: await key.open(sharedPlace('response', note.id, of), response),
    prevention: prevention && (await key.open(sharedPlace('prevention', note.id, of), prevention)),
  };
}

/** Where a sealed text of a note belongs. */
export function sharedPlace(
  column: TextField,
  noteId: string,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
) {
  return casePlace('shared_note', column, noteId, of);
}

/** A shared note as lists show it. */
export interface ListedNote {
  id: string;
  reference: string;
  kind: SharingKind;
  topics: Topic[];
  settledAt: Date;
}

export interface NotesPage {
  query: NotesQuery;
  notes: ListedNote[];
  /** The page after it. */
  next: NotesQuery | undefined;
}

/** What all centers may read, the latest first; ten a page, without the texts. */
export async function listSharedNotes(db: Database, query: NotesQuery = {}): Promise<NotesPage> {
  const { topic, before } = query;
  const rows = await db
    .select({
      id: sharedNote.id,
      reference: consultation.reference,
      kind: sharedNote.kind,
      topics: sharedNote.topics,
      settledAt: sql<Date>`${sharedNote.settledAt}`.mapWith(sharedNote.settledAt),
    })
    .from(sharedNote)
    .innerJoin(consultation, eq(consultation.id, sharedNote.consultationId))
    .where(
      and(
        eq(sharedNote.state, 'approved'),
        topic && sql`EXISTS (SELECT 1 FROM json_each(${sharedNote.topics}) WHERE value = ${topic})`,
        before && sql`(${sharedNote.settledAt}, ${sharedNote.id}) < (${before.settledAt}, ${before.id})`,
      ),
    )
    .orderBy(desc(sharedNote.settledAt), desc(sharedNote.id))
    .limit(PAGE + 1);
  const notes = rows.slice(0, PAGE);
  const last = notes.at(-1);
  const isMore = rows.length > PAGE && last !== undefined;
  return {
    query,
    notes,
    next: isMore
      ? { ...(topic ? { topic } : {}), before: { settledAt: last.settledAt.getTime(), id: last.id } }
      : undefined,
  };
}
