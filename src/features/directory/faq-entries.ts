/** Entries of the FAQ as files bring them: the `faq` of a city file, and files of the FAQ alone. */
import * as v from 'valibot';
import { isoDate, line, words } from './file-fields.ts';
import { directoryText as text } from './text.ts';

/** A page that lists more links or other ways to ask helps nobody. */
const MAX_LISTED = 20;

const listOf = (max: number) => v.pipe(v.array(line(max)), v.maxLength(MAX_LISTED, text.tooMany(MAX_LISTED)));

export const FaqLinkSchema = v.strictObject({
  label: line(200),
  url: v.pipe(
    v.string(text.notText),
    v.trim(),
    v.maxLength(2000, text.tooLong(2000)),
    v.check((value) => /^https?:\/\/\S+$/i.test(value) && URL.canParse(value), text.notLink),
  ),
});

/** Strict, so that a misspelt field is refused. What is left out stays as it is in an entry that is there already. */
export const FaqEntrySchema = v.strictObject({
  /** The name that another system has for it; it is found again by it. */
  externalId: v.optional(line(64)),
  question: words(3000),
  answer: words(20_000),
  aliases: v.optional(listOf(3000)),
  topics: v.optional(v.array(line(60))),
  reviewedOn: v.optional(isoDate),
  links: v.optional(v.pipe(v.array(FaqLinkSchema), v.maxLength(MAX_LISTED, text.tooMany(MAX_LISTED)))),
  visibility: v.optional(v.picklist(['all', 'core'], text.notVisibility)),
});

export type FaqFileEntry = v.InferOutput<typeof FaqEntrySchema>;
