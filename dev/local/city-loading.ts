/** Loading a city file into a local database. */
import { readFileSync } from 'node:fs';
import { findCity } from '../../src/features/directory/data.ts';
import { importCity } from '../../src/features/directory/mutations.ts';
import { type CityFile, parseCityFile } from '../../src/features/directory/schema.ts';
import type { Database } from '../../src/lib/db.ts';
import { StartError } from './start-error.ts';

/** @throws {StartError} with one line per fault: its path in the file and what is wrong there */
export function readCityFile(file: string): CityFile {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch {
    throw new StartError(`CITY: ${file} を読めません。`);
  }
  const parsed = parseCityFile(json);
  if (parsed.ok) return parsed.city;
  throw new StartError(
    [
      `CITY: ${file} には直すところがあります。何も読み込んでいません。`,
      ...parsed.faults.map(({ path, problem }) => `  ${path}: ${problem}`),
    ].join('\n'),
  );
}

/** Loads `file` when the database has no city yet. Without a file an empty database is refused: nobody could use it. */
export async function loadCityIfEmpty(db: Database, file: string | undefined, now: Date): Promise<void> {
  if (await findCity(db)) return;
  if (!file)
    throw new StartError(
      'CITY がありません。データベースが空なので、市のファイル（JSON）の場所を CITY で指定してください。',
    );
  await importCity(db, readCityFile(file), 'command', now);
}
