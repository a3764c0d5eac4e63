/** The city of a database that has none yet. */
import { findCity } from '../../src/features/directory/data.ts';
import { importCity } from '../../src/features/directory/mutations.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import { parseSettings } from '../../src/lib/env.ts';
import { noCityFile } from './city-loading.ts';
import { withLocalDatabase } from './database.ts';
import { takeOverFaq } from './faq.ts';

/**
 * Migrates the database of a state folder and loads `file` when it has no city yet. Its FAQ can be searched afterwards.
 * @param environment with the Worker's settings
 * @throws {StartError} when it has none and there is no file: nobody could use it
 */
export async function loadFirstCity(
  state: string,
  file: CityFile | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await withLocalDatabase(state, async (db, faqIndex) => {
    if (await findCity(db)) return;
    if (!file) throw noCityFile();
    await importCity(db, file, 'command', new Date());
    await takeOverFaq({ db, faqIndex, settings: parseSettings(environment) });
  });
}
