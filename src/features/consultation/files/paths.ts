/** Addresses of a case's files: the reference and an id, never a name. */
import { casePath } from '../pages/paths.ts';

/** Where the case's page shows them. */
export const FILES_ANCHOR = 'files';

export function filesPath(reference: string): string {
  return `${casePath(reference)}/files`;
}

export function filePath(reference: string, fileId: string): string {
  return `${filesPath(reference)}/${fileId}`;
}

export function removalPath(reference: string, fileId: string): string {
  return `${filePath(reference, fileId)}/remove`;
}
