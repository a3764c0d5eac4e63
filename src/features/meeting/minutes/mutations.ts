/** Writing and approving minutes, with what was promised: once a form, never over what somebody else saved meanwhile. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { linkMessage } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { listContacts } from '../attendance/data.ts';
import { recipientsOf } from '../attendance/rules.ts';
import { circleOf, invitedCenters, type LoadedMeeting } from '../data.ts';
import { listCarried, type OpenedPromise, promisePlace, promisesOf } from '../promises/data.ts';
import { mayArrange } from '../rules.ts';
import { openMeetingsKey } from '../sealing.ts';
import { changeMeeting, type MeetingChange } from '../storing/mutations.ts';
import { seat } from '../tables.ts';
import { meetingText } from '../text.ts';
import { approversOf, minutesPlace, type OpenedMinutes, openMinutes } from './data.ts';
import { minutesPath } from './paths.ts';
import { hasBegun, mayApprove } from './rules.ts';
import type { MinutesInput, WrittenPromise } from './schema.ts';
import { minutes, promise } from './tables.ts';
import { minutesText as text } from './text.ts';

export type MinutesRefusal =
  | NotFound
  | { reason: 'not-begun' | 'not-approver' }
  /** What is stored now; what was typed stays with whoever typed it. */
  | { reason: 'changed'; stored: OpenedMinutes; promises: readonly OpenedPromise[] };

/** Minutes of people's words were read: noted before they are shown. */
export function noteReading(
  scope: Scope,
  actor: Actor,
  { meeting }: Pick<LoadedMeeting, 'meeting'>,
  as: 'page' | 'form' | 'print',
): Promise<void> {
  return noteLook(scope, actor, 'meeting.read_minutes', { detail: { meeting: meeting.reference, as } });
}

/**
 * Saves minutes as a draft, or approves them, upon which everybody who was invited is told once. Approved ones that are saved again are
 * a draft again. The same form sent twice changes nothing the second time.
 */
export function saveMinutes(
  scope: Scope,
  actor: Actor,
  meetingId: string,
  input: MinutesInput,
): Promise<Result<LoadedMeeting, MinutesRefusal>> {
  const wish = {
    id: meetingId,
    action: input.isApproval ? 'meeting.approve_minutes' : 'meeting.write_minutes',
  };
  return changeMeeting<MinutesRefusal>(scope, actor, wish, async (loaded) => {
    const circle = circleOf(loaded);
    if (!mayArrange(actor, circle)) return refused(NOT_FOUND);
    if (!hasBegun(loaded.meeting, scope.now)) return refused({ reason: 'not-begun' });
    if (input.isApproval && !mayApprove(actor, circle, await approversOf(scope.db, loaded)))
      return refused({ reason: 'not-approver' });
    const [stored, promises, carried] = await Promise.all([
      openMinutes(scope, meetingId),
      promisesOf(scope, meetingId),
      input.earlier.length === 0 ? [] : listCarried(scope, actor, loaded),
    ]);
    // What the form could show, and nobody settled meanwhile.
    const earlier = input.earlier.filter(({ id }) => carried.some((each) => each.id === id));
    const wanted = { ...input, earlier };
    if (stored && isSame(loaded, stored, promises, wanted)) return done(undefined);
    if (stored && stored.writtenAt.getTime() !== input.seen)
      return refused({ reason: 'changed', stored, promises });
    return done(await savingOf(scope, actor, loaded, { stored, promises, input: wanted }));
  });
}

function isSame(
  { seats }: LoadedMeeting,
  stored: OpenedMinutes,
  promises: readonly OpenedPromise[],
  input: MinutesInput,
): boolean {
  const isKept = ({ id, body, person, center, dueOn }: WrittenPromise) =>
    promises.some(
      (each) =>
        each.id === id &&
        (each.outcome !== null ||
          (each.body === body && each.person === person && each.center === center && each.dueOn === dueOn)),
    );
  return (
    stored.body === input.body &&
    stored.decisions === input.decisions &&
    (stored.approvedAt !== null) === input.isApproval &&
    input.earlier.length === 0 &&
    input.promises.every(isKept) &&
    !input.emptied.some((id) => promises.some((each) => each.id === id && each.outcome === null)) &&
    input.presences.every(({ seat: of, presence }) =>
      seats.some((each) => each.seat === of && each.presence === presence),
    )
  );
}

interface Saving {
  stored: OpenedMinutes | null;
  promises: readonly OpenedPromise[];
  input: MinutesInput;
}

async function savingOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  { stored, promises, input }: Saving,
): Promise<MeetingChange> {
  const { db } = scope;
  const { id } = loaded.meeting;
  const key = await openMeetingsKey(scope);
  // Another one each time: a form that showed the earlier ones is told so.
  const at = new Date(Math.max(scope.now.getTime(), (stored?.writtenAt.getTime() ?? 0) + 1));
  const row = {
    body: await key.seal(minutesPlace('body', id), input.body),
    decisions: await key.seal(minutesPlace('decisions', id), input.decisions),
    writtenBy: actor.slackUserId,
    writtenAt: at,
    approvedBy: input.isApproval ? actor.slackUserId : null,
    approvedAt: input.isApproval ? at : null,
  };
  const settled = new Set(promises.flatMap((each) => (each.outcome === null ? [] : [each.id])));
  const written = input.promises.filter((each) => !settled.has(each.id));
  return {
    detail: {
      promises: input.promises.length,
      ...(stored?.approvedAt ? { reopened: !input.isApproval } : {}),
    },
    statements: [
      db
        .insert(minutes)
        .values({ meetingId: id, ...row })
        .onConflictDoUpdate({ target: minutes.meetingId, set: row }),
      presenceStatement(scope, id, input),
      ...(await promiseStatements(scope, actor, loaded, written)),
      ...emptiedStatements(scope, id, input.emptied),
      ...earlierStatements(scope, actor, input),
    ],
    ...(input.isApproval ? await approvalOf(scope, actor, loaded, at) : {}),
  };
}

/** All seats at once: a statement each would be too many for a large meeting. */
function presenceStatement({ db }: Scope, meetingId: string, { presences }: MinutesInput): Statement {
  const rows = JSON.stringify(presences);
  return db
    .update(seat)
    .set({
      presence: sql`(SELECT value->>'presence' FROM json_each(${rows}) WHERE value->>'seat' = ${seat.seat})`,
    })
    .where(
      and(
        eq(seat.meetingId, meetingId),
        sql`${seat.seat} IN (SELECT value->>'seat' FROM json_each(${rows}))`,
      ),
    );
}

async function promiseStatements(
  scope: Scope,
  actor: Actor,
  { meeting }: LoadedMeeting,
  promises: readonly WrittenPromise[],
): Promise<Statement[]> {
  if (promises.length === 0) return [];
  const { db, now } = scope;
  const key = await openMeetingsKey(scope);
  const rows = JSON.stringify(
    await Promise.all(
      promises.map(async (each) => ({ ...each, body: await key.seal(promisePlace(each.id), each.body) })),
    ),
  );
  // Every column of the table, in its order. In the order of the form, which the time of writing keeps.
  return [
    db
      .insert(promise)
      .select(
        sql`SELECT value->>'id', ${meeting.id}, ${meeting.kind}, value->>'body', value->>'person', value->>'center', value->>'dueOn',
          ${actor.slackUserId}, ${now.getTime()} + key, NULL, NULL, NULL FROM json_each(${rows}) WHERE true`,
      )
      .onConflictDoUpdate({
        target: promise.id,
        set: {
          body: sql`excluded.body`,
          person: sql`excluded.person`,
          center: sql`excluded.center`,
          dueOn: sql`excluded.due_on`,
        },
        // A forged id must not reach into another meeting.
        setWhere: sql`${promise.meetingId} = excluded.meeting_id AND ${promise.settledAt} IS NULL`,
      }),
  ];
}

function emptiedStatements({ db }: Scope, meetingId: string, ids: readonly string[]): Statement[] {
  if (ids.length === 0) return [];
  return [
    db
      .delete(promise)
      .where(
        and(
          eq(promise.meetingId, meetingId),
          isNull(promise.settledAt),
          sql`${promise.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
        ),
      ),
  ];
}

/** What became of promises of earlier meetings. */
function earlierStatements(
  { db, now }: Scope,
  { slackUserId }: Actor,
  { earlier }: MinutesInput,
): Statement[] {
  return earlier.map(({ id, outcome }) =>
    db
      .update(promise)
      .set({ outcome, settledAt: now, settledBy: slackUserId })
      .where(and(eq(promise.id, id), isNull(promise.settledAt))),
  );
}

/** Everybody who was invited hears once of each approval; guests have no access to pages. */
async function approvalOf(
  scope: Scope,
  actor: Actor,
  { meeting, kind, seats }: LoadedMeeting,
  at: Date,
): Promise<Pick<MeetingChange, 'told' | 'entries'>> {
  const contacts = await listContacts(
    scope.db,
    invitedCenters(seats).map(({ code }) => code),
  );
  const people = recipientsOf(seats, contacts).flatMap(({ by, recipient }) =>
    by === 'slack' && recipient !== actor.slackUserId ? [recipient] : [],
  );
  const name = escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
  const message = linkMessage(scope, minutesPath(meeting.reference), text.approvedNotice(name));
  const what = `minutes/${at.getTime()}`;
  return {
    told: people.map((recipient) => ({ what, recipient })),
    entries: people.map((person) => ({ kind: 'direct', person, message })),
  };
}
