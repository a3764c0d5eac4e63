/** Input of a start, and its limits: read by field, every fault told beside its field. */
import * as v from 'valibot';
import { characterCount } from '../../../lib/japanese.ts';
import { addDays, isCalendarDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { INSTRUCTIONS, KINDS, type RollCallKind, SCENARIOS } from '../words.ts';
import { startingText as text } from './text.ts';

export const NOTE_LENGTH = 2000;
const MAX_DAYS_AHEAD = 365;

export const WHENS = ['now', 'later'] as const;
export const START_OPTIONS = ['announce', 'mail'] as const;

/** What was chosen: controlled words, codes and a time, so that it may travel with the confirmation. What was typed is not in it. */
const ChosenSchema = v.object({
  kind: v.picklist(KINDS),
  scenario: v.picklist(SCENARIOS),
  instructions: v.array(v.picklist(INSTRUCTIONS)),
  centers: v.nullable(v.array(v.string())),
  /** ISO instant; null for at once. */
  startsAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  isAnnounced: v.boolean(),
  byMail: v.boolean(),
});
export type Chosen = v.InferOutput<typeof ChosenSchema>;

const Metadata = v.pipe(v.string(), v.parseJson(), ChosenSchema);

/** Undefined for whatever is none of ours. */
export function readChosen(metadata: string): Chosen | undefined {
  const parsed = v.safeParse(Metadata, metadata);
  return parsed.success ? parsed.output : undefined;
}

export function readKind(word: string): RollCallKind | undefined {
  return KINDS.find((each) => each === word);
}

export type StartErrors = Record<string, string>;

/** A center as it can be chosen. */
export interface Choosable {
  code: string;
  short: string;
  people: number;
}

/** @returns what was chosen, or a sentence beside each faulty field */
export function readStartForm(
  values: FormValues,
  kind: RollCallKind,
  centers: readonly Choosable[],
  now: Date,
): Result<Chosen, StartErrors> {
  const errors: StartErrors = {};
  const scenario = SCENARIOS.find((each) => each === textValue(values, 'scenario'));
  if (scenario === undefined) errors.scenario = text.errors.choose;
  const instructions = INSTRUCTIONS.filter((each) => listValue(values, 'instructions').includes(each));
  if (instructions.length === 0) errors.instructions = text.errors.choose;
  const isLater = textValue(values, 'when') === 'later';
  const startsAt = isLater ? readInstant(values, now, errors) : null;
  const asked = readCenters(listValue(values, 'centers'), centers, errors);
  readNote(values, errors);
  const options = listValue(values, 'options');
  if (Object.keys(errors).length > 0 || scenario === undefined) return refused(errors);
  return done({
    kind,
    scenario,
    instructions,
    centers: asked,
    startsAt: startsAt?.toISOString() ?? null,
    // One that comes without notice is not announced, whatever is ticked.
    isAnnounced: isLater && scenario !== 'off-hours' && options.includes('announce'),
    // Where chat is not to be used, mail is the only way.
    byMail: scenario === 'slack-outage' || options.includes('mail'),
  });
}

/** The time of a planned one: ahead, and within a year. Null when it is none, which is told beside its field. */
export function readInstant(values: FormValues, now: Date, errors: StartErrors): Date | null {
  const on = textValue(values, 'on') ?? '';
  const at = textValue(values, 'at') ?? '';
  if (!isCalendarDate(on)) errors.on = text.errors.notDate;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) errors.at = text.errors.notTime;
  if (errors.on !== undefined || errors.at !== undefined) return null;
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const startsAt = new Date(startOfJapanDay(on).getTime() + (hours * 60 + minutes) * 60_000);
  if (startsAt <= now) errors[on < japanDate(now) ? 'on' : 'at'] = text.errors.past;
  else if (on > addDays(japanDate(now), MAX_DAYS_AHEAD)) errors.on = text.errors.tooFar;
  return startsAt;
}

/** The typed note; null when there is none. */
export function readNote(values: FormValues, errors: StartErrors): string | null {
  const note = textValue(values, 'note')?.trim() ?? null;
  if (note !== null && characterCount(note) > NOTE_LENGTH) errors.note = text.errors.tooLong(NOTE_LENGTH);
  return note === '' ? null : note;
}

function readCenters(
  codes: readonly string[],
  centers: readonly Choosable[],
  errors: StartErrors,
): string[] | null {
  if (codes.length === 0) return null;
  const chosen = centers.filter(({ code }) => codes.includes(code));
  const empty = chosen.filter(({ people }) => people === 0);
  if (chosen.length < new Set(codes).size) errors.centers = text.errors.noCenter;
  else if (empty.length > 0) errors.centers = text.errors.emptyCenters(empty.map(({ short }) => short));
  return chosen.map(({ code }) => code);
}
