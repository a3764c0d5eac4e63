/** The content of files in R2, sealed with the key of their case: whoever reads the bucket alone sees when, how much, and whose in ids. */
import { type CaseKey, VaultError } from '../../../vault/key-ring.ts';
import { type Consultation, casePlace } from '../data.ts';

type Of = Pick<Consultation, 'id' | 'sendingCenter'>;

/** What R2 lists and deletes at a time. */
const A_PAGE = 1000;
/** Ours; whatever else lies in the bucket is nobody's business here. */
const OUR_KEY = /^([0-9a-f-]{36})\/([0-9a-f-]{36})$/;

/** Content belongs to its case and its file: an object put in the place of another does not open. */
function contentPlace(fileId: string, of: Of) {
  return casePlace('case_file', 'content', fileId, of);
}

function keyOf(caseId: string, fileId: string): string {
  return `${caseId}/${fileId}`;
}

/** Stores content; throws when R2 does. The row follows, and whoever fails to store that removes the content again. */
export async function putContent(
  bucket: R2Bucket,
  key: CaseKey,
  of: Of,
  fileId: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await bucket.put(keyOf(of.id, fileId), await key.sealBytes(contentPlace(fileId, of), content));
}

/**
 * Opens content. Requires that the Actor may see the case and that the reading was logged.
 * @throws {VaultError} when it was altered, moved or taken away; and what R2 throws
 */
export async function openContent(
  bucket: R2Bucket,
  key: CaseKey,
  of: Of,
  fileId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const place = contentPlace(fileId, of);
  const object = await bucket.get(keyOf(of.id, fileId));
  if (!object) throw new VaultError('does-not-open', `${place.table}.${place.column}`, { place });
  return key.openBytes(place, new Uint8Array(await object.arrayBuffer()));
}

/** Removes one file's content; what is not there counts as removed. */
export async function removeContent(bucket: R2Bucket, caseId: string, fileId: string): Promise<void> {
  await bucket.delete(keyOf(caseId, fileId));
}

/** Removes the content of all files of a case, also of those without a row. Bears being called twice. */
export async function removeFilesOf(bucket: R2Bucket | undefined, caseId: string): Promise<void> {
  if (!bucket) return;
  for (;;) {
    const page = await bucket.list({ prefix: `${caseId}/`, limit: A_PAGE });
    if (page.objects.length > 0) await bucket.delete(page.objects.map(({ key }) => key));
    if (!page.truncated) return;
  }
}

/** An object as the bucket lists it. */
export interface StoredObject {
  caseId: string;
  fileId: string;
}

/** Objects of ours that begin with a prefix and were stored before an instant, at most a page's. */
export async function listObjects(
  bucket: R2Bucket,
  prefix: string,
  storedBefore: Date,
): Promise<StoredObject[]> {
  const { objects } = await bucket.list({ prefix, limit: A_PAGE });
  return objects.flatMap(({ key, uploaded }) => {
    const [, caseId, fileId] = OUR_KEY.exec(key) ?? [];
    return caseId && fileId && uploaded < storedBefore ? [{ caseId, fileId }] : [];
  });
}

/** Removes a page's objects. */
export async function removeObjects(bucket: R2Bucket, objects: readonly StoredObject[]): Promise<void> {
  await bucket.delete(objects.map(({ caseId, fileId }) => keyOf(caseId, fileId)));
}
