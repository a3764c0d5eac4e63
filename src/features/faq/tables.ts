/**
 * FAQ: entries as everybody finds them, all their versions, what was asked, and what people said of the answers. What a second person
 * has approved stands in `faq_entry` in the clear, since it is searched and shown to everybody; all else that was typed is sealed.
 */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../vault/key-ring.ts';
import { staff } from '../directory/tables.ts';
import type { AskWay, EntryState, OpenQuestionState, RevisionState, Source, Visibility } from './words.ts';

export const faqEntry = sqliteTable(
  'faq_entry',
  {
    id: text().primaryKey(),
    /** What people call it by: `FAQ-0012`; never reused. */
    number: integer().notNull().unique('faq_entry_number'),
    /** The name that another system has for it. */
    externalId: text().unique('faq_entry_external_id'),
    status: text().$type<EntryState>().notNull(),
    /** The approved text; null while there is none, and again after it was withdrawn. */
    question: text(),
    /** JSON list: other ways to ask it. */
    aliases: text(),
    answer: text(),
    /** JSON list. */
    topics: text(),
    /** JSON list of `{label, url}`: forms, manuals. */
    links: text(),
    visibility: text().$type<Visibility>().notNull(),
    /** Who looks after it: hears when it must be reviewed. */
    owner: text().references(() => staff.slackUserId),
    /** When somebody last said that it still holds: a date of Japan. */
    reviewedOn: text(),
    reviewDueOn: text(),
    /** The version that is found. */
    publishedRevision: integer(),
    publishedAt: integer({ mode: 'timestamp_ms' }),
    /** Where it leads since it was merged. */
    mergedInto: text(),
    /** Of the form that made it: sent again, it makes nothing. */
    submissionKey: text().notNull().unique('faq_entry_submission'),
    version: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('faq_entry_status').on(table.status, table.updatedAt),
    index('faq_entry_review').on(table.status, table.reviewDueOn),
  ],
);

export const faqRevision = sqliteTable(
  'faq_revision',
  {
    entryId: text()
      .notNull()
      .references(() => faqEntry.id),
    number: integer().notNull(),
    state: text().$type<RevisionState>().notNull(),
    /** JSON `{question, aliases, answer, topics, links}`; null when its text was erased. */
    content: text().$type<Sealed>(),
    visibility: text().$type<Visibility>().notNull(),
    source: text().$type<Source>().notNull(),
    /** The closed case that it was drawn from. */
    consultationId: text(),
    /** The question that it answers. */
    openQuestionId: text(),
    /** JSON list of Slack ids: who had a hand in it, and may therefore not approve it. */
    editors: text().notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    proposedAt: integer({ mode: 'timestamp_ms' }),
    proposedBy: text(),
    /** Who approved it, or sent it back, and when. */
    decidedBy: text(),
    decidedAt: integer({ mode: 'timestamp_ms' }),
    /** Why it was sent back. */
    note: text().$type<Sealed>(),
    erasedAt: integer({ mode: 'timestamp_ms' }),
    erasedBy: text(),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.number] }),
    // Two who begin to change the same entry work on one version.
    uniqueIndex('faq_revision_open').on(table.entryId).where(sql`state IN ('draft', 'proposed')`),
    index('faq_revision_state').on(table.state, table.updatedAt),
    index('faq_revision_case').on(table.consultationId),
  ],
);

/** What somebody asked; the text with what looks like personal data covered, and empty of what was written in a consultation. */
export const faqAsk = sqliteTable(
  'faq_ask',
  {
    id: text().primaryKey(),
    askedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    center: text().notNull(),
    way: text().$type<AskWay>().notNull(),
    text: text().$type<Sealed>().notNull(),
    /** As it was typed, for the asker alone, to be carried over into a consultation; gone after a day. */
    typed: text().$type<Sealed>(),
    /** Keyed hash of person and text: asked again within the hour it is the same. */
    sameness: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** JSON list of entry ids: what was shown, best first. */
    shown: text().notNull(),
    /** When the whole text of an answer was first read. */
    readAt: integer({ mode: 'timestamp_ms' }),
    /** When the asker said that nothing helped, or that the core center should answer. */
    unansweredAt: integer({ mode: 'timestamp_ms' }),
    openQuestionId: text(),
  },
  (table) => [
    index('faq_ask_at').on(table.at),
    index('faq_ask_person').on(table.askedBy, table.at),
    index('faq_ask_same').on(table.sameness, table.at),
    index('faq_ask_question').on(table.openQuestionId),
    index('faq_ask_typed').on(table.at).where(sql`typed IS NOT NULL`),
    index('faq_ask_ungrouped')
      .on(table.unansweredAt)
      .where(sql`unanswered_at IS NOT NULL AND open_question_id IS NULL`),
  ],
);

/** Which answer was read whole from what was asked. */
export const faqReading = sqliteTable(
  'faq_reading',
  {
    askId: text()
      .notNull()
      .references(() => faqAsk.id),
    entryId: text()
      .notNull()
      .references(() => faqEntry.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.askId, table.entryId] }),
    index('faq_reading_entry').on(table.entryId),
  ],
);

/** 役に立った or 立たなかった: one a person and entry, which may change. */
export const faqVote = sqliteTable(
  'faq_vote',
  {
    entryId: text()
      .notNull()
      .references(() => faqEntry.id),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    isHelpful: integer({ mode: 'boolean' }).notNull(),
    /** What had been asked; its words are learnt. */
    askId: text(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.person] }), index('faq_vote_at').on(table.at)],
);

/** What nobody could answer: of those who asked alike, one. */
export const faqOpenQuestion = sqliteTable(
  'faq_open_question',
  {
    id: text().primaryKey(),
    number: integer().notNull().unique('faq_open_question_number'),
    /** As the first of them asked, covered; the core center may put it in better words. */
    text: text().$type<Sealed>().notNull(),
    state: text().$type<OpenQuestionState>().notNull(),
    owner: text().references(() => staff.slackUserId),
    dueOn: text(),
    /** The entry that answers it. */
    entryId: text().references(() => faqEntry.id),
    /** Why it was set aside. */
    reason: text().$type<Sealed>(),
    version: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    settledAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('faq_open_question_state').on(table.state, table.dueOn)],
);

/** Two entries that look alike and are not. */
export const faqDistinctPair = sqliteTable(
  'faq_distinct_pair',
  {
    /** The smaller id of the two. */
    one: text().notNull(),
    other: text().notNull(),
    notedBy: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.one, table.other] })],
);

/** Words that mean the same to whoever asks. */
export const faqSynonymGroup = sqliteTable('faq_synonym_group', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** JSON list, the formal word first. */
  words: text().notNull(),
  version: integer().notNull().default(1),
  /** Null for those that every city begins with. */
  updatedBy: text(),
  updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
});

/** What the index has yet to follow, written in the batch of the change. */
export const faqIndexTask = sqliteTable('faq_index_task', {
  /** An entry's id; `synonyms`; `all` for an index from nothing. */
  what: text().primaryKey(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
});

/** What somebody was told, once: written in the batch that tells it. */
export const faqNotice = sqliteTable(
  'faq_notice',
  {
    /** An entry's or an open question's id. */
    about: text().notNull(),
    /** Controlled: `review/2026-10-01`, `due`, `answered`. */
    what: text().notNull(),
    recipient: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.about, table.what, table.recipient] })],
);
