/** What a backup says of itself: tables, counts, hashes and the last digest of the audit log. */
import { createHash, hash } from 'node:crypto';
import * as v from 'valibot';
import type { AuditState } from './audit-check.ts';
import type { Contents, Table } from './rows.ts';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const ManifestSchema = v.object({
  takenAt: v.pipe(v.string(), v.isoTimestamp()),
  tables: v.array(v.object({ name: v.string(), rows: v.number(), sha256 })),
  /** Over the definitions of tables, indexes, views and triggers. */
  schemaSha256: sha256,
  audit: v.optional(
    v.object({ day: v.string(), entries: v.number(), digest: v.string(), brokenDays: v.array(v.string()) }),
  ),
});

export type Manifest = v.InferOutput<typeof ManifestSchema>;

export async function describeContents(contents: Contents, takenAt: Date): Promise<Manifest> {
  const definitions = [...contents.tables.flatMap(({ sql }) => sql ?? []), ...contents.schema].sort();
  // Not above: with the tables it takes half a second to load, and a refusal should not take that long.
  const { checkAudit } = await import('./audit-check.ts');
  const audit: AuditState | undefined = await checkAudit(contents);
  return {
    takenAt: takenAt.toISOString(),
    tables: contents.tables
      .map((table) => ({ name: table.name, rows: table.rows.length, sha256: hashOfRows(table) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    schemaSha256: hash('sha256', JSON.stringify(definitions)),
    ...(audit && { audit }),
  };
}

/** Whatever the order of the rows, which a database is free to choose. */
function hashOfRows({ columns, rows }: Table): string {
  const digest = createHash('sha256').update(JSON.stringify(rows.length > 0 ? columns : []));
  for (const row of rows.toSorted()) digest.update(`\n${row}`);
  return digest.digest('hex');
}

/** The names of what differs between a backup and what was made of it; the instants are not compared. */
export function differencesOf(wanted: Manifest, found: Manifest): string[] {
  const names = new Set([...wanted.tables, ...found.tables].map(({ name }) => name));
  const hashIn = (manifest: Manifest, name: string) =>
    manifest.tables.find((each) => each.name === name)?.sha256;
  return [
    ...[...names].filter((name) => hashIn(wanted, name) !== hashIn(found, name)),
    ...(wanted.schemaSha256 === found.schemaSha256 ? [] : ['表の定義']),
  ];
}
