/** The pages of access logs, and the same as CSV. Whoever may not read one gets the answer for what does not exist. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { japanDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { CSV_HEAD, csvCells, yearAndInstant } from './lines.ts';
import { CSV_ROWS, type ExportedLog, exportLog, type LogSubject, viewLog } from './mutations.ts';
import { LogView } from './page.tsx';
import { readLogQuery } from './schema.ts';
import { csvName, logText as text } from './text.ts';

export function logPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  const all: LogSubject = { of: 'all' };
  const one = (of: 'case' | 'resident', c: Context<PageEnv>): LogSubject => ({
    of,
    reference: c.req.param('reference') ?? '',
  });
  pages.get('/log', (c) => showLog(c, all));
  pages.get('/log.csv', (c) => sendLog(c, all));
  pages.get('/cases/:reference/log', (c) => showLog(c, one('case', c)));
  pages.get('/cases/:reference/log.csv', (c) => sendLog(c, one('case', c)));
  pages.get('/cases/:reference/resident-log', (c) => showLog(c, one('resident', c)));
  pages.get('/cases/:reference/resident-log.csv', (c) => sendLog(c, one('resident', c)));
  return pages;
}

async function showLog(c: Context<PageEnv>, subject: LogSubject): Promise<Response> {
  const scope = c.get('scope');
  const asked = askedOf(c);
  const shown = await viewLog(scope, actorOfPage(c), subject, asked.filter, asked.after);
  if (!shown.ok) return c.notFound();
  const isFault = asked.faults.length > 0 || shown.value.isCaseUnknown;
  return showPage(c, {
    title: titleOf(subject),
    isFault,
    status: isFault ? 422 : 200,
    body: <LogView subject={subject} asked={asked} shown={shown.value} now={scope.now} />,
  });
}

async function sendLog(c: Context<PageEnv>, subject: LogSubject): Promise<Response> {
  const scope = c.get('scope');
  const { filter, faults } = askedOf(c);
  // An export that silently left a condition out would hold more than was asked for.
  if (faults.length > 0) return showLog(c, subject);
  const exported = await exportLog(scope, actorOfPage(c), subject, filter);
  if (!exported.ok) return c.notFound();
  const note = cutNote(exported.value);
  const lines = [CSV_HEAD, ...exported.value.entries.map(csvCells), ...(note ? [[note]] : [])];
  return sendCsv(c, csvFile(lines), csvName(`log-${subject.of}`, filter, japanDate(scope.now)));
}

/** A file to be kept, not shown; no cache keeps it. */
export function sendCsv(c: Context<PageEnv>, csv: string, name: string): Response {
  return c.body(csv, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store, max-age=0',
  });
}

function askedOf(c: Context<PageEnv>) {
  return readLogQuery((field) => c.req.query(field));
}

function titleOf(subject: LogSubject): string {
  if (subject.of === 'all') return text.title;
  return subject.of === 'case' ? text.caseTitle(subject.reference) : text.residentTitle(subject.reference);
}

function cutNote({ cut }: ExportedLog): string | undefined {
  if (cut === undefined) return undefined;
  return cut === 'rows' ? text.csvCut(CSV_ROWS) : text.csvCutAt(yearAndInstant(cut.lookedBackTo));
}
