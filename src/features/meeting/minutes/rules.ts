/** When minutes may be written, who reads and approves them, and what they begin with. Pure. */
import type { Actor } from '../../directory/actor.ts';
import { type Circle, mayArrange, mayRead } from '../rules.ts';
import type { meeting } from '../tables.ts';
import { minutesText as text } from './text.ts';

type Person = Pick<Actor, 'slackUserId' | 'center'>;

export const MAX_BODY = 20_000;
export const MAX_DECISIONS = 5_000;
export const MAX_PROMISE = 500;
export const MAX_PROMISES = 50;

/** From the moment at which it begins; never of what was called off. */
export function hasBegun(
  { status, startsAt }: Pick<typeof meeting.$inferSelect, 'status' | 'startsAt'>,
  now: Date,
): boolean {
  return (status === 'fixed' || status === 'held') && startsAt !== null && startsAt <= now;
}

/** Drafts are for those who arrange the meeting; what was approved, for everybody who took part. */
export function mayReadMinutes(
  actor: Person,
  circle: Circle,
  minutes: { approvedAt: Date | null } | null,
): boolean {
  if (mayArrange(actor, circle)) return true;
  return minutes !== null && minutes.approvedAt !== null && mayRead(actor, circle);
}

/**
 * The managers of the host approve; where it has none, the organiser; where she works elsewhere now,
 * whoever arranges the meeting.
 * @param approvers as `data.approversOf` gives them; null for the last case
 */
export function mayApprove(actor: Person, circle: Circle, approvers: readonly string[] | null): boolean {
  return mayArrange(actor, circle) && (approvers === null || approvers.includes(actor.slackUserId));
}

/** The headings of the agenda, to be filled in below. */
export function templateOf(
  items: readonly { title: string; centerShort: string; consultation: string | null; issue: string | null }[],
): string {
  const headings = items.map(({ title, centerShort, consultation, issue }, index) => {
    const from = [centerShort, consultation, issue].filter((each) => each !== null).join('、');
    return text.template.item(index + 1, title, from);
  });
  return [...headings, text.template.other].map((heading) => `${heading}\n\n`).join('\n');
}
