/** 活動: dated records of what was done, or is to be done, in a case. They are no states. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';
import type { ActivityKind, ActivityState, Body } from '../words.ts';

export const activity = sqliteTable(
  'activity',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    kind: text().$type<ActivityKind>().notNull(),
    state: text().$type<ActivityState>().notNull(),
    /** The day that it was held on or is planned for. */
    heldOn: text().notNull(),
    /** `14:30`, where a time was given. */
    startsAtTime: text(),
    /** Slack ids of the staff who took part. */
    people: text({ mode: 'json' }).$type<string[]>().notNull(),
    bodies: text({ mode: 'json' }).$type<Body[]>().notNull(),
    summary: text().$type<Sealed>(),
    author: text().notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('activity_consultation').on(table.consultationId, table.heldOn),
    sealedOnly(table.summary),
  ],
);
