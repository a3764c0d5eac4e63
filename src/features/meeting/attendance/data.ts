/** Whom to tell of a seat. */
import { and, asc, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { staff } from '../../directory/tables.ts';

/**
 * Who hears of what concerns a center: its managers; where it has none, everybody there.
 * @returns Slack ids by the center's code; a center where nobody works is missing
 */
export async function listContacts(
  db: Database,
  centers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (centers.length === 0) return new Map();
  const wanted = JSON.stringify([...new Set(centers)]);
  const people = await db
    .select({ id: staff.slackUserId, center: staff.center, role: staff.role })
    .from(staff)
    .where(and(isNull(staff.removedAt), sql`${staff.center} IN (SELECT value FROM json_each(${wanted}))`))
    .orderBy(asc(staff.position));
  const contacts = new Map<string, string[]>();
  for (const code of new Set(people.map((person) => person.center))) {
    const there = people.filter((person) => person.center === code);
    const managers = there.filter(({ role }) => role === 'manager');
    contacts.set(
      code,
      (managers.length > 0 ? managers : there).map(({ id }) => id),
    );
  }
  return contacts;
}
