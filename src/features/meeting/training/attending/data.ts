/** How long people were at trainings in a fiscal year. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { startOfJapanDay } from '../../../../lib/jst.ts';
import type { Actor } from '../../../directory/actor.ts';
import { hoursReach } from '../rules.ts';

export interface LearntHours {
  person: string;
  name: string;
  center: string;
  profession: string;
  count: number;
  minutes: number;
}

/**
 * Whoever somebody may see, with how often and how long she was at trainings that ended in the fiscal year: the noted minutes; before
 * somebody notes them the whole length, but for those who said that they would be absent. Who has left is listed when there is something to count.
 * @param fiscalYear the calendar year in which it begins; @param firstMonth 1 to 12
 */
export async function listHours(
  db: Database,
  actor: Actor,
  { fiscalYear, firstMonth, now }: { fiscalYear: number; firstMonth: number; now: Date },
): Promise<LearntHours[]> {
  const month = String(firstMonth).padStart(2, '0');
  const from = startOfJapanDay(`${fiscalYear}-${month}-01`).getTime();
  const until = startOfJapanDay(`${fiscalYear + 1}-${month}-01`).getTime();
  const reach = hoursReach(actor);
  const whose =
    reach === 'all'
      ? sql`1`
      : reach === 'center'
        ? sql`staff.center = ${actor.center.code}`
        : sql`staff.slack_user_id = ${actor.slackUserId}`;
  return db.all<LearntHours>(sql`
    WITH learnt AS (
      SELECT a.person AS person, coalesce(a.attended_minutes,
        CASE WHEN s.answer = 'absent' THEN 0 ELSE (m.ends_at - m.starts_at) / 60000 END) AS minutes
      FROM training_application AS a
      JOIN meeting AS m ON m.id = a.meeting_id
      LEFT JOIN meeting_seat AS s ON s.meeting_id = a.meeting_id AND s.seat = 'person:' || a.person
      WHERE a.state = 'accepted' AND m.status IN ('fixed', 'held') AND m.ends_at <= ${now.getTime()}
        AND m.starts_at >= ${from} AND m.starts_at < ${until})
    SELECT staff.slack_user_id AS person, staff.name AS name, center.short AS center, staff.profession AS profession,
      count(CASE WHEN learnt.minutes > 0 THEN 1 END) AS count, coalesce(sum(learnt.minutes), 0) AS minutes
    FROM staff JOIN center ON center.code = staff.center LEFT JOIN learnt ON learnt.person = staff.slack_user_id
    WHERE ${whose}
    GROUP BY staff.slack_user_id
    HAVING staff.removed_at IS NULL OR coalesce(sum(learnt.minutes), 0) > 0
    ORDER BY center.position, staff.position`);
}
