/** 受け付ける, 受付不可にする, 取り下げる and 緊急度・分類を直す: buttons and forms. */
import type { types } from '@slack/bolt';
import { contextLine, option } from '../../../slack/block-kit.ts';
import { input, radio } from '../../../slack/inputs.ts';
import type { Consultation } from '../data.ts';
import { type CasePart, formInSlack, pressInSlack } from '../forms.ts';
import { classificationInputs, paragraph } from '../inputs.ts';
import { consultationText } from '../text.ts';
import { codesOf, DECLINE_REASONS, URGENCIES } from '../words.ts';
import {
  acceptConsultation,
  declineConsultation,
  reclassifyConsultation,
  withdrawConsultation,
} from './mutations.ts';
import { readClassification, readDeclining, readNote } from './schema.ts';
import { acceptingText as text } from './text.ts';

const declineForm = formInSlack({
  operation: 'decline',
  title: text.decline.title,
  submit: text.decline.submit,
  mainField: 'reason',
  blocks: () => [
    contextLine(text.decline.notice),
    input(
      'reason',
      text.decline.reason,
      radio(codesOf(DECLINE_REASONS).map((code) => option(code, DECLINE_REASONS[code]))),
      true,
    ),
    input('note', text.decline.note, paragraph('')),
  ],
  read: readDeclining,
  store: declineConsultation,
});

const withdrawForm = formInSlack({
  operation: 'withdraw',
  title: text.withdraw.title,
  submit: text.withdraw.submit,
  mainField: 'note',
  blocks: () => [contextLine(text.withdraw.notice), input('note', text.withdraw.note, paragraph(''))],
  read: readNote,
  store: withdrawConsultation,
});

const reclassifyForm = formInSlack({
  operation: 'reclassify',
  holds: 'references',
  title: text.reclassify.title,
  submit: text.reclassify.submit,
  mainField: 'urgency',
  blocks: ({ loaded }) => [contextLine(text.reclassify.notice), ...reclassifyInputs(loaded.consultation)],
  read: readClassification,
  store: reclassifyConsultation,
});

function reclassifyInputs(of: Consultation): types.InputBlock[] {
  const { fields } = consultationText;
  const urgencies = codesOf(URGENCIES);
  return [
    input(
      'urgency',
      fields.urgency,
      radio(
        urgencies.map((code) => option(code, URGENCIES[code].label)),
        of.urgency,
      ),
      true,
    ),
    ...classificationInputs(of),
  ];
}

export const accepting: CasePart = {
  operations: {
    accept: pressInSlack('accept', acceptConsultation),
    decline: declineForm,
    withdraw: withdrawForm,
    reclassify: reclassifyForm,
  },
};
