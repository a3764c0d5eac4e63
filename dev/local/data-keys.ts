/** Data keys: made for a deployment, or kept in the state folder for trials on this machine. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENT_FILE } from './environment-file.ts';

/** `id:base64` of a new 256-bit key, as DATA_KEYS takes it. */
export function newDataKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

/** The keys kept in a state folder, when there are any. */
export function localDataKeysIfAny(state: string): string | undefined {
  const file = path.join(state, 'data-keys');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The keys of the Worker that runs, or ran last, on a state folder; undefined when none ever did, or it had none of its own. */
function keysOfWorker(state: string): string | undefined {
  const file = path.join(state, ENVIRONMENT_FILE);
  if (!existsSync(file)) return undefined;
  // Keys are `id:base64` with commas: none of what needs an escape.
  return /^DATA_KEYS=(['"`])(.+)\1$/m.exec(readFileSync(file, 'utf8'))?.[2];
}

/** What opens the texts of a local city for a command beside its Worker: as set, else as the Worker has it. */
export function dataKeysOfState(state: string): string {
  return process.env.DATA_KEYS || (keysOfWorker(state) ?? localDataKeys(state));
}

/** The key of a state folder, made at first use. A trial's data lives and dies with that folder, so its key may lie there. */
export function localDataKeys(state: string): string {
  const file = path.join(state, 'data-keys');
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true });
    writeFileSync(file, newDataKey('local'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
