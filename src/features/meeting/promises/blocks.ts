/** Promises in chat: meeting, day and who. What was promised is typed, and stands on the page only. */
import type { types } from '@slack/bolt';
import { button, contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { meetingText } from '../text.ts';
import type { ListedPromise } from './data.ts';
import { promisesText as text } from './text.ts';

export const PROMISE_ACTIONS = { list: 'meeting.promises', keep: 'meeting.promise_kept' } as const;
/** More than this nobody reads on a phone. */
export const MAX_SHOWN = 30;

export function promisesModal(
  promises: readonly ListedPromise[],
  { links, notices = [] }: { links: readonly types.Button[]; notices?: readonly string[] },
): ModalView {
  return {
    type: 'modal',
    callback_id: PROMISE_ACTIONS.list,
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(promises.length === 0 ? text.none : text.count(promises.length)),
      ...promises.slice(0, MAX_SHOWN).map((promise) => ({
        ...markdownSection(escapeMrkdwn(lineOf(promise))),
        accessory: button(PROMISE_ACTIONS.keep, text.keep, promise.id),
      })),
      ...(promises.length > MAX_SHOWN ? [contextLine(text.more)] : []),
      ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
    ],
  };
}

function lineOf({ reference, kindName, dueOn, who }: ListedPromise): string {
  return text.line(meetingText.name(reference, kindName, null), text.due(dueOn), who);
}
