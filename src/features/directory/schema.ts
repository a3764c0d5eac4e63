/** The city file: strict, so that a misspelt field is refused with its place instead of being ignored. */
import * as v from 'valibot';
import { isCalendarDate } from '../../lib/jst.ts';
import { isRecord } from '../../lib/record.ts';
import { ChaseMinutesSchema } from './chase-minutes.ts';
import { DEADLINE_URGENCIES, DeadlinesSchema, UrgencyDeadlinesSchema } from './deadlines/schema.ts';
import { FaqEntrySchema } from './faq-entries.ts';
import {
  doubledIn,
  type FileFault,
  faultsOf,
  itemsOf,
  textsIn,
  uniqueByPath,
  unknownFieldsIn,
} from './file-faults.ts';
import { channelId, code, flag, line, monthNumber, userId } from './file-fields.ts';
import { HandlingFields, RetentionSchema } from './handling/schema.ts';
import { MeetingKindSchema, MeetingKinds } from './meeting-kinds/schema.ts';
import { isOpenEachYear, takesNewConsultations } from './rules.ts';
import { directoryText as text } from './text.ts';

/** Slack shows at most 100 choices in a menu; the largest cities have some sixty centers. */
const MAX_CENTERS = 100;
/** A center's area goes to a few neighbours at most; so many closed ones to one center is a slip of the pen. */
const MAX_MERGED = 20;

const Hours = v.pipe(
  v.string(text.notHours),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, text.notHours),
  v.check((value) => value.slice(0, 5) < value.slice(6), text.notHours),
);
/** 29 February is a day to be closed on, in the years that have it. */
const LEAP_YEAR = 2028;
const ClosedDay = v.pipe(
  v.string(text.notClosedDay),
  v.regex(/^\d\d-\d\d(\/\d\d-\d\d)?$/, text.notClosedDay),
  v.check(
    (value) => value.split('/').every((day) => isCalendarDate(`${LEAP_YEAR}-${day}`)),
    text.notClosedDay,
  ),
);

const Center = v.strictObject({
  code,
  kind: v.picklist(['kikan', 'district', 'city'], text.notCenterKind),
  name: line(80),
  short: line(20),
  channel: v.optional(channelId),
  area: v.optional(line(80)),
  /** 代替: the listed center that takes over when this one is closed by a disaster. */
  substitute: v.optional(code),
  /** Centers, not listed any more, whose area it took. Their order says nothing. */
  mergedFrom: v.optional(
    v.pipe(
      v.array(code),
      v.minLength(1, text.empty),
      v.maxLength(MAX_MERGED, text.tooMany(MAX_MERGED)),
      v.transform((codes) => codes.toSorted()),
    ),
  ),
});

const Person = v.strictObject({
  slackUserId: userId,
  name: line(60),
  center: code,
  profession: line(60),
  role: v.picklist(['staff', 'manager'], text.notRole),
  admin: flag,
  duty: flag,
  email: v.optional(v.pipe(v.string(text.notEmail), v.email(text.notEmail), v.maxLength(254, text.notEmail))),
});

const Channels = v.strictObject({
  triage: channelId,
  heads: v.optional(channelId),
  drill: v.optional(channelId),
});

const Fields = v.strictObject({
  name: line(40),
  fiscalYearStart: monthNumber,
  businessHours: Hours,
  closedDays: v.optional(v.array(ClosedDay), []),
  ...HandlingFields,
  /** The city's own deadlines of 相談; an import without them goes back to kikan's. */
  deadlines: v.optional(DeadlinesSchema),
  /** Minutes after which silent people are asked again in a roll-call; an import without them goes back to kikan's. */
  chaseMinutes: v.optional(ChaseMinutesSchema),
  channels: Channels,
  centers: v.pipe(
    v.array(Center),
    v.minLength(1, text.empty),
    v.maxLength(MAX_CENTERS, text.tooMany(MAX_CENTERS)),
  ),
  staff: v.pipe(v.array(Person), v.minLength(1, text.empty)),
  faq: v.optional(v.array(FaqEntrySchema), []),
  meetingKinds: v.optional(MeetingKinds, []),
});

export type CityFile = v.InferOutput<typeof Fields>;

export type CityFileFault = FileFault;

/** The names of all fields, for whoever reads only some of them. */
export const CITY_FILE_FIELDS = Fields.entries;

/** Reads a city file from JSON text. Nothing of a file with faults may be loaded; every fault is named, once. */
export function parseCityFile(
  json: string,
): { ok: true; city: CityFile } | { ok: false; faults: CityFileFault[] } {
  let value: unknown;
  try {
    // Windows' editor puts a byte order mark before a text.
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, faults: [{ path: '(file)', problem: text.notJson }] };
  }
  const parsed = v.safeParse(Fields, value);
  const ofFields = faultsOf(parsed.issues);
  const between = [
    ...unknownFields(value),
    ...doubled(value),
    ...unknownCenters(value),
    ...substituteFaults(value),
    ...mergerFaults(value),
  ];
  const ofWhole = parsed.success ? [...coreCenterFaults(parsed.output), ...closureFaults(parsed.output)] : [];
  const faults = uniqueByPath([...ofFields, ...between, ...ofWhole]);
  return parsed.success && faults.length === 0 ? { ok: true, city: parsed.output } : { ok: false, faults };
}

// These five read the file as it came, so that they find their faults beside those of single fields.

function unknownFields(file: unknown): CityFileFault[] {
  if (!isRecord(file)) return [];
  const places: [path: string, value: unknown, known: object][] = [
    ['', file, Fields.entries],
    ['channels.', file.channels, Channels.entries],
    ['deadlines.', file.deadlines, DeadlinesSchema.entries],
    ...deadlinePlaces(file.deadlines),
    ['retention.', file.retention, RetentionSchema.entries],
    ...placesIn(file, 'centers', Center.entries),
    ...placesIn(file, 'staff', Person.entries),
    ...placesIn(file, 'faq', FaqEntrySchema.entries),
    ...placesIn(file, 'meetingKinds', MeetingKindSchema.entries),
  ];
  return unknownFieldsIn(places);
}

function deadlinePlaces(deadlines: unknown): [path: string, value: unknown, known: object][] {
  if (!isRecord(deadlines)) return [];
  return DEADLINE_URGENCIES.map((urgency) => [
    `deadlines.${urgency}.`,
    deadlines[urgency],
    UrgencyDeadlinesSchema.entries,
  ]);
}

function placesIn(
  file: unknown,
  list: string,
  known: object,
): [path: string, value: unknown, known: object][] {
  return itemsOf(file, list).map((item, i) => [`${list}[${i}].`, item, known]);
}

function doubled(file: unknown): CityFileFault[] {
  const columns = [
    ['centers', 'code'],
    ['staff', 'slackUserId'],
    ['faq', 'externalId'],
    ['meetingKinds', 'name'],
  ] as const;
  return columns.flatMap(([list, field]) =>
    doubledIn(itemsOf(file, list), field, (i) => `${list}[${i}].${field}`),
  );
}

function unknownCenters(file: unknown): CityFileFault[] {
  const codes = new Set(textsIn(itemsOf(file, 'centers'), 'code'));
  return textsIn(itemsOf(file, 'staff'), 'center').flatMap((code, i) =>
    code === undefined || codes.has(code)
      ? []
      : [{ path: `staff[${i}].center`, problem: text.unknownCenter }],
  );
}

function substituteFaults(file: unknown): CityFileFault[] {
  const codes = textsIn(itemsOf(file, 'centers'), 'code');
  return textsIn(itemsOf(file, 'centers'), 'substitute').flatMap((code, i): CityFileFault[] => {
    const path = `centers[${i}].substitute`;
    if (code === undefined) return [];
    if (code === codes[i]) return [{ path, problem: text.ownSubstitute }];
    return codes.includes(code) ? [] : [{ path, problem: text.unknownCenter }];
  });
}

/** A center whose area went elsewhere is closed, and its area went to one center only. */
function mergerFaults(file: unknown): CityFileFault[] {
  const listed = new Set(textsIn(itemsOf(file, 'centers'), 'code'));
  const taken = new Set<string>();
  return itemsOf(file, 'centers').flatMap((item, i) =>
    itemsOf(item, 'mergedFrom').flatMap((code, j): CityFileFault[] => {
      if (typeof code !== 'string') return [];
      const path = `centers[${i}].mergedFrom[${j}]`;
      const isTaken = taken.has(code);
      taken.add(code);
      if (listed.has(code)) return [{ path, problem: text.stillListed }];
      return isTaken ? [{ path, problem: text.doubled }] : [];
    }),
  );
}

/** Without exactly one core center and somebody there who takes new consultations, nothing sent in would ever be accepted. */
function coreCenterFaults(file: CityFile): CityFileFault[] {
  const cores = file.centers.filter((each) => each.kind === 'kikan');
  if (cores.length !== 1) return [{ path: 'centers', problem: text.oneCoreCenter }];
  const coreStaff = file.staff.filter((person) => person.center === cores[0]?.code);
  const isSomebodyThere = takesNewConsultations(
    coreStaff.map(({ role, duty }) => ({ role, isOnDuty: duty })),
  );
  return isSomebodyThere ? [] : [{ path: 'staff', problem: text.nobodyOnDuty }];
}

/** In a city that is never open nothing would ever be due. */
function closureFaults(file: CityFile): CityFileFault[] {
  return isOpenEachYear(file) ? [] : [{ path: 'closedDays', problem: text.neverOpen }];
}
