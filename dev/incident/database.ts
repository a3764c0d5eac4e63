/** The audit log of a local city or of the deployment, asked and added to through wrangler. */
import type { SQL } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import { EMPTY_CHAIN, nextEntry } from '../../src/vault/audit.ts';
import { type Place, query } from '../backup/wrangler.ts';

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });

/** wrangler takes no parameters: they are written into the statement. */
function literalSql(asked: SQL): string {
  const { sql, params } = dialect.sqlToQuery(asked);
  let position = 0;
  return sql.replaceAll('?', () => literal(params[position++]));
}

/** SQLite knows no escape in a string but the doubled quote. */
function literal(value: unknown): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}

const CHAIN = 'person:command';
const Head = v.array(v.object({ seq: v.number(), hash: v.string() }));

/**
 * Runs queries of ours and answers the rows of each, after a note in the audit log that a command looked into it: all in one call,
 * since each start of wrangler takes seconds. Fails when another command noted something at the same moment.
 */
export async function runNoted(
  place: Place,
  note: { action: string; detail: Record<string, string | null>; now: Date },
  queries: readonly SQL[],
): Promise<unknown[][]> {
  const numbered = queries.map((each, part) => `SELECT ${part} AS part, * FROM (${literalSql(each)})`);
  const rows = await query(place, [await noteStatement(place, note), ...numbered].join(';\n'));
  return queries.map((_, part) => rows.filter((row) => row.part === part));
}

async function noteStatement(
  place: Place,
  { action, detail, now }: Parameters<typeof runNoted>[1],
): Promise<string> {
  const rows = await query(
    place,
    `SELECT seq, hash FROM audit_entry WHERE chain = '${CHAIN}' ORDER BY seq DESC LIMIT 1`,
  );
  const [head = EMPTY_CHAIN] = v.parse(Head, rows);
  const entry = await nextEntry(CHAIN, head, {
    at: now,
    actor: 'command',
    action,
    outcome: 'done',
    surface: 'command',
    detail,
  });
  const cells = [
    entry.chain,
    entry.seq,
    entry.caseId,
    entry.at.getTime(),
    entry.actor,
    entry.action,
    entry.outcome,
    entry.surface,
    entry.detail,
    entry.previousHash,
    entry.hash,
  ];
  return `INSERT INTO audit_entry (chain, seq, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash) VALUES (${cells.map(literal).join(', ')})`;
}
