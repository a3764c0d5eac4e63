/** The case that an address names. An address that leads nowhere is noted, as what one may not see is. */
import type { Context } from 'hono';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findIdByReference } from '../finding/data.ts';
import { recordRefusal } from '../mutations.ts';

/** The id behind the address's reference. Asks nobody's permission. */
export async function wantedCase(c: Context<PageEnv>): Promise<string | undefined> {
  const scope = c.get('scope');
  const reference = c.req.param('reference') ?? '';
  const id = await findIdByReference(scope.db, reference);
  if (id === undefined)
    await recordRefusal(
      scope,
      actorOfPage(c),
      { id: reference, loaded: undefined },
      'consultation.read',
      'not-found',
    );
  return id;
}
