/** Reading a city file of this machine. */
import { readFileSync } from 'node:fs';
import { type CityFile, parseCityFile } from '../../src/features/directory/schema.ts';
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

export function noCityFile(): StartError {
  return new StartError(
    'CITY がありません。データベースが空なので、市のファイル（JSON）の場所を CITY で指定してください。',
  );
}
