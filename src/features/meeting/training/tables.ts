/** 研修: seats, applications, who was there for how long, what they thought of it; and courses that others give. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { staff } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';

export const training = sqliteTable('training', {
  meetingId: text()
    .primaryKey()
    .references(() => meeting.id),
  /** Null: as many as like. */
  seats: integer(),
  /** JSON list of professions; empty: for all. */
  professions: text().notNull(),
  /** A date of Japan. */
  applyBy: text().notNull(),
});

export const trainingApplication = sqliteTable(
  'training_application',
  {
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    /** The order of the waiting list. */
    appliedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    appliedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    state: text({ enum: ['accepted', 'waiting', 'withdrawn'] }).notNull(),
    /** So long she was there; null until somebody notes it. */
    attendedMinutes: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.person] }),
    index('training_application_person').on(table.person),
  ],
);

export const trainingSurvey = sqliteTable(
  'training_survey',
  {
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    /** 1 to 5: whether it was understood, and whether it helps at work. */
    understood: integer().notNull(),
    useful: integer().notNull(),
    comment: text().$type<Sealed>(),
    answeredAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.person] })],
);

/** A course that somebody else gives. */
export const outsideCourse = sqliteTable(
  'outside_course',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    provider: text().notNull(),
    url: text(),
    place: text(),
    /** Dates of Japan. */
    on: text('held_on').notNull(),
    applyBy: text().notNull(),
    professions: text().notNull(),
    announcedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    announcedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    submissionKey: text().notNull().unique('outside_course_submission'),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('outside_course_apply').on(table.applyBy)],
);
