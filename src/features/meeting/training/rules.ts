/** Whom a training is for, who gets its seats and in which order, and who may do what about it. Pure. */
import { fold } from '../../../lib/japanese.ts';
import { japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';

/** How long after its end a survey can be answered, and the answer be changed. */
const SURVEY_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** A survey is asked when the day's work is nearly done. */
const SURVEY_HOUR = 17;

/** With fewer answers, what somebody wrote or marked would point to her: nothing but their number is shown. */
export const MIN_ANSWERS = 3;

/** @param professions none: for all */
export function isFor(professions: readonly string[], profession: string): boolean {
  return professions.length === 0 || professions.some((each) => fold(each) === fold(profession));
}

export interface Applied {
  person: string;
  state: 'accepted' | 'waiting';
}

/** Who gets a seat that is free now, of those who wait. @param applications in the order in which they came; @param seats null: no limit */
export function movingUp<Each extends Applied>(applications: readonly Each[], seats: number | null): Each[] {
  const waiting = applications.filter(({ state }) => state === 'waiting');
  if (seats === null) return waiting;
  const free = seats - (applications.length - waiting.length);
  return waiting.slice(0, Math.max(0, free));
}

/** 1 for whoever is next; null for whoever does not wait. */
export function placeInLine(applications: readonly Applied[], person: string): number | null {
  const place = applications
    .filter(({ state }) => state === 'waiting')
    .findIndex((each) => each.person === person);
  return place < 0 ? null : place + 1;
}

type Person = Pick<Actor, 'slackUserId' | 'role'> & { center: Pick<Actor['center'], 'code'> };

/** Everybody for herself, managers for whoever works in their center, arrangers for all. */
export function mayApplyFor(
  actor: Person,
  person: { slackUserId: string; center: string },
  isArranger: boolean,
): boolean {
  if (isArranger || person.slackUserId === actor.slackUserId) return true;
  return actor.role === 'manager' && person.center === actor.center.code;
}

/** Whether a seat can still be given back: until the day before. */
export function isBeforeTheDay(startsAt: Date, now: Date): boolean {
  return japanDate(now) < japanDate(startsAt);
}

/** Courses of others are told by the core center; it sees the hours of all, as the city section does. */
export function mayAnnounce(actor: { center: Pick<Actor['center'], 'kind'> }): boolean {
  return actor.center.kind === 'kikan';
}

/** Whose hours somebody sees. */
export function hoursReach(
  actor: Pick<Actor, 'role'> & { center: Pick<Actor['center'], 'kind'> },
): 'all' | 'center' | 'own' {
  if (actor.center.kind !== 'district') return 'all';
  return actor.role === 'manager' ? 'center' : 'own';
}

/** When those who were there are asked what they think of it: at five on its day, or when it ends later. */
export function surveyAt(endsAt: Date): Date {
  const evening = startOfJapanDay(japanDate(endsAt)).getTime() + SURVEY_HOUR * HOUR_MS;
  return new Date(Math.max(evening, endsAt.getTime()));
}

/** Until when a survey is answered. */
export function surveyEndsAt(endsAt: Date): Date {
  return new Date(endsAt.getTime() + SURVEY_DAYS * DAY_MS);
}

export function isSurveyOpen(endsAt: Date, now: Date): boolean {
  return now >= endsAt && now < surveyEndsAt(endsAt);
}

/** The whole length of a training, in minutes. */
export function lengthOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): number {
  return Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);
}

export interface SurveyAnswer {
  understood: number;
  useful: number;
  comment: string | null;
}

/** What a survey came to: the average and how often each mark was given; undefined with too few answers. */
export function surveyResult(answers: readonly SurveyAnswer[]):
  | {
      understood: MarkResult;
      useful: MarkResult;
      /** In no order that tells who wrote them. */
      comments: string[];
    }
  | undefined {
  if (answers.length < MIN_ANSWERS) return undefined;
  return {
    understood: markResult(answers.map(({ understood }) => understood)),
    useful: markResult(answers.map(({ useful }) => useful)),
    comments: answers.flatMap(({ comment }) => comment ?? []).toSorted(),
  };
}

export interface MarkResult {
  average: number;
  /** How often 1, 2, … 5 was given. */
  counts: readonly number[];
}

export const MARKS = [1, 2, 3, 4, 5] as const;

function markResult(marks: readonly number[]): MarkResult {
  return {
    average: marks.reduce((sum, mark) => sum + mark, 0) / marks.length,
    counts: MARKS.map((each) => marks.filter((mark) => mark === each).length),
  };
}
