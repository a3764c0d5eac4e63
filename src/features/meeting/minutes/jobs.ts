/** When a meeting is over, whoever arranged it is asked once for the minutes. */
import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { linkMessage } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import type { LoadedMeeting } from '../data.ts';
import { listDeciders } from '../poll/data.ts';
import { changeMeetingByJob, type MeetingChange } from '../storing/mutations.ts';
import { meeting } from '../tables.ts';
import { meetingText } from '../text.ts';
import { minutesPath } from './paths.ts';
import { minutesText as text } from './text.ts';

const MARK = 'write-minutes';
/** Later than this, whoever has not written them knows. */
const ASKED_WITHIN_MS = 3 * 24 * 60 * 60_000;
const ASKED_A_RUN = 3;

export async function askForMinutes(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const over = await db
    .select({ id: meeting.id })
    .from(meeting)
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(
      and(
        inArray(meeting.status, ['fixed', 'held']),
        lte(meeting.endsAt, now),
        gt(meeting.endsAt, new Date(now.getTime() - ASKED_WITHIN_MS)),
        eq(meetingKind.isTraining, false),
        sql`NOT EXISTS (SELECT 1 FROM meeting_minutes WHERE meeting_id = ${meeting.id})`,
        sql`NOT EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_id = ${meeting.id} AND what = ${MARK})`,
      ),
    )
    .orderBy(asc(meeting.endsAt))
    .limit(ASKED_A_RUN);
  for (const { id } of over)
    await changeMeetingByJob(scope, { id, action: 'meeting.ask_minutes', job: 'ask-for-minutes' }, (loaded) =>
      ask(scope, loaded),
    );
}

/** The organiser; when she does not work for the host any more, whoever answers for it. */
async function ask(scope: Scope, loaded: LoadedMeeting): Promise<MeetingChange | undefined> {
  const { db } = scope;
  const { meeting: of, kind, minutes } = loaded;
  const [told] = await db.all(
    sql`SELECT 1 FROM meeting_notice WHERE meeting_id = ${of.id} AND what = ${MARK} LIMIT 1`,
  );
  if (told !== undefined || minutes !== null) return undefined;
  const people = await listDeciders(db, loaded);
  const name = escapeMrkdwn(meetingText.name(of.reference, kind.name, of.title));
  const message = linkMessage(scope, minutesPath(of.reference), text.toWriteNotice(name));
  const recipients = people.length === 0 ? ['nobody'] : people;
  return {
    told: recipients.map((recipient) => ({ what: MARK, recipient })),
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}
