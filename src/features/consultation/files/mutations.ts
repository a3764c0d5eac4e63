/** Attaching files to a case and taking them away: changes of the case like any other, with content in R2 beside the rows. */
import { and, eq, isNull } from 'drizzle-orm';
import { toHex } from '../../../lib/bytes.ts';
import { logError } from '../../../lib/log.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { referenceMessage } from '../blocks.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type Consultation, type LoadedConsultation, standingOf } from '../data.ts';
import { changeByOwnRules, changeConsultation, type Refusal } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tellBothSides, tellOnce } from '../notices.ts';
import { casePath } from '../pages/paths.ts';
import { beginReading } from '../reading/mutations.ts';
import { findHold } from '../retention/data.ts';
import { maySee } from '../visibility/rules.ts';
import { type CaseFile, countFiles, filePlace, findFile, isFileOf } from './data.ts';
import { openContent, putContent, removeContent } from './objects.ts';
import { MAX_FILES, mayRemove } from './rules.ts';
import { caseFile } from './tables.ts';
import { filesText as text } from './text.ts';
import { FILE_KINDS, type FileKind } from './words.ts';

export const ATTACH = 'consultation.attach_file';
export const REMOVE = 'consultation.remove_file';

/** A file as it was inspected. */
export interface NewFile {
  /** Cleaned, at most 200 characters; see `rules.fileNameOf`. */
  name: string;
  kind: FileKind;
  content: Uint8Array<ArrayBuffer>;
  /** Of the form that it came with: sent twice, it is stored once. */
  formId: string;
}

/**
 * Attaches a file, for whoever may comment on the case now. Throws when R2 or the database does; then nothing is stored but, when R2
 * does not take it back, content without a row, which `jobs.ts` removes.
 */
export async function attachFile(
  scope: Scope,
  bucket: R2Bucket,
  actor: Actor,
  id: string,
  file: NewFile,
): Promise<Result<Consultation, Refusal>> {
  const { db, now } = scope;
  const fileId = crypto.randomUUID();
  let isPut = false;
  const wish = {
    id,
    operation: 'comment',
    action: ATTACH,
    form: {
      key: `${actor.slackUserId}/${file.formId}`,
      values: { name: file.name, digest: await digestOf(file.content) },
    },
  } as const;
  try {
    return await changeConsultation(scope, actor, wish, async (loaded) => {
      const { consultation: of } = loaded;
      if ((await countFiles(db, id)) >= MAX_FILES)
        return refused({ reason: 'invalid', of, sentence: text.tooMany(MAX_FILES) });
      const key = await openCaseKeyOf(scope, id);
      // Not again when another change came first and this one is decided anew.
      if (!isPut) {
        isPut = true;
        await putContent(bucket, key, of, fileId, file.content);
      }
      const row = {
        id: fileId,
        consultationId: id,
        name: await key.seal(filePlace(fileId, of), file.name),
        type: FILE_KINDS[file.kind].type,
        bytes: file.content.byteLength,
        addedBy: actor.slackUserId,
        addedAt: now,
      };
      return done({
        detail: { file: fileId },
        after: of,
        statements: [db.insert(caseFile).values(row)],
        entries: noticesOf(scope, loaded, actor),
      });
    });
  } finally {
    if (isPut) await takeBackUnlessStored(scope, bucket, id, fileId);
  }
}

function noticesOf({ settings }: Scope, loaded: LoadedConsultation, actor: Actor) {
  const { reference } = loaded.consultation;
  const url = escapeMrkdwn(`${settings.PUBLIC_URL}${casePath(reference)}`);
  return tellOnce(tellBothSides(loaded, referenceMessage(text.told(reference, url), [])), actor.slackUserId);
}

/** Content whose row was not stored: refused, sent twice, or something failed. What fails here must not hide that. */
async function takeBackUnlessStored(
  { db }: Scope,
  bucket: R2Bucket,
  caseId: string,
  fileId: string,
): Promise<void> {
  try {
    if (await isFileOf(db, caseId, fileId)) return;
    await removeContent(bucket, caseId, fileId);
  } catch (error) {
    // The job that looks for content without a row finds it.
    logError('file.not_taken_back', error, { file: fileId });
  }
}

/** Why a file is not taken away. */
export type RemovalRefusal = 'not-found' | 'not-entitled' | 'held';

/**
 * Takes a file away, with a reason of at most 500 characters: the content goes, its row says who did it. A second press changes
 * nothing. Refused attempts are logged.
 */
export async function removeFile(
  scope: Scope,
  bucket: R2Bucket,
  actor: Actor,
  id: string,
  fileId: string,
  reason: string,
): Promise<Result<undefined, RemovalRefusal>> {
  const { db, now } = scope;
  const removed = await changeByOwnRules(scope, actor, { id, action: REMOVE }, async (loaded) => {
    const file = await findFile(db, id, fileId);
    const refusal = await removalRefusal(scope, actor, loaded, file);
    if (refusal) return refused({ reason: refusal });
    if (file?.removedAt) return done(undefined);
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    return done({
      detail: { file: fileId, note: note.id },
      after: of,
      statements: [
        ...note.statements,
        db
          .update(caseFile)
          .set({ removedBy: actor.slackUserId, removedAt: now })
          .where(and(eq(caseFile.id, fileId), isNull(caseFile.removedAt))),
      ],
    });
  });
  if (!removed.ok) return refused(removed.refusal.reason);
  // What fails here is done by the job that looks for content without a row.
  await removeContent(bucket, id, fileId).catch((error) =>
    logError('file.not_removed', error, { file: fileId }),
  );
  return done(undefined);
}

async function removalRefusal(
  { db }: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  file: CaseFile | undefined,
): Promise<RemovalRefusal | undefined> {
  const standing = standingOf(loaded);
  if (!file || !maySee(actor, standing)) return 'not-found';
  if (!mayRemove(actor, standing, file)) return 'not-entitled';
  return (await findHold(db, loaded.consultation)) ? 'held' : undefined;
}

/** A file, opened. */
export interface OpenedFile {
  name: string;
  /** Media type. */
  type: string;
  reference: string;
  content: Uint8Array<ArrayBuffer>;
}

/**
 * Opens a file for whoever may read the case, and notes it. Refused like what does not exist.
 * @throws {VaultError} when its content was altered, moved or taken away; and what R2 throws
 */
export async function openFile(
  scope: Scope,
  bucket: R2Bucket,
  actor: Actor,
  id: string,
  fileId: string,
): Promise<Result<OpenedFile, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'file', file: fileId });
  if (!begun.ok) return begun;
  const { consultation: of } = begun.value;
  const [key, file] = await Promise.all([openCaseKeyOf(scope, id), findFile(scope.db, id, fileId)]);
  if (!file) return refused({ reason: 'not-found' });
  const [name, content] = await Promise.all([
    key.open(filePlace(fileId, of), file.name),
    openContent(bucket, key, of, fileId),
  ]);
  return done({ name, type: file.type, reference: of.reference, content });
}

async function digestOf(content: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', content));
}
