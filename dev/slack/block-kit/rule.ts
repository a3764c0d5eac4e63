/** The words of Block Kit's rules: small schema makers whose messages read like Slack's own. */
import * as v from 'valibot';

/** A string of `min` to `max` characters. */
export function text(max: number, min = 1) {
  return v.pipe(
    v.string('must be a string'),
    v.minLength(min, `must be more than ${min - 1} characters`),
    v.maxLength(max, `must be less than ${max + 1} characters`),
  );
}

/** A list of `min` to `max` items. */
export function list<Item extends v.GenericSchema>(item: Item, max: number, min = 1) {
  return v.pipe(
    v.array(item, 'must be an array'),
    v.minLength(min, min === 1 ? 'must provide at least one item' : `no fewer than ${min} items allowed`),
    v.maxLength(max, `no more than ${max} items allowed`),
  );
}

/** An object with exactly these fields; unknown and missing ones are named. */
export function shape<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, (issue) => {
    const key = String(issue.path?.at(-1)?.key ?? '');
    if (issue.expected === 'never') return `invalid additional property: ${key}`;
    return issue.expected === 'Object' ? 'must be an object' : `missing required field: ${key}`;
  });
}

/** One of several objects, told apart by `type`. */
export function oneOf<Options extends v.VariantOptions<'type'>>(options: Options) {
  return v.variant('type', options, (issue) => {
    if (issue.path === undefined || issue.path.at(-1)?.key !== 'type') return 'must be an object';
    return issue.input === undefined ? 'missing required field: type' : `unsupported type: ${issue.input}`;
  });
}

/** One of these words. */
export function word<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return v.picklist(words, `must be one of: ${words.join(', ')}`);
}

/** True or false. */
export const flag = v.optional(v.boolean('must be a boolean'));

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number) {
  return v.pipe(
    v.number('must be a number'),
    v.integer('must be an integer'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
}

/** A string that matches; `what` names the format. */
export function format(pattern: RegExp, what: string) {
  return v.pipe(v.string('must be a string'), v.regex(pattern, `must match format: ${what}`));
}

/** Slack's lines for what is wrong with `value`: `… [json-pointer:/blocks/0/text]`. Empty when nothing is. */
export function problemsOf(schema: v.GenericSchema, value: unknown, pointer: string): string[] {
  const outcome = v.safeParse(schema, value);
  if (outcome.success) return [];
  return outcome.issues.map((issue) => {
    const keys = (issue.path ?? []).map((step) => String(step.key));
    const isAboutParent = /^(missing required field|invalid additional property)/.test(issue.message);
    const steps = isAboutParent ? keys.slice(0, -1) : keys;
    return `${issue.message} [json-pointer:${[pointer, ...steps].join('/')}]`;
  });
}
