/** A roll-call beside the one of the year before, on the same definitions: drills with drills only, real ones with real ones. Pure. */
import { fiscalYearOf } from '../../../../lib/jst.ts';
import type { RollCallKind } from '../../words.ts';
import { type Asked, byCenter, type Course, type Figures, figuresOf } from '../rules.ts';

/** One to compare with. */
export type Earlier<Of extends Held> = Of & {
  startedAt: Date;
  closedAt: Date;
  /** How many fiscal years earlier it began. */
  yearsBefore: number;
};

export interface Held {
  id: string;
  kind: RollCallKind;
  startedAt: Date | null;
  closedAt: Date | null;
}

/**
 * The one to compare with: of the same kind, over, and begun in an earlier fiscal year; the latest, which is one of the year before
 * where there was any.
 * @param firstMonth of the fiscal year, 1 to 12
 */
export function previousOf<Of extends Held>(
  held: readonly Of[],
  current: Held,
  firstMonth: number,
): Earlier<Of> | undefined {
  if (!current.startedAt) return undefined;
  const year = fiscalYearOf(current.startedAt, firstMonth);
  return held
    .flatMap((each) => {
      const { startedAt, closedAt, kind } = each;
      if (kind !== current.kind || !startedAt || !closedAt) return [];
      const yearsBefore = year - fiscalYearOf(startedAt, firstMonth);
      return yearsBefore > 0 ? [{ ...each, startedAt, closedAt, yearsBefore }] : [];
    })
    .toSorted((a, b) => b.closedAt.getTime() - a.closedAt.getTime())
    .at(0);
}

/**
 * The center of now for one of then: itself where it is still asked, else the one that its area went to, and so on.
 * @param present centers that are asked now
 * @returns the last of the chain where none of it is asked now
 */
export function partnerOf(
  code: string,
  mergedInto: ReadonlyMap<string, string | null>,
  present: ReadonlySet<string>,
): string {
  const passed = new Set<string>();
  for (let at = code; ; ) {
    if (present.has(at)) return at;
    passed.add(at);
    const next = mergedInto.get(at);
    // A city file that sends areas in a circle is none to follow.
    if (next === undefined || next === null || passed.has(next)) return at;
    at = next;
  }
}

export interface Side {
  asked: readonly Asked[];
  course: Course;
}

export interface CenterBeside {
  center: string;
  /** Null where the center was not asked this time. */
  now: Figures | null;
  /** Null where nobody of it was asked the time before. */
  before: Figures | null;
}

export interface Comparison {
  before: Figures;
  /** Those alone who were on both rosters. */
  same: { now: Figures; before: Figures };
  /** On this roster only. */
  joined: number;
  /** On the earlier roster only. */
  left: number;
  centers: readonly CenterBeside[];
}

/** @param mergedInto of each center that was closed for good, which one its area went to */
export function compare(now: Side, before: Side, mergedInto: ReadonlyMap<string, string | null>): Comparison {
  const [nowPeople, beforePeople] = [peopleOf(now), peopleOf(before)];
  const sameNow = now.asked.filter(({ person }) => beforePeople.has(person));
  const sameBefore = before.asked.filter(({ person }) => nowPeople.has(person));
  return {
    before: figuresOf(before.asked, before.course),
    same: { now: figuresOf(sameNow, now.course), before: figuresOf(sameBefore, before.course) },
    joined: now.asked.length - sameNow.length,
    left: before.asked.length - sameBefore.length,
    centers: centersOf(now, before, mergedInto),
  };
}

function peopleOf({ asked }: Side): ReadonlySet<string> {
  return new Set(asked.map(({ person }) => person));
}

function centersOf(now: Side, before: Side, mergedInto: ReadonlyMap<string, string | null>): CenterBeside[] {
  const nowCenters = byCenter(now.asked);
  const present = new Set(nowCenters.keys());
  const beforeCenters = byCenter(
    before.asked.map((each) => ({ ...each, center: partnerOf(each.center, mergedInto, present) })),
  );
  const figures = (asked: Asked[] | undefined, { course }: Side) => (asked ? figuresOf(asked, course) : null);
  return [...new Set([...present, ...beforeCenters.keys()])].map((center) => ({
    center,
    now: figures(nowCenters.get(center), now),
    before: figures(beforeCenters.get(center), before),
  }));
}
