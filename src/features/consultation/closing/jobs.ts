/** Proposals to close that nobody answered in time. */
import type { Scope } from '../../../slack/scope.ts';
import { changeByJob } from '../mutations.ts';
import { needsManagerToClose } from '../rules.ts';
import { listUnansweredClosings } from './data.ts';
import { closedByTimeEntries } from './notices.ts';
import { closed } from './rules.ts';

/** The rest follows a minute later. */
const CASES_A_RUN = 10;

/** Closes them; those that need a manager's eyes stay open until a manager looks. */
export async function closeUnanswered(scope: Scope): Promise<void> {
  for (const { id, version } of await listUnansweredClosings(scope.db, scope.now, CASES_A_RUN)) {
    await changeByJob(scope, 'close-unanswered', 'consultation.time_close', id, async (loaded) => {
      const { consultation: of } = loaded;
      // Somebody changed it since it was looked up: the next run looks again.
      if (of.version !== version || of.status !== 'closing' || needsManagerToClose(of)) return undefined;
      const after = closed(of, scope.now);
      return {
        after,
        detail: { outcome: of.outcome },
        entries: await closedByTimeEntries(scope, { ...loaded, consultation: after }),
      };
    });
  }
}
