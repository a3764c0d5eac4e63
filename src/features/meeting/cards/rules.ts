/** When a meeting's card is shown. Pure. */

/** A year's meetings planned at once would fill the channels: each is shown so long before. */
export const CARD_AHEAD_MS = 30 * 86_400_000;

/** What the submission keys of planned meetings begin with. */
export const PLANNED_KEY = 'plan/';

/** Whoever calls one meeting wants it seen at once; one that was shown is brought up to date, wherever its date went. */
export function isCardDue(
  {
    meeting: { submissionKey, startsAt },
    hasCard,
  }: { meeting: { submissionKey: string; startsAt: Date | null }; hasCard: boolean },
  now: Date,
): boolean {
  if (hasCard || !submissionKey.startsWith(PLANNED_KEY) || startsAt === null) return true;
  return startsAt.getTime() - now.getTime() <= CARD_AHEAD_MS;
}
