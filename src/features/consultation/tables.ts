/** 相談. What a person typed is sealed; in the clear lie references, controlled words, dates and staff ids. */
import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../vault/key-ring.ts';
import { center, staff } from '../directory/tables.ts';
import type { Kind, Status, Support, Topic, Urgency } from './words.ts';

/** The database itself refuses a text that was not sealed: a mistake in code then fails instead of leaking. */
function sealedOnly(column: AnySQLiteColumn) {
  return check(`${column.name}_is_sealed`, sql`${column} GLOB 'v1.*.*.*'`);
}

/**
 * Gives each submitted form its number before the consultation is stored, so that the same form sent again gets the same
 * number. Rows are never deleted: a number is never reused.
 */
export const referenceNumber = sqliteTable(
  'reference_number',
  {
    submissionKey: text().primaryKey(),
    /** `R8`. */
    series: text().notNull(),
    number: integer().notNull(),
    consultationId: text().notNull().unique('reference_number_consultation'),
  },
  (table) => [uniqueIndex('reference_number_series').on(table.series, table.number)],
);

export const consultation = sqliteTable(
  'consultation',
  {
    id: text().primaryKey(),
    /** `R8-0042`. */
    reference: text().notNull().unique('consultation_reference'),
    kind: text().$type<Kind>().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    status: text().$type<Status>().notNull(),
    /** Goes up with every change; the audit chain of the case serialises the changes. */
    version: integer().notNull(),
    sendingCenter: text()
      .notNull()
      .references(() => center.code),
    sender: text()
      .notNull()
      .references(() => staff.slackUserId),
    topics: text({ mode: 'json' }).$type<Topic[]>().notNull(),
    supports: text({ mode: 'json' }).$type<Support[]>().notNull(),
    desiredOn: text(),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    personInCharge: text().references(() => staff.slackUserId),
    acceptedAt: integer({ mode: 'timestamp_ms' }),
    answerCount: integer().notNull(),
  },
  (table) => [
    index('consultation_center').on(table.sendingCenter, table.submittedAt),
    index('consultation_status').on(table.status, table.submittedAt),
  ],
);

/** What is typed about the resident, in the order of forms and sheets. */
export const SUBJECT_FIELDS = [
  'subjectName',
  'subjectKana',
  'subjectAge',
  'subjectAddress',
  'subjectPhone',
  'subjectInsuredNumber',
] as const;
export type SubjectField = (typeof SUBJECT_FIELDS)[number];

/** What was typed, one sealed value a field, so that a reader can be shown one without opening the others. */
export const consultationContent = sqliteTable(
  'consultation_content',
  {
    consultationId: text()
      .primaryKey()
      .references(() => consultation.id),
    body: text().$type<Sealed>().notNull(),
    subjectName: text().$type<Sealed>(),
    subjectKana: text().$type<Sealed>(),
    subjectAge: text().$type<Sealed>(),
    subjectAddress: text().$type<Sealed>(),
    subjectPhone: text().$type<Sealed>(),
    subjectInsuredNumber: text().$type<Sealed>(),
  },
  (table) => [table.body, ...SUBJECT_FIELDS.map((field) => table[field])].map(sealedOnly),
);

export const answer = sqliteTable(
  'answer',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    /** The form that it came with: sent again, it is found instead of stored twice. */
    submissionKey: text().notNull().unique('answer_submission_key'),
    author: text()
      .notNull()
      .references(() => staff.slackUserId),
    body: text().$type<Sealed>().notNull(),
    answeredAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('answer_consultation').on(table.consultationId, table.answeredAt),
    sealedOnly(table.body),
  ],
);
