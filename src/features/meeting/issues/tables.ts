/** 地域ケア会議: core staff asked to attend, and the 地域課題 that district meetings bring up. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import type { Topic } from '../../consultation/words.ts';
import { center, staff } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';
import type { IssueState } from '../words.ts';

/** A district center asks core staff to come to a meeting of its own. */
export const attendanceRequest = sqliteTable(
  'core_attendance_request',
  {
    meetingId: text()
      .primaryKey()
      .references(() => meeting.id),
    requestedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    requestedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Null until the core center answers. */
    answer: text({ enum: ['accepted', 'declined'] }),
    answeredBy: text().references(() => staff.slackUserId),
    answeredAt: integer({ mode: 'timestamp_ms' }),
    /** Who comes. */
    attendee: text().references(() => staff.slackUserId),
  },
  (table) => [index('core_attendance_open').on(table.answer)],
);

export const communityIssue = sqliteTable(
  'community_issue',
  {
    id: text().primaryKey(),
    /** `課R8-003`. */
    reference: text().notNull().unique('community_issue_reference'),
    series: text().notNull(),
    number: integer().notNull(),
    topic: text().$type<Topic>().notNull(),
    /** The center whose area it was found in. */
    area: text()
      .notNull()
      .references(() => center.code),
    summary: text().$type<Sealed>().notNull(),
    /** The meeting that found it. */
    meetingId: text().references(() => meeting.id),
    /** A consultation that shows it. */
    consultationId: text(),
    foundBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    foundAt: integer({ mode: 'timestamp_ms' }).notNull(),
    state: text().$type<IssueState>().notNull(),
    /** What became of it, in somebody's words. */
    outcome: text().$type<Sealed>(),
    version: integer().notNull().default(1),
    submissionKey: text().notNull().unique('community_issue_submission'),
  },
  (table) => [
    uniqueIndex('community_issue_series').on(table.series, table.number),
    index('community_issue_topic').on(table.topic, table.area),
    index('community_issue_meeting').on(table.meetingId),
  ],
);
