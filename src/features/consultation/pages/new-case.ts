/** 新しい相談 as a page: the form of the command. */
import { Hono } from 'hono';
import { menuActionId } from '../../../slack/command-router.ts';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { LIST_PATH, NEW_CASE_PATH } from './paths.ts';

/** The command that opens the form in chat, by its menu's button. */
const SEND_COMMAND = menuActionId({ ascii: 'soudan' });

export function newCasePage(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.get(NEW_CASE_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (actor.center.kind === 'city') {
      await noteRefusal(c.get('scope'), actor, 'consultation.submit');
      return c.notFound();
    }
    const shown = await host.press(c, { actionId: SEND_COMMAND, value: '', back: LIST_PATH });
    return shown ?? c.redirect(LIST_PATH, 303);
  });
  return pages;
}
