/** The modal 個人情報の取扱い. */
import { contextLine, noticeSections, option, plain } from '../../../slack/block-kit.ts';
import { input, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { settingsText } from '../settings/text.ts';
import { STANDARD_READING_LIMIT, STANDARD_RETENTION } from './rules.ts';
import { ENTRY_MODES, type EntryMode, type Handling } from './schema.ts';
import { handlingText as text } from './text.ts';

/** Characters: what is meant is a figure. */
const MAX_FIGURE = 20;

export const HANDLING_FORM = 'handling.form';

/** @param mark of the state that it shows, to come back with the form */
export function handlingModal(standing: Handling, mark: string, notices: readonly string[] = []): ModalView {
  const { labels } = text;
  const years = (kind: 'individual' | 'operation') => {
    const value = standing[kind];
    const now = value === undefined ? text.atStandard : text.yearsOf(value);
    const standard = STANDARD_RETENTION[kind];
    return input(
      kind,
      { label: labels[kind], hint: text.years(now, standard) },
      textLine({ max: MAX_FIGURE, initial: `${value ?? ''}`, placeholder: `${standard}` }),
      false,
    );
  };
  const { readingLimit } = standing;
  const limitNow = readingLimit === undefined ? text.atStandard : text.casesOf(readingLimit);
  return {
    type: 'modal',
    callback_id: HANDLING_FORM,
    private_metadata: mark,
    title: plain(text.label),
    submit: plain(settingsText.save),
    close: plain(settingsText.back),
    blocks: [
      ...noticeSections(notices),
      contextLine(text.intro),
      input(
        'personalDataEntry',
        { label: labels.personalDataEntry },
        {
          type: 'radio_buttons',
          action_id: 'input',
          options: ENTRY_MODES.map(modeOption),
          initial_option: modeOption(standing.personalDataEntry),
        },
        true,
      ),
      years('individual'),
      years('operation'),
      input(
        'readingLimit',
        { label: labels.readingLimit, hint: text.limit(limitNow, STANDARD_READING_LIMIT) },
        textLine({
          max: MAX_FIGURE,
          initial: `${readingLimit ?? ''}`,
          placeholder: `${STANDARD_READING_LIMIT}`,
        }),
        false,
      ),
    ],
  };
}

function modeOption(mode: EntryMode) {
  const { label, note } = text.modes[mode];
  return option(mode, label, note);
}
