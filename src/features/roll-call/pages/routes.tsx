/** The pages of 点呼. What a person may not see is answered like what does not exist, and noted. */
import { Hono } from 'hono';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { rollCallPagesText as text } from './text.ts';

export function rollCallPages(_host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.get(ROLL_CALLS_PATH, (c) => showPage(c, { title: text.title, body: null }));
  return pages;
}
