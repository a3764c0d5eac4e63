/** The city's own deadlines of 相談, as the city file and the form of 設定 state them: `3営業日`. What is left out keeps kikan's default. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { parseSpan, type Span } from '../../../lib/span.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { directoryText as text } from '../text.ts';

const spanText = v.pipe(
  v.string(text.notSpan),
  v.transform(fold),
  v.check((value) => parseSpan(value) !== undefined, text.notSpan),
);

/** For each urgency: until it is accepted, until the first answer, until the next contact. */
export const UrgencyDeadlinesSchema = v.strictObject({
  accept: v.optional(spanText),
  answer: v.optional(spanText),
  contact: v.optional(spanText),
});

/** The city file's part; `closing` is the time to confirm a proposed closing, `handover` that to answer an offer. */
export const DeadlinesSchema = v.strictObject({
  urgent: v.optional(UrgencyDeadlinesSchema),
  soon: v.optional(UrgencyDeadlinesSchema),
  normal: v.optional(UrgencyDeadlinesSchema),
  closing: v.optional(spanText),
  handover: v.optional(spanText),
});

/** As texts that `parseSpan` reads. */
export type DeadlineTexts = v.InferOutput<typeof DeadlinesSchema>;

export const DEADLINE_URGENCIES = ['urgent', 'soon', 'normal'] as const;
export const DEADLINE_STEPS = ['accept', 'answer', 'contact'] as const;

export type DeadlineUrgency = (typeof DEADLINE_URGENCIES)[number];
export type DeadlineStep = (typeof DEADLINE_STEPS)[number];

/** What the city set; the rest is left to the caller's defaults. */
export type CityDeadlines = Partial<Record<DeadlineUrgency, Partial<Record<DeadlineStep, Span>>>> & {
  closing?: Span;
  handover?: Span;
};

/** The deadlines from `city.deadlines`; none for null. Throws on a text that is not of kikan's own writing. */
export function readCityDeadlines(json: string | null): CityDeadlines {
  const texts = readDeadlineTexts(json);
  const deadlines: CityDeadlines = spansOf({ closing: texts.closing, handover: texts.handover });
  for (const urgency of DEADLINE_URGENCIES) {
    const ofUrgency = texts[urgency];
    if (ofUrgency) deadlines[urgency] = spansOf(ofUrgency);
  }
  return deadlines;
}

/** A deadline of a city; also the block id of its input. */
export type DeadlineField = `${DeadlineUrgency}.${DeadlineStep}` | 'closing' | 'handover';

/** Reads the form of 設定: what is left empty is left to kikan's defaults. Every fault is told, beside its field. */
export function readDeadlinesForm(
  values: FormValues,
): Result<DeadlineTexts, Partial<Record<DeadlineField, string>>> {
  const errors: Partial<Record<DeadlineField, string>> = {};
  const read = (field: DeadlineField): string | undefined => {
    const typed = textValue(values, field);
    if (typed === null) return undefined;
    const checked = v.safeParse(spanText, typed);
    if (checked.success) return checked.output;
    errors[field] = text.notSpan;
    return undefined;
  };
  const ofUrgency = (urgency: DeadlineUrgency) => ({
    accept: read(`${urgency}.accept`),
    answer: read(`${urgency}.answer`),
    contact: read(`${urgency}.contact`),
  });
  const texts: DeadlineTexts = {
    urgent: ofUrgency('urgent'),
    soon: ofUrgency('soon'),
    normal: ofUrgency('normal'),
    closing: read('closing'),
    handover: read('handover'),
  };
  return Object.keys(errors).length > 0 ? refused(errors) : done(texts);
}

/** Every deadline by its field; undefined where the city keeps kikan's. */
export function flatDeadlines<Value>(
  nested: Partial<
    Record<DeadlineUrgency, Partial<Record<DeadlineStep, Value | undefined>> | undefined> &
      Record<'closing' | 'handover', Value | undefined>
  >,
): [field: DeadlineField, value: Value | undefined][] {
  return [
    ...DEADLINE_URGENCIES.flatMap((urgency) =>
      DEADLINE_STEPS.map((step): [DeadlineField, Value | undefined] => [
        `${urgency}.${step}`,
        nested[urgency]?.[step],
      ]),
    ),
    ['closing', nested.closing],
    ['handover', nested.handover],
  ];
}

/** For `city.deadlines`: what is not set stands nowhere in it; null when nothing is. Equal for equal deadlines. */
export function writeDeadlines(texts: DeadlineTexts): string | null {
  const kept: Partial<Record<DeadlineUrgency, object>> = {};
  for (const urgency of DEADLINE_URGENCIES) {
    const { accept, answer, contact } = texts[urgency] ?? {};
    if (accept ?? answer ?? contact) kept[urgency] = { accept, answer, contact };
  }
  const json = JSON.stringify({ ...kept, closing: texts.closing, handover: texts.handover });
  return json === '{}' ? null : json;
}

/** The same as texts: what the city file says. */
export function readDeadlineTexts(json: string | null): DeadlineTexts {
  return json === null ? {} : v.parse(DeadlinesSchema, JSON.parse(json));
}

function spansOf<Key extends string>(
  texts: Partial<Record<Key, string | undefined>>,
): Partial<Record<Key, Span>> {
  const spans: Partial<Record<Key, Span>> = {};
  for (const key in texts) {
    const span = parseSpan(texts[key] ?? '');
    if (span) spans[key] = span;
  }
  return spans;
}
