/** Keeps a workspace's history in a file, so that a restart finds again what was said. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type History, parseHistory } from '../history.ts';
import { parseJson } from '../json.ts';
import type { Workspace } from '../workspace.ts';

/** Changes within this time are written once; a crash loses no more than it. */
const SAVE_AFTER_MS = 500;

/** The history in this file; undefined without one. A file that cannot be read is set aside, which one sentence says. */
export function loadHistory(file: string): History | undefined {
  const json = readIfThere(file);
  if (json === undefined) return undefined;
  const history = parseHistory(parseJson(json));
  if (!history) setAside(file);
  return history;
}

/** Writes the workspace's history after its changes. The answer ends that, with a last write. */
export function keepHistory(workspace: Workspace, file: string): () => void {
  let written: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasComplained = false;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    const json = JSON.stringify(workspace.exportHistory());
    if (json === written) return;
    try {
      replaceFile(file, json);
      written = json;
    } catch {
      if (!hasComplained) console.error(`Slackの画面の記録を ${file} に保存できません。`);
      hasComplained = true;
    }
  };
  const unsubscribe = workspace.subscribe(() => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  });
  return () => {
    unsubscribe();
    save();
  };
}

/** Undefined when there is no such file; an empty text when it cannot be read. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : '';
  }
}

function setAside(file: string): void {
  const aside = `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    renameSync(file, aside);
    console.error(
      `前回のSlackの画面の記録を読めないため、${path.basename(aside)} に名前を変えて残し、空の画面から始めます。`,
    );
  } catch {
    console.error(`前回のSlackの画面の記録（${file}）を読めないため、空の画面から始めます。`);
  }
}

/** A reader finds the old text or the new one, never half of it. It holds what was typed: only its owner may read it. */
function replaceFile(file: string, text: string): void {
  const next = `${file}.next`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, file);
}
