/** Asking core staff to a meeting of a district center, once; and the answer, which is given once: of two at the same time the second hears of the first. */
import { and, eq } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCity, listCenterStaff, listNames } from '../../../directory/data.ts';
import { ACTIONS } from '../../actions.ts';
import { listContacts } from '../../attendance/data.ts';
import { factLines } from '../../cards/blocks.ts';
import { circleOf, type LoadedMeeting } from '../../data.ts';
import { isAhead } from '../../rules.ts';
import { changeMeeting, type MeetingChange } from '../../storing/mutations.ts';
import { blankSeat, seatStatements } from '../../storing/rows/mutations.ts';
import { seat } from '../../tables.ts';
import { mayAnswerForCore, mayAskCore } from '../rules.ts';
import { attendanceRequest } from '../tables.ts';
import { issuesText } from '../text.ts';
import { type AnsweredRequest, askedName, requestMessage, slotOfRequest } from './blocks.ts';
import type { DeclineReason } from './rules.ts';

const text = issuesText.ask;

/** @returns whether it was asked just now; false when it had been before */
export async function askCore(scope: Scope, actor: Actor, id: string): Promise<Result<boolean, NotFound>> {
  let isNew = false;
  const wish = { id, action: 'meeting.ask_core' };
  const changed = await changeMeeting<NotFound>(scope, actor, wish, async (loaded) => {
    isNew = false;
    if (!mayAskCore(actor, circleOf(loaded), loaded.meeting, scope.now)) return refused(NOT_FOUND);
    if (loaded.request) return done(undefined);
    isNew = true;
    const request = {
      meetingId: id,
      requestedBy: actor.slackUserId,
      requestedAt: scope.now,
      answer: null,
      answeredBy: null,
      answeredAt: null,
      attendee: null,
    };
    return done({
      after: { request },
      statements: [scope.db.insert(attendanceRequest).values(request)],
      entries: await cardOf(scope, loaded, null),
    });
  });
  return changed.ok ? done(isNew) : changed;
}

export type AnswerRefusal =
  | NotFound
  | { reason: 'over' | 'not-core' }
  | { reason: 'answered'; byName: string; attendeeName: string | null };

/** Who comes, or why nobody does. */
export type CoreAnswer = { attendee: string } | { reason: DeclineReason };

/** @returns the name of whoever comes; null when declined */
export async function answerForCore(
  scope: Scope,
  actor: Actor,
  id: string,
  answer: CoreAnswer,
): Promise<Result<string | null, AnswerRefusal>> {
  let attendeeName: string | null = null;
  const action = 'attendee' in answer ? 'meeting.accept_request' : 'meeting.decline_request';
  const changed = await changeMeeting<AnswerRefusal>(scope, actor, { id, action }, async (loaded) => {
    const refusal = await refusalOf(scope, actor, loaded);
    if (refusal) return refused(refusal);
    if ('reason' in answer) return done(await declineOf(scope, actor, loaded, answer.reason));
    const colleagues = await listCenterStaff(scope.db, actor.center.code);
    const attendee = colleagues.find(({ slackUserId }) => slackUserId === answer.attendee);
    if (!attendee) return refused({ reason: 'not-core' });
    attendeeName = attendee.name;
    return done(await acceptanceOf(scope, actor, loaded, attendee));
  });
  return changed.ok ? done(attendeeName) : changed;
}

async function refusalOf(
  { db, now }: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
): Promise<AnswerRefusal | undefined> {
  const { request, meeting } = loaded;
  // Core staff see a meeting that they were asked to; once declined, they hear who was first, and nothing more of it.
  if (!request || !mayAnswerForCore(actor)) return NOT_FOUND;
  if (request.answer !== null) {
    const names = await listNames(
      db,
      [request.answeredBy, request.attendee].flatMap((each) => each ?? []),
    );
    return {
      reason: 'answered',
      byName: names.get(request.answeredBy ?? '') ?? '',
      attendeeName: request.attendee === null ? null : (names.get(request.attendee) ?? ''),
    };
  }
  const isOver = meeting.endsAt !== null && now >= meeting.endsAt;
  return !isAhead(meeting.status) || isOver ? { reason: 'over' } : undefined;
}

async function acceptanceOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  attendee: { slackUserId: string; name: string },
): Promise<MeetingChange> {
  const { db, now } = scope;
  const { id } = loaded.meeting;
  const { slackUserId: person } = attendee;
  const own = {
    seat: `person:${person}`,
    by: 'person' as const,
    person,
    center: actor.center.code,
    isByHand: true as const,
  };
  const answered = { answer: 'attending', answeredBy: actor.slackUserId, answeredAt: now } as const;
  const invited = {
    ...blankSeat(own),
    ...answered,
    invitedAt: now,
    name: attendee.name,
    centerShort: actor.center.short,
  };
  const name = askedName(loaded);
  const { entries, ...stored } = await answering(scope, actor, loaded, {
    answer: 'accepted',
    attendee: person,
    card: { attendeeName: attendee.name, reason: null },
    toCenter: text.told.accepted(name, escapeMrkdwn(attendee.name)),
  });
  return {
    detail: { answer: 'accepted', attendee: person },
    after: {
      request: stored.request,
      seats: [...loaded.seats.filter((each) => each.seat !== own.seat), invited],
    },
    statements: [
      ...stored.statements,
      ...seatStatements(db, id, [own], now),
      db
        .update(seat)
        .set(answered)
        .where(and(eq(seat.meetingId, id), eq(seat.seat, own.seat))),
    ],
    entries: [...entries, direct(loaded, person, text.told.attendee(escapeMrkdwn(loaded.host.short), name))],
  };
}

async function declineOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  reason: DeclineReason,
): Promise<MeetingChange> {
  const { request, statements, entries } = await answering(scope, actor, loaded, {
    answer: 'declined',
    attendee: null,
    card: { attendeeName: null, reason },
    toCenter: text.told.declined(askedName(loaded), issuesText.declineReasons[reason]),
  });
  return { detail: { answer: 'declined', reason }, after: { request }, statements, entries };
}

/** What every answer stores and tells: the row, the card at the core center, word to the center. */
async function answering(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  given: {
    answer: 'accepted' | 'declined';
    attendee: string | null;
    card: Pick<AnsweredRequest, 'attendeeName' | 'reason'>;
    toCenter: string;
  },
) {
  const { db, now } = scope;
  const { answer, attendee } = given;
  const set = { answer, attendee, answeredBy: actor.slackUserId, answeredAt: now };
  const contacts = await listContacts(db, [loaded.host.code]);
  const asked = loaded.request?.requestedBy;
  const people = new Set([
    ...(asked === undefined ? [] : [asked]),
    ...(contacts.get(loaded.host.code) ?? []),
  ]);
  return {
    request: loaded.request && { ...loaded.request, ...set },
    statements: [
      db.update(attendanceRequest).set(set).where(eq(attendanceRequest.meetingId, loaded.meeting.id)),
    ],
    entries: [
      ...(await cardOf(scope, loaded, { answer, byName: actor.name, ...given.card })),
      ...[...people].map((person) => direct(loaded, person, given.toCenter)),
    ],
  };
}

async function cardOf(
  { db }: Scope,
  loaded: LoadedMeeting,
  answered: AnsweredRequest | null,
): Promise<OutboxEntry[]> {
  const city = await findCity(db);
  if (!city) return [];
  return [
    {
      kind: 'card',
      slot: slotOfRequest(loaded.meeting.id),
      channel: city.triageChannel,
      message: requestMessage(loaded, answered),
    },
  ];
}

function direct(loaded: LoadedMeeting, person: string, sentence: string): OutboxEntry {
  return {
    kind: 'direct',
    person,
    message: {
      text: issuesText.buttons.ask,
      blocks: [
        markdownSection([sentence, ...factLines(loaded)].join('\n')),
        {
          type: 'actions',
          elements: [button(ACTIONS.open.actionId, ACTIONS.open.label, loaded.meeting.id)],
        },
      ],
    },
  };
}
