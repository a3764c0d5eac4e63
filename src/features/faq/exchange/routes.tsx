/** /faq/desk/exchange: entries as a file, out and in. Nothing is taken over that was not shown before. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { japanDate } from '../../../lib/jst.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { listStaffNames } from '../../consultation/disclosure/export/data.ts';
import type { FaqFileEntry } from '../../directory/faq-entries.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { mayExchange, mayImport, mayReadCoreOnly } from '../rules.ts';
import { checkSteps } from './checking.ts';
import { writeEntriesCsv } from './csv.ts';
import { planImport } from './data.ts';
import { IMPORT_ENTRIES, loadFile, markOfSteps, takeEntries } from './mutations.ts';
import { ExchangePage, Faults, PreviewPage, Sentence } from './page.tsx';
import { EXCHANGE_PATH } from './paths.ts';
import { readEntriesFile } from './reading.ts';
import { type Counts, IMPORT_WAYS, type ImportWay } from './rules.ts';
import { parseEntriesJson } from './schema.ts';
import { exchangeText as text } from './text.ts';

/** Two thousand entries of a thousand letters, and what surrounds them when the form carries them once more. */
const MOST_BYTES = 8 * 1024 * 1024;

export function exchangePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(EXCHANGE_PATH, async (c) =>
    mayExchange(actorOfPage(c)) ? showForm(c, null) : refuse(c, 'faq.export'),
  );

  for (const format of ['json', 'csv'] as const)
    pages.get(`${EXCHANGE_PATH}/faq.${format}`, async (c) => {
      const actor = actorOfPage(c);
      if (!mayExchange(actor)) return refuse(c, 'faq.export');
      const scope = c.get('scope');
      const entries = await takeEntries(scope, actor, format);
      const name = text.fileName(actor.city.name, japanDate(scope.now), format);
      const content =
        format === 'csv' ? writeEntriesCsv(entries) : `${JSON.stringify({ faq: entries }, null, 2)}\n`;
      return c.body(content, 200, {
        'content-type': `${format === 'csv' ? 'text/csv' : 'application/json'}; charset=utf-8`,
        'content-disposition': `attachment; filename="kikan-faq.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store, max-age=0',
      });
    });

  pages.post(`${EXCHANGE_PATH}/check`, async (c) => {
    if (!mayImport(actorOfPage(c))) return refuse(c, IMPORT_ENTRIES);
    const form = await c.req.formData();
    const chosen = form.get('file');
    if (chosen === null || typeof chosen === 'string' || chosen.size === 0)
      return showForm(c, <Sentence sentence={text.noFile} />);
    if (chosen.size > MOST_BYTES) return showForm(c, <Sentence sentence={text.tooLarge} />);
    const read = readEntriesFile(new Uint8Array(await chosen.arrayBuffer()));
    if (!read.ok) return showForm(c, <Faults faults={read.faults} />);
    return preview(c, read.entries, wayOf(form));
  });

  pages.post(`${EXCHANGE_PATH}/load`, async (c) => {
    const actor = actorOfPage(c);
    if (!mayImport(actor)) return refuse(c, IMPORT_ENTRIES);
    const form = await c.req.formData();
    const [json, mark] = [form.get('file'), form.get('mark')];
    const read = parseEntriesJson(typeof json === 'string' ? json : '');
    if (!read.ok) return showForm(c, <Faults faults={read.faults} />);
    const as = wayOf(form);
    const seen = typeof mark === 'string' ? mark : '';
    const loaded = await loadFile(c.get('scope'), actor, read.entries, { as, seen });
    if (!loaded.ok)
      return loaded.refusal.reason === 'not-allowed'
        ? c.notFound()
        : preview(c, read.entries, as, text.changedMeanwhile);
    const { fresh, changed, equal, left } = loaded.value;
    return c.redirect(`${EXCHANGE_PATH}?done=${[fresh, changed, equal, left].join('.')}`, 303);
  });

  return pages;
}

function wayOf(form: FormData): ImportWay {
  const chosen = form.get('as');
  // What nobody chose is found by nobody.
  return IMPORT_WAYS.find((way) => way === chosen) ?? 'drafts';
}

function showForm(c: Context<PageEnv>, fault: Child): Promise<Response> {
  const actor = actorOfPage(c);
  return showPage(c, {
    title: text.title,
    isFault: fault !== null,
    status: fault === null ? 200 : 422,
    body: (
      <ExchangePage
        token={<FormToken c={c} />}
        fault={fault}
        done={doneOf(c.req.query('done'))}
        mayImport={mayImport(actor)}
        seesAll={mayReadCoreOnly(actor)}
      />
    ),
  });
}

/** `3.2.5.0` */
function doneOf(query: string | undefined): Counts | undefined {
  const [, ...numbers] = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(query ?? '') ?? [];
  const [fresh, changed, equal, left] = numbers.map(Number);
  if (fresh === undefined || changed === undefined || equal === undefined || left === undefined)
    return undefined;
  return { fresh, changed, equal, left };
}

async function preview(
  c: Context<PageEnv>,
  entries: readonly FaqFileEntry[],
  as: ImportWay,
  notice?: string,
): Promise<Response> {
  const scope = c.get('scope');
  const steps = await planImport(scope, entries, as);
  return showPage(c, {
    title: text.previewTitle,
    ...(notice === undefined ? {} : { isFault: true, status: 409 as const }),
    body: (
      <PreviewPage
        token={<FormToken c={c} />}
        notice={notice}
        as={as}
        steps={steps}
        questions={entries.map(({ question }) => question)}
        checked={await checkSteps(steps, await listStaffNames(scope.db))}
        file={JSON.stringify(entries)}
        mark={await markOfSteps(steps)}
      />
    ),
  });
}

async function refuse(c: Context<PageEnv>, action: string): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), action);
  return c.notFound();
}
