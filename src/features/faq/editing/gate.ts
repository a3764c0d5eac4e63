/** The door of the pages about one entry: what is not there is refused and noted like what one may not do. */
import type { Context } from 'hono';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { type FaqEntry, findEntryByNumber } from '../data.ts';
import { formatFaqReference, readFaqNumber } from '../rules.ts';

/** The entry whose number stands in the address. */
export async function wantedEntry(c: Context<PageEnv>): Promise<FaqEntry | undefined> {
  const number = readFaqNumber(c.req.param('number') ?? '');
  return number === undefined ? undefined : findEntryByNumber(c.get('scope').db, number);
}

export async function refuse(c: Context<PageEnv>, action: string): Promise<Response> {
  const number = readFaqNumber(c.req.param('number') ?? '');
  await noteRefusal(c.get('scope'), actorOfPage(c), action, {
    detail: { reason: 'not-found', ...(number === undefined ? {} : { faq: formatFaqReference(number) }) },
  });
  return c.notFound();
}
