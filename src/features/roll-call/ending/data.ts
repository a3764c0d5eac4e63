/** What is still open when somebody wants to end a roll-call. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center } from '../../directory/tables.ts';
import { rosterPerson } from '../tables.ts';

export interface Standing {
  roster: number;
  answered: number;
  /** 要救助 that nobody cleared, of those who left, too. */
  openHelp: number;
  /** Short names of centers without any report, in the order of the city file. */
  unreported: string[];
}

/** In one transaction. */
export async function findStanding(db: Database, rollCallId: string): Promise<Standing> {
  const onRoster = and(eq(rosterPerson.rollCallId, rollCallId), sql`${rosterPerson.leftAt} IS NULL`);
  const [counts, unreported] = await db.batch([
    db
      .select({
        roster: sql<number>`count(*)`.as('roster'),
        answered: sql<number>`count(${rosterPerson.answeredAt})`.as('answered'),
        openHelp: sql<number>`(SELECT count(*) FROM roll_call_person WHERE roll_call_id = ${rollCallId}
          AND help_since IS NOT NULL AND help_cleared_at IS NULL)`.as('open_help'),
      })
      .from(rosterPerson)
      .where(onRoster),
    db
      .select({ short: center.short })
      .from(center)
      .where(
        sql`${center.code} IN (SELECT center FROM roll_call_person WHERE roll_call_id = ${rollCallId} AND left_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM roll_call_center_report WHERE roll_call_id = ${rollCallId} AND center = ${center.code})`,
      )
      .orderBy(asc(center.position)),
  ]);
  const [of] = counts;
  return {
    roster: of?.roster ?? 0,
    answered: of?.answered ?? 0,
    openHelp: of?.openHelp ?? 0,
    unreported: unreported.map(({ short }) => short),
  };
}
