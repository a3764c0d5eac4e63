/** The line of a training: what takes somebody off it, who then moves up, and the seats that they get. All of it for the batch of one change. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { ACTIONS } from '../../actions.ts';
import { factLines } from '../../cards/blocks.ts';
import type { LoadedMeeting } from '../../data.ts';
import type { MeetingChange } from '../../storing/mutations.ts';
import { seatStatements } from '../../storing/rows/mutations.ts';
import { seat } from '../../tables.ts';
import { meetingText } from '../../text.ts';
import type { Application } from '../data.ts';
import { movingUp } from '../rules.ts';
import { trainingApplication } from '../tables.ts';
import { trainingText as text } from '../text.ts';

/** What takes somebody off the list, with those who move up in her place. */
export function withdrawalOf(
  { db, now }: Scope,
  loaded: LoadedMeeting,
  applications: readonly Application[],
  own: Application,
): MeetingChange {
  const { id } = loaded.meeting;
  const left = applications.filter((each) => each !== own);
  const change = movingUpOf({ db, now }, loaded, left, loaded.training?.seats ?? null);
  return {
    ...change,
    detail: { ...change.detail, person: own.person },
    // From now on she hears of it no more (changing/data.ts).
    told: [...(change.told ?? []), { what: `removed/${loaded.head.seq + 1}`, recipient: own.person }],
    statements: [
      db
        .update(trainingApplication)
        .set({ state: 'withdrawn', attendedMinutes: null })
        .where(and(eq(trainingApplication.meetingId, id), eq(trainingApplication.person, own.person))),
      db
        .update(seat)
        .set({
          removedAt: now,
          answer: null,
          deputy: null,
          deputyName: null,
          answeredBy: null,
          answeredAt: null,
        })
        .where(and(eq(seat.meetingId, id), eq(seat.seat, `person:${own.person}`))),
      ...(change.statements ?? []),
    ],
  };
}

/** Gives free seats to those who wait, and tells them. @param applications of those who stay */
export function movingUpOf(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  loaded: LoadedMeeting,
  applications: readonly Application[],
  seats: number | null,
): MeetingChange {
  const { training: of, meeting, head } = loaded;
  if (!of) return {};
  const up = movingUp(applications.filter(isThere), seats);
  const accepted = applications.filter(({ state }) => state === 'accepted').length + up.length;
  return {
    detail: { movedUp: up.map(({ person }) => person).join(' ') },
    after: { training: { ...of, seats, accepted, waiting: applications.length - accepted } },
    statements: up.length === 0 ? [] : [acceptance(db, meeting.id, up), ...seating(db, meeting.id, up, now)],
    // Somebody may move up twice, when she applied anew: the change that it came with tells the two apart.
    told: up.map(({ person }) => ({ what: `moved-up/${head.seq + 1}`, recipient: person })),
    entries: up.map(({ person }) => directTo(loaded, person, text.told.movedUp(nameOf(loaded)))),
  };
}

/** Whoever has left takes no seat; those who have one keep it until it is taken from them. */
export function isThere({ state, isThere: there }: Application): boolean {
  return there || state === 'accepted';
}

function acceptance(db: Database, id: string, people: readonly { person: string }[]): Statement {
  return db
    .update(trainingApplication)
    .set({ state: 'accepted' })
    .where(
      and(eq(trainingApplication.meetingId, id), sql`${trainingApplication.person} IN ${listOf(people)}`),
    );
}

/** Seats of people who said that they come: reminders, lists and calendars know them. */
export function seating(
  db: Database,
  id: string,
  people: readonly { person: string; center: string }[],
  now: Date,
): Statement[] {
  const seats = people.map(({ person, center }) => ({
    seat: `person:${person}`,
    by: 'person' as const,
    isByHand: true as const,
    person,
    center,
  }));
  return [
    ...seatStatements(db, id, seats, now),
    db
      .update(seat)
      .set({ answer: 'attending', answeredBy: sql`${seat.person}`, answeredAt: now })
      .where(and(eq(seat.meetingId, id), sql`${seat.person} IN ${listOf(people)}`)),
  ];
}

function listOf(people: readonly { person: string }[]) {
  return sql`(SELECT value FROM json_each(${JSON.stringify(people.map(({ person }) => person))}))`;
}

/** What messages call the meeting, as mrkdwn. */
export function nameOf({ meeting, kind }: LoadedMeeting): string {
  return escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
}

/** A direct message with the facts of the meeting and the way to it. */
export function directTo(loaded: LoadedMeeting, person: string, sentence: string): OutboxEntry {
  const { id } = loaded.meeting;
  return {
    kind: 'direct',
    person,
    message: {
      text: sentence,
      blocks: [
        markdownSection([sentence, ...factLines(loaded)].join('\n')),
        {
          type: 'actions',
          elements: [
            button(ACTIONS.open.actionId, ACTIONS.open.label, id),
            button(ACTIONS.apply.actionId, text.buttons.apply, id),
          ],
        },
      ],
    },
  };
}
