/** How many case keys each key wraps, asked of D1 through wrangler: of a deployment and of this machine in the same way. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import * as v from 'valibot';
import { StartError } from '../local/start-error.ts';
import { isNewState, ROOT, WRANGLER_ENV } from '../local/state.ts';

/** The database to ask: the deployed one, or that of a state folder. */
export type Deployment = 'remote' | { state: string };

export interface KeyCount {
  id: string;
  /** Case keys that it wraps, those of the house included. */
  records: number;
  /** Of them, keys of the house: for what belongs to no single case. */
  house: number;
}

const SQL =
  "SELECT key_id AS id, count(*) AS records, sum(case_id LIKE 'house:%') AS house FROM case_key GROUP BY key_id ORDER BY key_id";

const Answer = v.pipe(
  v.array(
    v.object({ results: v.array(v.object({ id: v.string(), records: v.number(), house: v.number() })) }),
  ),
  v.minLength(1),
);

/** @throws {StartError} when the database does not answer */
export function countByKey(deployment: Deployment): KeyCount[] {
  if (deployment !== 'remote' && isNewState(deployment.state))
    throw new StartError(
      `KIKAN_STATE: ${deployment.state} には、まだ市がありません。運用中のものについて見るときは --remote を付けてください。`,
    );
  const place = deployment === 'remote' ? ['--remote'] : ['--local', '--persist-to', deployment.state];
  const wrangler = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  const run = spawnSync(
    process.execPath,
    [wrangler, 'd1', 'execute', 'DB', ...place, '--json', '--command', SQL],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...WRANGLER_ENV } },
  );
  const counts = run.status === 0 ? readAnswer(run.stdout) : undefined;
  if (counts) return counts;
  throw new StartError(
    `データベースが答えませんでした。wrangler のメッセージをご確認ください。\n${run.stdout}${run.stderr}`.trim(),
  );
}

function readAnswer(json: string): KeyCount[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(json);
  } catch {
    // Not what was asked for: shown as it is.
    return undefined;
  }
  const parsed = v.safeParse(Answer, answer);
  return parsed.success ? parsed.output.flatMap(({ results }) => results) : undefined;
}
