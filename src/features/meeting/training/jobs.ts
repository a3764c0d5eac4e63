/** Whoever has left gives back the seat or place in the line that she had; those who wait move up. */
import { and, asc, eq, gt, isNotNull, ne } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { staff } from '../../directory/tables.ts';
import { changeMeetingByJob } from '../storing/mutations.ts';
import { meeting } from '../tables.ts';
import { listApplications } from './data.ts';
import { withdrawalOf } from './line/mutations.ts';
import { trainingApplication } from './tables.ts';

/** People of a run: each is a change of its own, and the next minute goes on. */
const LEFT_A_RUN = 1;

export async function settleLeftApplicants(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const left = await db
    .select({ id: trainingApplication.meetingId, person: trainingApplication.person })
    .from(trainingApplication)
    .innerJoin(staff, eq(staff.slackUserId, trainingApplication.person))
    .innerJoin(meeting, eq(meeting.id, trainingApplication.meetingId))
    .where(
      and(
        ne(trainingApplication.state, 'withdrawn'),
        isNotNull(staff.removedAt),
        eq(meeting.status, 'fixed'),
        gt(meeting.startsAt, now),
      ),
    )
    .orderBy(asc(trainingApplication.meetingId), asc(trainingApplication.person))
    .limit(LEFT_A_RUN);
  for (const { id, person } of left) {
    const job = { id, action: 'meeting.withdraw', job: 'settle-left-applicants' };
    await changeMeetingByJob(scope, job, async (loaded) => {
      const applications = await listApplications(db, id);
      const own = applications.find((each) => each.person === person && !each.isThere);
      return own && withdrawalOf(scope, loaded, applications, own);
    });
  }
}
