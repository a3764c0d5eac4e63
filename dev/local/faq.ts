/** The FAQ of a local city, changed from the command line: stored and found as a Worker would, also while one runs on the same state. */

import { takeOverHandedOver } from '../../src/features/faq/exchange/handing-over/mutations.ts';
import { followIndex, rebuildFaqIndex } from '../../src/features/faq/indexing/mutations.ts';
import { contentOf, openFaqIndex } from '../../src/features/faq/search/store.ts';
import { parseDataKeys, parseSettings, type Settings } from '../../src/lib/env.ts';
import { commandScope, type LocalFaq } from './command-scope.ts';
import { dataKeysOfState } from './data-keys.ts';
import { withLocalDatabase } from './database.ts';
import { withPatience } from './patience.ts';
import { StartError } from './start-error.ts';

/**
 * Opens the database, the index and the keys of a state folder.
 * @throws {StartError} when DATA_KEYS is malformed
 */
export function withLocalFaq<Value>(state: string, work: (faq: LocalFaq) => Promise<Value>): Promise<Value> {
  const settings = settingsWithKeys(dataKeysOfState(state));
  return withLocalDatabase(state, (db, faqIndex) => work({ db, faqIndex, settings }));
}

/** What a city file brought becomes entries, which are found afterwards; an index that is not there is built. */
export async function takeOverFaq(faq: LocalFaq): Promise<void> {
  await withPatience(() => takeOverHandedOver(commandScope(faq)));
  await withPatience(async () => {
    await followIndex(faq);
    if ((await contentOf(openFaqIndex(faq.faqIndex))) === undefined) await rebuildFaqIndex(faq);
  });
}

/** Nothing here reaches Slack; the other settings must only be well-formed. */
function settingsWithKeys(keys: string): Settings {
  const fault = parseDataKeys(keys);
  if (typeof fault === 'string') throw new StartError(`DATA_KEYS の値が正しくありません（${fault}）。`);
  return parseSettings({
    SLACK_BOT_TOKEN: 'xoxb-none',
    SLACK_SIGNING_SECRET: 'none-here',
    PUBLIC_URL: 'http://127.0.0.1',
    DATA_KEYS: keys,
  });
}
