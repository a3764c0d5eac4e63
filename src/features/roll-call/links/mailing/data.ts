/** Who on a roster is still to be mailed, and who cannot be. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { staff } from '../../../directory/tables.ts';
import type { RollCall } from '../../data.ts';
import { rollCall, rosterPerson } from '../../tables.ts';
import type { MailedPerson } from '../mails.ts';

/** What the notices are called that somebody was mailed the own link: at the start, and because Slack was not reached. */
export const MAILED = 'mail';
export const MAILED_IN_OUTAGE = 'mail/outage';

/**
 * Those on the roster who are silent, have an address and are still to be mailed, the longest on it first.
 * @param lately in an outage: whoever was mailed at the start before it is mailed once more; undefined for who was never mailed at all
 */
export async function listUnmailed(
  db: Database,
  rollCallId: string,
  lately: Date | undefined,
  limit: number,
): Promise<MailedPerson[]> {
  const settles =
    lately === undefined
      ? sql`what IN (${MAILED}, ${MAILED_IN_OUTAGE})`
      : sql`(what = ${MAILED_IN_OUTAGE} OR (what = ${MAILED} AND at > ${lately.getTime()}))`;
  return db
    .select({ person: rosterPerson.person, linkId: rosterPerson.linkId, email: staff.email })
    .from(rosterPerson)
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .where(
      and(
        eq(rosterPerson.rollCallId, rollCallId),
        sql`${rosterPerson.leftAt} IS NULL AND ${rosterPerson.answeredAt} IS NULL AND ${staff.email} IS NOT NULL`,
        sql`${rosterPerson.person} NOT IN (SELECT recipient FROM roll_call_notice WHERE roll_call_id = ${rollCallId} AND ${settles})`,
      ),
    )
    .orderBy(asc(rosterPerson.joinedAt), asc(rosterPerson.person))
    .limit(limit);
}

/** Of those that run: whose silent people have no other way than mail now, or are mailed from the start. */
export async function listMailed(db: Database): Promise<RollCall[]> {
  return db
    .select()
    .from(rollCall)
    .where(
      and(
        eq(rollCall.status, 'running'),
        sql`(${rollCall.byMail} OR (${rollCall.slackDownAt} IS NOT NULL AND ${rollCall.slackBackAt} IS NULL))`,
      ),
    )
    .orderBy(asc(rollCall.kind));
}
