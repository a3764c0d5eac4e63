/** /roll-calls/…/report: the figures of a roll-call, while it runs and for good, on the screen, on A4 and as CSV. Centers, no names. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { IMPROVEMENTS_PATH } from '../lessons/paths.ts';
import { ROLL_CALLS_PATH, reportPath, rollCallPath } from '../paths.ts';
import { readRollCallReference } from '../rules.ts';
import { csvRows } from './cells.ts';
import { type Report, readReport } from './data.ts';
import { factsOf } from './facts.ts';
import { tablesOf } from './lines.ts';
import { ReportSheet } from './sheet.tsx';
import { reportTitle } from './summary.ts';
import { reportText as text } from './text.ts';

const PATH = `${ROLL_CALLS_PATH}/:reference/report`;

export function reportPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(PATH, async (c) => {
    const report = await wantedReport(c);
    if (!report) return refuse(c);
    const { reference } = report.rollCall;
    return showPage(c, {
      title: reportTitle(report),
      body: (
        <>
          <div class="notice no-print">
            {report.course.closedAt === null ? <p>{text.running(report.course.now)}</p> : null}
            <p>{text.print}</p>
            <ul class="buttons">
              <li>
                <a class="button" href={`${reportPath(reference)}.csv`}>
                  {text.csv}
                </a>
              </li>
              <li>
                <a class="button plain" href={IMPROVEMENTS_PATH}>
                  {text.improvements}
                </a>
              </li>
              <li>
                <a class="button plain" href={rollCallPath(reference)}>
                  {text.back}
                </a>
              </li>
            </ul>
          </div>
          <ReportSheet report={report} />
        </>
      ),
    });
  });

  pages.get(`${PATH}.csv`, async (c) => {
    const report = await wantedReport(c);
    if (!report) return refuse(c);
    const lines = [
      [reportTitle(report)],
      ...csvRows({
        heading: text.facts.heading,
        head: [text.facts.item, text.facts.content],
        rows: factsOf(report),
      }),
      ...Object.values(tablesOf(report)).flatMap((table) => [[], ...csvRows(table)]),
    ];
    return c.body(csvFile(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-roll-call-${report.rollCall.reference.slice(1)}.csv"`,
      'cache-control': 'no-store, max-age=0',
    });
  });

  return pages;
}

/** Those that run or are over stand open to all staff (`rules.maySeeRollCall`); of others there is no report. */
async function wantedReport(c: Context<PageEnv>): Promise<Report | undefined> {
  const reference = readRollCallReference(c.req.param('reference') ?? '');
  const { db, now } = c.get('scope');
  return reference === undefined ? undefined : readReport(db, reference, now);
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  const reference = readRollCallReference(c.req.param('reference') ?? '');
  await noteRefusal(c.get('scope'), actorOfPage(c), 'roll-call.read_report', {
    detail: { reason: 'not-found', ...(reference === undefined ? {} : { rollCall: reference }) },
  });
  return c.notFound();
}
