/** The centers are reminded once that the agenda closes: at nine on the business day before. */
import { and, asc, gte, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { addBusinessDays } from '../../../lib/business-time.ts';
import { addDays, formatDate, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import { button, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { findCity } from '../../directory/data.ts';
import { ACTIONS } from '../actions.ts';
import { listContacts } from '../attendance/data.ts';
import { invitedCenters, type LoadedMeeting } from '../data.ts';
import { cityCalendar } from '../planning/data.ts';
import { isAhead } from '../rules.ts';
import { changeMeetingByJob, type MeetingChange } from '../storing/mutations.ts';
import { meeting } from '../tables.ts';
import { meetingText } from '../text.ts';
import { AGENDA_ACTIONS } from './blocks.ts';
import { agendaText as text } from './text.ts';

const NINE_MS = 9 * 60 * 60_000;
/** The longest closure around a new year leaves a business day within them. */
const LOOK_AHEAD_DAYS = 14;
const REMINDED_A_RUN = 3;

/** Run twice or late, it tells nobody twice; once the last day is over, nobody at all. */
export async function remindOfAgendas(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const today = japanDate(now);
  const candidates = await db
    .select({ id: meeting.id, agendaBy: meeting.agendaBy, createdAt: meeting.createdAt })
    .from(meeting)
    .where(
      and(
        isNotNull(meeting.agendaBy),
        gte(meeting.agendaBy, today),
        lte(meeting.agendaBy, addDays(today, LOOK_AHEAD_DAYS)),
        inArray(meeting.status, ['polling', 'fixed']),
        sql`NOT EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_id = ${meeting.id} AND what = 'agenda/' || ${meeting.agendaBy})`,
      ),
    )
    .orderBy(asc(meeting.agendaBy), asc(meeting.id));
  if (candidates.length === 0) return;
  const city = await findCity(db);
  if (!city) return;
  const calendar = cityCalendar(city);
  const isDue = (agendaBy: JapanDate, createdAt: Date) => {
    const at = startOfJapanDay(addBusinessDays(calendar, agendaBy, -1)).getTime() + NINE_MS;
    return createdAt.getTime() < at && at <= now.getTime();
  };
  const due = candidates.filter(({ agendaBy, createdAt }) => agendaBy !== null && isDue(agendaBy, createdAt));
  for (const { id } of due.slice(0, REMINDED_A_RUN))
    await changeMeetingByJob(scope, { id, action: 'meeting.remind_agenda', job: 'remind-of-agendas' }, (of) =>
      remind(scope, of),
    );
}

async function remind({ db, now }: Scope, loaded: LoadedMeeting): Promise<MeetingChange | undefined> {
  const { agendaBy, hostCenter, status, id } = loaded.meeting;
  if (agendaBy === null || !isAhead(status) || agendaBy < japanDate(now)) return undefined;
  const what = `agenda/${agendaBy}`;
  const [told] = await db.all(
    sql`SELECT 1 FROM meeting_notice WHERE meeting_id = ${id} AND what = ${what} LIMIT 1`,
  );
  if (told !== undefined) return undefined;
  const codes = invitedCenters(loaded.seats).map(({ code }) => code);
  const contacts = await listContacts(
    db,
    codes.filter((code) => code !== hostCenter),
  );
  const people = [...new Set([...contacts.values()].flat())];
  // Where there is nobody to tell, that it was looked into is noted all the same.
  const recipients = people.length === 0 ? ['nobody'] : people;
  const message = reminderMessage(loaded, agendaBy);
  return {
    told: recipients.map((recipient) => ({ what, recipient })),
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}

function reminderMessage({ meeting: of, kind }: LoadedMeeting, agendaBy: JapanDate): Message {
  const name = meetingText.name(of.reference, kind.name, of.title);
  const sentence = text.remind(escapeMrkdwn(name), formatDate(agendaBy));
  return {
    text: name,
    blocks: [
      markdownSection(sentence),
      {
        type: 'actions',
        elements: [
          button(AGENDA_ACTIONS.propose, text.propose, of.id, 'primary'),
          button(ACTIONS.open.actionId, ACTIONS.open.label, of.id),
        ],
      },
    ],
  };
}
