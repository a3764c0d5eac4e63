/** The form 研修を企画する. */
import { option, plain } from '../../../../slack/block-kit.ts';
import { datePicker, input, select, textLine, timePicker } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import type { MeetingKind } from '../../../directory/meeting-kinds/rules.ts';
import { professionSelect } from '../inputs.ts';
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
      input('kind', { label: fields.kind }, select(options, { chosen: first.id }), true),
      input('title', { label: fields.title, hint: text.titleHint }, textLine({ max: MAX_TITLE }), true),
      input('on', { label: fields.on }, datePicker(), true),
      input('starts', { label: fields.starts }, timePicker(first.starts), true),
      input('minutes', { label: fields.minutes }, textLine({ max: 5, initial: String(first.minutes) }), true),
      input('place', { label: fields.place }, textLine({ max: MAX_PLACE, initial: first.place })),
      input('url', { label: fields.url }, textLine({ max: MAX_URL, initial: first.url })),
      input('seats', { label: fields.seats }, textLine({ max: 10 })),
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
