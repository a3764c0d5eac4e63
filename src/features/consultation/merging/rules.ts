/** How a case goes on whose merge is undone. Pure. */
import type { BusinessCalendar } from '../../../lib/business-time.ts';
import type { Span } from '../../../lib/span.ts';
import { type DeadlinePolicy, type DueFacts, deadlinesOf, endOfSpan } from '../reminding/rules.ts';
import type { DeadlineKind, Status } from '../words.ts';

/** Nobody goes on with these: nothing can be merged into them. */
export const NO_TARGETS: readonly Status[] = ['merged', 'declined', 'withdrawn'];

/**
 * While the case was merged its time ran on. What fell due meanwhile gets a whole span again: else it would be overdue at once
 * without a reminder, and a proposed closing would close the case before its sender could answer.
 */
export function timeAgain(
  facts: DueFacts,
  { calendar, policy }: { calendar: BusinessCalendar; policy: DeadlinePolicy },
  now: Date,
): Pick<DueFacts, 'snoozedDeadline' | 'snoozedUntil'> {
  const kind = nextStepOf(facts);
  const due = deadlinesOf(facts, policy, calendar).find((each) => each.kind === kind);
  if (!due || due.dueAt > now)
    return { snoozedDeadline: facts.snoozedDeadline, snoozedUntil: facts.snoozedUntil };
  const span: Span = kind === 'closing' ? policy.closing : policy[facts.urgency][kind];
  const isByClock = facts.urgency === 'urgent' && kind !== 'closing';
  return { snoozedDeadline: kind, snoozedUntil: endOfSpan(calendar, now, span, isByClock) };
}

/** What the case waits for first in its state. */
function nextStepOf({ status, firstAnsweredAt }: DueFacts) {
  const steps = { submitted: 'accept', closing: 'closing' } as const satisfies Partial<
    Record<Status, DeadlineKind>
  >;
  if (status === 'submitted' || status === 'closing') return steps[status];
  return firstAnsweredAt === null ? 'answer' : 'contact';
}
