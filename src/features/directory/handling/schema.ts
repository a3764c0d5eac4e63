/** The city's own handling of personal data, as the city file and the form of 設定 state it. What is left out keeps kikan's own. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { directoryText as text } from '../text.ts';
import { LEAST_READING_LIMIT, LEAST_YEARS, MOST_READING_LIMIT, MOST_YEARS, type Retention } from './rules.ts';

export const ENTRY_MODES = ['modal', 'web'] as const;
export type EntryMode = (typeof ENTRY_MODES)[number];

const wholeNumber = (least: number, most: number, problem: string) =>
  v.pipe(v.number(problem), v.integer(problem), v.minValue(least, problem), v.maxValue(most, problem));

const years = wholeNumber(LEAST_YEARS, MOST_YEARS, text.notYears);
const readingLimit = wholeNumber(LEAST_READING_LIMIT, MOST_READING_LIMIT, text.notReadingLimit);

/** The city file's `retention`: years after closing, by kind. */
export const RetentionSchema = v.strictObject({
  individual: v.optional(years),
  operation: v.optional(years),
});

/** The city file's fields about personal data. */
export const HandlingFields = {
  personalDataEntry: v.optional(v.picklist(ENTRY_MODES, text.notEntryMode), 'modal'),
  retention: v.optional(RetentionSchema),
  readingLimit: v.optional(readingLimit),
};

/** What the city set; undefined where it keeps kikan's own. */
export interface Handling {
  personalDataEntry: EntryMode;
  individual: number | undefined;
  operation: number | undefined;
  readingLimit: number | undefined;
}

/** Fields of the form of 設定; also the block ids of its inputs. */
export const HANDLING_NUMBERS = ['individual', 'operation', 'readingLimit'] as const;
export type HandlingField = 'personalDataEntry' | (typeof HANDLING_NUMBERS)[number];

/** Reads the form of 設定: what is left empty is left to kikan's own. Every fault is told, beside its field. */
export function readHandlingForm(
  values: FormValues,
): Result<Handling, Partial<Record<HandlingField, string>>> {
  const errors: Partial<Record<HandlingField, string>> = {};
  const numberOf = (field: (typeof HANDLING_NUMBERS)[number]): number | undefined => {
    const typed = textValue(values, field);
    if (typed === null) return undefined;
    const digits = fold(typed);
    const schema = field === 'readingLimit' ? readingLimit : years;
    const checked = v.safeParse(schema, /^\d{1,6}$/.test(digits) ? Number(digits) : undefined);
    if (checked.success) return checked.output;
    errors[field] = field === 'readingLimit' ? text.notReadingLimit : text.notYears;
    return undefined;
  };
  const mode = v.safeParse(v.picklist(ENTRY_MODES), textValue(values, 'personalDataEntry'));
  if (!mode.success) errors.personalDataEntry = text.notEntryMode;
  const handling = {
    personalDataEntry: mode.success ? mode.output : ('modal' as const),
    individual: numberOf('individual'),
    operation: numberOf('operation'),
    readingLimit: numberOf('readingLimit'),
  };
  return Object.keys(errors).length > 0 ? refused(errors) : done(handling);
}

/** The city's own years from `city.retention`; none for null. Throws on a text that is not of kikan's own writing. */
export function readRetention(json: string | null): Partial<Retention> {
  if (json === null) return {};
  const { individual, operation } = v.parse(RetentionSchema, JSON.parse(json));
  return {
    ...(individual === undefined ? {} : { individual }),
    ...(operation === undefined ? {} : { operation }),
  };
}

/** For `city.retention`; null when the city sets nothing. Equal for equal years. */
export function writeRetention({
  individual,
  operation,
}: Pick<Handling, 'individual' | 'operation'>): string | null {
  return individual === undefined && operation === undefined
    ? null
    : JSON.stringify({ individual, operation });
}
