/**
 * Seats follow the directory. Each change of the city is followed once: the seats of meetings to come, a portion a run, then one digest to
 * each person who got or lost seats by it. Interrupted, the next run goes on where this one ended.
 */
import { and, eq, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../../lib/db.ts';
import { enqueueMail, type MailEntry } from '../../../../mail/outbox.ts';
import { markdownSection } from '../../../../slack/block-kit.ts';
import { linkButton } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import { enqueue, type OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findCity } from '../../../directory/data.ts';
import { listContacts, listNotices } from '../../attendance/data.ts';
import { recipientsOf } from '../../attendance/rules.ts';
import type { InvitedSeat, LoadedMeeting } from '../../data.ts';
import { MEETINGS_PATH } from '../../paths.ts';
import { changeMeetingByJob, type MeetingChange } from '../../storing/mutations.ts';
import { blankSeat } from '../../storing/rows/mutations.ts';
import { notice, seat, seatedDirectory } from '../../tables.ts';
import { formatSpan, meetingText } from '../../text.ts';
import { listWorking } from '../data.ts';
import { addSeats, removeSeats } from '../inviting/mutations.ts';
import {
  latestUnseated,
  listUnseated,
  listUntold,
  readDirectory,
  SEATING,
  toldMark,
  type Unseated,
  type Untold,
} from './data.ts';
import { type Directory, type Reseating, reseat } from './rules.ts';
import { seatingText as text } from './text.ts';

/** A meeting is some twenty queries; with what else runs in a minute they stay near the 50 of the free plan. */
const MEETINGS_A_RUN = 2;
/** Longer lists are read on the page. */
const MAX_LINES = 30;

export async function followDirectory(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const head = await latestUnseated(db);
  if (!head) return;
  const directory = await readDirectory(db);
  const unseated = await listUnseated(db, directory, head.at, now);
  for (const of of unseated.slice(0, MEETINGS_A_RUN))
    await changeMeetingByJob(
      scope,
      { id: of.id, action: 'meeting.reseat', job: 'follow-directory' },
      (loaded) => followIn(scope, loaded, of, directory, head.seq),
    );
  if (unseated.length <= MEETINGS_A_RUN) await tellSeated(scope, head.seq);
}

async function followIn(
  scope: Scope,
  loaded: LoadedMeeting,
  { rules, takenOff }: Unseated,
  directory: Directory,
  citySeq: number,
): Promise<MeetingChange | undefined> {
  const change = reseat(rules, loaded.seats, takenOff, directory);
  if (!change) return undefined;
  const { id } = loaded.meeting;
  const { added, removed, moved, emptied } = change;
  return {
    detail: { added: added.length, removed: removed.length, moved: moved.length, emptied: emptied.length },
    after: { seats: seatsAfter(loaded.seats, change, scope.now) },
    statements: [
      ...removeSeats(scope, id, removed),
      ...moveSeats(scope, id, moved),
      ...emptySeats(scope, id, emptied),
      ...addSeats(scope, id, added),
    ],
    told: await pendingNotices(scope, loaded, change, citySeq),
  };
}

function seatsAfter(
  seats: readonly InvitedSeat[],
  { added, removed, moved, emptied }: Reseating,
  now: Date,
): InvitedSeat[] {
  const emptyAnswer = { answer: null, deputy: null, deputyName: null, answeredBy: null, answeredAt: null };
  const standing = seats
    .filter((each) => !removed.includes(each.seat))
    .map((each) => ({
      ...each,
      ...(emptied.includes(each.seat) ? emptyAnswer : {}),
      center: moved.find((to) => to.seat === each.seat)?.center ?? each.center,
    }));
  return [...standing, ...added.map((each): InvitedSeat => ({ ...blankSeat(each), invitedAt: now }))];
}

function moveSeats({ db }: Scope, meetingId: string, moved: Reseating['moved']): Statement[] {
  if (moved.length === 0) return [];
  const rows = JSON.stringify(moved);
  const center = sql`(SELECT value->>'center' FROM json_each(${rows}) WHERE value->>'seat' = ${seat.seat})`;
  return [
    db
      .update(seat)
      .set({ center: sql`${center}` })
      .where(and(eq(seat.meetingId, meetingId), sql`${center} IS NOT NULL`)),
  ];
}

function emptySeats({ db }: Scope, meetingId: string, emptied: readonly string[]): Statement[] {
  if (emptied.length === 0) return [];
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(emptied)}))`;
  return [
    db
      .update(seat)
      .set({
        person: sql`CASE WHEN ${seat.seat} LIKE 'center:%' THEN NULL ELSE ${seat.person} END`,
        answer: null,
        deputy: null,
        deputyName: null,
        answeredBy: null,
        answeredAt: null,
      })
      .where(and(eq(seat.meetingId, meetingId), sql`${seat.seat} IN ${listed}`)),
  ];
}

/** Who is to be told in the digest: new ones, and those who work somewhere else now and have no seat any more. */
async function pendingNotices(
  { db }: Scope,
  loaded: LoadedMeeting,
  { added, removed }: Reseating,
  citySeq: number,
): Promise<NonNullable<MeetingChange['told']>> {
  const fresh = added.map((each): InvitedSeat => ({ ...blankSeat(each), invitedAt: new Date(0) }));
  const staying = loaded.seats.filter((each) => !removed.includes(each.seat));
  const gone = loaded.seats.filter((each) => removed.includes(each.seat) && each.person !== null);
  const [contacts, notices] = await Promise.all([
    listContacts(
      db,
      [...fresh, ...staying].flatMap(({ center }) => (center === null ? [] : [center])),
    ),
    listNotices(db, loaded.meeting.id),
  ]);
  const there = new Set(recipientsOf(staying, contacts).map(({ recipient }) => recipient));
  const invited = recipientsOf(fresh, contacts).map(({ recipient }) => recipient);
  const leaving = recipientsOf(gone, contacts).map(({ recipient }) => recipient);
  const told = [
    ...invited.map((recipient) => ({ what: `${SEATING.added}${citySeq}`, recipient })),
    ...leaving
      .filter((recipient) => !there.has(recipient) && !invited.includes(recipient))
      .map((recipient) => ({ what: `${SEATING.removed}${citySeq}`, recipient })),
  ];
  return told.filter(
    ({ what, recipient }) => !notices.some((each) => each.what === what && each.recipient === recipient),
  );
}

/** Tells everybody who got or lost seats once, of all of them; with that, the change of the city is followed. */
async function tellSeated(scope: Scope, citySeq: number): Promise<void> {
  const { db, now } = scope;
  const [city, untold] = await Promise.all([findCity(db), listUntold(db)]);
  if (!city) return;
  const byRecipient = [...Map.groupBy(untold, ({ recipient }) => recipient)];
  const working = new Set(
    (
      await listWorking(
        db,
        byRecipient.map(([recipient]) => recipient),
      )
    ).map(({ slackUserId }) => slackUserId),
  );
  const entries = byRecipient.flatMap(([recipient, own]): OutboxEntry[] =>
    working.has(recipient) ? [{ kind: 'direct', person: recipient, message: digestMessage(scope, own) }] : [],
  );
  const mails = byRecipient.flatMap(([, own]) => digestMail(own, city.name));
  const rows = JSON.stringify(
    untold.map(({ meetingId, what, recipient }) => [meetingId, toldMark(what), recipient]),
  );
  try {
    await runBatch(db, [
      ...(untold.length === 0
        ? []
        : [
            db
              .insert(notice)
              .select(
                sql`SELECT value->>0, value->>1, value->>2, ${now.getTime()} FROM json_each(${rows}) WHERE true`,
              ),
          ]),
      ...(mails.length === 0 ? [] : [enqueueMail(db, mails, now)]),
      enqueue(db, entries, now),
      db
        .insert(seatedDirectory)
        .values({ id: 1, citySeq })
        .onConflictDoUpdate({ target: seatedDirectory.id, set: { citySeq } }),
    ]);
  } catch (error) {
    // A second run at the same time told them.
    if (!isUniqueViolation(error)) throw error;
  }
  scope.wakeCourier();
}

function digestMessage(scope: Scope, untold: readonly Untold[]) {
  const added = untold.filter(({ what }) => what.startsWith(SEATING.added));
  const removed = untold.filter(({ what }) => what.startsWith(SEATING.removed));
  const blocks = [
    ...(added.length === 0 ? [] : [text.added(added.length), ...linesOf(added), text.answer]),
    ...(removed.length === 0 ? [] : [text.removed(removed.length), ...linesOf(removed)]),
  ];
  return {
    text: text.notification,
    blocks: [
      markdownSection(blocks.join('\n')),
      { type: 'actions', elements: [linkButton(scope, MEETINGS_PATH)] },
    ],
  };
}

function linesOf(untold: readonly Untold[]): string[] {
  const hidden = untold.length - MAX_LINES;
  return [...untold.slice(0, MAX_LINES).map(lineOf), ...(hidden > 0 ? [text.more(hidden)] : [])].map(
    escapeMrkdwn,
  );
}

function lineOf({ reference, kindName, title, startsAt, endsAt, place }: Untold): string {
  const date = startsAt && endsAt ? formatSpan(startsAt, endsAt) : meetingText.dateOpen;
  return text.line(date, meetingText.name(reference, kindName, title), place);
}

/** To a guest; nothing for staff. */
function digestMail(untold: readonly Untold[], cityName: string): MailEntry[] {
  const [first] = untold;
  if (!first || first.guestEmail === null) return [];
  const lines = untold.map(lineOf);
  return [
    {
      to: first.guestEmail,
      subject: text.mailSubject(cityName),
      text: [
        text.mailGreeting(first.guestName ?? first.guestEmail),
        '',
        text.mailBody(cityName),
        '',
        ...lines,
        '',
        text.mailEnd,
      ].join('\n'),
    },
  ];
}
