/** /faq/desk/<number>/withdraw and /reviewed: what one person of the core center may do alone, since no words change. */
import { type Context, Hono } from 'hono';
import { showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import type { FaqEntry } from '../../data.ts';
import { DESK_ENTRY_ROUTE, deskEntryPath } from '../../paths.ts';
import { formatFaqReference, mayEdit } from '../../rules.ts';
import { refuse, wantedEntry } from '../gate.ts';
import { numberIn, typedIn } from '../schema.ts';
import { Alert } from '../shown.tsx';
import { editingText as text } from '../text.ts';
import { WITHDRAWAL_CODES } from '../words.ts';
import { confirmReviewed, withdraw } from './mutations.ts';

export function endingPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.post(`${DESK_ENTRY_ROUTE}/withdraw`, async (c) => {
    const entry = mayEdit(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, 'faq.withdraw');
    const form = await c.req.formData();
    const why = WITHDRAWAL_CODES.find((each) => each === typedIn(form, 'why'));
    if (!why) return showFault(c, entry, text.errors.choose, 422);
    const wanted = { why, published: numberIn(form, 'published') };
    const withdrawn = await withdraw(c.get('scope'), actorOfPage(c), entry.id, wanted);
    if (withdrawn.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=withdrawn`, 303);
    return withdrawn.refusal.reason === 'stale'
      ? showFault(c, entry, text.errors.version, 409)
      : c.notFound();
  });

  pages.post(`${DESK_ENTRY_ROUTE}/reviewed`, async (c) => {
    const entry = mayEdit(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, 'faq.review');
    const published = numberIn(await c.req.formData(), 'published');
    const reviewed = await confirmReviewed(c.get('scope'), actorOfPage(c), entry.id, published);
    if (reviewed.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=reviewed`, 303);
    return reviewed.refusal.reason === 'stale' ? showFault(c, entry, text.errors.version, 409) : c.notFound();
  });

  return pages;
}

function showFault(
  c: Context<PageEnv>,
  { number }: FaqEntry,
  words: string,
  status: 409 | 422,
): Promise<Response> {
  return showPage(c, {
    title: formatFaqReference(number),
    isFault: true,
    status,
    body: (
      <>
        <Alert words={words} />
        <p>
          <a class="button" href={deskEntryPath(number)}>
            {text.links.edit}
          </a>
        </p>
      </>
    ),
  });
}
