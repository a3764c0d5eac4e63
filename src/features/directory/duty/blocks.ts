/** The modal 受付当番. */
import { noticeSections, plain, plainSections } from '../../../slack/block-kit.ts';
import { input } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Colleague } from '../data.ts';
import { peopleSelect } from '../inputs.ts';
import { settingsText } from '../settings/text.ts';
import { dutyText as text } from './text.ts';

export const DUTY_FORM = 'duty.form';

/** @param mark of the state that it shows, to come back with the form */
export function dutyModal(
  coreStaff: readonly Colleague[],
  mark: string,
  notices: readonly string[] = [],
): ModalView {
  const current = coreStaff.filter((person) => person.isOnDuty);
  const names = current.map((person) => person.name).join('、') || text.nobody;
  const chosen = current.map((person) => person.slackUserId);
  return {
    type: 'modal',
    callback_id: DUTY_FORM,
    private_metadata: mark,
    title: plain(text.label),
    submit: plain(settingsText.save),
    close: plain(settingsText.back),
    blocks: [
      ...noticeSections(notices),
      ...plainSections(text.current(names)),
      // Not required: without anybody on duty the managers receive what comes.
      input(
        'duty',
        { label: text.field, hint: text.hint },
        peopleSelect(coreStaff, text.choose, chosen),
        false,
      ),
    ],
  };
}
