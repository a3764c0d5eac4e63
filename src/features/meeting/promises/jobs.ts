/** Whoever promised something is reminded: three business days before, and on the day, at nine. Once each, however often this runs. */
import { and, asc, gte, isNull, lte, sql } from 'drizzle-orm';
import type { BusinessCalendar } from '../../../lib/business-time.ts';
import { addDays, formatDate, japanDate } from '../../../lib/jst.ts';
import { linkMessage } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { findCity } from '../../directory/data.ts';
import { staff } from '../../directory/tables.ts';
import { listContacts } from '../attendance/data.ts';
import type { LoadedMeeting } from '../data.ts';
import { promise } from '../minutes/tables.ts';
import { cityCalendar } from '../planning/data.ts';
import { changeMeetingByJob, type MeetingChange } from '../storing/mutations.ts';
import { meetingText } from '../text.ts';
import { findPromise, type ListedPromise } from './data.ts';
import { PROMISES_PATH } from './paths.ts';
import { markOf, stageDue } from './rules.ts';
import { promisesText as text } from './text.ts';

/** Three business days before a day, over the longest closure, is within them. */
const LOOK_AHEAD_DAYS = 21;
/** Some queries each: with what else runs in a minute it stays within the 50 of the free plan. */
const REMINDED_A_RUN = 3;
const LOOKED_AT = 500;

export async function remindOfPromises(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const today = japanDate(now);
  const isTold = (stage: 'soon' | 'due') =>
    sql<number>`EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_id = ${promise.meetingId}
      AND what = ${`promise-${stage}/`} || ${promise.id} || '/' || ${promise.dueOn})`;
  const open = await db
    .select({
      id: promise.id,
      meetingId: promise.meetingId,
      dueOn: promise.dueOn,
      createdAt: promise.createdAt,
      soon: isTold('soon'),
      due: isTold('due'),
    })
    .from(promise)
    .where(
      and(
        isNull(promise.settledAt),
        gte(promise.dueOn, today),
        lte(promise.dueOn, addDays(today, LOOK_AHEAD_DAYS)),
      ),
    )
    .orderBy(asc(promise.dueOn), asc(promise.id))
    .limit(LOOKED_AT);
  if (open.length === 0) return;
  const city = await findCity(db);
  if (!city) return;
  const calendar = cityCalendar(city);
  const due = open.filter(({ dueOn, createdAt, ...told }) => {
    const stage = dueOn === null ? undefined : stageDue({ dueOn, createdAt }, calendar, now);
    return stage !== undefined && told[stage] === 0;
  });
  for (const each of due.slice(0, REMINDED_A_RUN))
    await changeMeetingByJob(
      scope,
      { id: each.meetingId, action: 'meeting.remind_promise', job: 'remind-of-promises' },
      (loaded) => remind(scope, loaded, each.id, calendar),
    );
}

async function remind(
  scope: Scope,
  { meeting, kind }: LoadedMeeting,
  id: string,
  calendar: BusinessCalendar,
): Promise<MeetingChange | undefined> {
  const { db, now } = scope;
  const found = await findPromise(db, id);
  if (!found || found.dueOn === null || found.outcome !== null) return undefined;
  const { dueOn, createdAt } = found;
  const stage = stageDue({ dueOn, createdAt }, calendar, now);
  if (!stage) return undefined;
  const what = markOf(stage, { id, dueOn });
  const [told] = await db.all(
    sql`SELECT 1 FROM meeting_notice WHERE meeting_id = ${meeting.id} AND what = ${what} LIMIT 1`,
  );
  if (told !== undefined) return undefined;
  const people = await keepersOf(scope, found);
  const name = escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
  const message = linkMessage(scope, PROMISES_PATH, text.remind[stage](name, formatDate(dueOn)));
  // Where there is nobody to tell, that it was looked into is noted all the same.
  const recipients = people.length === 0 ? ['nobody'] : people;
  return {
    detail: { promise: id, stage },
    told: recipients.map((recipient) => ({ what, recipient })),
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}

/** The person; whoever answers for her center when she has left, or when a center promised. */
async function keepersOf({ db }: Scope, { person, personCenter, center }: ListedPromise): Promise<string[]> {
  if (person !== null) {
    const [there] = await db
      .select({ id: staff.slackUserId })
      .from(staff)
      .where(and(sql`${staff.slackUserId} = ${person}`, isNull(staff.removedAt)));
    if (there) return [there.id];
  }
  const code = center ?? personCenter;
  if (code === null) return [];
  return [...((await listContacts(db, [code])).get(code) ?? [])];
}
