/** What the bot has to say to Slack and where it said it. Payloads hold references and controlled words only. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Everything that is to be posted, written in the batch of the change it tells of.
 * A `card` is posted once for its slot and updated from then on; a `reply` goes into the thread of its slot's card.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: ['card', 'reply', 'direct', 'ephemeral', 'removal'] }).notNull(),
    /** Entries of one lane are delivered in the order of their ids. */
    lane: text().notNull(),
    slot: text(),
    /** A channel, or a person's id for a direct message. */
    channel: text().notNull(),
    /** The reader of an ephemeral message. */
    person: text(),
    /** The case that it is about, so that it can be deleted with the case; null for what is about none or several. */
    about: text(),
    /** JSON `{text, blocks}`. */
    message: text().notNull(),
    state: text({ enum: ['waiting', 'sent', 'superseded', 'dead'] })
      .notNull()
      .default('waiting'),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    dueAt: integer({ mode: 'timestamp_ms' }).notNull(),
    firstTriedAt: integer({ mode: 'timestamp_ms' }),
    attempts: integer().notNull().default(0),
    /** Slack's error word or a word of the courier's own. */
    lastError: text(),
    settledAt: integer({ mode: 'timestamp_ms' }),
    /** When the admins were told that it is dead. */
    reportedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('outbox_due').on(table.dueAt, table.id).where(sql`state = 'waiting'`),
    index('outbox_lane').on(table.lane, table.id).where(sql`state = 'waiting'`),
    index('outbox_unreported')
      .on(table.id)
      .where(
        sql`reported_at IS NULL AND (state = 'dead' OR (state = 'waiting' AND last_error LIKE 'refused:%'))`,
      ),
    index('outbox_settled').on(table.settledAt).where(sql`state <> 'waiting'`),
  ],
);

/** Where the card of a slot stands in Slack. */
export const postedCard = sqliteTable(
  'posted_card',
  {
    slot: text().primaryKey(),
    channel: text().notNull(),
    ts: text().notNull(),
  },
  // Whose thread somebody writes in.
  (table) => [index('posted_card_place').on(table.channel, table.ts)],
);

/** Every message of the bot about a case, where Slack put it: what an erasure has to delete. */
export const postedMessage = sqliteTable(
  'posted_message',
  {
    channel: text().notNull(),
    ts: text().notNull(),
    about: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channel, table.ts] }),
    index('posted_message_about').on(table.about),
  ],
);

/** The one workspace that the bot is installed in, as auth.test told it. */
export const slackWorkspace = sqliteTable('slack_workspace', {
  id: integer().primaryKey(),
  teamId: text().notNull(),
  botUserId: text().notNull(),
});

/** What Slack says of a listed person; asked again when older than an hour. */
export const slackAccount = sqliteTable('slack_account', {
  slackUserId: text().primaryKey(),
  isGuest: integer({ mode: 'boolean' }).notNull(),
  checkedAt: integer({ mode: 'timestamp_ms' }).notNull(),
});
