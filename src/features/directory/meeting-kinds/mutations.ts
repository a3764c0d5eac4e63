/** Writes of 会議体. */
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import { portionsOf } from '../../../lib/portions.ts';
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
  const rows = kinds.map((kind) => ({ id: crypto.randomUUID(), ...kindRow(kind) }));
  return [
    db
      .update(meetingKind)
      .set({ archivedAt: now })
      .where(and(isNull(meetingKind.archivedAt), sql`${meetingKind.name} NOT IN ${names}`)),
    ...portionsOf(rows).map(({ first, rows: portion }) =>
      // Every column of the table, in its order.
      db
        .insert(meetingKind)
        .select(
          sql`SELECT value->>'id', value->>'name', value->>'host', value->>'heldBy', value->>'attendees', value->>'months', value->>'day',
            value->>'starts', value->>'minutes', value->>'place', value->>'url', value->>'quorum', value->>'holidays', value->>'channel',
            value->>'isPrivate', value->>'isTraining', key + ${first}, NULL FROM json_each(${portion}) WHERE true`,
        )
        .onConflictDoUpdate({
          target: meetingKind.name,
          // All but the id, since meetings refer to it.
          set: {
            host: excluded('host'),
            heldBy: excluded('held_by'),
            attendees: excluded('attendees'),
            months: excluded('months'),
            day: excluded('day'),
            starts: excluded('starts'),
            minutes: excluded('minutes'),
            place: excluded('place'),
            url: excluded('url'),
            quorum: excluded('quorum'),
            holidays: excluded('holidays'),
            channel: excluded('channel'),
            isPrivate: excluded('is_private'),
            isTraining: excluded('is_training'),
            position: excluded('position'),
            archivedAt: null,
          },
        }),
    ),
  ];
}

/** In `ON CONFLICT DO UPDATE`: the column as the refused row would have had it. */
function excluded(column: string): SQL {
  return sql.raw(`excluded.${column}`);
}
