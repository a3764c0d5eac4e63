/** /meetings: what is to come, for whoever looks, and what she can do. */
import type { Child } from 'hono/jsx';
import { askedOf } from '../menu/blocks.ts';
import type { ListedMeeting } from '../menu/data.ts';
import { meetingPath } from '../paths.ts';
import { formatSpan, meetingText } from '../text.ts';
import { STATUS_WORDS } from '../words.ts';
import { meetingPagesText as text } from './text.ts';

export function MeetingList({ meetings }: { meetings: readonly ListedMeeting[] }): Child {
  if (meetings.length === 0) return <p>{text.none}</p>;
  return (
    <ul class="cards">
      {meetings.map((each) => (
        <li>
          <p class="name">
            <a href={meetingPath(each.reference)}>
              {meetingText.name(each.reference, each.kindName, each.title)}
            </a>
          </p>
          <p>
            {each.startsAt && each.endsAt
              ? formatSpan(each.startsAt, each.endsAt)
              : STATUS_WORDS[each.status]}
            {each.place === null ? '' : `　${each.place}`}
          </p>
          <p class="quiet">
            {[each.hostShort, askedOf(each)].filter((word) => word !== undefined).join('　')}
          </p>
        </li>
      ))}
    </ul>
  );
}
