/** All that the database holds, to be searched for what must not be there. */
import { env } from 'cloudflare:workers';

/** @param database the main one, unless told */
export async function everythingStored(database: D1Database = env.DB): Promise<string> {
  const { results } = await database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
    .all<{ name: string }>();
  const tables = await Promise.all(
    results.map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all()),
  );
  return JSON.stringify(tables.map(({ results: rows }) => rows));
}
