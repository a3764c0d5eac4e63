/** Adding seats to a meeting and taking seats off it: those whom it concerns hear of it once, nobody else. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Statement } from '../../../../lib/db.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import type { Seat } from '../../../directory/meeting-kinds/rules.ts';
import { findSeat, listContacts } from '../../attendance/data.ts';
import { inviteTo, type Telling, tell } from '../../attendance/notices.ts';
import { type Recipient, recipientsOf } from '../../attendance/rules.ts';
import type { InvitedSeat, LoadedMeeting } from '../../data.ts';
import { changeMeeting } from '../../storing/mutations.ts';
import { blankSeat, seatStatements } from '../../storing/rows/mutations.ts';
import { seat as seatTable } from '../../tables.ts';
import { meetingText } from '../../text.ts';
import { type ChangeRefusal, refusalOf } from '../mutations.ts';
import { listAddable } from './data.ts';
import { invitingText as text } from './text.ts';

export interface Invitations {
  people: readonly string[];
  centers: readonly string[];
  guests: readonly { name: string; email: string }[];
  /** As `seatKey` names them. */
  removed: readonly string[];
}

interface Named {
  of: Seat;
  name: string | null;
  centerShort: string | null;
}

/** Sent again it finds everybody there already, and tells nobody. A seat that was taken off comes back unanswered. */
export async function changeInvitations(
  scope: Scope,
  actor: Actor,
  id: string,
  wanted: Invitations,
): Promise<Result<{ loaded: LoadedMeeting; added: number; removed: number }, ChangeRefusal>> {
  const { now } = scope;
  const counts = { added: 0, removed: 0 };
  const changed = await changeMeeting<ChangeRefusal>(
    scope,
    actor,
    { id, action: 'meeting.invite' },
    async (loaded) => {
      const refusal = refusalOf(loaded, actor, now);
      if (refusal) return refused(refusal);
      const removed = await seatsOf(loaded, wanted.removed);
      const added = await newSeats(scope, loaded, wanted);
      counts.added = added.length;
      counts.removed = removed.length;
      if (added.length + removed.length === 0) return done(undefined);
      const gone = new Set(removed.map(({ seat }) => seat));
      const fresh = added.map(
        ({ of, name, centerShort }): InvitedSeat => ({ ...blankSeat(of), name, centerShort, invitedAt: now }),
      );
      const telling = await tellingOf(scope, actor, loaded, fresh, removed);
      return done({
        detail: { added: added.length, removed: removed.length },
        after: { seats: [...loaded.seats.filter(({ seat }) => !gone.has(seat)), ...fresh] },
        statements: [
          ...removeSeats(scope, id, [...gone]),
          ...addSeats(
            scope,
            id,
            added.map(({ of }) => of),
          ),
        ],
        ...telling,
      });
    },
  );
  return changed.ok ? done({ loaded: changed.value, ...counts }) : changed;
}

async function seatsOf({ seats }: LoadedMeeting, keys: readonly string[]): Promise<InvitedSeat[]> {
  const found = await Promise.all(keys.map((key) => findSeat(seats, key)));
  return found.filter((each) => each !== undefined);
}

/** Those who are in today's directory and have no seat yet. */
async function newSeats({ db }: Scope, { seats }: LoadedMeeting, wanted: Invitations): Promise<Named[]> {
  const { people, centers } = await listAddable(db, seats);
  const taken = new Set(seats.map(({ seat }) => seat));
  return [
    ...people
      .filter(({ slackUserId }) => wanted.people.includes(slackUserId))
      .map(({ slackUserId, name, center, centerName }): Named => {
        const of: Seat = {
          seat: `person:${slackUserId}`,
          by: 'person',
          person: slackUserId,
          center,
          isByHand: true,
        };
        return { of, name, centerShort: centerName };
      }),
    ...centers
      .filter(({ code }) => wanted.centers.includes(code))
      .map(({ code, short }): Named => {
        const of: Seat = { seat: `center:${code}`, by: 'center', center: code, isByHand: true };
        return { of, name: null, centerShort: short };
      }),
    ...wanted.guests
      .map(({ name, email }): Named => {
        const of: Seat = { seat: `guest:${email.toLowerCase()}`, by: 'guest', name, email, isByHand: true };
        return { of, name, centerShort: null };
      })
      .filter(({ of }) => !taken.has(of.seat)),
  ];
}

/** The statements that invite seats, unanswered also where they were taken off before. */
export function addSeats(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  meetingId: string,
  seats: readonly Seat[],
): Statement[] {
  if (seats.length === 0) return [];
  return [
    ...seatStatements(db, meetingId, seats, now),
    db
      .update(seatTable)
      .set({
        person: sql`CASE WHEN ${seatTable.seat} LIKE 'center:%' THEN NULL ELSE ${seatTable.person} END`,
        answer: null,
        deputy: null,
        deputyName: null,
        answeredBy: null,
        answeredAt: null,
        invitedAt: now,
      })
      .where(
        among(
          meetingId,
          seats.map(({ seat }) => seat),
        ),
      ),
  ];
}

/** The statements that take seats off; their answers stay. */
export function removeSeats(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  meetingId: string,
  seats: readonly string[],
): Statement[] {
  if (seats.length === 0) return [];
  return [
    db
      .update(seatTable)
      .set({ removedAt: now })
      .where(and(among(meetingId, seats), isNull(seatTable.removedAt))),
  ];
}

function among(meetingId: string, seats: readonly string[]) {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(seats)}))`;
  return and(eq(seatTable.meetingId, meetingId), sql`${seatTable.seat} IN ${listed}`);
}

async function tellingOf(
  { db }: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  added: readonly InvitedSeat[],
  removed: readonly InvitedSeat[],
): Promise<Telling> {
  const { meeting, kind, seats } = loaded;
  const contacts = await listContacts(
    db,
    [...added, ...removed].flatMap(({ center }) => (center === null ? [] : [center])),
  );
  const name = meetingText.name(meeting.reference, kind.name, meeting.title);
  const gone = new Set(removed.map(({ seat }) => seat));
  const staying = recipientsOf(
    seats.filter(({ seat }) => !gone.has(seat)),
    contacts,
  );
  const invited = recipientsOf(added, contacts);
  // Whoever keeps another seat, or gets one in its place, is not out of the meeting.
  const stays = new Set([...staying, ...invited].map(({ recipient }) => recipient));
  const deputies = removed.flatMap(({ deputy }): Recipient[] =>
    deputy === null ? [] : [{ by: 'slack', recipient: deputy }],
  );
  const leaving = new Map(
    [...recipientsOf(removed, contacts), ...deputies]
      .filter(({ recipient }) => !stays.has(recipient))
      .map((each) => [each.recipient, each]),
  );
  const mark = `${meeting.version + 1}`;
  const cityName = actor.city.name;
  const one = inviteTo(loaded, invited, cityName, `added/${mark}`);
  const two = tell({ ...loaded, buttons: [] }, [...leaving.values()], {
    mark: `removed/${mark}`,
    lines: [text.removed(escapeMrkdwn(name))],
    subject: text.mailRemoved(cityName, name),
    cityName,
  });
  const told = [
    ...one.told,
    ...two.told,
    // Taken off by hand: the rule of the kind does not invite them again by itself.
    ...removed.map(({ seat }) => ({ what: `removed/${mark}`, recipient: seat })),
  ];
  return {
    told: [...new Map(told.map((each) => [`${each.what} ${each.recipient}`, each])).values()],
    entries: [...one.entries, ...two.entries],
    mails: [...one.mails, ...two.mails],
  };
}
