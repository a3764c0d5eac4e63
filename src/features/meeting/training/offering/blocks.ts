/** The form 研修を企画する. */
import { option, plain } from '../../../../slack/block-kit.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { datePicker, input } from '../../../directory/inputs.ts';
import type { MeetingKind } from '../../../directory/meeting-kinds/rules.ts';
import { choice, professionSelect, textLine, timePicker } from '../inputs.ts';
import { trainingText } from '../text.ts';
import { MAX_PLACE, MAX_TITLE, MAX_URL } from './schema.ts';
import { offeringText as text } from './text.ts';

export const OFFER = 'training.offer';
export const OFFER_FORM = 'training.offer_form';

/** Slack takes so many options in a menu. */
const MAX_OPTIONS = 100;

/** Requires a kind. */
export function offerModal(
  kinds: readonly [MeetingKind, ...MeetingKind[]],
  professions: readonly string[],
): ModalView {
  const { fields } = text;
  const [first] = kinds;
  const options = kinds.slice(0, MAX_OPTIONS).map(({ id, name }) => option(id, name));
  return {
    type: 'modal',
    callback_id: OFFER_FORM,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(trainingText.back),
    blocks: [
      input('kind', { label: fields.kind }, choice(options, first.id), true),
      input('title', { label: fields.title, hint: text.titleHint }, textLine('', MAX_TITLE), true),
      input('on', { label: fields.on }, datePicker(), true),
      input('starts', { label: fields.starts }, timePicker(first.starts), true),
      input('minutes', { label: fields.minutes }, textLine(String(first.minutes), 5), true),
      input('place', { label: fields.place }, textLine(first.place ?? '', MAX_PLACE)),
      input('url', { label: fields.url }, textLine(first.url ?? '', MAX_URL)),
      input('seats', { label: fields.seats }, textLine('', 10)),
      ...(professions.length > 0
        ? [
            input(
              'professions',
              { label: fields.professions },
              professionSelect(professions.slice(0, MAX_OPTIONS), text.choose),
            ),
          ]
        : []),
      input('applyBy', { label: fields.applyBy }, datePicker(), true),
    ],
  };
}
