/** 共有された事例: what all centers may read, by the same list as in chat. */
import { Hono } from 'hono';
import type { ModalHost } from '../../../../web/modal/host.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { SHARING_ACTIONS } from '../../sharing/blocks.ts';
import { formatQuery } from '../../sharing/schema.ts';
import { SHARED_PATH } from '../paths.ts';

export function sharedPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.get(SHARED_PATH, async (c) => {
    const shown = await host.press(c, {
      actionId: SHARING_ACTIONS.list,
      value: formatQuery({}),
      back: SHARED_PATH,
    });
    return shown ?? c.redirect('/', 303);
  });
  return pages;
}
