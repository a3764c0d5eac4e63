/** The form of 相談. */
import { contextLine, option, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Center } from '../../directory/data.ts';
import { input, line, multiSelect, paragraph, radio, select } from '../inputs.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { codesOf, KINDS, SUPPORTS, TOPICS, URGENCIES } from '../words.ts';

export const SEND_FORM = 'consultation.send';

/**
 * The form of a new consultation.
 * @param centers for core staff, who choose the center that they enter for; empty for district staff
 * @param body what the person typed after `/kikan 相談`
 */
export function sendModal(centers: readonly Center[], body: string): ModalView {
  const { fields } = text;
  const centerChoice =
    centers.length > 0
      ? [input('center', fields.center, select(centers.map((each) => option(each.code, each.short))), true)]
      : [];
  return {
    type: 'modal',
    callback_id: SEND_FORM,
    title: plain(text.formTitle),
    submit: plain(text.formSubmit),
    close: plain(text.formClose),
    blocks: [
      contextLine(text.formNotice),
      ...centerChoice,
      input(
        'kind',
        fields.kind,
        radio(
          codesOf(KINDS).map((code) => option(code, KINDS[code], text.kindHints[code])),
          0,
        ),
        true,
      ),
      input(
        'urgency',
        fields.urgency,
        radio(codesOf(URGENCIES).map((code) => option(code, URGENCIES[code].label, URGENCIES[code].promise))),
        true,
      ),
      input(
        'topics',
        fields.topics,
        multiSelect(
          codesOf(TOPICS).map((code) => option(code, TOPICS[code])),
          fields.topics.placeholder,
        ),
      ),
      input(
        'supports',
        fields.supports,
        multiSelect(
          codesOf(SUPPORTS).map((code) => option(code, SUPPORTS[code])),
          fields.supports.placeholder,
        ),
      ),
      input('desiredOn', fields.desiredOn, {
        type: 'datepicker',
        action_id: 'input',
        placeholder: plain(fields.desiredOn.placeholder),
      }),
      ...SUBJECT_FIELDS.map((field) => input(field, fields[field], line(fields[field]))),
      input('body', fields.body, paragraph(body), true),
    ],
  };
}
