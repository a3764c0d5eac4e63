/** In the view of a meeting: whether there are minutes. They are read and written on their page. */
import { markdownSection } from '../../../slack/block-kit.ts';
import { circleOf } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { mayArrange, mayRead } from '../rules.ts';
import { hasBegun } from './rules.ts';
import { minutesText as text } from './text.ts';

export const minutesPart: MeetingPart = (loaded, actor, now) => {
  const circle = circleOf(loaded);
  const { minutes, meeting } = loaded;
  if (!mayRead(actor, circle)) return [];
  if (minutes?.approvedAt) return [markdownSection(text.part.approved)];
  if (!mayArrange(actor, circle) || !hasBegun(meeting, now)) return [];
  return [markdownSection(minutes ? text.part.draft : text.part.none)];
};
