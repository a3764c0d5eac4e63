/** The form of an answer. */
import { contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Consultation, OpenedContent } from '../data.ts';
import { input, paragraph } from '../inputs.ts';
import { consultationText as text } from '../text.ts';

export const ANSWER_FORM = 'consultation.answer_form';

/** The form of an answer, with the question above it. */
export function answerModal(of: Consultation, content: OpenedContent, acceptsWithIt: boolean): ModalView {
  return {
    type: 'modal',
    callback_id: ANSWER_FORM,
    private_metadata: of.id,
    title: plain(text.answerFormTitle(of.reference)),
    submit: plain(text.answerFormSubmit),
    close: plain(text.formClose),
    blocks: [
      markdownSection(`*${text.bodyTitle}*`),
      ...plainSections(content.body),
      ...(acceptsWithIt ? [contextLine(text.answerAccepts)] : []),
      input('body', { label: text.answerLabel, hint: text.answerHint }, paragraph(''), true),
    ],
  };
}
