/** Reads for asking back and for the cases that wait. */
import { and, asc, lt, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import { type LoadedConsultation, standingOf } from '../data.ts';
import { listThoseWhoMay, managersFirst } from '../people.ts';
import { consultation } from '../tables.ts';

/** The cases whose waiting ended before a day, the longest over first. */
export async function listWaitedOut(db: Database, before: JapanDate, most: number): Promise<string[]> {
  const rows = await waitedOut(db, before, most);
  return rows.map(({ id }) => id);
}

/** The query of the above. With the plus SQLite takes the index of the dates: it reads what is over, not all that waits. */
export function waitedOut(db: Database, before: JapanDate, most: number) {
  return db
    .select({ id: consultation.id })
    .from(consultation)
    .where(and(lt(consultation.waitingUntilOn, before), sql`+${consultation.status} = 'waiting'`))
    .orderBy(asc(consultation.waitingUntilOn))
    .limit(most);
}

/** Who is asked on behalf of the sending center: the sender; where she is not there, those who answer for the center. */
export async function listAsked(
  db: Database,
  loaded: LoadedConsultation,
  operation: 'reply' | 'comment',
): Promise<string[]> {
  const { consultation: of, sendingCenter, senderPlace } = loaded;
  if (senderPlace === 'center') return [of.sender];
  const center = { code: sendingCenter.code, kind: 'district' } as const;
  const colleagues = await listThoseWhoMay(db, operation, center, standingOf(loaded));
  return managersFirst(colleagues).map(({ slackUserId }) => slackUserId);
}
