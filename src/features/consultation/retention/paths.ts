/** The addresses of retention: references only. */
export const RETENTION_PATH = '/retention';

export function retentionPath(reference: string): string {
  return `${RETENTION_PATH}/${reference}`;
}
