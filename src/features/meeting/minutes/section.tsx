/** Minutes on the page of a meeting: whether there are any, and the way to them. */
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { mayArrange, mayRead } from '../rules.ts';
import { minutesPath } from './paths.ts';
import { hasBegun, mayReadMinutes } from './rules.ts';
import { minutesText as text } from './text.ts';

export const minutesSection: PageSection = async (c, loaded, actor) => {
  const circle = circleOf(loaded);
  const { minutes, meeting } = loaded;
  if (!mayRead(actor, circle) || !hasBegun(meeting, c.get('scope').now)) return null;
  const isArranger = mayArrange(actor, circle);
  const path = minutesPath(meeting.reference);
  const state =
    minutes === null || (minutes.approvedAt === null && !isArranger)
      ? text.state.none
      : minutes.approvedAt === null
        ? text.state.draft
        : text.state.approvedShort;
  const isRead = minutes !== null && minutes.approvedAt !== null;
  return (
    <section>
      <h2>{text.heading}</h2>
      <p>{state}</p>
      <ul class="buttons">
        {isRead && mayReadMinutes(actor, circle, minutes) ? (
          <li>
            <a class="button" href={path}>
              {text.read}
            </a>
          </li>
        ) : null}
        {isArranger ? (
          <li>
            <a class="button" href={isRead ? `${path}?edit=1` : path}>
              {isRead ? text.edit : text.write}
            </a>
          </li>
        ) : null}
      </ul>
    </section>
  );
};
