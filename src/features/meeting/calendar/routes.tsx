/** /meetings/calendar: the same as in chat. */
import { Hono } from 'hono';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { calendarModal } from './blocks.ts';
import { findFeed } from './data.ts';
import { CALENDAR_PATH } from './paths.ts';
import { calendarText as text } from './text.ts';

export function calendarPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(CALENDAR_PATH, async (c) => {
    const feed = await findFeed(c.get('scope').db, actorOfPage(c).slackUserId);
    return showPage(c, {
      title: text.title,
      body: (
        <>
          {await host.embed(c, calendarModal(feed))}
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
