/** The content of a backup file: a manifest, then tables with their rows, then the rest of the schema; a line of JSON each. */
import { hash } from 'node:crypto';
import * as v from 'valibot';
import { StartError } from '../local/start-error.ts';
import type { BackupKey } from './backup-key.ts';
import { describeContents, differencesOf, type Manifest, ManifestSchema } from './manifest.ts';
import { type Contents, readRow } from './rows.ts';
import { readSealedFile, writeSealedFile } from './sealed-file.ts';

const TableLine = v.object({ table: v.string(), sql: v.nullable(v.string()), columns: v.array(v.string()) });
const SchemaLine = v.object({ schema: v.array(v.string()) });

export interface Backup {
  manifest: Manifest;
  contents: Contents;
}

/** Writes contents into a new encrypted file. */
export async function writeBackup(
  file: string,
  { manifest, contents }: Backup,
  key: BackupKey,
): Promise<void> {
  const first = JSON.stringify(manifest);
  await writeSealedFile(
    file,
    { takenAt: manifest.takenAt, manifestSha256: hash('sha256', first) },
    key,
    linesOf(first, contents),
  );
}

function* linesOf(first: string, { tables, schema }: Contents): Generator<string> {
  yield first;
  for (const { name: table, sql, columns, rows } of tables) {
    yield JSON.stringify({ table, sql, columns });
    yield* rows;
  }
  yield JSON.stringify({ schema });
}

/**
 * Opens a backup file and checks it whole: every byte, and its contents against its manifest.
 * @throws {StartError} when it cannot be opened with this key, or anything was changed
 */
export async function readBackup(file: string, key: BackupKey): Promise<Backup> {
  const backup = await readSealedFile(file, key, async (header, lines) => {
    let manifest: Manifest | undefined;
    const contents: Contents = { tables: [], schema: [] };
    for await (const line of lines) {
      if (manifest) takeLine(contents, line);
      else if (hash('sha256', line) === header.manifestSha256)
        manifest = v.parse(ManifestSchema, JSON.parse(line));
      else break;
    }
    return manifest && { manifest, contents };
  });
  if (!backup)
    throw new StartError(`${file} の目録が、ファイルの先頭と合いません。別のバックアップを使ってください。`);
  const found = await describeContents(backup.contents, new Date(backup.manifest.takenAt));
  const differences = differencesOf(backup.manifest, found);
  if (differences.length > 0)
    throw new StartError(
      `${file} の中身が目録と合いません（${differences.join('、')}）。別のバックアップを使ってください。`,
    );
  return backup;
}

function takeLine({ tables, schema }: Contents, line: string): void {
  if (line.startsWith('[')) {
    readRow(line);
    tables.at(-1)?.rows.push(line);
    return;
  }
  const read = v.parse(v.union([TableLine, SchemaLine]), JSON.parse(line));
  if ('schema' in read) schema.push(...read.schema);
  else tables.push({ name: read.table, sql: read.sql, columns: read.columns, rows: [] });
}
