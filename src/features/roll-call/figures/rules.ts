/**
 * The figures of one roll-call. Pure. Every share is of the roster: whoever had not left at the end. Of a person the first answer
 * counts, by its own time; what was said after the end is none. All times are counted from the start, for those who joined later, too.
 */
import type { ReplyWay } from '../words.ts';

export const RATE_MINUTES = [1, 2, 5, 10, 30, 60] as const;
export const REACHED_PERCENTS = [25, 50, 75, 90] as const;
export const MINUTE_MS = 60_000;

export interface RosterEntry {
  person: string;
  center: string;
  joinedAt: Date;
  leftAt: Date | null;
  helpSince: Date | null;
  helpClearedAt: Date | null;
}

export interface Said {
  person: string;
  at: Date;
  way: ReplyWay;
}

/** From the start until the end; while it runs, `closedAt` is null and all is as of `now`. */
export interface Course {
  startedAt: Date;
  closedAt: Date | null;
  now: Date;
}

/** Somebody on the roster, and how she first answered. */
export interface Asked {
  person: string;
  center: string;
  joinedAt: Date;
  /** From the start to the first answer; null for who is silent. */
  firstMs: number | null;
  /** Of the first answer. */
  way: ReplyWay | null;
  /** Whether a later answer came another way. */
  changedWay: boolean;
}

/** Until when answers count. */
export function endOf({ closedAt, now }: Course): Date {
  return closedAt ?? now;
}

/** Whoever had not left at the end, each with the first answer. */
export function askedOf(roster: readonly RosterEntry[], replies: readonly Said[], course: Course): Asked[] {
  const end = endOf(course);
  const byPerson = new Map<string, Said[]>();
  for (const each of replies) {
    if (each.at > end) continue;
    const own = byPerson.get(each.person);
    if (own) own.push(each);
    else byPerson.set(each.person, [each]);
  }
  return roster
    .filter(({ leftAt }) => leftAt === null || leftAt > end)
    .map(({ person, center, joinedAt }) => {
      const own = byPerson.get(person) ?? [];
      const first = own.reduce<Said | undefined>(
        (earliest, each) => (earliest && earliest.at <= each.at ? earliest : each),
        undefined,
      );
      return {
        person,
        center,
        joinedAt,
        firstMs: first ? Math.max(0, first.at.getTime() - course.startedAt.getTime()) : null,
        way: first?.way ?? null,
        changedWay: own.some(({ way }) => way !== first?.way),
      };
    });
}

/** How many of the roster had answered within so many minutes, the last moment included. */
export interface Within {
  minutes: number;
  /** Null while it runs and has not run for so long. */
  answered: number | null;
  /** It was over before: what had been answered at the end. */
  isAfterEnd: boolean;
}

/** When so much of the roster had answered. */
export interface Reached {
  percent: number;
  /** How many people that is: the share, rounded up. */
  needed: number;
  /** From the start; null where it was not reached. */
  ms: number | null;
}

export interface Figures {
  roster: number;
  answered: number;
  within: readonly Within[];
  reached: readonly Reached[];
  /** From the start to each person's first answer, in order. */
  times: readonly number[];
}

export function figuresOf(asked: readonly Asked[], course: Course): Figures {
  const times = asked.flatMap(({ firstMs }) => (firstMs === null ? [] : [firstMs])).toSorted((a, b) => a - b);
  const length = endOf(course).getTime() - course.startedAt.getTime();
  return {
    roster: asked.length,
    answered: times.length,
    within: RATE_MINUTES.map((minutes) => {
      const isAfterEnd = length < minutes * MINUTE_MS;
      const isToCome = isAfterEnd && course.closedAt === null;
      return { minutes, answered: isToCome ? null : countWithin(times, minutes * MINUTE_MS), isAfterEnd };
    }),
    reached: REACHED_PERCENTS.map((percent) => {
      const needed = Math.ceil((percent * asked.length) / 100);
      return { percent, needed, ms: times[needed - 1] ?? null };
    }),
    times,
  };
}

/** How many of the times, which are in order, are at most so long. */
export function countWithin(times: readonly number[], ms: number): number {
  const later = times.findIndex((each) => each > ms);
  return later === -1 ? times.length : later;
}

/** How many first answered by each way, and how many answered by another one later. */
export interface Ways {
  first: Readonly<Record<ReplyWay, number>>;
  changed: number;
}

export function waysOf(asked: readonly Asked[]): Ways {
  const countOf = (way: ReplyWay) => asked.filter((each) => each.way === way).length;
  return {
    first: { chat: countOf('chat'), web: countOf('web'), proxy: countOf('proxy') },
    changed: asked.filter(({ changedWay }) => changedWay).length,
  };
}

/** 要救助: people, not how often they said so; those who left count, too. */
export interface Help {
  asked: number;
  cleared: number;
  /** From asking to clearing, of those cleared; null where nobody was. */
  medianMs: number | null;
  longestMs: number | null;
}

export function helpOf(roster: readonly RosterEntry[]): Help {
  const lengths = roster
    .flatMap(({ helpSince, helpClearedAt }) =>
      helpSince && helpClearedAt ? [Math.max(0, helpClearedAt.getTime() - helpSince.getTime())] : [],
    )
    .toSorted((a, b) => a - b);
  return {
    asked: roster.filter(({ helpSince }) => helpSince !== null).length,
    cleared: lengths.length,
    medianMs: medianOf(lengths),
    longestMs: lengths.at(-1) ?? null,
  };
}

function medianOf(ordered: readonly number[]): number | null {
  const [low, high] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[Math.floor(ordered.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Who came onto the roster after the start and stayed, and who left before the end. */
export interface Turnover {
  joined: number;
  left: number;
}

export function turnoverOf(roster: readonly RosterEntry[], course: Course): Turnover {
  const end = endOf(course);
  const left = roster.filter(({ leftAt }) => leftAt !== null && leftAt <= end);
  const stayed = roster.filter((each) => !left.includes(each));
  return {
    joined: stayed.filter(({ joinedAt }) => joinedAt > course.startedAt).length,
    left: left.length,
  };
}

/** Of some people by center. */
export function byCenter(asked: readonly Asked[]): ReadonlyMap<string, Asked[]> {
  const centers = new Map<string, Asked[]>();
  for (const each of asked) {
    const own = centers.get(each.center);
    if (own) own.push(each);
    else centers.set(each.center, [each]);
  }
  return centers;
}
