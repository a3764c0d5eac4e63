/**
 * 点呼: which roll-calls there were, who was on their roster and what each answered. What people type is sealed; controlled words
 * and figures are not. `kind` has no default anywhere: forgetting it cannot make a drill real.
 */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../vault/key-ring.ts';
import { center, staff } from '../directory/tables.ts';
import type {
  Coming,
  Family,
  ReplyWay,
  RollCallKind,
  RollCallStatus,
  Safety,
  Scenario,
  Whereabouts,
} from './words.ts';

export const rollCall = sqliteTable(
  'roll_call',
  {
    id: text().primaryKey(),
    /** `点R8-03`. */
    reference: text().notNull().unique('roll_call_reference'),
    /** `R8`; with `number`, never reused. */
    series: text().notNull(),
    number: integer().notNull(),
    kind: text().$type<RollCallKind>().notNull(),
    scenario: text().$type<Scenario>().notNull(),
    /** JSON list of controlled words: what people are asked to do. */
    instructions: text().notNull(),
    /** What was typed for them, sealed: shown on pages only. */
    note: text().$type<Sealed>(),
    /** JSON list of center codes; null for all. */
    centers: text(),
    status: text().$type<RollCallStatus>().notNull(),
    /** Whether those concerned hear of a planned one before it begins. */
    isAnnounced: integer({ mode: 'boolean' }).notNull(),
    /** Whether everybody gets a mail at the start; else only when Slack fails. */
    byMail: integer({ mode: 'boolean' }).notNull(),
    /** When it is to begin. */
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** When people were told: all times are counted from here. */
    startedAt: integer({ mode: 'timestamp_ms' }),
    closedAt: integer({ mode: 'timestamp_ms' }),
    organiser: text()
      .notNull()
      .references(() => staff.slackUserId),
    closedBy: text(),
    /** Since when Slack was not reached while it ran, when it was again, and when that was made up for by mail. */
    slackDownAt: integer({ mode: 'timestamp_ms' }),
    slackBackAt: integer({ mode: 'timestamp_ms' }),
    mailedAt: integer({ mode: 'timestamp_ms' }),
    /** Of the form that made it: sent again, it makes nothing. */
    submissionKey: text().notNull().unique('roll_call_submission'),
    version: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    uniqueIndex('roll_call_series').on(table.series, table.number),
    // Two managers start at once: one roll-call comes of it.
    uniqueIndex('roll_call_running').on(table.kind).where(sql`status = 'running'`),
    index('roll_call_status').on(table.status, table.startsAt),
  ],
);

/** Who is asked, and what counts of their answers: of all replies the newest by its own time. */
export const rosterPerson = sqliteTable(
  'roll_call_person',
  {
    rollCallId: text()
      .notNull()
      .references(() => rollCall.id),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    /** Where the person worked when joining the roster. */
    center: text()
      .notNull()
      .references(() => center.code),
    joinedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Left the directory while it ran: neither asked nor counted any more. */
    leftAt: integer({ mode: 'timestamp_ms' }),
    /** Names the row in the person's own link; random. */
    linkId: text().notNull().unique('roll_call_person_link'),
    firstAnsweredAt: integer({ mode: 'timestamp_ms' }),
    answeredAt: integer({ mode: 'timestamp_ms' }),
    safety: text().$type<Safety>(),
    place: text().$type<Whereabouts>(),
    coming: text().$type<Coming>(),
    /** In how many minutes, when `able`. */
    comingMinutes: integer(),
    family: text().$type<Family>(),
    way: text().$type<ReplyWay>(),
    /** Who entered it: the person, or whoever did in her place. */
    answeredBy: text(),
    /** Since when help is asked for; stays, whatever is answered later, until a manager clears it. */
    helpSince: integer({ mode: 'timestamp_ms' }),
    helpClearedAt: integer({ mode: 'timestamp_ms' }),
    helpClearedBy: text(),
    helpReason: text().$type<Sealed>(),
  },
  (table) => [
    primaryKey({ columns: [table.rollCallId, table.person] }),
    index('roll_call_person_center').on(table.rollCallId, table.center),
    index('roll_call_person_person').on(table.person),
  ],
);

/** Every answer, as it came; never changed. */
export const reply = sqliteTable(
  'roll_call_reply',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    rollCallId: text().notNull(),
    person: text().notNull(),
    /** When the person answered: on a phone without network earlier than it came in. */
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    receivedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    safety: text().$type<Safety>().notNull(),
    place: text().$type<Whereabouts>(),
    coming: text().$type<Coming>(),
    comingMinutes: integer(),
    family: text().$type<Family>(),
    way: text().$type<ReplyWay>().notNull(),
    by: text().notNull(),
    /** Of the press or the form: the same again is the same answer. */
    key: text().notNull(),
  },
  (table) => [
    uniqueIndex('roll_call_reply_key').on(table.rollCallId, table.person, table.key),
    index('roll_call_reply_at').on(table.rollCallId, table.at),
  ],
);

/** What somebody was told, once: written in the batch that tells it. */
export const rollCallNotice = sqliteTable(
  'roll_call_notice',
  {
    /** Of a roll-call; or `year/2026`, of what belongs to none. */
    rollCallId: text().notNull(),
    /** Controlled: `chase/5`, `manager`, `core`, `announced`, `mail`, `lessons`. */
    what: text().notNull(),
    /** A Slack id, a center's code or a channel. */
    recipient: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.rollCallId, table.what, table.recipient] })],
);
