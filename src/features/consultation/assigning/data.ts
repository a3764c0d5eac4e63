/** Reads about who has charge of cases. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { staff } from '../../directory/tables.ts';
import { OPEN_STATUSES } from '../rules.ts';

/** Who last asked somebody to take charge of a case; undefined when that person no longer works in the core center. */
export async function findProposer(
  db: Database,
  consultationId: string,
  coreCenter: string,
): Promise<string | undefined> {
  const [latest] = await db
    .select({ actor: auditEntry.actor, center: staff.center, removedAt: staff.removedAt })
    .from(auditEntry)
    .innerJoin(staff, eq(staff.slackUserId, auditEntry.actor))
    .where(and(eq(auditEntry.chain, `case:${consultationId}`), eq(auditEntry.action, 'consultation.assign')))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return latest?.center === coreCenter && latest.removedAt === null ? latest.actor : undefined;
}

/** A new case has nobody in charge, so that it cannot be left. */
const TAKEN_ON = JSON.stringify(OPEN_STATUSES.filter((status) => status !== 'submitted'));

export interface LeftCase {
  id: string;
  /** Who is gone: the person in charge, or who was asked to be. */
  who: 'in_charge' | 'proposed';
}

/**
 * Open cases whose person in charge, or who was asked to be, left the core center; at most `limit`.
 * The first part steps from one person in charge to the next in their index: with a hundred thousand cases it reads some rows for
 * each such person, not one for each case. The second one reads the open cases, or an index of those with somebody asked.
 */
export async function listLeftCases(db: Database, limit: number): Promise<LeftCase[]> {
  return db.all<LeftCase>(sql`
    WITH RECURSIVE
      in_charge(person) AS (
        SELECT min(person_in_charge) FROM consultation
        UNION ALL
        SELECT (SELECT min(person_in_charge) FROM consultation WHERE person_in_charge > in_charge.person)
        FROM in_charge WHERE in_charge.person IS NOT NULL
      ),
      here(person) AS (
        SELECT slack_user_id FROM staff JOIN center ON center.code = staff.center
        WHERE center.kind = 'kikan' AND center.closed_at IS NULL AND staff.removed_at IS NULL
      )
    SELECT id, 'in_charge' AS who FROM consultation
    WHERE person_in_charge IN (SELECT person FROM in_charge WHERE person NOT IN (SELECT person FROM here))
      AND status IN (SELECT value FROM json_each(${TAKEN_ON}))
    UNION ALL
    SELECT id, 'proposed' AS who FROM consultation
    WHERE proposed_person IS NOT NULL AND proposed_person NOT IN (SELECT person FROM here)
      AND status IN (SELECT value FROM json_each(${TAKEN_ON}))
    LIMIT ${limit}`);
}
