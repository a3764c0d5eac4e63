/** Noting and ending absences: once a form, never two of a person on one day, with word to the deputy. */
import { and, eq, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import { type Colleague, listCenterStaff } from '../data.ts';
import { changeDirectory } from '../mutations.ts';
import { absence } from '../tables.ts';
import { findAbsence, listAbsencesOn, type NamedAbsence } from './data.ts';
import { findDeputyGaps, mayNoteAbsenceOf } from './rules.ts';
import type { AbsenceForm } from './schema.ts';
import { absenceText as text } from './text.ts';

/** An absence to note: whose it is stands in it. */
export type PersonalAbsence = Omit<AbsenceForm, 'person'> & { person: string };

export interface NotedAbsence {
  personName: string;
  deputyName: string;
  fromOn: JapanDate;
  untilOn: JapanDate;
  /** Days on which the deputy is away, too; who acts then, by name. */
  gaps: { fromOn: JapanDate; untilOn: JapanDate; standInName: string | undefined }[];
}

export type NoteRefusal =
  | { reason: 'not-of-center' | 'deputy-not-of-center' | 'deputy-is-self' | 'sent-before' }
  | { reason: 'overlaps'; fromOn: JapanDate; untilOn: JapanDate };

/**
 * Notes an absence of the Actor, or of somebody in the Actor's center whose manager the Actor is.
 * @param submissionKey of the form: sent again, even at the same time, it stores nothing and is answered the same
 */
export async function noteAbsence(
  scope: Scope,
  actor: Actor,
  wanted: PersonalAbsence,
  submissionKey: string,
): Promise<Result<NotedAbsence, NoteRefusal>> {
  const { db, now } = scope;
  const id = (await sha256Hex(`absence/${submissionKey}`)).slice(0, 32);
  const { person, deputy, fromOn, untilOn } = wanted;
  return changeDirectory<NotedAbsence, NoteRefusal>(scope, actor, 'absence.note', async () => {
    const [colleagues, standing, before] = await Promise.all([
      listCenterStaff(db, actor.center.code),
      listAbsencesOn(db, fromOn, untilOn),
      findAbsence(db, id),
    ]);
    const parties = findParties(actor, wanted, colleagues);
    if (!parties.ok) return parties;
    const others = standing.filter((each) => each.id !== id);
    const value: NotedAbsence = {
      personName: parties.value.person.name,
      deputyName: parties.value.deputy.name,
      fromOn,
      untilOn,
      gaps: namedGaps(wanted, others, colleagues),
    };
    if (before) return isSame(before, wanted) ? done({ value }) : refused({ reason: 'sent-before' });
    const other = others.find((each) => each.person === person);
    if (other) return refused({ reason: 'overlaps', fromOn: other.fromOn, untilOn: other.untilOn });
    return done({
      value,
      detail: { absence: id, person, deputy, from: fromOn, until: untilOn },
      statements: [
        db.insert(absence).values({
          id,
          person,
          deputy,
          fromOn,
          untilOn,
          notedBy: actor.slackUserId,
          notedAt: now,
          endedAt: null,
        }),
      ],
      entries: notedNotices(actor, wanted, value),
    });
  });
}

/**
 * Ends a current absence at once, or cancels a coming one. Ending what has ended changes nothing. Others learn only that it is not found.
 */
export async function endAbsence(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<NamedAbsence, { reason: 'not-found' }>> {
  const { db, now } = scope;
  return changeDirectory<NamedAbsence, { reason: 'not-found' }>(scope, actor, 'absence.end', async () => {
    const value = await findAbsence(db, id);
    if (!value || !mayNoteAbsenceOf(actor, { slackUserId: value.person, center: value.personCenter }))
      return refused({ reason: 'not-found' });
    const today = japanDate(now);
    if (value.endedAt !== null || value.untilOn < today) return done({ value });
    return done({
      value,
      detail: { absence: id, person: value.person, deputy: value.deputy },
      statements: [
        db
          .update(absence)
          .set({ endedAt: now })
          .where(and(eq(absence.id, id), isNull(absence.endedAt))),
      ],
      entries: endedNotices(actor, value, today),
    });
  });
}

function findParties(
  actor: Actor,
  wanted: PersonalAbsence,
  colleagues: readonly Colleague[],
): Result<{ person: Colleague; deputy: Colleague }, NoteRefusal> {
  const person = colleagues.find((each) => each.slackUserId === wanted.person);
  const deputy = colleagues.find((each) => each.slackUserId === wanted.deputy);
  if (!person || !mayNoteAbsenceOf(actor, { slackUserId: wanted.person, center: actor.center.code }))
    return refused({ reason: 'not-of-center' });
  if (wanted.deputy === wanted.person) return refused({ reason: 'deputy-is-self' });
  return deputy ? done({ person, deputy }) : refused({ reason: 'deputy-not-of-center' });
}

function namedGaps(
  wanted: PersonalAbsence,
  others: readonly (PersonalAbsence & { id: string })[],
  colleagues: readonly Colleague[],
): NotedAbsence['gaps'] {
  const names = new Map(colleagues.map(({ slackUserId, name }) => [slackUserId, name]));
  return findDeputyGaps(wanted, others, (each) => names.has(each)).map(({ standIn, ...days }) => ({
    ...days,
    standInName: names.get(standIn ?? ''),
  }));
}

function isSame(stored: PersonalAbsence, wanted: PersonalAbsence): boolean {
  return (['person', 'deputy', 'fromOn', 'untilOn'] as const).every(
    (field) => stored[field] === wanted[field],
  );
}

function notedNotices(actor: Actor, wanted: PersonalAbsence, noted: NotedAbsence): OutboxEntry[] {
  const days = text.span(wanted.fromOn, wanted.untilOn);
  const name = escapeMrkdwn(noted.personName);
  const byOther = text.notedForYou(escapeMrkdwn(actor.name), days, escapeMrkdwn(noted.deputyName));
  return toOthers(actor, [
    [wanted.deputy, text.deputyAppointed(name, days)],
    [wanted.person, byOther],
  ]);
}

function endedNotices(actor: Actor, ended: NamedAbsence, today: JapanDate): OutboxEntry[] {
  const days = text.span(ended.fromOn, ended.untilOn);
  const name = escapeMrkdwn(ended.personName);
  const released = ended.fromOn > today ? text.deputyCancelled(name, days) : text.deputyReleased(name, days);
  const byOther = text.endedForYou(escapeMrkdwn(actor.name), days);
  return toOthers(actor, [
    ...(ended.isDeputyThere ? [[ended.deputy, released] as const] : []),
    ...(ended.isPersonThere ? [[ended.person, byOther] as const] : []),
  ]);
}

/** Direct messages to all but whoever did it. */
function toOthers(
  actor: Actor,
  notices: readonly (readonly [person: string, text: string])[],
): OutboxEntry[] {
  return notices
    .filter(([person]) => person !== actor.slackUserId)
    .map(([person, sentence]) => ({ kind: 'direct', person, message: { text: sentence } }));
}
