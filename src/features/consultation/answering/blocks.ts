/** The form of an answer: the question, a choice of 定型文, and the text. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, plainSections } from '../../../slack/block-kit.ts';
import { input } from '../../../slack/inputs.ts';
import type { OpenedContent } from '../content/data.ts';
import type { Consultation } from '../data.ts';
import { paragraph } from '../inputs.ts';
import { insertBlocks } from '../templates/blocks.ts';
import type { TemplateTitle } from '../templates/data.ts';
import { consultationText as text } from '../text.ts';
import { answeringText } from './text.ts';

/** What the text's input is called and begins with: a new name shows a new beginning, under the old one Slack keeps what was typed. */
export interface BodyInput {
  field: string;
  initial: string;
  /** About the template that was chosen. */
  notice?: string;
}

export function answerBlocks(
  of: Consultation,
  content: OpenedContent,
  templates: readonly TemplateTitle[],
  { field, initial, notice }: BodyInput,
): types.KnownBlock[] {
  return [
    markdownSection(`*${text.bodyTitle}*`),
    ...plainSections(content.body),
    ...(of.status === 'submitted' ? [contextLine(answeringText.accepts)] : []),
    ...insertBlocks(templates),
    ...(notice === undefined ? [] : plainSections(notice)),
    input(field, answeringText, paragraph(initial), true),
  ];
}
