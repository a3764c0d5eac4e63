/** Whether the audit log in a backup is whole: every entry's hash, and each closed day against its digest. */
import * as v from 'valibot';
import { sha256Hex } from '../../src/lib/bytes.ts';
import { addDays, japanDate } from '../../src/lib/jst.ts';
import { type AuditRow, hashOfEntry } from '../../src/vault/audit.ts';
import { auditEntry } from '../../src/vault/tables.ts';
import { type Contents, readRow, tableOf } from './rows.ts';

/** The last closed day: whoever holds this line can tell later whether the log was rewritten from its start. */
export interface AuditState {
  day: string;
  entries: number;
  digest: string;
  /** Closed days that do not fit their entries any more. */
  brokenDays: string[];
}

const instant = v.pipe(
  v.number(),
  v.transform((at) => new Date(at)),
);

const EntrySchema = v.object({
  chain: v.string(),
  seq: v.number(),
  case_id: v.nullable(v.string()),
  at: instant,
  actor: v.string(),
  action: v.string(),
  outcome: v.picklist(auditEntry.outcome.enumValues),
  surface: v.picklist(auditEntry.surface.enumValues),
  detail: v.string(),
  previous_hash: v.string(),
  hash: v.string(),
});

const DigestSchema = v.object({
  day: v.string(),
  entries: v.number(),
  previous_digest: v.string(),
  digest: v.string(),
});

/** Nothing while no day was closed yet. */
export async function checkAudit(contents: Contents): Promise<AuditState | undefined> {
  const digests = rowsOf(contents, 'audit_digest', DigestSchema).sort((one, other) =>
    one.day < other.day ? -1 : 1,
  );
  const last = digests.at(-1);
  if (!last) return undefined;
  const byDay = Map.groupBy(rowsOf(contents, 'audit_entry', EntrySchema), ({ at }) => japanDate(at));
  const brokenDays: string[] = [];
  let before: (typeof digests)[number] | undefined;
  for (const closed of digests) {
    const follows =
      !before || (before.digest === closed.previous_digest && addDays(before.day, 1) === closed.day);
    const entries = byDay.get(closed.day) ?? [];
    if (!follows || !(await isWhole(closed, entries))) brokenDays.push(closed.day);
    before = closed;
  }
  return { day: last.day, entries: last.entries, digest: last.digest, brokenDays };
}

type Entry = v.InferOutput<typeof EntrySchema>;

/** The same reckoning as src/vault/audit-digest.ts, whose queries want a database. */
async function isWhole(
  closed: v.InferOutput<typeof DigestSchema>,
  entries: readonly Entry[],
): Promise<boolean> {
  const sorted = entries.toSorted(
    (one, other) => compareBytes(one.chain, other.chain) || one.seq - other.seq,
  );
  for (const { case_id: caseId, previous_hash: previousHash, ...entry } of sorted) {
    const row: AuditRow = { ...entry, caseId, previousHash };
    if ((await hashOfEntry(row)) !== entry.hash) return false;
  }
  const lines = sorted.map(({ chain, seq, hash }) => `${chain}|${seq}|${hash}`);
  const digest = await sha256Hex([closed.day, closed.previous_digest, ...lines].join('\n'));
  return digest === closed.digest && sorted.length === closed.entries;
}

/** As SQLite sorts texts. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function rowsOf<const Schema extends v.GenericSchema>(contents: Contents, name: string, schema: Schema) {
  const table = tableOf(contents, name);
  return (table?.rows ?? []).map((line) => {
    const cells = readRow(line);
    return v.parse(schema, Object.fromEntries((table?.columns ?? []).map((column, i) => [column, cells[i]])));
  });
}
