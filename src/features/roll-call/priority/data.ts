/** How far 優先安否確認 is in each center, in figures: names are opened in `residents/data.ts` alone. */
import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';

/** Of one center in one roll-call. */
export interface Checks {
  /** How many were reached, safe or in need of support. */
  done: number;
  total: number;
  /** Of those reached, how many need support; of the others, how many were looked for and not met. Null where no list is kept. */
  help: number | null;
  absent: number | null;
}

const Rows = v.array(
  v.object({
    center: v.string(),
    listed: v.number(),
    safe: v.number(),
    help: v.number(),
    absent: v.number(),
    number: v.nullable(v.number()),
    reportedDone: v.nullable(v.number()),
    reportedTotal: v.nullable(v.number()),
  }),
);

/**
 * By center; a center that has neither a list nor a number is not there. Where a list is kept its ticks count, as it stood when the
 * roll-call ended; else what the latest report says, of the number that the center keeps. One query; figures only.
 */
export async function checksOf(db: Database, rollCallId: string): Promise<ReadonlyMap<string, Checks>> {
  const rows = await db.all(sql`
    WITH listed AS (
      SELECT resident.center AS center, count(*) AS listed,
        sum(ifnull(priority_check.found = 'safe', 0)) AS safe, sum(ifnull(priority_check.found = 'help', 0)) AS help,
        sum(ifnull(priority_check.found = 'absent', 0)) AS absent
      FROM roll_call JOIN priority_resident AS resident
        ON (roll_call.closed_at IS NULL OR resident.created_at <= roll_call.closed_at)
        AND (resident.removed_at IS NULL OR resident.removed_at > roll_call.closed_at)
      LEFT JOIN priority_check ON priority_check.resident_id = resident.id AND priority_check.roll_call_id = roll_call.id
      WHERE roll_call.id = ${rollCallId}
      GROUP BY resident.center),
    reported AS (
      SELECT center, checks_done, checks_total, max(number) AS number
      FROM roll_call_center_report WHERE roll_call_id = ${rollCallId} GROUP BY center)
    SELECT center.code AS center, ifnull(listed.listed, 0) AS listed, ifnull(listed.safe, 0) AS safe,
      ifnull(listed.help, 0) AS help, ifnull(listed.absent, 0) AS absent, priority_count.total AS number,
      reported.checks_done AS reportedDone, reported.checks_total AS reportedTotal
    FROM center LEFT JOIN listed ON listed.center = center.code
      LEFT JOIN reported ON reported.center = center.code
      LEFT JOIN priority_count ON priority_count.center = center.code
    ORDER BY center.position`);
  return new Map(
    v.parse(Rows, rows).flatMap((row): [string, Checks][] => {
      if (row.listed > 0)
        return [
          [row.center, { done: row.safe + row.help, total: row.listed, help: row.help, absent: row.absent }],
        ];
      const total = row.reportedTotal ?? row.number;
      return total === null || total === 0
        ? []
        : [[row.center, { done: row.reportedDone ?? 0, total, help: null, absent: null }]];
    }),
  );
}
