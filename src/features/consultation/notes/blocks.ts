/** What a person wrote into a case, as its readers see it. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, plainSections } from '../../../slack/block-kit.ts';
import type { OpenedNote } from './data.ts';
import { notesText as text } from './text.ts';

/** Kind, time, author and text; behind them what became of it in Slack. */
export function noteBlocks(of: OpenedNote): types.KnownBlock[] {
  return [
    { type: 'divider' },
    markdownSection(`*${text.heading(text.kinds[of.kind], formatInstant(of.writtenAt))}*`),
    ...plainSections(text.by(of.authorName)),
    ...plainSections(of.body),
    ...(of.editedAt === null ? [] : [contextLine(text.edited(formatInstant(of.editedAt)))]),
    ...(of.deletedInSlackAt === null ? [] : [contextLine(text.deletedInSlack)]),
  ];
}
