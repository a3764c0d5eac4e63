/** The city file: strict, so that a misspelt field is refused with its place instead of being ignored. */
import * as v from 'valibot';
import { directoryText as text } from './text.ts';

const line = (max: number) =>
  v.pipe(v.string(text.notText), v.trim(), v.minLength(1, text.empty), v.maxLength(max, text.tooLong(max)));
const slackId = (letters: string, what: string) =>
  v.pipe(v.string(text.notText), v.regex(new RegExp(`^[${letters}][A-Z0-9]{1,30}$`), what));
const userId = slackId('UW', text.notUserId);
const channelId = slackId('CG', text.notChannelId);
const code = v.pipe(v.string(text.notText), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, text.notCode));
const monthNumber = v.pipe(
  v.number(text.notMonth),
  v.integer(text.notMonth),
  v.minValue(1, text.notMonth),
  v.maxValue(12, text.notMonth),
);
const isoDate = v.pipe(
  v.string(text.notDate),
  v.isoDate(text.notDate),
  v.check((value) => !Number.isNaN(Date.parse(value)), text.notDate),
);
const flag = v.optional(v.boolean(text.notBoolean), false);

/** Slack shows at most 100 choices in a menu; the largest cities have some sixty centers. */
const MAX_CENTERS = 100;

const Hours = v.pipe(
  v.string(text.notHours),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, text.notHours),
  v.check((value) => value.slice(0, 5) < value.slice(6), text.notHours),
);
const ClosedDay = v.pipe(
  v.string(text.notClosedDay),
  v.regex(
    /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(\/(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/,
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

const FaqEntry = v.strictObject({
  externalId: v.optional(line(64)),
  question: line(3000),
  answer: line(20_000),
  topics: v.optional(v.array(line(60))),
  reviewedOn: v.optional(isoDate),
});

const MeetingKind = v.strictObject({
  name: line(60),
  months: v.optional(v.array(monthNumber)),
  attendees: v.optional(line(60)),
});

const Fields = v.strictObject({
  name: line(40),
  fiscalYearStart: monthNumber,
  businessHours: Hours,
  closedDays: v.optional(v.array(ClosedDay), []),
  /** `web` opens with the pages that take personal data: until then such a city must not get modals that do. */
  personalDataEntry: v.optional(v.literal('modal', text.webEntryNotYet), 'modal'),
  channels: v.strictObject({ triage: channelId, heads: v.optional(channelId), drill: v.optional(channelId) }),
  centers: v.pipe(
    v.array(Center),
    v.minLength(1, text.empty),
    v.maxLength(MAX_CENTERS, text.tooMany(MAX_CENTERS)),
  ),
  staff: v.pipe(v.array(Person), v.minLength(1, text.empty)),
  faq: v.optional(v.array(FaqEntry), []),
  meetingKinds: v.optional(v.array(MeetingKind), []),
});

export type CityFile = v.InferOutput<typeof Fields>;

/** What keeps a city file from being loaded: the place as `staff[3].center`, and a sentence. */
export interface CityFileFault {
  path: string;
  problem: string;
}

/** Reads a city file from JSON text. Nothing of a file with faults may be loaded. */
export function parseCityFile(
  json: string,
): { ok: true; city: CityFile } | { ok: false; faults: CityFileFault[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, faults: [{ path: '(file)', problem: text.notJson }] };
  }
  const parsed = v.safeParse(Fields, value);
  if (!parsed.success)
    return {
      ok: false,
      faults: parsed.issues.map((issue) => ({ path: pathOf(issue), problem: problemOf(issue) })),
    };
  const faults = [
    ...doubled(parsed.output),
    ...unknownCenters(parsed.output),
    ...coreCenterFaults(parsed.output),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, city: parsed.output };
}

function doubled(file: CityFile): CityFileFault[] {
  return [
    ...doubles(
      file.centers.map((each) => each.code),
      (i) => `centers[${i}].code`,
    ),
    ...doubles(
      file.staff.map((each) => each.slackUserId),
      (i) => `staff[${i}].slackUserId`,
    ),
    ...doubles(
      file.faq.map((each) => each.externalId),
      (i) => `faq[${i}].externalId`,
    ),
    ...doubles(
      file.meetingKinds.map((each) => each.name),
      (i) => `meetingKinds[${i}].name`,
    ),
  ];
}

function doubles(values: readonly (string | undefined)[], path: (index: number) => string): CityFileFault[] {
  return values.flatMap((value, i) =>
    value !== undefined && values.indexOf(value) < i ? [{ path: path(i), problem: text.doubled }] : [],
  );
}

function unknownCenters(file: CityFile): CityFileFault[] {
  const codes = new Set(file.centers.map((each) => each.code));
  return file.staff.flatMap((person, i) =>
    codes.has(person.center) ? [] : [{ path: `staff[${i}].center`, problem: text.unknownCenter }],
  );
}

/** Without exactly one core center and somebody there who takes new consultations, nothing sent in would ever be accepted. */
function coreCenterFaults(file: CityFile): CityFileFault[] {
  const cores = file.centers.filter((each) => each.kind === 'kikan');
  if (cores.length !== 1) return [{ path: 'centers', problem: text.oneCoreCenter }];
  const takesNew = file.staff.some(
    (person) => person.center === cores[0]?.code && (person.duty || person.role === 'manager'),
  );
  return takesNew ? [] : [{ path: 'staff', problem: text.nobodyOnDuty }];
}

type Issue = v.BaseIssue<unknown>;

function pathOf(issue: Issue): string {
  const path = (issue.path ?? [])
    .map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${String(item.key)}`))
    .join('');
  return path.replace(/^\./, '') || '(file)';
}

function problemOf(issue: Issue): string {
  if (issue.type === 'strict_object')
    return issue.expected === 'never'
      ? text.unknownField
      : issue.input === undefined
        ? text.missing
        : text.notObject;
  if (issue.input === undefined) return text.missing;
  return issue.type === 'array' ? text.notList : issue.message;
}
