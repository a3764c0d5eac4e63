/** How a case stands when it is closed and when work on it goes on again. Pure. */
import type { BusinessCalendar } from '../../../lib/business-time.ts';
import { type DeadlinePolicy, endOfSpan } from '../reminding/rules.ts';
import type { DeadlineKind, Status, Urgency } from '../words.ts';

/** What of a case a closing touches. */
interface Closing {
  status: Status;
  closedAt: Date | null;
  proposedPerson: string | null;
  proposedAt: Date | null;
}

/** Whoever was asked to take charge need not answer any more. */
export function closed<Case extends Closing>(of: Case, now: Date): Case {
  return { ...of, status: 'closed', closedAt: now, proposedPerson: null, proposedAt: null };
}

/** Names the present proposal, as the buttons that answer it do: `id/ms`. */
export function closingProposalOf({
  id,
  closingProposedAt,
}: {
  id: string;
  closingProposedAt: Date | null;
}): string {
  return `${id}/${closingProposedAt?.getTime() ?? ''}`;
}

/** When an unanswered proposal closes the case. The span runs in business time. */
export function closesAt(
  { calendar, policy }: { calendar: BusinessCalendar; policy: DeadlinePolicy },
  proposedAt: Date,
): Date {
  return endOfSpan(calendar, proposedAt, policy.closing, false);
}

interface Resumed {
  status: Status;
  urgency: Urgency;
  firstAnsweredAt: Date | null;
  outcome: unknown;
  closingProposedAt: Date | null;
  closedAt: Date | null;
  snoozedDeadline: DeadlineKind | null;
  snoozedUntil: Date | null;
}

/**
 * Work goes on: back to 対応中, with a whole span until the next answer or contact. Reckoned from before the closing, it would be
 * overdue at once, and no reminder would be left to come.
 */
export function resumed<Case extends Resumed>(
  of: Case,
  { calendar, policy }: { calendar: BusinessCalendar; policy: DeadlinePolicy },
  now: Date,
): Case {
  const due = of.firstAnsweredAt === null ? 'answer' : 'contact';
  return {
    ...of,
    status: 'active',
    outcome: null,
    closingProposedAt: null,
    closedAt: null,
    snoozedDeadline: due,
    snoozedUntil: endOfSpan(calendar, now, policy[of.urgency][due], of.urgency === 'urgent'),
  };
}
