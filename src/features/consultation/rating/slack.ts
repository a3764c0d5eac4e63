/** 評価する in Slack: a tap, or a form with a sentence. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Press } from '../../../slack/feature.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { openRating } from '../closing/data.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type CasePart, formInSlack, pressInSlack } from '../forms.ts';
import { noteReading } from '../reading/mutations.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, RATINGS, type Rating } from '../words.ts';
import { ratingActionOf, ratingInputs } from './blocks.ts';
import { type NewRating, rateConsultation } from './mutations.ts';
import { ratingText as text } from './text.ts';

const rateForm = formInSlack({
  operation: 'rate',
  title: text.title,
  submit: text.submit,
  mainField: 'value',
  async blocks({ scope, actor, loaded: { consultation: of } }) {
    await noteReading(scope, actor, of.id, { what: 'closing' });
    return ratingInputs(await openRating(scope.db, await openCaseKeyOf(scope, of.id), of));
  },
  read: readRating,
  store: rateConsultation,
});

function readRating(values: FormValues): Result<NewRating, FieldErrors> {
  const value = ratingOf(textValue(values, 'value'));
  const comment = readOptional(values, 'comment', MAX_BODY);
  if (value && comment.ok) return done({ value, comment: comment.value });
  return refused({
    ...(value ? {} : { value: consultationText.errors.choose }),
    ...(comment.ok ? {} : { comment: comment.refusal }),
  });
}

function ratingOf(code: string | null | undefined): Rating | undefined {
  return codesOf(RATINGS).find((value) => value === code);
}

/** The button's value is `id/helpful` for a tap, `id` for the form. */
async function pressRate(press: Press): Promise<void> {
  const value = ratingOf(press.value.split('/')[1]);
  if (!value) return rateForm.press(press);
  await pressInSlack('rate', (scope, actor, wish) => rateConsultation(scope, actor, wish, { value })).press(
    press,
  );
}

export const rating: CasePart = {
  operations: { rate: { press: pressRate, submit: rateForm.submit } },
  presses: Object.fromEntries(codesOf(RATINGS).map((value) => [ratingActionOf(value), pressRate])),
};
