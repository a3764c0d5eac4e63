/** Opening a case's course and its sheet. Reading is a write: nobody sees them without an entry in the audit log. */
import { done, type Result } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { openClosing } from '../closing/data.ts';
import { openCaseKeyOf } from '../content/data.ts';
import type { Consultation } from '../data.ts';
import type { Refusal } from '../mutations.ts';
import { beginReading } from '../reading/mutations.ts';
import { LINES_A_PAGE, type TimelinePage } from './blocks.ts';
import { listEvents } from './data.ts';
import { timelineLines } from './lines.ts';
import { listHandovers, openCase } from './opening/data.ts';
import { type CaseSheet, composeSheet } from './sheet.ts';

/**
 * One page of a case's course, newest first, for whoever may see the case; refused like what does not exist.
 * @param before the `seq` of the event that the page ends at; without it, the latest page
 */
export async function timelineOf(
  scope: Scope,
  actor: Actor,
  id: string,
  before = Number.POSITIVE_INFINITY,
): Promise<Result<{ of: Consultation; page: TimelinePage }, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'timeline' });
  if (!begun.ok) return begun;
  const { consultation: of } = begun.value;
  const events = await listEvents(scope.db, id);
  const shown = events.filter(({ seq }) => seq < before).slice(-LINES_A_PAGE);
  const opened = await openCase(scope, actor, await openCaseKeyOf(scope, id), of, shown);
  return done({ of, page: { lines: timelineLines(shown, opened).toReversed(), total: events.length } });
}

/** 相談票: all of a case for paper, for whoever may see the case; refused like what does not exist. */
export async function caseSheet(scope: Scope, actor: Actor, id: string): Promise<Result<CaseSheet, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'sheet' });
  if (!begun.ok) return begun;
  const { consultation: of } = begun.value;
  const key = await openCaseKeyOf(scope, id);
  const events = await listEvents(scope.db, id);
  const [opened, handovers, closing] = await Promise.all([
    openCase(scope, actor, key, of, events),
    listHandovers(scope.db, id),
    openClosing(scope.db, key, of),
  ]);
  return done(
    composeSheet({
      loaded: begun.value,
      opened,
      lines: timelineLines(events, opened),
      handovers,
      ...closing,
      printedBy: actor.name,
      now: scope.now,
    }),
  );
}
