/** The form that asks what a case is opened for. */
import type { types } from '@slack/bolt';
import { contextLine, option, plain } from '../../../slack/block-kit.ts';
import { input, radio } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Consultation } from '../data.ts';
import { codesOf, PURPOSES } from '../words.ts';
import { MAX_WORDS } from './schema.ts';
import { purposeText as text } from './text.ts';

/** The id of the form, and of a press that asks for it. */
export const PURPOSE = 'consultation.purpose';

/** What was pressed when the purpose was asked for, to be done afterwards. */
export interface Asked {
  /** Empty for a page, which is opened anew. */
  actionId: string;
  /** `id`, or `id/about`. */
  value: string;
}

export function purposeModal({ reference }: Pick<Consultation, 'reference'>, asked: Asked): ModalView {
  const words: types.InputBlock['element'] = {
    type: 'plain_text_input',
    action_id: 'input',
    multiline: true,
    max_length: MAX_WORDS,
  };
  return {
    type: 'modal',
    callback_id: PURPOSE,
    private_metadata: `${asked.actionId} ${asked.value}`,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(text.cancel),
    blocks: [
      contextLine(text.notice(reference)),
      input(
        'purpose',
        text.purpose,
        radio(codesOf(PURPOSES).map((code) => option(code, PURPOSES[code]))),
        true,
      ),
      input('purposeWords', text.words, words),
    ],
  };
}

/** Proves nothing: whatever it leads to asks for permission again. */
export function readAsked(metadata: string): Asked {
  const [actionId = '', value = ''] = metadata.split(' ');
  return { actionId, value };
}
