/** Three business days before the last day to apply for a course of others, everybody is reminded, once. */
import { and, gte, isNull, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { addBusinessDays, calendarOf } from '../../../../lib/business-time.ts';
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import { japanDate, startOfJapanDay } from '../../../../lib/jst.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import { enqueue } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findCity } from '../../../directory/data.ts';
import { noticeStatements } from '../../storing/rows/mutations.ts';
import { outsideCourse } from '../tables.ts';
import { entriesToAll } from './mutations.ts';
import { outsideText as text } from './text.ts';

const BUSINESS_DAYS_BEFORE = 3;
const HOUR = 9;
const MARK = 'apply-by';
/** Rarely more than one ends on a day; the next minute goes on. */
const REMINDED_A_RUN = 2;

export async function remindOfCourses(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const city = await findCity(db);
  if (!city) return;
  const open = await db
    .select()
    .from(outsideCourse)
    .where(
      and(
        isNull(outsideCourse.withdrawnAt),
        gte(outsideCourse.applyBy, japanDate(now)),
        sql`NOT EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_id = 'course:' || ${outsideCourse.id} AND what = ${MARK})`,
      ),
    );
  if (open.length === 0) return;
  const calendar = calendarOf({
    businessHours: city.businessHours,
    closedDays: v.parse(v.array(v.string()), JSON.parse(city.closedDays)),
  });
  const due = open.filter(({ applyBy, announcedAt }) => {
    const on = addBusinessDays(calendar, applyBy, -BUSINESS_DAYS_BEFORE);
    const at = startOfJapanDay(on).getTime() + HOUR * 60 * 60_000;
    // Who heard of it after that moment needs no reminder.
    return at <= now.getTime() && announcedAt.getTime() < at;
  });
  for (const course of due.slice(0, REMINDED_A_RUN)) await remind(scope, course);
}

async function remind(scope: Scope, course: typeof outsideCourse.$inferSelect): Promise<void> {
  const { db, now } = scope;
  const name = escapeMrkdwn(text.name(course.title, course.provider));
  const message = { text: text.reminder(name, course.applyBy) };
  const entries = await entriesToAll(db, course, message, 'reply');
  try {
    await runBatch(db, [
      ...noticeStatements(db, `course:${course.id}`, [{ what: MARK, recipient: 'all' }], now),
      enqueue(db, entries, now),
    ]);
  } catch (error) {
    // Another run told it at the same time.
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  scope.wakeCourier();
}
