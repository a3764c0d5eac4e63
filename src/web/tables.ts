/** Who is signed in on the pages, and who is about to. What a browser holds is stored as a hash only. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const webSession = sqliteTable(
  'web_session',
  {
    /** SHA-256 of the cookie's value: whoever reads the database cannot act as anybody. */
    id: text().primaryKey(),
    slackUserId: text().notNull(),
    /** Stands in every form of the session; another site cannot know it. */
    formToken: text().notNull(),
    startedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    seenAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('web_session_person').on(table.slackUserId),
    index('web_session_started').on(table.startedAt),
  ],
);

/** One try to sign in, between leaving for Slack and coming back. */
export const signInAttempt = sqliteTable(
  'sign_in_attempt',
  {
    /** SHA-256 of OpenID's `state`. */
    id: text().primaryKey(),
    /** SHA-256 of the cookie of the browser that began: nobody else's browser may end it. */
    browser: text().notNull(),
    nonce: text().notNull(),
    /** PKCE (RFC 7636): worth nothing without the code that Slack gives to that browser. */
    verifier: text().notNull(),
    /** The page that was asked for; a path of ours. */
    returnTo: text().notNull(),
    /** Keyed hash of the network address, to count tries. */
    address: text().notNull(),
    startedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    usedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('sign_in_attempt_address').on(table.address, table.startedAt),
    index('sign_in_attempt_started').on(table.startedAt),
  ],
);

/** Keys for machines that ask kikan something: what they hold is stored as a hash only. */
export const apiToken = sqliteTable('api_token', {
  id: text().primaryKey(),
  /** What it was made for, in words of whoever made it. */
  name: text().notNull(),
  /** What it opens: `faq:read`. */
  scope: text().notNull(),
  /** SHA-256 of the token. */
  hash: text().notNull().unique('api_token_hash'),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  /** The day of Japan on which it was last used. */
  usedOn: text(),
  revokedAt: integer({ mode: 'timestamp_ms' }),
});
