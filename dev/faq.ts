/** `npm run faq -- rebuild | import FILE | export [FILE] | check FILE`: the FAQ of a local city (KIKAN_STATE); `rebuild --remote`: of the deployment. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findCity } from '../src/features/directory/data.ts';
import type { FaqFileEntry } from '../src/features/directory/faq-entries.ts';
import { writeEntriesCsv } from '../src/features/faq/exchange/csv.ts';
import { exportEntries } from '../src/features/faq/exchange/data.ts';
import { importEntries } from '../src/features/faq/exchange/mutations.ts';
import { readEntriesFile } from '../src/features/faq/exchange/reading.ts';
import type { ImportWay } from '../src/features/faq/exchange/rules.ts';
import { exchangeText } from '../src/features/faq/exchange/text.ts';
import { followIndex, rebuildFaqIndex } from '../src/features/faq/indexing/mutations.ts';
import { VaultError } from '../src/vault/key-ring.ts';
import { withPrivateFolder } from './backup/private-folder.ts';
import { executeFile, remotePlace } from './backup/wrangler.ts';
import { commandScope, type LocalFaq } from './local/command-scope.ts';
import { withPatience } from './local/patience.ts';
import { rebuildSql } from './local/sql.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { isNewState, stateFolder } from './local/state.ts';

const USAGE = `使い方: npm run faq -- check ファイル（JSON か CSV）
        npm run faq -- import ファイル [--drafts]
        npm run faq -- export [ファイル]
        npm run faq -- rebuild [--remote]
--drafts を付けると、公開せずに下書きとして取り込みます。--remote を付けないときは、このパソコンの市（KIKAN_STATE）を扱います。`;

await runCommand(async () => {
  const { values, positionals } = readArguments();
  const [action, file, ...more] = positionals;
  if (more.length > 0) throw new StartError(USAGE);
  if (values.remote) return atDeployment(action);
  switch (action) {
    case 'check':
      return console.log(`問題ありません（${readEntries(file).length}件）。`);
    case 'import':
      return importFile(readEntries(file), values.drafts ? 'drafts' : 'published');
    case 'export':
      return exportFile(file);
    case 'rebuild':
      if (file !== undefined) throw new StartError(USAGE);
      await withCity((faq) => withPatience(() => rebuildFaqIndex(faq)));
      return console.log('検索の索引を作り直しました。');
    default:
      throw new StartError(USAGE);
  }
});
process.exit();

function readArguments() {
  try {
    return parseArgs({
      options: { remote: { type: 'boolean' }, drafts: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    throw new StartError(USAGE);
  }
}

/** The entries of a file; refused as a whole, with every fault. */
function readEntries(file: string | undefined): FaqFileEntry[] {
  if (file === undefined) throw new StartError(USAGE);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new StartError(`${file} を読めません。`);
  }
  const read = readEntriesFile(bytes);
  if (read.ok) return read.entries;
  throw new StartError(
    [
      `${file} には直すところがあります。何も取り込んでいません。`,
      ...read.faults.map(({ path, problem }) => `  ${path}: ${problem}`),
    ].join('\n'),
  );
}

/** @throws {StartError} when no city was loaded, or its keys are others */
async function withCity<Value>(work: (faq: LocalFaq) => Promise<Value>): Promise<Value> {
  const state = stateFolder();
  if (isNewState(state)) throw new StartError(`KIKAN_STATE: ${state} には、まだ市がありません。`);
  // Not above: it takes a second to load, and a refusal should not take that long.
  const { withLocalFaq } = await import('./local/faq.ts');
  return withLocalFaq(state, async (faq) => {
    if (!(await withPatience(() => findCity(faq.db))))
      throw new StartError(`KIKAN_STATE: ${state} には、まだ市がありません。`);
    try {
      return await work(faq);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      throw new StartError(
        'この市の記録を開ける鍵がありません。Workerと同じ DATA_KEYS を指定して、もう一度実行してください。',
      );
    }
  });
}

async function importFile(entries: readonly FaqFileEntry[], as: ImportWay): Promise<void> {
  const begun = Date.now();
  const counts = await withCity(async (faq) => {
    const counted = await withPatience(() =>
      importEntries(commandScope(faq), 'command', { as, read: async () => entries }),
    );
    await withPatience(() => followIndex(faq));
    return counted;
  });
  console.log(`${exchangeText.done(counts, as)}（${((Date.now() - begun) / 1000).toFixed(1)}秒）`);
}

async function exportFile(file: string | undefined): Promise<void> {
  const entries = await withCity(({ db }) => withPatience(() => exportEntries(db, true)));
  const isCsv = file !== undefined && /\.csv$/i.test(file);
  const written = isCsv ? writeEntriesCsv(entries) : `${JSON.stringify({ faq: entries }, null, 2)}\n`;
  if (file === undefined) return void process.stdout.write(written);
  try {
    writeFileSync(file, written);
  } catch {
    throw new StartError(`${file} に書き出せません。`);
  }
  console.log(`書き出しました: ${file}（${entries.length}件）`);
}

/** The deployment's Worker builds the index itself, within a minute. What is imported must be sealed with keys that it alone has. */
async function atDeployment(action: string | undefined): Promise<void> {
  if (action !== 'rebuild')
    throw new StartError(
      'デプロイ先への取込みと書出しは、画面で行ってください（FAQの管理 → 取込み・書出し）。記録を守る鍵は、デプロイ先にだけあります。',
    );
  await withPrivateFolder(async (folder) => {
    const sql = path.join(folder, 'rebuild.sql');
    writeFileSync(sql, `${rebuildSql(new Date())}\n`);
    await executeFile(await remotePlace(folder), sql);
  });
  console.log('頼みました。1分ほどで、検索の索引が作り直されます。作り直しているあいだも、検索は使えます。');
}
