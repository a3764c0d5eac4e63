/** Who hears of unusual reading. Pure. */

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
