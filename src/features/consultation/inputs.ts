/** The inputs that several modals of 相談 have in common. */
import type { types } from '@slack/bolt';
import { cutText } from '../../lib/japanese.ts';
import { option } from '../../slack/block-kit.ts';
import { input, multiSelect, textArea } from '../../slack/inputs.ts';
import { MAX_BODY } from './schema.ts';
import { consultationText as text } from './text.ts';
import { codesOf, SUPPORTS, type Support, TOPICS, type Topic } from './words.ts';

/** What was typed, as much of it as the field takes. */
export function paragraph(initial: string): types.PlainTextInput {
  const [first] = cutText(initial, MAX_BODY);
  return textArea({ max: MAX_BODY, initial: first });
}

/** 分類 and 求める支援, as a consultation is sent with them and as they are put right. */
export function classificationInputs(chosen?: {
  topics: readonly Topic[];
  supports: readonly Support[];
}): types.InputBlock[] {
  const { topics, supports } = text.fields;
  return [
    input(
      'topics',
      topics,
      multiSelect(
        codesOf(TOPICS).map((code) => option(code, TOPICS[code])),
        { placeholder: topics.placeholder, chosen: chosen?.topics ?? [] },
      ),
    ),
    input(
      'supports',
      supports,
      multiSelect(
        codesOf(SUPPORTS).map((code) => option(code, SUPPORTS[code])),
        { placeholder: supports.placeholder, chosen: chosen?.supports ?? [] },
      ),
    ),
  ];
}
