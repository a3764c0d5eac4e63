/** 受信箱: the first page after signing in. */
import { Hono } from 'hono';
import { showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { readCityInbox } from '../../inbox/data.ts';
import { readPageInbox } from './data.ts';
import { CityInboxPage, InboxPage } from './page.tsx';
import { inboxPageText as text } from './text.ts';

export function inboxPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.get('/', async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const { kind } = actor.center;
    if (kind === 'city')
      return showPage(c, {
        title: text.title,
        body: <CityInboxPage counts={await readCityInbox(scope)} />,
      });
    const inbox = await readPageInbox(scope, actor);
    const place = kind === 'kikan' ? 'core' : 'district';
    return showPage(c, {
      title: text.title,
      body: <InboxPage inbox={inbox} place={place} now={scope.now} />,
    });
  });
  return pages;
}
