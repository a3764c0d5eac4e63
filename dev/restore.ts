/** `npm run restore -- FILE`: puts a backup into an empty database and proves that every row is there. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readBackup } from './backup/backup-file.ts';
import { readBackupKey } from './backup/backup-key.ts';
import type { Exported } from './backup/export-reading.ts';
import { describeContents, differencesOf, type Manifest } from './backup/manifest.ts';
import { endCleanlyOnSignals, withPrivateFolder, withSpooledFile } from './backup/private-folder.ts';
import { formatGap, formatTime, manifestLines } from './backup/report.ts';
import { restoreStatements } from './backup/restore-sql.ts';
import type { Contents } from './backup/rows.ts';
import { repairTexts } from './backup/text-repair.ts';
import { executeFile, exportDatabase, localPlace, type Place, remotePlace } from './backup/wrangler.ts';
import { rebuildSql } from './local/sql.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { stateFolder } from './local/state.ts';

const USAGE = '使い方: npm run restore -- ファイル [--remote] [--yes]';
const INDEX_TASKS = 'faq_index_task';
/**
 * Kept by the machinery itself, or begun by a migration: a database that was only migrated is empty all the same. Whoever changed synonyms
 * left an entry in the audit log.
 */
const BOOKKEEPING = ['d1_migrations', 'sqlite_sequence', 'faq_synonym_group'];

endCleanlyOnSignals(
  '中断しました。もう一度実行して「空ではありません」と出たときは、新しい空のデータベースで、はじめからやり直してください。',
);
await runCommand(async () => {
  const { values, positionals } = readArguments();
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new StartError(USAGE);
  const { manifest, contents } = await readBackup(file, readBackupKey(process.env.BACKUP_KEY, []));
  console.log([`復元します: ${file}`, ...manifestLines(manifest)].join('\n'));
  await withPrivateFolder(async (folder) => {
    const place = await (values.remote ? remotePlace(folder) : localPlace(folder, stateFolder()));
    const present = await exportDatabase(place);
    refuseFilled(present);
    if (place.kind === 'remote' && !values.yes) await askConsent();
    await restore(place, contents, present, manifest);
  });
  console.log(afterwards(manifest, new Date(), values.remote ?? false));
});

function readArguments() {
  try {
    return parseArgs({
      options: { remote: { type: 'boolean' }, yes: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    throw new StartError(USAGE);
  }
}

function refuseFilled({ tables }: Exported): void {
  const filled = tables.filter(({ name, rows }) => rows.length > 0 && !BOOKKEEPING.includes(name));
  if (filled.length > 0)
    throw new StartError(
      `データベースが空ではありません（${filled.map(({ name }) => name).join('、')}）。復元は、空のデータベースにだけできます。何も変えていません。`,
    );
}

async function askConsent(): Promise<void> {
  if (!process.stdin.isTTY) throw new StartError('デプロイ先に復元するときは、--yes を付けてください。');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('デプロイ先の空のデータベースに復元します。よろしいですか。[y/N] ');
  terminal.close();
  if (answer.trim().toLowerCase() !== 'y') throw new StartError('やめました。何も変えていません。');
}

async function restore(
  place: Place,
  contents: Contents,
  present: Contents,
  manifest: Manifest,
): Promise<void> {
  await withSpooledFile(place.folder, restoreStatements(contents, present), (sql) => executeFile(place, sql));
  const restored = await exportDatabase(place);
  await repairTexts(place, restored);
  const found = await describeContents(restored, new Date());
  const differences = differencesOf(manifest, found);
  if (differences.length > 0)
    throw new StartError(
      `復元した内容がバックアップと合いません（${differences.join('、')}）。このデータベースは使わず、新しい空のデータベースでやり直してください。`,
    );
  if (restored.tables.some(({ name }) => name === INDEX_TASKS)) await askForIndex(place);
}

/** The index of the FAQ is in no backup: the Worker builds it from what was restored, within a minute. */
async function askForIndex(place: Place): Promise<void> {
  await withSpooledFile(place.folder, [rebuildSql(new Date())], (sql) => executeFile(place, sql));
}

/** What a person must know now: what the backup cannot know, above all what was erased since. */
function afterwards({ takenAt, audit }: Manifest, now: Date, isRemote: boolean): string {
  const from = new Date(takenAt);
  return `復元しました。すべての表の行と内容、記録の締め（${audit?.day ?? 'まだなし'}）が、バックアップと一致しました。

バックアップ: ${formatTime(from)}
いま:         ${formatTime(now)}（その間 ${formatGap(from, now)}）

この間に入力したこと、変えたことは、復元したデータベースにありません。
この間に消去した相談と個人情報は、復元したデータベースに戻っています。docs/ja/backup.md の「消去した情報が戻る」を見て、もう一度消去してください。
この間に名簿から外した方も戻っています。名簿（市のファイル）を確かめてください。${
    isRemote
      ? '\n次に npx wrangler d1 migrations apply kikan --remote を実行してから、デプロイしてください。'
      : ''
  }`;
}
