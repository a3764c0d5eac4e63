/**
 * `npm run token -- faq:read [--name 言葉] | -- list | -- revoke ID`: tokens of other programs, of a local city (KIKAN_STATE) or of the
 * deployment (--remote). A new one stands alone on the last line, once.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { runBatch, type Statement } from '../src/lib/db.ts';
import { japanDate } from '../src/lib/jst.ts';
import { appendEntry, chainHead, EMPTY_CHAIN, nextEntry } from '../src/vault/audit.ts';
import {
  type ApiToken,
  listTokens,
  makeToken,
  revokeToken,
  storeToken,
  TOKEN_SCOPES,
} from '../src/web/api-tokens.ts';
import { withPrivateFolder } from './backup/private-folder.ts';
import { executeFile, query, remotePlace } from './backup/wrangler.ts';
import { withPatience } from './local/patience.ts';
import { insertSql, literal } from './local/sql.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { isNewState, stateFolder } from './local/state.ts';

const USAGE = `使い方: npm run token -- faq:read [--name 何に使うか] [--remote]
        npm run token -- list [--remote]
        npm run token -- revoke トークンのID [--remote]
--remote を付けないときは、このパソコンの市（KIKAN_STATE）のトークンを扱います。`;
const LONGEST_NAME = 80;

type TokenRow = Awaited<ReturnType<typeof makeToken>>['row'];

/** Of a local city, or of the deployment. */
interface Tokens {
  list(): Promise<ApiToken[]>;
  /** Both with a line in the city's audit chain. */
  store(row: TokenRow): Promise<void>;
  revoke(id: string): Promise<void>;
}

await runCommand(async () => {
  const { values, positionals } = readArguments();
  const [action, id, ...more] = positionals;
  if (action === undefined || more.length > 0) throw new StartError(USAGE);
  const name = values.name ?? '';
  if (!isKnown(action, id)) throw new StartError(USAGE);
  if (name.length > LONGEST_NAME) throw new StartError(`--name は${LONGEST_NAME}文字までです。`);
  const work = (tokens: Tokens) => run(tokens, { action, id, name });
  await (values.remote ? atDeployment(work) : atLocalCity(work));
});
process.exit();

function readArguments() {
  try {
    return parseArgs({
      options: { name: { type: 'string' }, remote: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    throw new StartError(USAGE);
  }
}

function isKnown(action: string, id: string | undefined): boolean {
  if (action === 'revoke') return id !== undefined;
  return id === undefined && (action === 'list' || TOKEN_SCOPES.some((each) => each === action));
}

async function run(
  tokens: Tokens,
  { action, id, name }: { action: string; id: string | undefined; name: string },
): Promise<void> {
  if (action === 'list') return printList(await tokens.list());
  if (action === 'revoke' && id !== undefined) return revoke(tokens, id);
  const scope = TOKEN_SCOPES.find((each) => each === action);
  if (!scope) throw new StartError(USAGE);
  const { token, row } = await makeToken(scope, name, new Date());
  await tokens.store(row);
  console.error(`トークンを作りました（ID ${row.id}）。次の行を、使うプログラムにだけ渡してください。ここでしか表示されません。
使わなくなったら: npm run token -- revoke ${row.id}`);
  console.log(token);
}

async function revoke(tokens: Tokens, id: string): Promise<void> {
  const known = (await tokens.list()).find((token) => token.id === id);
  if (!known) throw new StartError(`トークン ${id} はありません。npm run token -- list で確かめてください。`);
  if (known.revokedAt === null) await tokens.revoke(id);
  console.log(`トークン ${id} は、もう使えません。`);
}

function printList(tokens: readonly ApiToken[]): void {
  if (tokens.length === 0) console.log('トークンはありません。');
  for (const { id, scope, name, createdAt, usedOn, revokedAt } of tokens)
    console.log(
      [
        id,
        scope,
        revokedAt === null ? '使えます' : `取消し ${japanDate(revokedAt)}`,
        `作成 ${japanDate(createdAt)}`,
        `最後に使った日 ${usedOn ?? 'なし'}`,
        name,
      ].join('  '),
    );
}

async function atLocalCity(work: (tokens: Tokens) => Promise<void>): Promise<void> {
  const state = stateFolder();
  if (isNewState(state)) throw new StartError(`KIKAN_STATE: ${state} には、まだ市がありません。`);
  // Not above: it takes a second to load, and a refusal should not take that long.
  const { withLocalDatabase } = await import('./local/database.ts');
  await withLocalDatabase(state, async (db) => {
    const change = (event: ReturnType<typeof eventOf>, statement: Statement) =>
      withPatience(async () => {
        const entry = await nextEntry('city', await chainHead(db, 'city'), event);
        await runBatch(db, [appendEntry(db, entry), statement]);
      });
    await work({
      list: () => withPatience(() => listTokens(db)),
      store: (row) => change(eventOf('token.make', row.id), storeToken(db, row)),
      revoke: (id) => change(eventOf('token.revoke', id), revokeToken(db, id, new Date())),
    });
  });
}

const Head = v.object({ seq: v.number(), hash: v.string() });
const Row = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    scope: v.string(),
    created_at: v.number(),
    used_on: v.nullable(v.string()),
    revoked_at: v.nullable(v.number()),
  }),
  v.transform(({ created_at, used_on, revoked_at, ...token }) => ({
    ...token,
    createdAt: new Date(created_at),
    usedOn: used_on,
    revokedAt: revoked_at === null ? null : new Date(revoked_at),
  })),
);

async function atDeployment(work: (tokens: Tokens) => Promise<void>): Promise<void> {
  await withPrivateFolder(async (folder) => {
    const place = await remotePlace(folder);
    const change = async (event: ReturnType<typeof eventOf>, statement: string) => {
      const [row] = await query(
        place,
        "SELECT seq, hash FROM audit_entry WHERE chain = 'city' ORDER BY seq DESC LIMIT 1",
      );
      const head = row ? v.parse(Head, row) : EMPTY_CHAIN;
      const { at, caseId, previousHash, ...entry } = await nextEntry('city', head, event);
      const audit = { ...entry, at: at.getTime(), case_id: caseId, previous_hash: previousHash };
      const file = path.join(folder, 'token.sql');
      // Somebody who changed the city meanwhile makes both fail.
      writeFileSync(file, `${insertSql('audit_entry', audit)}\n${statement}\n`, { mode: 0o600 });
      await executeFile(place, file);
    };
    await work({
      list: async () =>
        v.parse(
          v.array(Row),
          await query(
            place,
            'SELECT id, name, scope, created_at, used_on, revoked_at FROM api_token ORDER BY created_at',
          ),
        ),
      store: ({ id, name, scope, hash, createdAt }) =>
        change(
          eventOf('token.make', id),
          insertSql('api_token', { id, name, scope, hash, created_at: createdAt.getTime() }),
        ),
      revoke: (id) =>
        change(
          eventOf('token.revoke', id),
          `UPDATE api_token SET revoked_at = ${Date.now()} WHERE id = ${literal(id)} AND revoked_at IS NULL;`,
        ),
    });
  });
}

function eventOf(action: string, token: string) {
  return {
    at: new Date(),
    actor: 'command',
    action,
    outcome: 'done' as const,
    surface: 'command' as const,
    detail: { token },
  };
}
