/** The modal of one's own calendar address. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import {
  button,
  contextLine,
  markdownSection,
  noticeSections,
  plain,
  plainSections,
} from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Feed } from './data.ts';
import { markOfFeed } from './rules.ts';
import { calendarText as text } from './text.ts';

export const CALENDAR_ACTIONS = {
  open: 'meeting.calendar',
  make: 'meeting.calendar_make',
  revoke: 'meeting.calendar_revoke',
} as const;

/** @param address the one that was just made, shown this once */
export function calendarModal(
  feed: Feed | undefined,
  { address, notices = [] }: { address?: URL; notices?: readonly string[] } = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: 'meeting.calendar_view',
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      ...(address ? addressBlocks(address) : [markdownSection(text.intro), ...standing(feed)]),
      { type: 'actions', elements: buttonsOf(feed) },
      contextLine(text.what),
      contextLine(text.secret),
    ],
  };
}

function standing(feed: Feed | undefined): types.KnownBlock[] {
  if (!feed) return [markdownSection(text.none)];
  const fetched = feed.fetchedAt ? text.fetched(formatInstant(feed.fetchedAt)) : text.neverFetched;
  return [markdownSection(`${text.since(formatInstant(feed.createdAt))}\n${fetched}`)];
}

function addressBlocks(address: URL): types.KnownBlock[] {
  return [
    markdownSection(text.made),
    ...plainSections(address.href),
    ...plainSections(address.href.replace(/^https?:/, 'webcal:')),
    markdownSection(text.howTo.join('\n')),
  ];
}

function buttonsOf(feed: Feed | undefined): types.Button[] {
  const mark = markOfFeed(feed);
  if (!feed) return [button(CALENDAR_ACTIONS.make, text.make, mark, 'primary')];
  return [
    asking(button(CALENDAR_ACTIONS.make, text.makeNew, mark), text.makeNewQuestion),
    asking(button(CALENDAR_ACTIONS.revoke, text.revoke, mark, 'danger'), text.revokeQuestion),
  ];
}

function asking(of: types.Button, question: string): types.Button {
  return {
    ...of,
    confirm: {
      title: plain(text.confirmTitle),
      text: plain(question),
      confirm: plain(text.confirmYes),
      deny: plain(text.confirmNo),
    },
  };
}
