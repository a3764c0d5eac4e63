/** The typed texts of meetings that somebody may read, opened to be searched. */
import { desc, eq, sql } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import type { CaseKey, Sealed } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center } from '../../directory/tables.ts';
import { titlePlace } from '../agenda/data.ts';
import { agendaItem } from '../agenda/tables.ts';
import { isReadBy } from '../menu/data.ts';
import { minutesPlace } from '../minutes/data.ts';
import { minutes, promise } from '../minutes/tables.ts';
import { promisePlace } from '../promises/data.ts';
import { mayArrange } from '../rules.ts';
import { openMeetingsKey } from '../sealing.ts';
import { meeting } from '../tables.ts';

export type Where = 'minutes' | 'decisions' | 'promise' | 'agenda' | 'meeting';

export interface SearchedMeeting {
  reference: string;
  kindName: string;
  title: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Whether its minutes may be read, or written, by this person. */
  hasMinutes: boolean;
  texts: readonly { where: Where; text: string }[];
}

/** Of the newest meetings; those without a date, whose date is being found, come first. */
export async function openSearched(
  scope: Pick<Scope, 'db' | 'settings'>,
  actor: Actor,
  limit: number,
): Promise<SearchedMeeting[]> {
  const { db } = scope;
  const isRead = isReadBy(actor);
  const newest = sql`(SELECT ${meeting.id} FROM ${meeting} WHERE ${isRead}
    ORDER BY ${meeting.startsAt} IS NULL DESC, ${meeting.startsAt} DESC, ${meeting.id} LIMIT ${limit})`;
  const [meetings, written, promises, items] = await db.batch([
    db
      .select({
        id: meeting.id,
        reference: meeting.reference,
        kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
        title: meeting.title,
        place: meeting.place,
        startsAt: meeting.startsAt,
        endsAt: meeting.endsAt,
        hostCenter: meeting.hostCenter,
        hostKind: sql<typeof center.$inferSelect.kind>`${center.kind}`.as('host_kind'),
      })
      .from(meeting)
      .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
      .innerJoin(center, eq(center.code, meeting.hostCenter))
      .where(sql`${meeting.id} IN ${newest}`)
      .orderBy(sql`${meeting.startsAt} IS NULL DESC`, desc(meeting.startsAt), meeting.id),
    db.select().from(minutes).where(sql`${minutes.meetingId} IN ${newest}`),
    db
      .select({ id: promise.id, meetingId: promise.meetingId, body: promise.body })
      .from(promise)
      .where(sql`${promise.meetingId} IN ${newest}`),
    db
      .select({ id: agendaItem.id, meetingId: agendaItem.meetingId, title: agendaItem.title })
      .from(agendaItem)
      .where(sql`${agendaItem.meetingId} IN ${newest} AND ${agendaItem.removedAt} IS NULL`)
      .orderBy(agendaItem.position),
  ]);
  const key = await openMeetingsKey(scope);
  const promisesOf = Map.groupBy(promises, ({ meetingId }) => meetingId);
  const itemsOf = Map.groupBy(items, ({ meetingId }) => meetingId);
  const minutesOf = new Map(written.map((each) => [each.meetingId, each]));
  return Promise.all(
    meetings.map(async ({ id, hostCenter, hostKind, place, ...row }) => {
      const own = minutesOf.get(id);
      const mayOpen = mayArrange(actor, { hostCenter, hostKind }) || Boolean(own?.approvedAt);
      const { reference, kindName, title } = row;
      // What was promised is written in the minutes: whoever may not read these does not find it.
      const inside = mayOpen ? await openInside(key, id, own, promisesOf.get(id) ?? []) : [];
      const agenda = await Promise.all(
        (itemsOf.get(id) ?? []).map(async (item) => ({
          where: 'agenda' as const,
          text: await key.open(titlePlace(item.id), item.title),
        })),
      );
      const facts = [reference, kindName, title, place].filter((each) => each !== null).join(' ');
      return {
        ...row,
        hasMinutes: own !== undefined && mayOpen,
        texts: [{ where: 'meeting' as const, text: facts }, ...inside, ...agenda],
      };
    }),
  );
}

async function openInside(
  key: CaseKey,
  meetingId: string,
  written: { body: Sealed; decisions: Sealed } | undefined,
  promises: readonly { id: string; body: Sealed }[],
): Promise<{ where: Where; text: string }[]> {
  const texts: Promise<{ where: Where; text: string }>[] = [
    ...(written
      ? (['body', 'decisions'] as const).map(async (column) => ({
          where: column === 'body' ? ('minutes' as const) : column,
          text: await key.open(minutesPlace(column, meetingId), written[column]),
        }))
      : []),
    ...promises.map(async ({ id, body }) => ({
      where: 'promise' as const,
      text: await key.open(promisePlace(id), body),
    })),
  ];
  return Promise.all(texts);
}
