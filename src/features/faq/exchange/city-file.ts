/** The FAQ's part of a city file, for the pages where one is written out and loaded. */
import type { CityFaq } from '../../directory/city-file/faq.ts';
import { mayReadCoreOnly } from '../rules.ts';
import { listCityFaq, planImport } from './data.ts';
import { countSteps } from './rules.ts';

export const cityFaq: CityFaq = {
  list: ({ db }, actor) => listCityFaq(db, mayReadCoreOnly(actor)),
  compare: async (scope, entries) =>
    entries.length === 0
      ? { fresh: 0, changed: 0 }
      : countSteps(await planImport(scope, entries, 'published')),
};
