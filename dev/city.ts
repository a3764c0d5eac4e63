/**
 * `npm run city -- check|import|sql FILE` and `npm run city -- export`: the city file of a local city (KIKAN_STATE),
 * and the SQL that loads one into a deployment's empty database.
 */
import { exportCityFile } from '../src/features/directory/data.ts';
import { importCity, importStatements } from '../src/features/directory/mutations.ts';
import { listCityFaq } from '../src/features/faq/exchange/data.ts';
import { EMPTY_CHAIN } from '../src/vault/audit.ts';
import { readCityFile } from './local/city-loading.ts';
import { withLocalDatabase } from './local/database.ts';
import { takeOverFaq, withLocalFaq } from './local/faq.ts';
import { withPatience } from './local/patience.ts';
import { toSql } from './local/sql.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { stateFolder } from './local/state.ts';

const USAGE = '使い方: npm run city -- check 市のファイル | import 市のファイル | export | sql 市のファイル';

await runCommand(async () => {
  const [action, file] = process.argv.slice(2);
  if (action === 'export') return exportCity();
  if (!file) throw new StartError(USAGE);
  const city = readCityFile(file);
  switch (action) {
    case 'check':
      return console.log(
        `問題ありません（センター${city.centers.length}か所、職員${city.staff.length}人）。`,
      );
    case 'import':
      await withLocalFaq(stateFolder(), async (faq) => {
        await withPatience(() => importCity(faq.db, city, 'command', new Date()));
        await takeOverFaq(faq);
      });
      return console.log(
        `読み込みました（センター${city.centers.length}か所、職員${city.staff.length}人）。`,
      );
    case 'sql': {
      const statements = await withLocalDatabase(stateFolder(), (db) =>
        importStatements(db, city, 'command', new Date(), EMPTY_CHAIN),
      );
      return console.log(statements.map(toSql).join('\n'));
    }
    default:
      throw new StartError(USAGE);
  }
});
process.exit();

async function exportCity(): Promise<void> {
  const city = await withLocalDatabase(stateFolder(), (db) => exportCityFile(db, listCityFaq));
  if (!city) throw new StartError('まだ市が登録されていません。');
  console.log(JSON.stringify(city, null, 2));
}
