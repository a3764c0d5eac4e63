/** A kind of meeting as the city file has it. */
import * as v from 'valibot';
import { MailAddress } from '../../../mail/schema.ts';
import { channelId, line, monthNumber } from '../file-fields.ts';
import { directoryText } from '../text.ts';
import { KIND_DEFAULTS, readAttendees, readDayOfMonth } from './rules.ts';
import { meetingKindText as text } from './text.ts';
import { HOLIDAY_RULES, HOSTS } from './words.ts';

/** A whole working day; longer ones are several meetings. */
const MAX_MINUTES = 600;
/** A city has at most a hundred centers. */
const MAX_QUORUM = 100;
/** Some fifty named people and guests. */
const MAX_ATTENDEES = 4000;

export const webAddress = v.pipe(
  line(500),
  v.check((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), text.faults.notUrl),
);
export const timeOfDay = v.pipe(
  v.string(text.faults.notTime),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, text.faults.notTime),
);
export const minutes = v.pipe(
  v.number(text.faults.notMinutes),
  v.integer(text.faults.notMinutes),
  v.minValue(5, text.faults.notMinutes),
  v.maxValue(MAX_MINUTES, text.faults.notMinutes),
);
/** `majority` of the centers invited, or so many of them. */
export const quorum = v.union(
  [
    v.literal('majority'),
    v.pipe(
      v.number(text.faults.notQuorum),
      v.integer(text.faults.notQuorum),
      v.minValue(1, text.faults.notQuorum),
      v.maxValue(MAX_QUORUM, text.faults.notQuorum),
    ),
  ],
  text.faults.notQuorum,
);
/** Guests are written to: an address that is none would stop the invitation of everybody else. */
const attendees = v.pipe(
  line(MAX_ATTENDEES),
  v.check(
    (value) => readAttendees(value).every((rule) => rule.who !== 'guest' || v.is(MailAddress, rule.email)),
    text.faults.notGuest,
  ),
);

export const MeetingKindSchema = v.strictObject({
  name: line(60),
  host: v.optional(v.picklist(HOSTS, text.faults.notHost)),
  heldBy: v.optional(line(60)),
  attendees: v.optional(attendees),
  months: v.optional(v.array(monthNumber)),
  day: v.optional(
    v.pipe(
      line(20),
      v.check((value) => readDayOfMonth(value) !== undefined, text.faults.notDay),
    ),
  ),
  starts: v.optional(timeOfDay),
  minutes: v.optional(minutes),
  place: v.optional(line(200)),
  url: v.optional(webAddress),
  quorum: v.optional(quorum),
  holidays: v.optional(v.picklist(HOLIDAY_RULES, text.faults.notHolidayRule)),
  channel: v.optional(channelId),
  private: v.optional(v.boolean(directoryText.notBoolean)),
  training: v.optional(v.boolean(directoryText.notBoolean)),
});

/** As a city file has it; what it leaves out has the defaults of `rules.ts`. */
export type MeetingKindFile = v.InferOutput<typeof MeetingKindSchema>;

/** The same kind without what says no more than the defaults do, so that equal kinds are written alike. */
export function tidyKind(kind: MeetingKindFile): MeetingKindFile {
  const { name, months, private: isPrivate, training, ...rest } = kind;
  const defaults = new Map<string, unknown>(Object.entries(KIND_DEFAULTS));
  // Day and time are no defaults of a kind but of its proposals: a city that writes them down keeps them.
  const isKept = ([field, value]: [string, unknown]) =>
    value !== undefined && (field === 'day' || value !== defaults.get(field));
  const kept: Partial<typeof rest> = Object.fromEntries(Object.entries(rest).filter(isKept));
  return {
    name,
    ...kept,
    ...(months && months.length > 0 ? { months } : {}),
    ...(isPrivate ? { private: true } : {}),
    ...(training ? { training: true } : {}),
  };
}

/** The kinds of a city file. */
export const MeetingKinds = v.array(v.pipe(MeetingKindSchema, v.transform(tidyKind)));
