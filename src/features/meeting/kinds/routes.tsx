/** /meetings/kinds: the kinds of meeting and their forms, as in chat. */
import { Hono } from 'hono';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { listKinds } from '../../directory/meeting-kinds/data.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { mayKeepKinds } from '../rules.ts';
import { KIND_ACTIONS, kindsModal } from './blocks.ts';
import { KINDS_PATH } from './paths.ts';
import { kindsText as text } from './text.ts';

export function kindPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(KINDS_PATH, async (c) => {
    const actor = actorOfPage(c);
    const scope = c.get('scope');
    if (!mayKeepKinds(actor)) {
      await noteRefusal(scope, actor, KIND_ACTIONS.open, { detail: { reason: 'not-allowed' } });
      return c.notFound();
    }
    return showPage(c, {
      title: text.title,
      body: (
        <>
          {await host.embed(c, kindsModal(await listKinds(scope.db)))}
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
