/** Who may look after and approve entries, and what is around them. */
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center, staff } from '../../directory/tables.ts';
import type { Person } from '../rules.ts';
import { faqEntry } from '../tables.ts';

export type DeskPerson = Person & { name: string };

/** The core center's staff, then admins of other centers; in the order of the city file. */
export async function listDeskPeople(db: Database): Promise<DeskPerson[]> {
  const rows = await db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      role: staff.role,
      isAdmin: staff.isAdmin,
      kind: center.kind,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(
        isNull(staff.removedAt),
        isNull(center.closedAt),
        or(eq(center.kind, 'kikan'), eq(staff.isAdmin, true)),
      ),
    )
    .orderBy(sql`${center.kind} <> 'kikan'`, asc(staff.position));
  return rows.map(({ kind, ...person }) => ({ ...person, center: { kind } }));
}

/** Who may be an entry's owner. */
export function ownersAmong(people: readonly DeskPerson[]): DeskPerson[] {
  return people.filter(({ center: { kind } }) => kind === 'kikan');
}

/** More than anybody looks through; a form offers no more. */
const MOST_TOPICS = 300;

/** The topics of what is published, the most used first. */
export async function listTopics(db: Database): Promise<string[]> {
  const rows = await db.all<{ topic: string }>(sql`
    SELECT each.value AS topic FROM ${faqEntry}, json_each(faq_entry.topics) AS each
    WHERE faq_entry.status = 'published' GROUP BY each.value ORDER BY count(*) DESC, each.value LIMIT ${MOST_TOPICS}`);
  return rows.map(({ topic }) => topic);
}
