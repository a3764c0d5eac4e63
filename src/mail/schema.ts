/** What a mail may be. Nothing that could end a header's line gets into one. */
import * as v from 'valibot';

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, its brackets included. */
const MAX_ADDRESS = 254;
/** RFC 5322, 2.1.1: a line has at most 998 octets. A letter of Japanese has 3, in an encoded word 4. */
const MAX_SUBJECT = 200;
/** A page or two; what is longer belongs on a page of the site. */
const MAX_TEXT = 20_000;
const MAX_HTML = 100_000;

/** CR, LF and their kin of Unicode, NUL, tab. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** One address as people type it: `name@example.jp`, without a display name. For the forms of features, too. */
export const MailAddress = v.pipe(
  v.string(),
  v.trim(),
  v.email('not a mail address'),
  v.maxLength(MAX_ADDRESS, 'too long'),
);

export const MailSchema = v.object({
  to: MailAddress,
  subject: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'empty'),
    v.maxLength(MAX_SUBJECT, 'too long'),
    v.check((subject) => !CONTROL.test(subject), 'not one line'),
  ),
  text: v.pipe(v.string(), v.minLength(1, 'empty'), v.maxLength(MAX_TEXT, 'too long')),
  html: v.optional(v.pipe(v.string(), v.maxLength(MAX_HTML, 'too long'))),
});

export type Mail = v.InferOutput<typeof MailSchema>;
