/** The modal of `/kikan 設定`: what a person may look at and change. */
import { button, markdownSection, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { settingsText as text } from './text.ts';

/** One entry a section, with the button that opens it. */
export function settingsModal(
  sections: readonly { label: string; summary: string; actionId: string }[],
): ModalView {
  return {
    type: 'modal',
    callback_id: 'settings.menu',
    title: plain(text.title),
    close: plain(text.close),
    blocks: sections.map(({ label, summary, actionId }) => ({
      ...markdownSection(text.item(label, summary)),
      accessory: button(actionId, text.open, actionId),
    })),
  };
}
