/** Which days a kind of meeting falls on, and whom it invites. Pure: the directory and the year are arguments. */
import { addBusinessDays, type BusinessCalendar, isBusinessDay } from '../../../lib/business-time.ts';
import { fold } from '../../../lib/japanese.ts';
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import type { meetingKind } from './tables.ts';
import type { HolidayRule, Host } from './words.ts';

/** Where a kind says nothing: afternoons suit offices that visit in the mornings. */
export const KIND_DEFAULTS = {
  host: 'kikan',
  attendees: '',
  day: '第3水曜',
  starts: '14:00',
  minutes: 90,
  holidays: 'after',
} as const satisfies { host: Host; holidays: HolidayRule; [field: string]: string | number };

/** The nth weekday of a month; 0 is its last one. Weekdays count from Sunday, 0. */
export interface DayOfMonth {
  nth: 0 | 1 | 2 | 3 | 4 | 5;
  weekday: number;
}

const WEEKDAYS = '日月火水木金土';
const NTHS = ['最終', '第1', '第2', '第3', '第4', '第5'] as const;

/** Reads `第3水曜`, `第3水曜日`, `最終金曜`, in any width; undefined for anything else. */
export function readDayOfMonth(text: string): DayOfMonth | undefined {
  const found = /^(最終|第[1-5])([日月火水木金土])曜?日?$/.exec(fold(text).replaceAll(/\s/g, ''));
  const [, first, weekday] = found ?? [];
  if (first === undefined || weekday === undefined) return undefined;
  const nths: readonly string[] = NTHS;
  const nth = nths.indexOf(first);
  if (nth !== 0 && nth !== 1 && nth !== 2 && nth !== 3 && nth !== 4 && nth !== 5) return undefined;
  return { nth, weekday: WEEKDAYS.indexOf(weekday) };
}

/** `第3水曜`. */
export function writeDayOfMonth({ nth, weekday }: DayOfMonth): string {
  return `${NTHS[nth]}${WEEKDAYS.charAt(weekday)}曜`;
}

/** The date of the nth weekday; undefined in a month that has no fifth one. */
export function dateOf(year: number, month: number, { nth, weekday }: DayOfMonth): JapanDate | undefined {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const firstWeekday = weekdayOf(first);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const earliest = 1 + ((weekday - firstWeekday + 7) % 7);
  const day = nth === 0 ? earliest + 7 * Math.floor((days - earliest) / 7) : earliest + 7 * (nth - 1);
  return day > days ? undefined : addDays(first, day - 1);
}

/** A kind of meeting, its columns read. */
export interface MeetingKind
  extends Pick<
    typeof meetingKind.$inferSelect,
    | 'id'
    | 'name'
    | 'host'
    | 'heldBy'
    | 'starts'
    | 'minutes'
    | 'place'
    | 'url'
    | 'holidays'
    | 'channel'
    | 'isPrivate'
    | 'isTraining'
    | 'position'
    | 'archivedAt'
  > {
  attendees: readonly AttendeeRule[];
  /** 1 to 12; none where it is held when needed. */
  months: readonly number[];
  day: DayOfMonth;
  /** So many centers, `majority` of those invited, or null: any number. */
  quorum: number | 'majority' | null;
}

export interface ProposedDate {
  on: JapanDate;
  /** The date by its rule, when the city is closed then. */
  movedFrom: JapanDate | null;
}

/**
 * The dates of a kind in a fiscal year, in order. A date on which the city is closed is moved as the rule says, but never into another
 * month: at its edge it moves the other way, since a meeting of April is one of April.
 * @param fiscalYear the calendar year in which it begins; @param firstMonth 1 to 12
 */
export function datesInYear(
  { months, day, holidays }: { months: readonly number[]; day: DayOfMonth; holidays: HolidayRule },
  fiscalYear: number,
  firstMonth: number,
  calendar: BusinessCalendar,
): ProposedDate[] {
  return [...new Set(months)]
    .map((month) => ({ month, year: month >= firstMonth ? fiscalYear : fiscalYear + 1 }))
    .sort((one, other) => one.year - other.year || one.month - other.month)
    .flatMap(({ year, month }) => {
      const on = dateOf(year, month, day);
      return on === undefined ? [] : openDayFor(on, holidays, calendar);
    });
}

function openDayFor(on: JapanDate, holidays: HolidayRule, calendar: BusinessCalendar): ProposedDate[] {
  if (isBusinessDay(calendar, on)) return [{ on, movedFrom: null }];
  if (holidays === 'skip') return [];
  const toward = holidays === 'before' ? -1 : 1;
  const candidates = [addBusinessDays(calendar, on, toward), addBusinessDays(calendar, on, -toward)];
  const moved = candidates.find((each) => each.slice(0, 7) === on.slice(0, 7));
  return moved === undefined ? [] : [{ on: moved, movedFrom: on }];
}

function weekdayOf(on: JapanDate): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay();
}

/** One word of a kind's `attendees`. */
export type AttendeeRule =
  | { who: 'managers' | 'everyone' | 'one-per-center' }
  | { who: 'of-kind'; kind: Host }
  | { who: 'profession'; profession: string }
  | { who: 'person'; slackUserId: string }
  | { who: 'guest'; name: string; email: string }
  /** A body that kikan knows nobody of (council): named, not invited. */
  | { who: 'outside'; name: string };

const SIMPLE: readonly (readonly [words: readonly string[], rule: AttendeeRule])[] = [
  [['managers', 'heads', 'manager', '管理者', 'センター長'], { who: 'managers' }],
  [['everyone', 'all', '全職員'], { who: 'everyone' }],
  [['one-per-center', 'onepercenter', '各センター1名'], { who: 'one-per-center' }],
  [['core', 'kikan', '基幹型'], { who: 'of-kind', kind: 'kikan' }],
  [['city', '市'], { who: 'of-kind', kind: 'city' }],
  [['districts', 'centers', '地区包括'], { who: 'of-kind', kind: 'district' }],
];

/**
 * Reads `city, core, profession: 社会福祉士, person: U0SATO, guest: 名前 <mail>`: words between commas, in any width and case. A word
 * that is none of these names an outside body; nothing is lost.
 */
export function readAttendees(text: string): AttendeeRule[] {
  return text
    .split(/[,、，;；]/u)
    .map((word) => word.trim())
    .filter((word) => fold(word) !== '')
    .map(readAttendee);
}

function readAttendee(word: string): AttendeeRule {
  const folded = fold(word);
  const simple = SIMPLE.find(([words]) => words.includes(folded.toLowerCase()));
  if (simple) return simple[1];
  const [, label = '', value = ''] = /^(profession|職種|person|guest)\s*:\s*(.+)$/iu.exec(folded) ?? [];
  switch (label.toLowerCase()) {
    case 'profession':
    case '職種':
      return { who: 'profession', profession: value };
    case 'person':
      return { who: 'person', slackUserId: value.toUpperCase() };
    case 'guest': {
      const [, name = '', email = ''] = /^(.*?)\s*<([^<>\s@]+@[^<>\s@]+)>$/u.exec(value) ?? [];
      return email === '' ? { who: 'outside', name: value } : { who: 'guest', name: name || email, email };
    }
    default:
      return { who: 'outside', name: word };
  }
}

/** The rules as the city file has them; `readAttendees` gives the same rules back. */
export function writeAttendees(rules: readonly AttendeeRule[]): string {
  return rules.map(writeAttendee).join(', ');
}

function writeAttendee(rule: AttendeeRule): string {
  switch (rule.who) {
    case 'managers':
    case 'everyone':
    case 'one-per-center':
      return rule.who;
    case 'of-kind':
      return { kikan: 'core', city: 'city', district: 'districts' }[rule.kind];
    case 'profession':
      return `profession: ${rule.profession}`;
    case 'person':
      return `person: ${rule.slackUserId}`;
    case 'guest':
      return `guest: ${rule.name} <${rule.email}>`;
    case 'outside':
      return rule.name;
  }
}

/** Somebody who may be invited, as the directory has her. */
export interface Invitable {
  slackUserId: string;
  center: string;
  kind: Host;
  profession: string;
  role: 'staff' | 'manager';
}

/** A chair at the table: a person's, a center's (whoever it sends), or an outside guest's. */
export type Seat = (
  | { seat: string; by: 'person'; person: string; center: string }
  | { seat: string; by: 'center'; center: string }
  | { seat: string; by: 'guest'; name: string; email: string }
) & {
  /** Invited by somebody, not by the kind's rules. */
  isByHand?: true;
};

/**
 * The seats that a kind's rules give, each once, in the order of the directory, guests last. A person who is invited by name or
 * profession keeps her seat beside that of her center.
 * @param centers the open district centers, in their order
 */
export function seatsOf(
  rules: readonly AttendeeRule[],
  people: readonly Invitable[],
  centers: readonly { code: string }[],
): Seat[] {
  const invited = people.filter((person) => rules.some((rule) => invites(rule, person)));
  const perCenter = rules.some(({ who }) => who === 'one-per-center') ? centers : [];
  const guests = rules.flatMap((rule) => (rule.who === 'guest' ? [rule] : []));
  const seats: Seat[] = [
    ...invited.map(
      ({ slackUserId, center }): Seat => ({
        seat: `person:${slackUserId}`,
        by: 'person',
        person: slackUserId,
        center,
      }),
    ),
    ...perCenter.map(({ code }): Seat => ({ seat: `center:${code}`, by: 'center', center: code })),
    ...guests.map(
      ({ name, email }): Seat => ({ seat: `guest:${email.toLowerCase()}`, by: 'guest', name, email }),
    ),
  ];
  return [...new Map(seats.map((each) => [each.seat, each])).values()];
}

function invites(rule: AttendeeRule, person: Invitable): boolean {
  switch (rule.who) {
    case 'everyone':
      return true;
    case 'managers':
      return person.role === 'manager';
    case 'of-kind':
      return person.kind === rule.kind;
    case 'profession':
      return fold(person.profession) === rule.profession;
    case 'person':
      return person.slackUserId === rule.slackUserId;
    default:
      return false;
  }
}
