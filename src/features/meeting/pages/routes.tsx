/** The pages of 会議. What a person may not see is answered like what does not exist, and noted. */
import { Hono } from 'hono';
import { FormToken, showPage } from '../../../web/frame.tsx';
import { PRESS_SEPARATOR } from '../../../web/modal/blocks.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { agendaSection } from '../agenda/section.tsx';
import { attendanceSection } from '../attendance/section.tsx';
import { findMeetingId } from '../data.ts';
import { issuesSection } from '../issues/section.tsx';
import { listAhead } from '../menu/data.ts';
import { MENU } from '../menu/rules.ts';
import { minutesSection } from '../minutes/section.tsx';
import { meetingModal } from '../opening/blocks.ts';
import { openMeeting } from '../opening/mutations.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { pollSection } from '../poll/section.tsx';
import { promisesSection } from '../promises/section.tsx';
import { readMeetingReference } from '../rules.ts';
import { meetingText } from '../text.ts';
import { trainingSection } from '../training/section.tsx';
import { MeetingList } from './list.tsx';
import type { PageSection } from './section.ts';
import { meetingPagesText as text } from './text.ts';

/** In the order in which they stand. */
const SECTIONS: readonly PageSection[] = [
  pollSection,
  trainingSection,
  attendanceSection,
  agendaSection,
  minutesSection,
  promisesSection,
  issuesSection,
];

/** A year of meetings of a large city. */
const SHOWN = 200;

export function meetingPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(MEETINGS_PATH, async (c) => {
    const actor = actorOfPage(c);
    const { db, now } = c.get('scope');
    const meetings = await listAhead(db, actor, now, { onlyMine: false, limit: SHOWN });
    const others = meetings.filter(({ isInvited }) => !isInvited);
    return showPage(c, {
      title: text.title,
      body: (
        <>
          <h2>{text.mine}</h2>
          <MeetingList meetings={meetings.filter(({ isInvited }) => isInvited)} />
          {others.length === 0 ? null : (
            <>
              <h2>{text.others}</h2>
              <MeetingList meetings={others} />
            </>
          )}
          <h2>{text.doMore}</h2>
          <form method="post" action="/modal/press">
            <FormToken c={c} />
            <input type="hidden" name="back" value={MEETINGS_PATH} />
            <ul class="buttons">
              {MENU.filter((entry) => entry.isFor(actor)).map(({ actionId, label, path }) => (
                <li>
                  {path === undefined ? (
                    <button
                      class="button"
                      type="submit"
                      name="press"
                      value={`${actionId}${PRESS_SEPARATOR}${actionId}`}
                    >
                      {label}
                    </button>
                  ) : (
                    <a class="button" href={path}>
                      {label}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </form>
        </>
      ),
    });
  });

  pages.get(`${MEETINGS_PATH}/:reference`, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const reference = readMeetingReference(c.req.param('reference'));
    const id = reference === undefined ? undefined : await findMeetingId(scope.db, reference);
    const found = await openMeeting(scope, actor, id ?? '', 'meeting.open');
    if (!found.ok) return c.notFound();
    const loaded = found.value;
    const { meeting, kind } = loaded;
    const sections = await Promise.all(SECTIONS.map((section) => section(c, loaded, actor)));
    return showPage(c, {
      title: meetingText.name(meeting.reference, kind.name, meeting.title),
      body: (
        <>
          {await host.embed(c, meetingModal(loaded, actor, scope.now, { isNamed: false }))}
          {sections}
          <p>
            <a class="button plain" href={MEETINGS_PATH}>
              {text.back}
            </a>
          </p>
        </>
      ),
    });
  });

  return pages;
}
