/** The modal 名簿と市の設定. */
import { plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { overviewText as text } from './text.ts';

export function overviewModal(
  cityName: string,
  centers: readonly { name: string; staff: number }[],
): ModalView {
  const people = centers.reduce((sum, center) => sum + center.staff, 0);
  const list = centers.map((center) => text.center(center.name, center.staff));
  return {
    type: 'modal',
    title: plain(text.label),
    close: plain(text.close),
    blocks: [
      { type: 'header', text: plain(text.title(cityName)) },
      ...plainSections([text.counts(centers.length, people), ...list].join('\n')),
      { type: 'divider' },
      ...plainSections(text.howTo),
      ...plainSections(text.commands),
      ...plainSections(text.whole),
    ],
  };
}
