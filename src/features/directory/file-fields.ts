/** Fields of the city file that several of its parts have: what may stand in a name, an id, a date. */
import * as v from 'valibot';
import { fold } from '../../lib/japanese.ts';
import { isCalendarDate } from '../../lib/jst.ts';
import { directoryText as text } from './text.ts';

/** No part of a text: nothing shows or stores them faithfully. */
const BROKEN = /[\0\p{Surrogate}]/u;
/** No part of a name, which stands in one line and must not look like another one: line ends, and turns of the direction of writing. */
const CONTROLS = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\u202A-\u202E\u2066-\u2069]/u;

export const words = (max: number) =>
  v.pipe(
    v.string(text.notText),
    v.trim(),
    v.check((value) => fold(value) !== '', text.empty),
    v.maxLength(max, text.tooLong(max)),
    v.check((value) => !BROKEN.test(value), text.controls),
  );
export const line = (max: number) =>
  v.pipe(
    words(max),
    v.check((value) => !CONTROLS.test(value), text.controls),
  );
const slackId = (letters: string, what: string) =>
  v.pipe(v.string(text.notText), v.regex(new RegExp(`^[${letters}][A-Z0-9]{1,30}$`), what));
export const userId = slackId('UW', text.notUserId);
export const channelId = slackId('CG', text.notChannelId);
export const code = v.pipe(v.string(text.notText), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, text.notCode));
export const monthNumber = v.pipe(
  v.number(text.notMonth),
  v.integer(text.notMonth),
  v.minValue(1, text.notMonth),
  v.maxValue(12, text.notMonth),
);
export const isoDate = v.pipe(v.string(text.notDate), v.check(isCalendarDate, text.notDate));
export const flag = v.optional(v.boolean(text.notBoolean), false);
