/** Who works where: the city, its centers, their staff. Kept when they leave, since cases refer to them. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row: the city of this deployment. */
export const city = sqliteTable('city', {
  id: integer().primaryKey(),
  name: text().notNull(),
  fiscalYearStart: integer().notNull(),
  businessHours: text().notNull(),
  /** JSON list of `MM-DD` and `MM-DD/MM-DD`. */
  closedDays: text().notNull(),
  personalDataEntry: text({ enum: ['modal', 'web'] }).notNull(),
  /** JSON: the city's own deadlines of 相談; null where it keeps kikan's. */
  deadlines: text(),
  /** JSON: years that cases are kept after closing, by kind; null where the city keeps kikan's. */
  retention: text(),
  /** So many different cases read by one person in an hour are told to the manager; null where the city keeps kikan's figure. */
  readingLimit: integer(),
  /** JSON list of minutes after which silent people are asked again in a roll-call; null where the city keeps kikan's. */
  chaseMinutes: text(),
  triageChannel: text().notNull(),
  headsChannel: text(),
  drillChannel: text(),
  importedAt: integer({ mode: 'timestamp_ms' }).notNull(),
});

export const center = sqliteTable('center', {
  code: text().primaryKey(),
  kind: text({ enum: ['kikan', 'district', 'city'] }).notNull(),
  name: text().notNull(),
  short: text().notNull(),
  channel: text(),
  area: text(),
  /** Order of the city file. */
  position: integer().notNull(),
  closedAt: integer({ mode: 'timestamp_ms' }),
  /** Which center takes over when it is closed by a disaster (代替). */
  substitute: text(),
  /** Which center its area went to when it was closed for good. */
  mergedInto: text(),
});

export const staff = sqliteTable(
  'staff',
  {
    slackUserId: text().primaryKey(),
    name: text().notNull(),
    center: text()
      .notNull()
      .references(() => center.code),
    profession: text().notNull(),
    role: text({ enum: ['staff', 'manager'] }).notNull(),
    isAdmin: integer({ mode: 'boolean' }).notNull(),
    isOnDuty: integer({ mode: 'boolean' }).notNull(),
    email: text(),
    position: integer().notNull(),
    /** Set when a city file no longer lists the person: access ends with the next request. */
    removedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('staff_center').on(table.center)],
);

/** Who is away and who stands in, by dates of Japan, both included. Ended early: `endedAt`. */
export const absence = sqliteTable(
  'absence',
  {
    id: text().primaryKey(),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    deputy: text()
      .notNull()
      .references(() => staff.slackUserId),
    fromOn: text().notNull(),
    untilOn: text().notNull(),
    notedBy: text().notNull(),
    notedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('absence_until').on(table.untilOn)],
);

/** Entries of the city file that belong to another feature, until it takes them over. */
export const cityFileEntry = sqliteTable(
  'city_file_entry',
  {
    section: text({ enum: ['faq'] }).notNull(),
    position: integer().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.section, table.position] })],
);
