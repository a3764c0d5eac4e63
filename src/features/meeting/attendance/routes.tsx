/** /meetings/R8-012/attendance.csv: who comes, for those who arrange the meeting; each time noted. */
import { Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findMeetingId } from '../data.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { readMeetingReference } from '../rules.ts';
import { exportAttendance } from './mutations.ts';
import { attendanceText as text } from './text.ts';

export function attendancePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(`${MEETINGS_PATH}/:reference/attendance.csv`, async (c) => {
    const scope = c.get('scope');
    const reference = readMeetingReference(c.req.param('reference'));
    const id = reference === undefined ? undefined : await findMeetingId(scope.db, reference);
    const exported = await exportAttendance(scope, actorOfPage(c), id ?? '');
    if (!exported.ok) return c.notFound();
    const { list } = text;
    const head = [list.seat, list.answer, list.who, list.by, list.at, list.presence];
    const lines = exported.value.lines.map((line) => [
      line.seat,
      line.answer,
      line.who,
      line.by,
      line.at,
      line.presence,
    ]);
    return c.body(csvFile([head, ...lines]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-meeting-${exported.value.name}.csv"`,
      'cache-control': 'no-store, max-age=0',
    });
  });

  return pages;
}
