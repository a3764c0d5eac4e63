/** What changing adds to the view of a meeting: buttons for those who arrange it, while it lies ahead. */
import { button } from '../../../slack/block-kit.ts';
import type { MeetingPart } from '../parts.ts';
import { denialOfChange } from './rules.ts';
import { changingText as text } from './text.ts';

export const CHANGE = 'meeting.change';
export const CANCEL = 'meeting.cancel';
export const INVITE = 'meeting.invite';

export const changingPart: MeetingPart = (loaded, actor, now) => {
  if (denialOfChange(loaded, actor, now) !== undefined) return [];
  const { id } = loaded.meeting;
  return [
    { type: 'divider' },
    {
      type: 'actions',
      elements: [
        button(CHANGE, text.change, id),
        // Who comes to a training is in its applications.
        ...(loaded.training === null ? [button(INVITE, text.invite, id)] : []),
        button(CANCEL, text.cancel, id, 'danger'),
      ],
    },
  ];
};
