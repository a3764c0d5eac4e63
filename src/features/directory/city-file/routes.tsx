/** /people/file: the whole directory as one file, out and in. Loading shows first what would change. Behind the admins' door of /people. */
import { type Context, Hono } from 'hono';
import { formatInstant, japanDate } from '../../../lib/jst.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { findLastChange } from '../data.ts';
import { IMPORT } from '../mutations.ts';
import { actorOfPage } from '../page-gate.ts';
import { loadDirectory } from '../people/data.ts';
import { adminsOnly, PEOPLE } from '../people/routes.tsx';
import { type CityFile, type CityFileFault, parseCityFile } from '../schema.ts';
import { settingsText } from '../settings/text.ts';
import type { CityFaq } from './faq.ts';
import { loadCityFile, markOfDirectory, takeCityFile } from './mutations.ts';
import { CityFilePage, FileFaults, PreviewPage, Sentence } from './page.tsx';
import { compareFiles, hasChanges } from './rules.ts';
import { cityFileText as text } from './text.ts';

/** A city of sixty centers with a thousand people and a long FAQ stays below it. */
const MOST_BYTES = 5 * 1024 * 1024;

/** @param faq the FAQ's part of a city file */
export function cityFilePages(faq: CityFaq): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.use(`${PEOPLE}/file`, adminsOnly);
  pages.use(`${PEOPLE}/file/*`, adminsOnly);

  pages.get(`${PEOPLE}/file`, (c) => showForm(c, null));

  pages.get(`${PEOPLE}/file/download`, async (c) => {
    const scope = c.get('scope');
    const file = await takeCityFile(scope, actorOfPage(c), faq);
    const name = text.fileName(file.name, japanDate(scope.now));
    return c.body(`${JSON.stringify(file, null, 2)}\n`, 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-city.json"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  });

  pages.post(`${PEOPLE}/file/check`, async (c) => {
    const chosen = (await c.req.formData()).get('file');
    if (chosen === null || typeof chosen === 'string' || chosen.size === 0)
      return showForm(c, <Sentence sentence={text.noFile} />);
    if (chosen.size > MOST_BYTES) return showForm(c, <Sentence sentence={text.tooLarge} />);
    const parsed = parseCityFile(await chosen.text());
    return parsed.ok ? preview(c, faq, parsed.city) : showFaults(c, parsed.faults);
  });

  pages.post(`${PEOPLE}/file/load`, async (c) => {
    const form = await c.req.formData();
    const [json, mark] = [form.get('file'), form.get('mark')];
    const parsed = parseCityFile(typeof json === 'string' ? json : '');
    if (!parsed.ok) return showFaults(c, parsed.faults);
    const scope = c.get('scope');
    const seen = typeof mark === 'string' ? mark : '';
    const loaded = await loadCityFile(scope, actorOfPage(c), parsed.city, { seen, faq });
    if (loaded.ok) return c.redirect(`${PEOPLE}?done=people.loaded`, 303);
    switch (loaded.refusal.reason) {
      case 'changed-meanwhile':
        return preview(c, faq, parsed.city, await tellFirst(c));
      case 'last-admin':
        return showForm(c, <Sentence sentence={text.noAdmin} />);
      case 'not-allowed':
        return c.notFound();
    }
  });

  return pages;
}

function showForm(
  c: Context<PageEnv>,
  fault: Parameters<typeof CityFilePage>[0]['fault'],
): Promise<Response> {
  return showPage(c, {
    title: text.title,
    isFault: fault !== null,
    status: fault === null ? 200 : 422,
    body: <CityFilePage token={<FormToken c={c} />} fault={fault} />,
  });
}

function showFaults(c: Context<PageEnv>, faults: readonly CityFileFault[]): Promise<Response> {
  return showForm(c, <FileFaults faults={faults} />);
}

async function preview(
  c: Context<PageEnv>,
  faq: CityFaq,
  file: CityFile,
  notice?: string,
): Promise<Response> {
  const scope = c.get('scope');
  const standing = await loadDirectory(scope.db);
  const changes = compareFiles(standing, file, await faq.compare(scope, file.faq));
  return showPage(c, {
    title: text.previewTitle,
    ...(notice === undefined ? {} : { isFault: true, status: 409 as const }),
    body: (
      <PreviewPage
        changes={changes}
        isAnything={hasChanges(changes)}
        file={JSON.stringify(file)}
        mark={await markOfDirectory(standing)}
        notice={notice}
        token={<FormToken c={c} />}
      />
    ),
  });
}

/** Who changed the directory after it was compared. */
async function tellFirst(c: Context<PageEnv>): Promise<string> {
  const last = await findLastChange(c.get('scope').db, DIRECTORY_CHANGES);
  if (!last) throw new Error('nothing was changed');
  const by = last.name === null ? settingsText.importedFile : settingsText.person(last.name);
  return text.changedMeanwhile(by, formatInstant(last.at));
}

/** All that a city file holds. */
const DIRECTORY_CHANGES = [
  IMPORT,
  'directory.add_person',
  'directory.change_person',
  'directory.remove_person',
  'directory.add_center',
  'directory.change_center',
  'directory.close_center',
  'duty.change',
  'deadlines.change',
  'handling.change',
  'roll-call.change-chasing',
] as const;
