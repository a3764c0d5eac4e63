/** What lists, searches and one minute's cron cost on 100,000 cases: rows that D1 reads (it bills them), and milliseconds. */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { searchCases } from '../../src/features/consultation/finding/mutations.ts';
import { readSearch } from '../../src/features/consultation/finding/rules.ts';
import { readInbox } from '../../src/features/consultation/inbox/data.ts';
import {
  fitsFilters,
  type ListQuery,
  listCases,
  listFound,
} from '../../src/features/consultation/listing/data.ts';
import { LIST_VIEWS, PAGE, rangeOf } from '../../src/features/consultation/listing/rules.ts';
import { type Sight, sightOf } from '../../src/features/consultation/visibility/data.ts';
import { Actor } from '../../src/features/directory/actor.ts';
import { parseSettings } from '../../src/lib/env.ts';
import type { Scope } from '../../src/slack/scope.ts';
import { measureCron } from './cron.ts';
import { fill } from './database.ts';
import { type Effort, type Figure, median } from './figure.ts';
import { CASES } from './made-up-case.ts';
import { type Meter, meterOf } from './meter.ts';
import { moduleOf, productSettings } from './rig.ts';
import { READERS, seedCases } from './seeded-cases.ts';
import { runtimeOptions } from './wrangler-config.ts';

/**
 * What a page may read of 100,000 cases, index entries included: usually some hundreds, and with several filters at once about what
 * there is of the rarest of them. A search may read those who share the name city-wide before it opens 300.
 */
const LIST_ROWS = 5000;
const SEARCH_ROWS = 8000;

interface Reader {
  who: string;
  actor: Actor;
  sight: Sight;
}

export async function measureLists(_program: string, effort: Effort): Promise<Figure[]> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'lists',
      ...runtimeOptions(),
      ...moduleOf('export default { fetch: () => new Response() }'),
      d1Databases: ['DB'],
    }),
  );
  try {
    await miniflare.ready;
    const binding = await miniflare.getD1Database('DB', 'lists');
    const settings = parseSettings(productSettings('http://127.0.0.1:1/api/'));
    const now = new Date();
    await fill(binding);
    const begun = performance.now();
    await seedCases(binding, settings, now);
    const seconds = Math.round((performance.now() - begun) / 1000);
    const meter = meterOf(binding);
    const scope: Scope = {
      settings,
      db: meter.db,
      now,
      origin: { surface: 'web' },
      wakeCourier: () => undefined,
      wakeIndexer: () => undefined,
    };
    const figures: Figure[] = [];
    for (const [who, id] of Object.entries(READERS)) {
      const found = await Actor.find(meter.db, id);
      if (!found) throw new Error(`${id} was not seeded`);
      const reader = { who, actor: found.actor, sight: await sightOf(scope, found.actor) };
      figures.push(...(await figuresOf(scope, meter, reader, effort)));
    }
    figures.push(...(await measureCron(scope, meter, effort)));
    return [{ name: 'lists: seeded', value: `${CASES} cases`, detail: `${seconds} s` }, ...figures];
  } finally {
    await miniflare.dispose();
  }
}

async function figuresOf(scope: Scope, meter: Meter, reader: Reader, effort: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, query] of listsOf(scope.now)) {
    const list = () => listCases(meter.db, reader.sight, query, undefined);
    const { cases, next } = await list();
    figures.push(
      await measure(
        `list ${reader.who}: ${name}`,
        meter,
        effort,
        LIST_ROWS,
        `${cases.length} of a page`,
        list,
      ),
    );
    if (name === 'all') {
      const second = () => listCases(meter.db, reader.sight, query, next);
      figures.push(
        await measure(`list ${reader.who}: all, second page`, meter, effort, LIST_ROWS, '', second),
      );
    }
  }
  const home = () => readInbox(scope, reader.actor);
  figures.push(await measure(`home ${reader.who}`, meter, effort, LIST_ROWS, 'today and six counts', home));
  for (const typed of ['R8-99999', '高橋', '鴨下 花子', 'ﾜﾀﾅﾍﾞ ﾋｻｺ', 'ゆうれい', '0463-21-0000']) {
    const search = async () => {
      const condition = fitsFilters({});
      const page = { condition, after: undefined, count: PAGE };
      const found = await searchCases(scope, reader.actor, reader.sight, readSearch(typed), page);
      await listFound(meter.db, found.ids);
      return found;
    };
    const { ids, isCutShort } = await search();
    const opened = await openedAtLast(meter.binding, reader.actor.slackUserId);
    const detail = `${ids.length} found, ${opened} opened${isCutShort ? ', more to look through' : ''}`;
    figures.push(await measure(`search ${reader.who}: ${typed}`, meter, effort, SEARCH_ROWS, detail, search));
  }
  return figures;
}

/** Every list, and filters of all kinds, the hardest ones too: rare topics, several at once, long ago. */
function listsOf(now: Date): [string, ListQuery][] {
  const all = (filters: ListQuery['filters']): ListQuery => ({ view: 'all', filters, now });
  const lastYear = rangeOf('last_year', now, 4);
  return [
    ...LIST_VIEWS.map((view): [string, ListQuery] => [view, { view, filters: {}, now }]),
    ['all, center', all({ center: 'd07' })],
    ['all, frequent topic', all({ topic: 'elder_abuse' })],
    ['all, rare topic', all({ topic: 'workforce' })],
    ['all, urgent', all({ urgency: 'urgent' })],
    ['all, declined', all({ status: 'declined' })],
    ['all, last fiscal year', all({ period: lastYear })],
    ['all, rare topic, urgent, last year', all({ topic: 'workforce', urgency: 'urgent', period: lastYear })],
    ['all, center, topic, urgent', all({ center: 'd07', topic: 'workforce', urgency: 'urgent' })],
    ['all, declined, rare topic, urgent', all({ status: 'declined', topic: 'workforce', urgency: 'urgent' })],
    ['overdue, topic', { view: 'overdue', filters: { topic: 'dementia' }, now }],
    ['waiting, center', { view: 'waiting', filters: { center: 'd07' }, now }],
  ];
}

async function measure(
  name: string,
  meter: Meter,
  effort: Effort,
  mostRows: number,
  detail: string,
  work: () => Promise<unknown>,
): Promise<Figure> {
  const rows = await meter.rowsReadBy(work);
  const times: number[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return {
    name,
    value: `${rows} rows, ${median(times).toFixed(1)} ms`,
    target: { text: `<= ${mostRows} rows`, isMet: rows <= mostRows },
    detail,
  };
}

/** How many cases the last search opened, as it was logged. */
async function openedAtLast(binding: D1Database, person: string): Promise<number> {
  const row = await binding
    .prepare("SELECT detail->>'opened' AS opened FROM audit_entry WHERE chain = ? ORDER BY seq DESC LIMIT 1")
    .bind(`person:${person}`)
    .first<{ opened: number | null }>();
  return row?.opened ?? 0;
}
