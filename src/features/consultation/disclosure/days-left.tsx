/** Until when a resident's request is to be answered. */
import { daysBetween, type JapanDate } from '../../../lib/jst.ts';
import type { ListedRequest } from './data.ts';
import { isPending } from './rules.ts';
import { disclosureText as text } from './text.ts';

/** How many days are left, or that none is. */
export function DaysLeft({ of, today }: { of: Pick<ListedRequest, 'state' | 'dueOn'>; today: JapanDate }) {
  if (!isPending(of.state)) return null;
  const days = daysBetween(today, of.dueOn);
  return <span class={days < 1 ? 'tag urgent' : 'tag'}>{days < 0 ? text.overdue : text.daysLeft(days)}</span>;
}
