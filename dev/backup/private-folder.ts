/** A place for what must not stay on the disk: only its owner may look in, and it goes on every way out of the process. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Hands `work` a new folder (mode 0700) and removes it afterwards, also when the process ends meanwhile. */
export async function withPrivateFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-backup-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/** Ends the process with 1 when somebody asks it to end; what is registered for `exit` cleans up. */
export function endCleanlyOnSignals(sentence: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      console.error(sentence);
      process.exit(1);
    });
  }
}

/** Makes a named pipe, through which nothing reaches the disk. Answers false where there are none (Windows). */
export function makePipe(name: string): boolean {
  return spawnSync('mkfifo', ['-m', '600', name]).status === 0;
}

/**
 * Hands `work` the path of a file with these lines. On Linux the file has lost its name before anything is written into it, so
 * that even a killed process leaves none behind; elsewhere it goes with the folder.
 */
export async function withSpooledFile<Value>(
  folder: string,
  lines: Iterable<string>,
  work: (file: string) => Promise<Value>,
): Promise<Value> {
  const file = path.join(folder, 'restore.sql');
  const descriptor = openSync(file, 'wx+', 0o600);
  const nameless = `/proc/${process.pid}/fd/${descriptor}`;
  const isNameless = existsSync(nameless);
  try {
    if (isNameless) unlinkSync(file);
    for (const line of lines) writeSync(descriptor, `${line}\n`);
    return await work(isNameless ? nameless : file);
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}
