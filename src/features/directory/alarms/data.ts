/** Which alarms were raised already. */
import { and, eq, gte, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import { auditEntry } from '../../../vault/tables.ts';

export const ALARM_ACTION = 'vault.alarm';

/** Whether the alarm about this was raised on the same day of Japan. */
export async function wasRaisedToday(db: Database, about: string, now: Date): Promise<boolean> {
  const rows = await db
    .select({ seq: auditEntry.seq })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.chain, 'city'),
        eq(auditEntry.action, ALARM_ACTION),
        gte(auditEntry.at, startOfJapanDay(japanDate(now))),
        sql`${auditEntry.detail}->>'about' = ${about}`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
