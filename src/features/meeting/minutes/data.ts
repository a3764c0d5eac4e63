/** Minutes with their texts opened. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { staff } from '../../directory/tables.ts';
import { findOrganiser } from '../attendance/data.ts';
import type { LoadedMeeting } from '../data.ts';
import { meetingPlace, openMeetingsKey } from '../sealing.ts';
import { minutes } from './tables.ts';

export interface OpenedMinutes {
  body: string;
  decisions: string;
  writtenBy: string;
  writerName: string;
  writtenAt: Date;
  approvedBy: string | null;
  approverName: string | null;
  approvedAt: Date | null;
}

export function minutesPlace(column: 'body' | 'decisions', meetingId: string) {
  return meetingPlace('meeting_minutes', column, meetingId);
}

const approver = alias(staff, 'approver');

/** Null while nobody wrote any. Requires that the caller asked the rules, and notes that they were read. */
export async function openMinutes(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
): Promise<OpenedMinutes | null> {
  const [row] = await scope.db
    .select({
      body: minutes.body,
      decisions: minutes.decisions,
      writtenBy: minutes.writtenBy,
      writerName: staff.name,
      writtenAt: minutes.writtenAt,
      approvedBy: minutes.approvedBy,
      approverName: approver.name,
      approvedAt: minutes.approvedAt,
    })
    .from(minutes)
    .innerJoin(staff, eq(staff.slackUserId, minutes.writtenBy))
    .leftJoin(approver, eq(approver.slackUserId, minutes.approvedBy))
    .where(eq(minutes.meetingId, meetingId))
    .limit(1);
  if (!row) return null;
  const key = await openMeetingsKey(scope);
  const [body, decisions] = await Promise.all([
    key.open(minutesPlace('body', meetingId), row.body),
    key.open(minutesPlace('decisions', meetingId), row.decisions),
  ]);
  return { ...row, body, decisions };
}

/** Who may approve: see `rules.mayApprove`. */
export async function approversOf(
  db: Database,
  { meeting, host }: Pick<LoadedMeeting, 'meeting' | 'host'>,
): Promise<string[] | null> {
  const managers = await db
    .select({ id: staff.slackUserId })
    .from(staff)
    .where(and(eq(staff.center, meeting.hostCenter), eq(staff.role, 'manager'), isNull(staff.removedAt)));
  if (managers.length > 0) return managers.map(({ id }) => id);
  const organiser = await findOrganiser(db, { meeting, host });
  return organiser === undefined ? null : [organiser];
}

/** Whoever may have promised something: centers that take part, people who do, and the host's staff. */
export interface Promiser {
  /** `center:east`, `person:U0…`. */
  value: string;
  name: string;
  isCenter: boolean;
}

export async function listPromisers(
  db: Database,
  { meeting, seats, host }: LoadedMeeting,
): Promise<Promiser[]> {
  const hosts = await db
    .select({ id: staff.slackUserId, name: staff.name })
    .from(staff)
    .where(and(eq(staff.center, meeting.hostCenter), isNull(staff.removedAt)))
    .orderBy(asc(staff.position));
  const all: Promiser[] = [
    ...seats.flatMap(({ center, centerShort }) =>
      center === null ? [] : [{ value: `center:${center}`, name: centerShort ?? center, isCenter: true }],
    ),
    { value: `center:${host.code}`, name: host.short, isCenter: true },
    ...seats.flatMap(({ person, name }) =>
      person === null ? [] : [{ value: `person:${person}`, name: name ?? person, isCenter: false }],
    ),
    ...hosts.map(({ id, name }) => ({ value: `person:${id}`, name, isCenter: false })),
  ];
  const once = new Map(all.map((each) => [each.value, each]));
  return [...once.values()].sort((one, other) => Number(other.isCenter) - Number(one.isCenter));
}
