/** Changing a meeting and calling it off: by those who arrange it, while it lies ahead; everybody concerned hears of it once. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { markOf } from '../../directory/settings/rules.ts';
import { tell } from '../attendance/notices.ts';
import { factLines } from '../cards/blocks.ts';
import { circleOf, type InvitedSeat, type LoadedMeeting } from '../data.ts';
import { poll } from '../poll/tables.ts';
import { maySee } from '../rules.ts';
import { changeMeeting, type MeetingChange } from '../storing/mutations.ts';
import { seat } from '../tables.ts';
import { meetingText } from '../text.ts';
import { listConcerned } from './data.ts';
import {
  type Changeable,
  type ChangeDenial,
  changeableOf,
  changedColumns,
  changeLines,
  denialOfChange,
  raisesSequence,
} from './rules.ts';
import { CANCEL_REASON_WORDS, type CancelReason, changingText as text } from './text.ts';

export type ChangeRefusal = { reason: ChangeDenial } | { reason: 'stale'; loaded: LoadedMeeting } | NotFound;

/** Whether somebody may change a meeting that she may see. */
export function refusalOf(
  loaded: LoadedMeeting,
  actor: Actor,
  now: Date,
): Exclude<ChangeRefusal, { reason: 'stale' }> | undefined {
  if (!maySee(actor, circleOf(loaded))) return NOT_FOUND;
  const reason = denialOfChange(loaded, actor, now);
  return reason === undefined ? undefined : { reason };
}

/**
 * Changes facts of a meeting. Another date makes all answers void; anything else keeps them. Where nothing changes nobody is told.
 * @param mark of what the form showed (`markOf(changeableOf(meeting))`)
 */
export async function changeFacts(
  scope: Scope,
  actor: Actor,
  { id, mark }: { id: string; mark: string },
  wanted: Changeable,
): Promise<Result<{ loaded: LoadedMeeting; isChanged: boolean }, ChangeRefusal>> {
  let isChanged = false;
  const changed = await changeMeeting<ChangeRefusal>(
    scope,
    actor,
    { id, action: 'meeting.change' },
    async (loaded) => {
      const refusal = refusalOf(loaded, actor, scope.now);
      if (refusal) return refused(refusal);
      const before = changeableOf(loaded.meeting);
      isChanged = changedColumns(before, wanted).length > 0;
      // What the form says already stands: the same form sent twice.
      if (!isChanged) return done(undefined);
      if ((await markOf(before)) !== mark) return refused({ reason: 'stale', loaded });
      return done(await changeOf(scope, actor, loaded, wanted));
    },
  );
  return changed.ok ? done({ loaded: changed.value, isChanged }) : changed;
}

async function changeOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  after: Changeable,
): Promise<MeetingChange> {
  const { meeting } = loaded;
  const before = changeableOf(meeting);
  const columns = changedColumns(before, after);
  const isMoved = columns.includes('startsAt');
  const sequence = meeting.sequence + (raisesSequence(columns) ? 1 : 0);
  const seats = isMoved ? loaded.seats.map(withoutAnswer) : loaded.seats;
  const name = meetingText.name(meeting.reference, loaded.kind.name, after.title);
  const shown = { ...loaded, seats, meeting: { ...meeting, ...after, sequence } };
  const { told, entries, mails } = tell(shown, await listConcerned(scope.db, loaded), {
    mark: `changed/${meeting.version + 1}`,
    lines: [
      text.changed(escapeMrkdwn(name)),
      ...changeLines(before, after),
      ...(meeting.status === 'fixed' ? [isMoved ? text.answerAnew : text.answersKept] : []),
    ],
    subject: text.mailChanged(actor.city.name, name),
    cityName: actor.city.name,
  });
  return {
    detail: { changed: columns.join(' '), sequence },
    set: { ...after, sequence },
    after: { seats },
    statements: isMoved ? [forgetAnswers(scope, meeting.id)] : [],
    told,
    entries,
    mails,
  };
}

function withoutAnswer(each: InvitedSeat): InvitedSeat {
  const isCenters = each.seat.startsWith('center:');
  return {
    ...each,
    ...(isCenters ? { person: null, name: null } : {}),
    answer: null,
    deputy: null,
    deputyName: null,
    answeredBy: null,
    answeredAt: null,
  };
}

/** Whom a center sends was said for the old date, too. */
function forgetAnswers({ db }: Scope, meetingId: string): Statement {
  return db
    .update(seat)
    .set({
      person: sql`CASE WHEN ${seat.seat} LIKE 'center:%' THEN NULL ELSE ${seat.person} END`,
      answer: null,
      deputy: null,
      deputyName: null,
      answeredBy: null,
      answeredAt: null,
    })
    .where(and(eq(seat.meetingId, meetingId), isNull(seat.removedAt)));
}

/** Calls a meeting off, for good; its poll closes. Pressed again it changes nothing. */
export async function cancelMeeting(
  scope: Scope,
  actor: Actor,
  id: string,
  reason: CancelReason,
): Promise<Result<LoadedMeeting, ChangeRefusal>> {
  const { db, now } = scope;
  return changeMeeting<ChangeRefusal>(scope, actor, { id, action: 'meeting.cancel' }, async (loaded) => {
    const refusal = refusalOf(loaded, actor, now);
    if (refusal?.reason === 'cancelled') return done(undefined);
    if (refusal) return refused(refusal);
    const { meeting, kind } = loaded;
    const sequence = meeting.sequence + 1;
    const set = { status: 'cancelled', sequence, cancelledAt: now } as const;
    const name = meetingText.name(meeting.reference, kind.name, meeting.title);
    const shown = { ...loaded, meeting: { ...meeting, ...set } };
    const { told, entries, mails } = tell(shown, await listConcerned(db, loaded), {
      mark: `cancelled/${sequence}`,
      lines: [
        text.calledOff(escapeMrkdwn(name)),
        text.reason(CANCEL_REASON_WORDS[reason]),
        ...factLines(shown),
      ],
      subject: text.mailCancelled(actor.city.name, name),
      cityName: actor.city.name,
    });
    return done({
      detail: { cause: reason, sequence },
      set,
      ...(loaded.poll === null
        ? {}
        : {
            after: { poll: { ...loaded.poll, closedAt: loaded.poll.closedAt ?? now } },
            statements: [
              db
                .update(poll)
                .set({ closedAt: now })
                .where(and(eq(poll.meetingId, id), isNull(poll.closedAt))),
            ],
          }),
      told,
      entries,
      mails,
    });
  });
}
