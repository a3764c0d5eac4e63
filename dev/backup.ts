/** `npm run backup`: the main database of a local city (KIKAN_STATE) or of the deployment, in one encrypted file. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readBackup, writeBackup } from './backup/backup-file.ts';
import { type BackupKey, newBackupKey, readBackupKey } from './backup/backup-key.ts';
import { describeContents } from './backup/manifest.ts';
import { endCleanlyOnSignals, withPrivateFolder } from './backup/private-folder.ts';
import { manifestLines } from './backup/report.ts';
import { repairTexts } from './backup/text-repair.ts';
import { exportDatabase, localPlace, remotePlace } from './backup/wrangler.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { isNewState, stateFolder } from './local/state.ts';

const USAGE = `使い方: npm run backup -- [--out ファイル] [--remote]
       npm run backup -- verify ファイル
       npm run backup -- new-key [鍵の名前]`;

endCleanlyOnSignals('中断しました。バックアップは作っていません。');
await runCommand(async () => {
  const { values, positionals } = readArguments();
  const [action, subject] = positionals;
  if (action === 'new-key') return printNewKey(subject);
  if (action === 'verify' && subject) return verify(subject);
  if (action !== undefined) throw new StartError(USAGE);
  const isRemote = values.remote ?? false;
  return backUp(values.out, isRemote);
});

function readArguments() {
  try {
    return parseArgs({
      options: { out: { type: 'string' }, remote: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    throw new StartError(USAGE);
  }
}

function printNewKey(id = `b${new Date().toISOString().slice(0, 10).replaceAll('-', '')}`): void {
  const key = newBackupKey(id);
  console.log(
    'BACKUP_KEY として保管してください。DATA_KEYS とは別の人が、別の場所で保管します。この鍵をなくすと、バックアップを開けません。',
  );
  console.log(key);
}

async function verify(file: string): Promise<void> {
  const { manifest } = await readBackup(file, theKey(undefined));
  console.log([`問題ありません: ${file}`, ...manifestLines(manifest)].join('\n'));
}

async function backUp(out: string | undefined, isRemote: boolean): Promise<void> {
  const takenAt = new Date();
  const file = path.resolve(out ?? `kikan-${takenAt.toISOString().replace(/[-:]|\.\d+/g, '')}.kikan-backup`);
  if (existsSync(file)) throw new StartError(`${file} はもうあります。別の名前を --out で指定してください。`);
  refuseUnwritable(path.dirname(file));
  const state = isRemote ? undefined : stateFolder();
  const key = theKey(state);
  if (state && isNewState(state))
    throw new StartError(`KIKAN_STATE: ${state} には、まだデータベースがありません。`);
  const manifest = await withPrivateFolder(async (folder) => {
    const place = await (state ? localPlace(folder, state) : remotePlace(folder));
    const contents = await exportDatabase(place);
    await repairTexts(place, contents);
    if (contents.tables.length === 0)
      throw new StartError('データベースが空です。バックアップは作っていません。');
    const described = await describeContents(contents, takenAt);
    await writeBackup(file, { manifest: described, contents }, key);
    return described;
  });
  console.log(
    [
      `バックアップしました: ${file}（${(statSync(file).size / 1_000_000).toFixed(1)} MB、鍵 ${key.id}）`,
      ...manifestLines(manifest),
    ].join('\n'),
  );
}

/** Now rather than after the deployment's database has stood still for an export. */
function refuseUnwritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new StartError(`${folder} に書き込めません。フォルダーの場所を確かめてください。`);
  }
}

/** BACKUP_KEY, which must be none of the keys that open cases, as far as they are known here. */
function theKey(state: string | undefined): BackupKey {
  const ofState = state && path.join(state, 'data-keys');
  const dataKeys = [
    process.env.DATA_KEYS ?? '',
    ofState && existsSync(ofState) ? readFileSync(ofState, 'utf8') : '',
  ];
  return readBackupKey(process.env.BACKUP_KEY, dataKeys);
}
