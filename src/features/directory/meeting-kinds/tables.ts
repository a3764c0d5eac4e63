/** 会議体: the kinds of meeting that a city holds. Kept when they are not held any more, since meetings refer to them. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { HolidayRule, Host } from './words.ts';

export const meetingKind = sqliteTable('meeting_kind', {
  id: text().primaryKey(),
  name: text().notNull().unique('meeting_kind_name'),
  /** Whose staff arrange it: the core center, the city's section, or the district center that calls it. */
  host: text().$type<Host>().notNull(),
  /** An outside body that holds it (医師会); null where the host does. */
  heldBy: text(),
  /** The words of the city file; `rules.readAttendees` reads them. */
  attendees: text().notNull(),
  /** JSON list of 1 to 12; empty where it is held when needed. */
  months: text().notNull(),
  /** `第3水曜`; null where the kind names none. */
  day: text(),
  /** `HH:MM` in Japan. */
  starts: text().notNull(),
  minutes: integer().notNull(),
  place: text(),
  url: text(),
  /** `majority` or a number of centers, as text; null where any number will do. */
  quorum: text(),
  holidays: text().$type<HolidayRule>().notNull(),
  /** Where its cards stand. */
  channel: text(),
  isPrivate: integer({ mode: 'boolean' }).notNull(),
  isTraining: integer({ mode: 'boolean' }).notNull(),
  /** Order of the city file. */
  position: integer().notNull(),
  archivedAt: integer({ mode: 'timestamp_ms' }),
});
