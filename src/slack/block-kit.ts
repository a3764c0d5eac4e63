/** Small builders for the Block Kit that several features use. Limits: https://docs.slack.dev/reference/block-kit */
import type { types } from '@slack/bolt';
import { cutText } from '../lib/japanese.ts';

/** A section's text. */
const MAX_SECTION_TEXT = 3000;

export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Typed text as it is: plain_text rings nobody and formats nothing. Cut into as many sections as Slack's limit needs. */
export function plainSections(text: string): types.SectionBlock[] {
  return cutText(text, MAX_SECTION_TEXT).map((piece) => ({
    type: 'section',
    text: plain(piece === '' ? ' ' : piece),
  }));
}

/** What a block's id begins with when it tells the person how the form before went: pages make it stand out. */
export const NOTICE_BLOCK = 'notice.';

/** Sentences that a form begins with when it is shown again. */
export function noticeSections(sentences: readonly string[]): types.SectionBlock[] {
  return sentences
    .flatMap(plainSections)
    .map((section, position) => ({ ...section, block_id: `${NOTICE_BLOCK}${position}` }));
}

export function markdownSection(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

export function contextLine(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

export function button(
  actionId: string,
  label: string,
  value: string,
  style?: 'primary' | 'danger',
): types.Button {
  return { type: 'button', action_id: actionId, text: plain(label), value, ...(style ? { style } : {}) };
}

export function option(value: string, label: string, description?: string): types.PlainTextOption {
  return { value, text: plain(label), ...(description ? { description: plain(description) } : {}) };
}
