/** How much waits at the desk. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { JapanDate } from '../../../../lib/jst.ts';

export interface Waiting {
  questions: number;
  proposed: number;
  /** Past the day of their review. */
  overdue: number;
}

/** One query: every look at the home tab asks it. */
export async function countWaiting(db: Database, today: JapanDate): Promise<Waiting> {
  const [row] = await db.all<Waiting>(sql`
    SELECT (SELECT count(*) FROM faq_open_question WHERE state = 'open') AS questions,
      (SELECT count(*) FROM faq_revision WHERE state = 'proposed') AS proposed,
      (SELECT count(*) FROM faq_entry WHERE status = 'published' AND review_due_on < ${today}) AS overdue`);
  return row ?? { questions: 0, proposed: 0, overdue: 0 };
}
