/** A case's page that is not shown to this person, or not yet. */
import type { Context } from 'hono';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Refusal } from '../mutations.ts';
import { PURPOSE } from '../purpose/blocks.ts';
import { showErased } from '../retention/page.tsx';

/**
 * The answer to a page whose reading was refused: what may not be read is not there; whoever has to say first what for is asked, and
 * comes back to the page.
 * @param back the page's own path
 */
export async function answerUnread(
  c: Context<PageEnv>,
  host: ModalHost,
  refusal: Refusal | undefined,
  back: string,
): Promise<Response> {
  if (refusal?.reason === 'erased') return showErased(c, refusal.of);
  if (refusal?.reason !== 'purpose-needed') return c.notFound();
  const asked = await host.press(c, { actionId: PURPOSE, value: refusal.of.id, back });
  return asked ?? c.notFound();
}
