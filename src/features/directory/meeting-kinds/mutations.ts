/** Writes of 会議体. */
import { and, isNull, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import { KIND_DEFAULTS } from './rules.ts';
import type { MeetingKindFile } from './schema.ts';
import { meetingKind } from './tables.ts';

/** A kind's columns, from what a city file or a form says of it. */
export function kindRow(kind: MeetingKindFile) {
  return {
    name: kind.name,
    host: kind.host ?? KIND_DEFAULTS.host,
    heldBy: kind.heldBy ?? null,
    attendees: kind.attendees ?? KIND_DEFAULTS.attendees,
    months: JSON.stringify(kind.months ?? []),
    day: kind.day ?? null,
    starts: kind.starts ?? KIND_DEFAULTS.starts,
    minutes: kind.minutes ?? KIND_DEFAULTS.minutes,
    place: kind.place ?? null,
    url: kind.url ?? null,
    quorum: kind.quorum === undefined ? null : String(kind.quorum),
    holidays: kind.holidays ?? KIND_DEFAULTS.holidays,
    channel: kind.channel ?? null,
    isPrivate: kind.private ?? false,
    isTraining: kind.training ?? false,
  };
}

/** The statements that make the kinds equal to a city file's: by name, those that it does not list are kept as archived. */
export function replaceKinds(db: Database, kinds: readonly MeetingKindFile[], now: Date): Statement[] {
  const names = sql`(SELECT value FROM json_each(${JSON.stringify(kinds.map(({ name }) => name))}))`;
  return [
    db
      .update(meetingKind)
      .set({ archivedAt: now })
      .where(and(isNull(meetingKind.archivedAt), sql`${meetingKind.name} NOT IN ${names}`)),
    ...kinds.map((kind, position) => {
      const row = { ...kindRow(kind), position, archivedAt: null };
      return db
        .insert(meetingKind)
        .values({ id: crypto.randomUUID(), ...row })
        .onConflictDoUpdate({ target: meetingKind.name, set: row });
    }),
  ];
}
