/** Everybody who was told of a meeting, or sits at it, is told once what became of it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Host } from '../../directory/meeting-kinds/words.ts';
import { center, staff } from '../../directory/tables.ts';
import { listContacts, listNotices } from '../attendance/data.ts';
import { type Recipient, recipientsOf } from '../attendance/rules.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import { maySee } from '../rules.ts';

/** Notices by which somebody heard that she is out of it: from then on she hears no more. */
const LEAVING_MARKS: readonly string[] = ['removed/', 'released/', 'unseating/', 'unseated/'];

/**
 * Who hears of a change: every seat, its deputy, and whoever was told of the meeting before, has not been told that she is out of it, and
 * may still see it: a contact of a center who works elsewhere now hears no more of a private one.
 */
export async function listConcerned(db: Database, loaded: LoadedMeeting): Promise<Recipient[]> {
  const { meeting, seats } = loaded;
  const centers = seats.flatMap(({ center: code }) => (code === null ? [] : [code]));
  const [notices, contacts] = await Promise.all([listNotices(db, meeting.id), listContacts(db, centers)]);
  const latest = new Map(notices.map(({ recipient, what }) => [recipient, what]));
  const told = [...latest].flatMap(([recipient, what]) =>
    LEAVING_MARKS.some((mark) => what.startsWith(mark)) ? [] : [recipient],
  );
  const deputies = seats.flatMap(({ deputy }) => (deputy === null ? [] : [deputy]));
  const seated = recipientsOf(seats, contacts);
  const known = new Set(seated.map(({ recipient }) => recipient));
  const others = await listWorking(
    db,
    [...new Set([...deputies, ...told])].filter((each) => !known.has(each)),
  );
  const circle = circleOf(loaded);
  return [
    ...seated,
    ...others
      .filter((person) => maySee(person, circle))
      .map(({ slackUserId }): Recipient => ({ by: 'slack', recipient: slackUserId })),
  ];
}

/** Those of the Slack ids whose people still work in the city, with their centers; guests' seats and the like are none. */
export async function listWorking(
  db: Database,
  slackUserIds: readonly string[],
): Promise<{ slackUserId: string; center: { code: string; kind: Host } }[]> {
  if (slackUserIds.length === 0) return [];
  const wanted = JSON.stringify(slackUserIds);
  const rows = await db
    .select({ slackUserId: staff.slackUserId, code: center.code, kind: center.kind })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(isNull(staff.removedAt), sql`${staff.slackUserId} IN (SELECT value FROM json_each(${wanted}))`),
    );
  return rows.map(({ slackUserId, ...of }) => ({ slackUserId, center: of }));
}
