/** Cases that waited long enough go on by themselves. */
import { japanDate } from '../../../lib/jst.ts';
import { logError } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { listWaitedOut } from './data.ts';
import { resumeWhenOver } from './mutations.ts';

/** What is left goes on a minute later: a run has 50 round trips to the database on the free plan, and each case takes three. */
const CASES_A_RUN = 10;

/** Brings the cases back whose day has passed, once the offices are open again. Run twice or late, it does the same. */
export async function resumeWaitedOut(scope: Scope): Promise<void> {
  for (const id of await listWaitedOut(scope.db, japanDate(scope.now), CASES_A_RUN)) {
    try {
      await resumeWhenOver(scope, id);
    } catch (error) {
      // One case that cannot go on must not hold up the others.
      logError('consultation.time_resume.failed', error, { consultation: id });
    }
  }
}
