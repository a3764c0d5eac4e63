/** The modal 催促の間隔. */
import { contextLine, noticeSections, plain } from '../../../../slack/block-kit.ts';
import { input, textLine } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { settingsText } from '../../../directory/settings/text.ts';
import { USUAL_CHASE_MINUTES } from '../../rules.ts';
import { chasingText } from '../text.ts';

export const CHASING_FORM = 'chasing.form';
const text = chasingText.settings;
/** Five times three digits, with whatever stands between. */
const MAX_LETTERS = 40;

/**
 * @param own the city's minutes; null where it keeps kikan's
 * @param mark of the state that it shows, to come back with the form
 */
export function chasingModal(
  own: readonly number[] | null,
  mark: string,
  notices: readonly string[],
): ModalView {
  const now = own === null ? text.atStandard : text.minutes(own);
  return {
    type: 'modal',
    callback_id: CHASING_FORM,
    private_metadata: mark,
    title: plain(text.label),
    submit: plain(settingsText.save),
    close: plain(settingsText.back),
    blocks: [
      ...noticeSections(notices),
      input(
        'minutes',
        { label: text.field, hint: text.hint(now, text.minutes(USUAL_CHASE_MINUTES)) },
        textLine({
          max: MAX_LETTERS,
          initial: own?.join('、'),
          placeholder: USUAL_CHASE_MINUTES.join('、'),
        }),
      ),
      contextLine(text.after),
    ],
  };
}
