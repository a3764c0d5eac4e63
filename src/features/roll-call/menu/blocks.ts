/** What runs now, with the buttons that everybody needs. */
import type { types } from '@slack/bolt';
import { markdownSection, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { ACTIONS } from '../actions.ts';
import type { RollCall } from '../data.ts';
import { nameOf, rollCallText } from '../text.ts';
import { menuText as text } from './text.ts';

/** Nothing when nothing runs. */
export function runningBlocks(running: readonly RollCall[]): types.KnownBlock[] {
  if (running.length === 0) return [];
  return [
    markdownSection(`*${text.running}*`),
    ...running.flatMap((each): types.KnownBlock[] => [
      markdownSection(
        [
          `*${escapeMrkdwn(nameOf(each))}*`,
          ...(each.startedAt === null ? [] : [rollCallText.startedAt(each.startedAt)]),
        ].join('\n'),
      ),
      {
        type: 'actions',
        elements: [
          ACTIONS.safe.button(each.id),
          ACTIONS.reply.button(each.id),
          ACTIONS.centerReport.button(each.id),
          ACTIONS.open.button(each.id),
        ],
      },
    ]),
    { type: 'divider' },
  ];
}

/** For those who answer, and do not start. */
export function runningModal(running: readonly RollCall[], links: readonly types.Button[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'roll-call.menu',
    title: plain(rollCallText.title),
    close: plain(rollCallText.close),
    blocks: [
      ...runningBlocks(running),
      ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
    ],
  };
}
