/** /faq/figures: numbers about what is asked, for the core center, the city and admins. For others it is not there. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { findCity } from '../../directory/data.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { mayReadCoreOnly, maySeeFigures } from '../rules.ts';
import { readFigures } from './data.ts';
import { csvRows, tablesOf } from './lines.ts';
import { FIGURES_PATH } from './paths.ts';
import { codeOf, monthsOf, periodsUntil, spanOf } from './rules.ts';
import { FigureSheet } from './sheet.tsx';
import { figuresText as text } from './text.ts';

export function figurePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(FIGURES_PATH, async (c) => {
    const wanted = await wantedFigures(c);
    if (!wanted) return refuse(c);
    return showPage(c, { title: text.title, body: <FigureSheet {...wanted} /> });
  });

  pages.get(`${FIGURES_PATH}.csv`, async (c) => {
    const wanted = await wantedFigures(c);
    if (!wanted) return refuse(c);
    const { figures, months, chosen, span, firstMonth } = wanted;
    const lines = [
      [text.title, text.periodOf(chosen, firstMonth), text.span(span)],
      ...tablesOf(figures, months).flatMap((table) => [[], ...csvRows(table)]),
    ];
    return c.body(csvFile(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-faq-${codeOf(chosen)}.csv"`,
      'cache-control': 'no-store, max-age=0',
    });
  });

  return pages;
}

/** Of the period of the address; what is none of ours is this fiscal year. */
async function wantedFigures(c: Context<PageEnv>) {
  const { db, now } = c.get('scope');
  const actor = actorOfPage(c);
  if (!maySeeFigures(actor)) return undefined;
  const firstMonth = (await findCity(db))?.fiscalYearStart ?? 4;
  const periods = periodsUntil(now, firstMonth);
  const chosen = periods.find((period) => codeOf(period) === c.req.query('period')) ?? periods[0];
  if (!chosen) return undefined;
  const span = spanOf(chosen, now, firstMonth);
  const figures = await readFigures(db, span, { now, mayReadCoreOnly: mayReadCoreOnly(actor) });
  return { figures, span, chosen, periods, months: monthsOf(span, now), firstMonth };
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), 'faq.read_figures', { detail: { reason: 'not-found' } });
  return c.notFound();
}
