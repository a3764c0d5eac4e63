/** Reminders of meetings, each once to whom it concerns; and the end of those that are over. A cron that runs late or twice tells nobody twice. */
import { and, asc, eq, gt, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { BusinessCalendar } from '../../../lib/business-time.ts';
import type { Database } from '../../../lib/db.ts';
import { addDays, formatDate, japanDate } from '../../../lib/jst.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { cityTimeOf } from '../../consultation/data.ts';
import { findCity } from '../../directory/data.ts';
import { factLines } from '../cards/blocks.ts';
import type { LoadedMeeting } from '../data.ts';
import { changeMeetingByJob, type MeetingChange } from '../storing/mutations.ts';
import { meeting, notice, seat } from '../tables.ts';
import { meetingText } from '../text.ts';
import { listContacts, listNotices } from './data.ts';
import { tell } from './notices.ts';
import { dueReminders, REMINDER_MARKS, type Reminder, remindersOf } from './reminders.ts';
import { type Recipient, recipientsOf, seatsTaken } from './rules.ts';
import { attendanceText as text } from './text.ts';

/** A meeting is some twenty queries; with what else runs in a minute they stay near the 50 of the free plan. The next minute goes on. */
const MEETINGS_A_RUN = 1;
/** The longest closure around a new year leaves a business day within them. */
const LOOK_AHEAD_DAYS = 14;
/** Of the notice that a reminder was given to all whom it concerned; no recipient is called so. */
const EVERYBODY = '*';

interface Candidate {
  id: string;
  startsAt: Date;
  answerBy: string | null;
}

/** Gives the reminders that are due. */
export async function remindOfMeetings(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const candidates = await listCandidates(db, now);
  if (candidates.length === 0) return;
  const city = await findCity(db);
  if (!city) return;
  const calendar = cityTimeOf(city).calendar;
  const due = candidates.flatMap((each) =>
    dueReminders(remindersOf(each, calendar), now).map((reminder) => ({ id: each.id, reminder })),
  );
  const given = await listGiven(
    db,
    due.map(({ id }) => id),
  );
  const open = due.filter(({ id, reminder }) => !given.has(`${id} ${reminder.mark}`));
  for (const id of [...new Set(open.map((each) => each.id))].slice(0, MEETINGS_A_RUN))
    await changeMeetingByJob(scope, { id, action: 'meeting.remind', job: 'remind-of-meetings' }, (loaded) =>
      remind(scope, loaded, calendar, city.name),
    );
}

async function listCandidates(db: Database, now: Date): Promise<Candidate[]> {
  const today = japanDate(now);
  const soon = addDays(today, LOOK_AHEAD_DAYS);
  const rows = await db
    .select({ id: meeting.id, startsAt: meeting.startsAt, answerBy: meeting.answerBy })
    .from(meeting)
    .where(
      and(
        eq(meeting.status, 'fixed'),
        gt(meeting.startsAt, now),
        or(
          lt(meeting.startsAt, new Date(now.getTime() + LOOK_AHEAD_DAYS * 86_400_000)),
          and(gte(meeting.answerBy, today), lte(meeting.answerBy, soon)),
        ),
      ),
    )
    .orderBy(asc(meeting.startsAt));
  return rows.flatMap(({ startsAt, ...row }) => (startsAt === null ? [] : [{ ...row, startsAt }]));
}

/** `<meeting> <mark>` of the reminders that everybody got. */
async function listGiven(db: Database, meetings: readonly string[]): Promise<ReadonlySet<string>> {
  if (meetings.length === 0) return new Set();
  const wanted = JSON.stringify([...new Set(meetings)]);
  const rows = await db
    .select({ id: notice.meetingId, what: notice.what })
    .from(notice)
    .where(
      and(
        eq(notice.recipient, EVERYBODY),
        sql`${notice.meetingId} IN (SELECT value FROM json_each(${wanted}))`,
      ),
    );
  return new Set(rows.map(({ id, what }) => `${id} ${what}`));
}

async function remind(
  { db, now }: Scope,
  loaded: LoadedMeeting,
  calendar: BusinessCalendar,
  cityName: string,
): Promise<MeetingChange | undefined> {
  const { startsAt, answerBy, status, id } = loaded.meeting;
  if (status !== 'fixed' || startsAt === null) return undefined;
  const notices = await listNotices(db, id);
  const isGiven = (mark: string) =>
    notices.some((each) => each.what === mark && each.recipient === EVERYBODY);
  const due = dueReminders(remindersOf({ startsAt, answerBy }, calendar), now);
  const open = due.filter(({ mark }) => !isGiven(mark));
  if (open.length === 0) return undefined;
  const contacts = await listContacts(
    db,
    loaded.seats.flatMap(({ center }) => (center === null ? [] : [center])),
  );
  // Given late, several may be due at once: each person hears of the last of hers.
  const last = new Map<string, { reminder: Reminder; recipient: Recipient }>();
  for (const reminder of open)
    for (const recipient of recipientsAt(reminder, loaded, contacts))
      last.set(recipient.recipient, { reminder, recipient });
  const isNews = ({ what }: { what: string }) => !REMINDER_MARKS.some((mark) => what.startsWith(mark));
  // Who heard of the meeting only after the reminder's time knows it still.
  const knows = (person: string, reminder: Reminder) =>
    notices.some(
      (each) =>
        each.recipient === person &&
        (each.what === reminder.mark || (isNews(each) && each.at >= reminder.at)),
    );
  // A deputy's answer is the business of the seat that she comes for: buttons would refuse her.
  const isDeputy = ({ recipient }: Recipient) =>
    loaded.seats.some(({ deputy }) => deputy === recipient) &&
    !loaded.seats.some(({ person }) => person === recipient);
  const tellings = open.flatMap((reminder) => {
    const recipients = [...last.values()]
      .filter((each) => each.reminder === reminder && !knows(each.recipient.recipient, reminder))
      .map(({ recipient }) => recipient);
    const said = { ...words(loaded, reminder, cityName), cityName };
    return [
      tell(
        loaded,
        recipients.filter((each) => !isDeputy(each)),
        said,
      ),
      tell({ ...loaded, buttons: [] }, recipients.filter(isDeputy), said),
    ];
  });
  return {
    detail: { reminder: open.map(({ mark }) => mark).join(' ') },
    told: [
      ...open.map(({ mark }) => ({ what: mark, recipient: EVERYBODY })),
      ...tellings.flatMap(({ told }) => told),
    ],
    entries: tellings.flatMap(({ entries }) => entries),
    mails: tellings.flatMap(({ mails }) => mails),
  };
}

/** Those who were silent; those who come, but guests an hour before, who are on their way. */
function recipientsAt(
  { stage }: Reminder,
  { seats }: LoadedMeeting,
  contacts: ReadonlyMap<string, readonly string[]>,
): Recipient[] {
  // Guests answer outside of kikan: nobody asks them twice.
  if (stage === 'answer')
    return recipientsOf(
      seats.filter(({ answer }) => answer === null),
      contacts,
    ).filter(({ by }) => by === 'slack');
  const coming = recipientsOf(seatsTaken(seats), contacts);
  return stage === 'day-before' ? coming : coming.filter(({ by }) => by === 'slack');
}

function words({ meeting: of, kind, host }: LoadedMeeting, { stage, mark }: Reminder, cityName: string) {
  const name = meetingText.name(of.reference, kind.name, of.title);
  const day = of.startsAt === null ? '' : formatDate(japanDate(of.startsAt));
  const isAsking = stage === 'answer' && of.answerBy !== null;
  return {
    mark,
    lines: [
      text.remind[stage](escapeMrkdwn(name), day),
      ...factLines({ meeting: of, kind, host }),
      ...(isAsking && of.answerBy !== null ? [text.answerBy(formatDate(of.answerBy))] : []),
    ],
    subject: text.mailReminder(cityName, name),
  };
}

/** Meetings that are over become held, their seats present as they had answered. */
export async function endMeetings(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const over = await db
    .select({ id: meeting.id })
    .from(meeting)
    .where(and(eq(meeting.status, 'fixed'), lte(meeting.endsAt, now)))
    .orderBy(asc(meeting.endsAt))
    .limit(MEETINGS_A_RUN);
  for (const { id } of over)
    await changeMeetingByJob(scope, { id, action: 'meeting.end', job: 'end-meetings' }, async (loaded) => {
      const { status, endsAt } = loaded.meeting;
      if (status !== 'fixed' || endsAt === null || endsAt > now) return undefined;
      return {
        set: { status: 'held' },
        after: {
          seats: loaded.seats.map((each) => ({ ...each, presence: each.presence ?? each.answer })),
        },
        statements: [
          db
            .update(seat)
            .set({ presence: sql`coalesce(${seat.presence}, ${seat.answer})` })
            .where(and(eq(seat.meetingId, id), sql`${seat.removedAt} IS NULL`)),
        ],
      };
    });
}
