/** 全文を読む on pages leads to the entry's own page. */
import type { Context } from 'hono';
import type { LeadingPresses, PressedOnPage } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { entryPathFrom, FAQ_ACTIONS } from './blocks.ts';
import { listReadable } from './data.ts';

export const entryPresses: LeadingPresses = { actionIds: new Set([FAQ_ACTIONS.read]), pathOf };

/** Undefined for who may not read it: the listener refuses and notes it. The page notes the reading. */
async function pathOf(c: Context<PageEnv>, { value }: PressedOnPage): Promise<string | undefined> {
  const [id = '', askId = ''] = value.split('/');
  const [entry] = await listReadable(c.get('scope').db, actorOfPage(c), [id]);
  return entry && entryPathFrom(entry.number, /^[\w-]{1,64}$/.test(askId) ? askId : '');
}
