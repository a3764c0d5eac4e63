/** Statements written out, for wrangler, which takes no parameters. */
import { REBUILD } from '../../src/features/faq/indexing/tasks/mutations.ts';
import type { Statement } from '../../src/lib/db.ts';

/** A statement with its parameters written into it; SQLite knows no escape in a string but the doubled quote. */
export function toSql(statement: Statement): string {
  if (!('toSQL' in statement) || typeof statement.toSQL !== 'function')
    throw new Error('not a query of the builder');
  const { sql, params } = statement.toSQL();
  let index = 0;
  return `${sql.replaceAll('?', () => literal(params[index++]))};`;
}

/** A value as it stands in SQL. */
export function literal(value: unknown): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}

/** A row, by the names of its columns. */
export function insertSql(table: string, row: Readonly<Record<string, unknown>>): string {
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')});`;
}

/** Has the Worker build the index of the FAQ from nothing, within a minute. */
export function rebuildSql(now: Date): string {
  return `INSERT INTO faq_index_task (what, at) VALUES (${literal(REBUILD)}, ${now.getTime()}) ON CONFLICT (what) DO UPDATE SET at = max(excluded.at, at + 1);`;
}
