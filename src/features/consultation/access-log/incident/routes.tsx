/** The incident kit's page: what a person or a sitting saw, as a table and as CSV. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../../lib/csv.ts';
import { japanDate } from '../../../../lib/jst.ts';
import { showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { sendCsv } from '../routes.tsx';
import { beginInvestigation, investigate } from './mutations.ts';
import { IncidentView } from './page.tsx';
import { reportLines } from './report.ts';
import { INVESTIGATION_FIELDS, type InvestigationField, readInvestigation } from './schema.ts';
import { incidentText as text } from './text.ts';

export function incidentPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get('/incident', async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const begun = await beginInvestigation(scope, actor, 'incident.read');
    if (!begun.ok) return c.notFound();
    const asked = askedIn(c);
    const isAsked = INVESTIGATION_FIELDS.some((field) => c.req.query(field) !== undefined);
    const read = isAsked ? readInvestigation(asked) : undefined;
    const report = read?.ok ? await investigate(scope, actor, 'incident.read', read.value) : undefined;
    const faults = read && !read.ok ? read.faults : [];
    return showPage(c, {
      title: text.title,
      isFault: faults.length > 0,
      status: faults.length > 0 ? 422 : 200,
      body: <IncidentView people={begun.value} asked={asked} faults={faults} report={report} />,
    });
  });

  pages.get('/incident.csv', async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const begun = await beginInvestigation(scope, actor, 'incident.export');
    if (!begun.ok) return c.notFound();
    const read = readInvestigation(askedIn(c));
    if (!read.ok) return c.redirect('/incident', 303);
    const report = await investigate(scope, actor, 'incident.export', read.value);
    const lines = reportLines(report, read.value, scope.now);
    return sendCsv(c, csvFile(lines), `kikan-incident-${japanDate(scope.now)}.csv`);
  });

  return pages;
}

function askedIn(c: Context<PageEnv>): (field: InvestigationField) => string {
  return (field) => c.req.query(field)?.trim() ?? '';
}
