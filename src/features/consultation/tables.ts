/** 相談. What a person typed is sealed; in the clear lie references, controlled words, dates and staff ids. */
import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../vault/key-ring.ts';
import { center, staff } from '../directory/tables.ts';
import { OPEN_STATUSES } from './rules.ts';
import type {
  DeadlineKind,
  IssueTag,
  Kind,
  Outcome,
  Status,
  Support,
  Topic,
  Urgency,
  WaitedFor,
} from './words.ts';

/** The database itself refuses a text that was not sealed: a mistake in code then fails instead of leaking. */
export function sealedOnly(column: AnySQLiteColumn) {
  return check(`${column.name}_is_sealed`, sql`${column} GLOB 'v1.*.*.*'`);
}

/**
 * Open cases, as the indexes over them say it: SQLite takes such an index only for a query that says it with the same words.
 * They are a few thousand among all that ended.
 */
export const IS_OPEN = sql.raw(`status IN (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`);
/** Lists by deadline have cases without one at their end. Without a comma, at which drizzle-kit would cut it in two. */
export const DUE_OR_LAST = sql.raw('CASE WHEN due_at IS NULL THEN 8640000000000000 ELSE due_at END');

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
    /** 主担当機関: the center that answers for the case; only an accepted hand-over changes it. */
    responsibleCenter: text()
      .notNull()
      .references(() => center.code),
    /** When the core center, which took the case in front, means to hand it back. */
    returnByOn: text(),
    /** 限定: only those who are named in it see it. */
    isRestricted: integer({ mode: 'boolean' }).notNull(),
    /** Who was asked to take charge and has not said yes; `personInCharge` keeps it until then. */
    proposedPerson: text().references(() => staff.slackUserId),
    proposedAt: integer({ mode: 'timestamp_ms' }),
    /** Since when nobody has been in charge of a case that was accepted. */
    releasedAt: integer({ mode: 'timestamp_ms' }),
    waitedFor: text().$type<WaitedFor>(),
    waitingUntilOn: text(),
    /** Whether the core center's latest question to the sender has no reply yet. */
    hasOpenQuestion: integer({ mode: 'boolean' }).notNull(),
    firstAnsweredAt: integer({ mode: 'timestamp_ms' }),
    /** The core center's latest answer, question or activity. */
    lastContactAt: integer({ mode: 'timestamp_ms' }),
    outcome: text().$type<Outcome>(),
    issueTags: text({ mode: 'json' }).$type<IssueTag[]>().notNull(),
    wantsFaqDraft: integer({ mode: 'boolean' }).notNull(),
    closingProposedAt: integer({ mode: 'timestamp_ms' }),
    closedAt: integer({ mode: 'timestamp_ms' }),
    mergedInto: text().references((): AnySQLiteColumn => consultation.id),
    /** What an undone merge goes back to. */
    statusBeforeMerge: text().$type<Status>(),
    /** One deadline may be put off: which, and until when. */
    snoozedDeadline: text().$type<DeadlineKind>(),
    snoozedUntil: integer({ mode: 'timestamp_ms' }),
    /** The earliest of its deadlines; null when nothing is due. */
    dueAt: integer({ mode: 'timestamp_ms' }),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** When its time of keeping was over and all that was typed was destroyed; what is left counts in statistics. */
    erasedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('consultation_closed').on(table.closedAt).where(sql`closed_at IS NOT NULL AND erased_at IS NULL`),
    index('consultation_center').on(table.sendingCenter, table.submittedAt),
    index('consultation_status').on(table.status, table.submittedAt),
    index('consultation_submitted').on(table.submittedAt),
    index('consultation_responsible').on(table.responsibleCenter, table.submittedAt),
    index('consultation_in_charge').on(table.personInCharge, table.status, table.submittedAt),
    index('consultation_sender').on(table.sender, table.submittedAt),
    index('consultation_due').on(table.dueAt).where(sql`due_at IS NOT NULL`),
    index('consultation_open_center').on(table.sendingCenter, table.submittedAt).where(IS_OPEN),
    index('consultation_open_responsible').on(table.responsibleCenter, table.submittedAt).where(IS_OPEN),
    index('consultation_open_in_charge').on(table.personInCharge, DUE_OR_LAST, table.id).where(IS_OPEN),
    index('consultation_unaccepted').on(table.dueAt, table.id).where(sql`status = 'submitted'`),
    // Whose request to take charge ended with their leaving.
    index('consultation_proposed').on(table.proposedPerson).where(sql`proposed_person IS NOT NULL`),
    index('consultation_waiting').on(table.waitingUntilOn).where(sql`waiting_until_on IS NOT NULL`),
  ],
);

/** Who is named in a case besides its sender and whoever is in charge: helpers, and in 限定 cases all who may see it. */
export const member = sqliteTable(
  'member',
  {
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    slackUserId: text()
      .notNull()
      .references(() => staff.slackUserId),
    addedBy: text().notNull(),
    addedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.consultationId, table.slackUserId] }),
    index('member_person').on(table.slackUserId),
  ],
);

/** What people wrote into a case besides its question and its answers. Sealed; the audit log names it by id. */
export const note = sqliteTable(
  'note',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    /** `question` asks back, `reply` answers it; `reason` belongs to a change; `thread` came from the card's thread. */
    kind: text({ enum: ['comment', 'question', 'reply', 'reason', 'thread'] }).notNull(),
    author: text().notNull(),
    body: text().$type<Sealed>().notNull(),
    writtenAt: integer({ mode: 'timestamp_ms' }).notNull(),
    editedAt: integer({ mode: 'timestamp_ms' }),
    /** When its author deleted the message in Slack; the record stays. */
    deletedInSlackAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('note_consultation').on(table.consultationId, table.writtenAt), sealedOnly(table.body)],
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

/** Forms that were stored: sent again, one is found here instead of taking effect twice. */
export const submission = sqliteTable(
  'submission',
  {
    /** Person and view. */
    key: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    /** Digest of what was typed, sealed: whoever changed the form and sent it again must hear that the change was not stored. */
    digest: text().$type<Sealed>().notNull(),
    storedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [sealedOnly(table.digest)],
);
