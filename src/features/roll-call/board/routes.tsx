/** /roll-calls/R8-03/board: the part of the page that keeps itself up to date. Asked for every five seconds: unchanged, it costs one row. */
import { Hono } from 'hono';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findRollCallByReference } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { readRollCallReference } from '../rules.ts';
import { boardMark } from './data.ts';
import { stateLine } from './lines.ts';
import { BoardPiece, viewBoard } from './section.tsx';

export function boardPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(`${ROLL_CALLS_PATH}/:reference/board`, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const reference = readRollCallReference(c.req.param('reference'));
    const known = reference === undefined ? undefined : await findRollCallByReference(scope.db, reference);
    const found = await openRollCall(scope, actor, known?.id ?? '', 'roll-call.read-board');
    if (!found.ok) return c.notFound();
    const { rollCall } = found.value;
    // Read before the figures: what comes in between is shown now, and once more.
    const mark = await boardMark(scope.db);
    const minutes = stateLine(rollCall, scope.now).replaceAll(/\D/g, '');
    const { kind, code } = actor.center;
    const etag = `"${mark}.${rollCall.version}.${minutes}.${kind === 'district' ? code : kind}"`;
    c.header('etag', etag);
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    const view = await viewBoard(scope, found.value);
    if (!view) return c.notFound();
    return c.html(<BoardPiece view={view} now={scope.now} />);
  });

  return pages;
}
