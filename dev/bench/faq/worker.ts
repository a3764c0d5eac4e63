/** The search inside workerd, alone: `POST /build`, `/add` and `/finish` fill the index, `/ask` and `/base` ask it and the plain one. */
import { searchFaq } from '../../../src/features/faq/search/data.ts';
import type { SearchableEntry } from '../../../src/features/faq/search/rules.ts';
import { openFaqIndex, rebuildIndex } from '../../../src/features/faq/search/store.ts';
import { askBaseline, BASELINES, buildBaseline } from './baselines.ts';

interface Bindings {
  FAQ_INDEX: D1Database;
}

interface Build {
  entries: SearchableEntry[];
  groups: string[][];
}

const LIMIT = 50;
const PORTION = 200;

function* portionsOf(entries: readonly SearchableEntry[]) {
  for (let first = 0; first < entries.length; first += PORTION) yield entries.slice(first, first + PORTION);
}

const segmenter = BASELINES.find(({ name }) => name === 'segmenter');

export default {
  async fetch(request: Request, { FAQ_INDEX }: Bindings): Promise<Response> {
    if (!segmenter) throw new Error('no yardstick');
    const index = openFaqIndex(FAQ_INDEX);
    switch (new URL(request.url).pathname) {
      case '/rebuild': {
        const { entries, groups } = await request.json<Build>();
        await rebuildIndex(index, portionsOf(entries), groups);
        return new Response(null);
      }
      case '/base': {
        const { entries } = await request.json<Build>();
        await buildBaseline(FAQ_INDEX, segmenter, entries);
        return new Response(null);
      }
      case '/search':
        return Response.json(
          await searchFaq(index, { text: await request.text(), limit: LIMIT, mayReadCoreOnly: false }),
        );
      case '/search-base':
        return Response.json(await askBaseline(FAQ_INDEX, segmenter, await request.text(), LIMIT));
      default:
        return new Response(null, { status: 404 });
    }
  },
};
