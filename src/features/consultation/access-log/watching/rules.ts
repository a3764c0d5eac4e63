/** What is unusual reading, and who hears of it. Pure. */

/** A case that somebody read, and when. */
export interface Reading {
  caseId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * The span of at most so many milliseconds in which the most different cases were read: how many, and the last of these readings.
 * Undefined when nothing was read.
 * @param readings the oldest first
 * @param endsAfter only spans whose last reading is later
 */
export function busiestSpan(
  readings: readonly Reading[],
  spanMs: number,
  endsAfter: number,
): { cases: number; until: Date } | undefined {
  const inSpan = new Map<string, number>();
  let busiest: { cases: number; until: Date } | undefined;
  let first = 0;
  for (const { caseId, at } of readings) {
    inSpan.set(caseId, (inSpan.get(caseId) ?? 0) + 1);
    for (let left = readings[first]; left && at - left.at >= spanMs; left = readings[first]) {
      const times = (inSpan.get(left.caseId) ?? 0) - 1;
      if (times > 0) inSpan.set(left.caseId, times);
      else inSpan.delete(left.caseId);
      first += 1;
    }
    if (at > endsAfter && inSpan.size > (busiest?.cases ?? 0))
      busiest = { cases: inSpan.size, until: new Date(at) };
  }
  return busiest;
}

export interface Reader {
  slackUserId: string;
  role: 'staff' | 'manager';
  /** The managers of the reader's center. */
  managers: readonly string[];
}

/**
 * The managers of the center; of a manager's own reading, or where a center has none, the admins as well. Never the reader, but
 * when nobody else is there to hear of it nobody does: the audit log has it.
 */
export function hearersOf({ slackUserId, role, managers }: Reader, admins: readonly string[]): string[] {
  const others = managers.filter((each) => each !== slackUserId);
  const hearers = role === 'manager' || others.length === 0 ? [...others, ...admins] : others;
  return [...new Set(hearers)].filter((each) => each !== slackUserId);
}
