/** How a roster differs from the directory. */
import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import type { RollCall } from '../data.ts';

export const FOLLOWED = 'followed';

/** The latest change of the directory, where the roster has not followed it yet; undefined when it has. One query. */
export async function latestUnfollowed(db: Database, rollCallId: string): Promise<number | undefined> {
  const [row] = v.parse(
    v.array(v.object({ seq: v.number() })),
    await db.all(sql`SELECT seq FROM (SELECT max(seq) AS seq FROM audit_entry WHERE chain = 'city')
      WHERE seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM roll_call_notice
        WHERE roll_call_id = ${rollCallId} AND what = ${FOLLOWED} AND recipient = CAST(seq AS TEXT))`),
  );
  return row?.seq;
}

const Rows = v.array(
  v.object({
    person: v.string(),
    change: v.picklist(['joined', 'moved', 'left']),
    channel: v.nullable(v.string()),
  }),
);
export type RosterChange = v.InferOutput<typeof Rows>[number];

/** Who joined, works in another center that is asked, or left, since the roster was drawn. One query. */
export async function listRosterChanges(
  db: Database,
  { id, centers }: Pick<RollCall, 'id' | 'centers'>,
): Promise<RosterChange[]> {
  return v.parse(
    Rows,
    await db.all(sql`WITH asked AS (
        SELECT staff.slack_user_id AS person, staff.center, center.channel
        FROM staff JOIN center ON center.code = staff.center
        WHERE staff.removed_at IS NULL AND center.closed_at IS NULL
          AND CASE WHEN ${centers} IS NULL THEN center.kind <> 'city'
            ELSE center.code IN (SELECT value FROM json_each(${centers})) END),
      listed AS (SELECT person, center FROM roll_call_person WHERE roll_call_id = ${id} AND left_at IS NULL)
      SELECT asked.person AS person, CASE WHEN listed.person IS NULL THEN 'joined' ELSE 'moved' END AS change, asked.channel
        FROM asked LEFT JOIN listed ON listed.person = asked.person
        WHERE listed.person IS NULL OR listed.center <> asked.center
      UNION ALL
      SELECT listed.person, 'left', NULL FROM listed
        WHERE listed.person NOT IN (SELECT person FROM asked)
      ORDER BY 1`),
  );
}
