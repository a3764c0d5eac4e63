/** Shows the cards of planned meetings when they come near. */
import { and, asc, eq, gt, like, lte, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { loadMeeting } from '../data.ts';
import { noticeStatements } from '../storing/rows/mutations.ts';
import { CARD_SHOWN, meeting, notice } from '../tables.ts';
import { cardEntries, channelOf } from './blocks.ts';
import { CARD_AHEAD_MS, PLANNED_KEY } from './rules.ts';

/** A meeting is some twenty queries; the rest follows a minute later. */
const MEETINGS_A_RUN = 1;

export async function showNearMeetings(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const near = await db
    .select({ id: meeting.id })
    .from(meeting)
    .where(
      and(
        eq(meeting.status, 'fixed'),
        like(meeting.submissionKey, `${PLANNED_KEY}%`),
        gt(meeting.startsAt, now),
        lte(meeting.startsAt, new Date(now.getTime() + CARD_AHEAD_MS)),
        sql`NOT EXISTS (SELECT 1 FROM ${notice} WHERE meeting_id = ${meeting.id} AND what = ${CARD_SHOWN})`,
      ),
    )
    .orderBy(asc(meeting.startsAt))
    .limit(MEETINGS_A_RUN);
  for (const { id } of near) await showCard(scope, id);
}

/** A kind without a channel is noted, too: it is not asked about again. */
async function showCard(scope: Scope, id: string): Promise<void> {
  const { db, now } = scope;
  const loaded = await loadMeeting(db, id);
  if (!loaded) return;
  const told = [{ what: CARD_SHOWN, recipient: channelOf(loaded) ?? '' }];
  try {
    await runBatch(db, [
      ...noticeStatements(db, id, told, now),
      enqueue(db, cardEntries({ ...loaded, hasCard: true }, now), now),
    ]);
  } catch (error) {
    // Another run of the cron was first.
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  scope.wakeCourier();
}
