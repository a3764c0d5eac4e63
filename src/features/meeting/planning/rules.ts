/** A fiscal year's dates: which are still missing, where they meet, and who plans them. Pure. */
import { addBusinessDays, type BusinessCalendar } from '../../../lib/business-time.ts';
import { addDays, fiscalYearOf, type JapanDate, japanDate } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';
import type { MeetingKind } from '../../directory/meeting-kinds/rules.ts';
import { datesInYear, type Seat } from '../../directory/meeting-kinds/rules.ts';
import { mayCall } from '../rules.ts';

/** From so many months before a fiscal year on, it is the one that is planned: from January on, where it begins in April. */
const MONTHS_AHEAD = 3;
/** Business days before a meeting until which seats answer, and centers send items of the agenda. */
const ANSWER_DAYS = 5;
const AGENDA_DAYS = 10;

const FIRST_YEAR = 2020;
const LAST_YEAR = 2049;

type Planner = Pick<Actor, 'slackUserId'> & { center: Pick<Actor['center'], 'code' | 'kind'> };

/** A year is planned by the core center, and by the city section for what it holds itself. */
export function mayPlan({ center }: Planner): boolean {
  return center.kind !== 'district';
}

/** What a district center calls for a case or an area is held when needed, and never planned by somebody else. */
export function mayPlanKind(actor: Planner, { host }: Pick<MeetingKind, 'host'>): boolean {
  return host !== 'district' && mayPlan(actor) && mayCall(actor, { host });
}

/** The fiscal years that can be planned, and which of them one thinks of first. */
export function planYears(now: Date, firstMonth: number): { years: readonly number[]; suggested: number } {
  const current = fiscalYearOf(now, firstMonth);
  const month = Number(japanDate(now).slice(5, 7));
  const isNearItsEnd = (firstMonth - month + 12) % 12 <= MONTHS_AHEAD && month !== firstMonth;
  return { years: [current, current + 1], suggested: isNearItsEnd ? current + 1 : current };
}

/** Whether a number can be the year of a plan: those whose holidays are known. */
export function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A planned date as far as its rules need it. */
export interface Planned {
  kind: string;
  on: JapanDate;
  starts: string;
  minutes: number;
}

/** Of a kind in a month. */
export function monthOf(kind: string, on: JapanDate): string {
  return `${kind}/${on.slice(0, 7)}`;
}

export interface MissingDate extends Planned {
  movedFrom: JapanDate | null;
}

/**
 * The dates of a fiscal year that are not there yet. A kind that has any date in a month has that month's: whoever moved or added one
 * finds no second one beside it.
 * @param taken months of kinds, as `monthOf` names them
 * @param today it and what is before it are not planned any more
 */
export function missingDates(
  kinds: readonly MeetingKind[],
  { year, firstMonth }: { year: number; firstMonth: number },
  calendar: BusinessCalendar,
  taken: ReadonlySet<string>,
  today: JapanDate,
): MissingDate[] {
  return kinds.flatMap((kind) =>
    datesInYear(kind, year, firstMonth, calendar)
      .filter(({ on }) => on > today && !taken.has(monthOf(kind.id, on)))
      .map(({ on, movedFrom }) => ({
        kind: kind.id,
        on,
        starts: kind.starts,
        minutes: kind.minutes,
        movedFrom,
      })),
  );
}

/** When it begins and ends; a time of Japan. */
export function instantsOf({ on, starts, minutes }: Omit<Planned, 'kind'>): { startsAt: Date; endsAt: Date } {
  const startsAt = new Date(`${on}T${starts}:00+09:00`);
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) };
}

/** The first and the last day of a fiscal year. */
export function daysOfYear(year: number, firstMonth: number): { first: JapanDate; last: JapanDate } {
  const begin = (each: number) => `${each}-${String(firstMonth).padStart(2, '0')}-01`;
  return { first: begin(year), last: addDays(begin(year + 1), -1) };
}

/** Until when people answer and send items of the agenda; null where that is not ahead any more. */
export function deadlinesOf(
  on: JapanDate,
  calendar: BusinessCalendar,
  today: JapanDate,
): { answerBy: JapanDate | null; agendaBy: JapanDate | null } {
  const ahead = (days: number) => {
    const by = addBusinessDays(calendar, on, -days);
    return by > today ? by : null;
  };
  return { answerBy: ahead(ANSWER_DAYS), agendaBy: ahead(AGENDA_DAYS) };
}

/** Something that takes place, with whoever is expected there. */
export interface Occasion {
  id: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  /** Seats of people and guests; a center's seat is nobody's yet. */
  people: ReadonlySet<string>;
}

export interface Clash {
  name: string;
  /** How many are expected at both. */
  shared: number;
}

/** With what each occasion meets: at the same time, with somebody expected at both. By the occasion's id. */
export function clashesOf(
  planned: readonly Occasion[],
  standing: readonly Occasion[],
): ReadonlyMap<string, readonly Clash[]> {
  const all = [...planned, ...standing].toSorted(
    (one, other) => one.startsAt.getTime() - other.startsAt.getTime(),
  );
  const found = new Map<string, Clash[]>();
  const note = (of: Occasion, other: Occasion, shared: number) =>
    found.set(of.id, [...(found.get(of.id) ?? []), { name: other.name, shared }]);
  for (const [position, one] of all.entries()) {
    for (const other of all.slice(position + 1)) {
      if (other.startsAt >= one.endsAt) break;
      const shared = [...one.people].filter((each) => other.people.has(each)).length;
      if (shared === 0) continue;
      note(one, other, shared);
      note(other, one, shared);
    }
  }
  return found;
}

/** Whom an occasion's seats expect in person. */
export function expectedAt(seats: readonly Seat[]): ReadonlySet<string> {
  return new Set(seats.flatMap(({ seat, by }) => (by === 'center' ? [] : [seat])));
}
