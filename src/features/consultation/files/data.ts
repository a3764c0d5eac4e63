/** Reads of what is attached to a case: names are opened here, content in `objects.ts`. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { staff } from '../../directory/tables.ts';
import { type Consultation, casePlace, type LoadedConsultation, standingOf } from '../data.ts';
import type { StoredObject } from './objects.ts';
import { mayRemove } from './rules.ts';
import { caseFile } from './tables.ts';

export type CaseFile = typeof caseFile.$inferSelect;

/** A file as the case's page lists it. */
export interface ListedFile {
  id: string;
  name: string;
  /** Media type. */
  type: string;
  bytes: number;
  /** Empty for whoever is not listed any more. */
  addedByName: string;
  addedAt: Date;
  /** Null while it is there. */
  removed: { byName: string; at: Date } | null;
  /** Whether the reader may take it away. */
  isRemovable: boolean;
}

const remover = alias(staff, 'remover');

export function filePlace(fileId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return casePlace('case_file', 'name', fileId, of);
}

/** All files of a case, oldest first, also those taken away. Requires that the Actor may see the case and that the reading was logged. */
export async function openFiles(
  db: Database,
  key: CaseKey,
  actor: Actor,
  loaded: LoadedConsultation,
): Promise<ListedFile[]> {
  const { consultation: of } = loaded;
  const rows = await db
    .select({
      file: caseFile,
      addedByName: staff.name,
      removedByName: sql<string | null>`${remover.name}`.as('removed_by_name'),
    })
    .from(caseFile)
    .leftJoin(staff, eq(staff.slackUserId, caseFile.addedBy))
    .leftJoin(remover, eq(remover.slackUserId, caseFile.removedBy))
    .where(eq(caseFile.consultationId, of.id))
    .orderBy(asc(caseFile.addedAt), asc(caseFile.id));
  const standing = standingOf(loaded);
  return Promise.all(
    rows.map(async ({ file, addedByName, removedByName }) => ({
      id: file.id,
      name: await key.open(filePlace(file.id, of), file.name),
      type: file.type,
      bytes: file.bytes,
      addedByName: addedByName ?? '',
      addedAt: file.addedAt,
      removed: file.removedAt && { byName: removedByName ?? '', at: file.removedAt },
      isRemovable: file.removedAt === null && mayRemove(actor, standing, file),
    })),
  );
}

/** How many files a case has, those taken away not counted. */
export async function countFiles(db: Database, consultationId: string): Promise<number> {
  return db.$count(caseFile, and(eq(caseFile.consultationId, consultationId), isNull(caseFile.removedAt)));
}

/** A file of this very case, also when it was taken away. */
export async function findFile(
  db: Database,
  consultationId: string,
  fileId: string,
): Promise<CaseFile | undefined> {
  const [row] = await db
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.id, fileId), eq(caseFile.consultationId, consultationId)))
    .limit(1);
  return row;
}

/** Whether there is such a file, and in this case. */
export async function isFileOf(db: Database, consultationId: string, fileId: string): Promise<boolean> {
  const file = await findFile(db, consultationId, fileId);
  return file !== undefined && file.removedAt === null;
}

/** Those of the objects that no row of a file that is there speaks of. */
export async function listOrphans(db: Database, objects: readonly StoredObject[]): Promise<StoredObject[]> {
  if (objects.length === 0) return [];
  const ids = JSON.stringify(objects.map(({ fileId }) => fileId));
  const rows = await db
    .select({ caseId: caseFile.consultationId, fileId: caseFile.id })
    .from(caseFile)
    .where(and(sql`${caseFile.id} IN (SELECT value FROM json_each(${ids}))`, isNull(caseFile.removedAt)));
  const kept = new Set(rows.map(({ caseId, fileId }) => `${caseId}/${fileId}`));
  return objects.filter(({ caseId, fileId }) => !kept.has(`${caseId}/${fileId}`));
}
