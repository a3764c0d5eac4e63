/** What 地域課題 add to the page of a meeting: the references of those that it brought up. */
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { mayRead } from '../rules.ts';
import { listOfMeeting } from './data.ts';
import { issuePath } from './paths.ts';
import { issuesText as text } from './text.ts';

export const issuesSection: PageSection = async (c, loaded, actor) => {
  if (!mayRead(actor, circleOf(loaded))) return null;
  const references = await listOfMeeting(c.get('scope').db, loaded.meeting.id);
  if (references.length === 0) return null;
  return (
    <section>
      <h2>{text.title}</h2>
      <ul>
        {references.map((reference) => (
          <li>
            <a href={issuePath(reference)}>{reference}</a>
          </li>
        ))}
      </ul>
    </section>
  );
};
