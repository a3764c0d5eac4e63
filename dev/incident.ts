/**
 * `npm run incident -- --staff ID --since TIME [--until TIME] [--session NAME] [--out FILE] [--remote]`: which residents' which
 * fields a person, or one sitting, saw: a CSV for the report to the authorities. Names are opened when DATA_KEYS are at hand.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readFindings } from '../src/features/consultation/access-log/incident/data.ts';
import { reportLines, reportOf } from '../src/features/consultation/access-log/incident/report.ts';
import { detailOf, readInvestigation } from '../src/features/consultation/access-log/incident/schema.ts';
import { incidentText } from '../src/features/consultation/access-log/incident/text.ts';
import { csvFile } from '../src/lib/csv.ts';
import { parseDataKeys } from '../src/lib/env.ts';
import { KeyRing } from '../src/vault/key-ring.ts';
import { endCleanlyOnSignals, withPrivateFolder } from './backup/private-folder.ts';
import { localPlace, remotePlace } from './backup/wrangler.ts';
import { runNoted } from './incident/database.ts';
import { localDataKeysIfAny } from './local/data-keys.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { isNewState, stateFolder } from './local/state.ts';

const USAGE = `使い方: npm run incident -- --staff SlackのID --since 2026-11-01T09:00 [--until 2026-11-02T18:00]
                       [--session サインイン番号] [--out ファイル] [--remote]
時刻は日本時間です。--staff の代わりに --session だけでも調べられます。--remote は、運用中のものを調べます。`;

endCleanlyOnSignals('中断しました。ファイルは作っていません。');
await runCommand(async () => {
  const begun = performance.now();
  const { values, investigation } = readArguments();
  const now = new Date();
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = path.resolve(values.out ?? `kikan-incident-${stamp}.csv`);
  if (existsSync(file)) throw new StartError(`${file} はもうあります。別の名前を --out で指定してください。`);
  const state = values.remote ? undefined : stateFolder();
  if (state && isNewState(state))
    throw new StartError(
      `KIKAN_STATE: ${state} には、まだ市がありません。運用中のものを調べるときは --remote を付けてください。`,
    );
  const ring = await ringAtHand(state);
  const report = await withPrivateFolder(async (folder) => {
    const place = await (state ? localPlace(folder, state) : remotePlace(folder));
    const note = { action: 'incident.export', detail: detailOf(investigation), now };
    return reportOf(await readFindings((queries) => runNoted(place, note, queries), investigation, ring));
  });
  const lines = reportLines(report, investigation, now);
  // Names of residents: for the eyes of whoever ran it.
  writeFileSync(file, csvFile(lines), { mode: 0o600, flag: 'wx' });
  const { top } = incidentText;
  console.log(
    [
      `作りました: ${file}（${((performance.now() - begun) / 1000).toFixed(1)}秒）`,
      `${top.residents}: ${report.residents === undefined ? top.atMost(report.residentCases) : top.people(report.residents)}`,
      `${top.cases}: ${top.count(report.cases)}　${top.searches}: ${top.times(report.searches)}`,
      ring
        ? 'このファイルには対象者の氏名があります。報告が済んだら消してください。'
        : 'DATA_KEYS がないため、対象者の氏名は入っていません。',
    ].join('\n'),
  );
});
process.exit();

function readArguments() {
  const { values } = parsed();
  const read = readInvestigation((field) => values[field]?.trim() ?? '');
  if (read.ok) return { values, investigation: read.value };
  const faults = read.faults.map((field) => `--${field}: ${incidentText.faults[field]}`);
  throw new StartError([...faults, USAGE].join('\n'));
}

function parsed() {
  try {
    return parseArgs({
      options: {
        staff: { type: 'string' },
        session: { type: 'string' },
        since: { type: 'string' },
        until: { type: 'string' },
        out: { type: 'string' },
        remote: { type: 'boolean' },
      },
    });
  } catch {
    throw new StartError(USAGE);
  }
}

/** Undefined without keys: a deployment does not give its secrets back, so whoever keeps them sets DATA_KEYS. */
async function ringAtHand(state: string | undefined): Promise<KeyRing | undefined> {
  const keys = process.env.DATA_KEYS || (state && localDataKeysIfAny(state));
  if (!keys) return undefined;
  const parsed = parseDataKeys(keys);
  if (typeof parsed === 'string') throw new StartError(`DATA_KEYS: ${parsed}`);
  return KeyRing.from(parsed);
}
