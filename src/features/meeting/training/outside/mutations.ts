/** Telling of a course that somebody else gives, once; and taking it back. */
import { and, eq, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../../../lib/bytes.ts';
import type { Database } from '../../../../lib/db.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCity } from '../../../directory/data.ts';
import { changeDirectory } from '../../../directory/mutations.ts';
import { listContacts } from '../../attendance/data.ts';
import { type Course, findCourse, listOpenCenters, listProfessions } from '../data.ts';
import { mayAnnounce } from '../rules.ts';
import { outsideCourse } from '../tables.ts';
import { courseMessage } from './blocks.ts';
import type { CourseForm } from './schema.ts';
import { outsideText as text } from './text.ts';

export function slotOfCourse(id: string): string {
  return `course:${id}`;
}

/** @param submissionKey of the form: sent again, it tells nobody anything */
export async function announceCourse(
  scope: Scope,
  actor: Actor,
  wanted: CourseForm,
  submissionKey: string,
): Promise<Result<string, { reason: 'not-found' }>> {
  const { db, now } = scope;
  const id = (await sha256Hex(`course/${submissionKey}`)).slice(0, 32);
  return changeDirectory<string, { reason: 'not-found' }>(
    scope,
    actor,
    'training.announce_course',
    async () => {
      if (!mayAnnounce(actor)) return refused({ reason: 'not-found' });
      const known = await listProfessions(db);
      if (!wanted.professions.every((each) => known.includes(each))) return refused({ reason: 'not-found' });
      if (await findCourse(db, id)) return done({ value: id });
      const course: Course = { ...wanted, id, announcedAt: now, withdrawnAt: null };
      return done({
        value: id,
        detail: { course: id, applyBy: wanted.applyBy },
        statements: [
          db.insert(outsideCourse).values({
            ...wanted,
            id,
            professions: JSON.stringify(wanted.professions),
            announcedBy: actor.slackUserId,
            announcedAt: now,
            submissionKey,
            withdrawnAt: null,
          }),
        ],
        entries: await entriesToAll(db, course, courseMessage(course), 'card'),
      });
    },
  );
}

/** By the core center; taken back twice, it changes nothing. */
export async function takeBackCourse(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<string, { reason: 'not-found' }>> {
  const { db, now } = scope;
  return changeDirectory<string, { reason: 'not-found' }>(
    scope,
    actor,
    'training.withdraw_course',
    async () => {
      const course = mayAnnounce(actor) ? await findCourse(db, id) : undefined;
      if (!course) return refused({ reason: 'not-found' });
      if (course.withdrawnAt !== null) return done({ value: id });
      const gone: Course = { ...course, withdrawnAt: now };
      const name = escapeMrkdwn(text.name(course.title, course.provider));
      const { headsChannel } = (await findCity(db)) ?? {};
      const message = headsChannel ? courseMessage(gone) : { text: text.takenBack(name) };
      return done({
        value: id,
        detail: { course: id },
        statements: [
          db
            .update(outsideCourse)
            .set({ withdrawnAt: now })
            .where(and(eq(outsideCourse.id, id), isNull(outsideCourse.withdrawnAt))),
        ],
        entries: await entriesToAll(db, course, message, 'card'),
      });
    },
  );
}

/** Into the heads' channel, where the card of the course stands; where a city has none, to each center's contacts. */
export async function entriesToAll(
  db: Database,
  course: Pick<Course, 'id'>,
  message: Message,
  as: 'card' | 'reply',
): Promise<OutboxEntry[]> {
  const city = await findCity(db);
  if (city?.headsChannel)
    return [{ kind: as, slot: slotOfCourse(course.id), channel: city.headsChannel, message }];
  const centers = await listOpenCenters(db);
  const contacts = await listContacts(
    db,
    centers.map(({ code }) => code),
  );
  return [...new Set([...contacts.values()].flat())].map((person) => ({ kind: 'direct', person, message }));
}
