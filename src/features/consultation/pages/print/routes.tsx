/** 相談票: the case on paper. Opening it is a reading like any other. */
import { Hono } from 'hono';
import { showPage } from '../../../../web/frame.tsx';
import type { ModalHost } from '../../../../web/modal/host.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { caseSheet } from '../../timeline/mutations.ts';
import { answerUnread } from '../unread.ts';
import { wantedCase } from '../wanted-case.ts';
import { SheetPage } from './page.tsx';

export function printPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.get('/cases/:reference/print', async (c) => {
    const id = await wantedCase(c);
    const sheet = id === undefined ? undefined : await caseSheet(c.get('scope'), actorOfPage(c), id);
    if (!sheet?.ok) return answerUnread(c, host, sheet?.refusal, c.req.path);
    return showPage(c, {
      title: sheet.value.title,
      body: <SheetPage sheet={sheet.value} reference={c.req.param('reference')} />,
    });
  });
  return pages;
}
