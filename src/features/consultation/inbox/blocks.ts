/** The home tab's part about cases: what is due today, and how many cases stand where. */
import type { types } from '@slack/bolt';
import { button, contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import { caseSection, LIST_ACTIONS, viewNames } from '../listing/blocks.ts';
import { OPEN_STATUSES } from '../rules.ts';
import { sharedNotesButton } from '../sharing/blocks.ts';
import { STATUSES, type Status } from '../words.ts';
import { type Inbox, MOST_COUNTED } from './data.ts';
import { inboxText as text } from './text.ts';

export function inboxBlocks(
  { today, hasMore, counts }: Inbox,
  isCore: boolean,
  now: Date,
): types.KnownBlock[] {
  const names = viewNames(isCore);
  return [
    heading(text.today),
    ...(today.length > 0 ? today.map((each) => caseSection(each, now)) : [contextLine(text.nothingToday)]),
    ...(hasMore ? [contextLine(text.moreToday)] : []),
    heading(text.counts),
    ...counts.map(({ view, count }) => ({
      ...markdownSection(text.count(names[view], countOf(count))),
      accessory: button(LIST_ACTIONS.open, text.see, view),
    })),
    ...sharedSection(),
  ];
}

/** What all centers may read: answered questions, and what was learnt from complaints. */
function sharedSection(): types.KnownBlock[] {
  return [{ ...markdownSection(text.shared), accessory: sharedNotesButton() }];
}

export function cityInboxBlocks(counts: readonly { status: Status; count: number }[]): types.KnownBlock[] {
  const lines = OPEN_STATUSES.map((status) => {
    const count = counts.find((each) => each.status === status)?.count ?? 0;
    return text.cityLine(STATUSES[status], count);
  });
  return [
    heading(text.cityCounts),
    markdownSection(lines.join('\n')),
    contextLine(text.cityNote),
    ...sharedSection(),
  ];
}

function countOf(count: number): string {
  return count < MOST_COUNTED ? text.cases(count) : text.atLeast(MOST_COUNTED);
}

function heading(words: string): types.HeaderBlock {
  return { type: 'header', text: plain(words) };
}
