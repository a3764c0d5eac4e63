/** Where a local Worker keeps its state, and what its tools need to know. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { StartError } from './start-error.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Quiet, and nothing leaves this machine. */
export const WRANGLER_ENV = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CI: 'true',
};

/**
 * The folder that wrangler calls `--persist-to`, made if needed.
 * @throws {StartError} when it cannot be written to
 */
export function stateFolder(): string {
  const folder = path.resolve(process.env.KIKAN_STATE || path.join(ROOT, '.state', 'worker'));
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new StartError(`KIKAN_STATE: ${folder} に書き込めません。フォルダーの場所を確かめてください。`);
  }
  return folder;
}

/** Whether no database was ever opened in this folder. */
export function isNewState(state: string): boolean {
  return !existsSync(path.join(state, 'v3', 'd1'));
}
