/** What the FAQ's imports work with on the command line. */
import type { ExchangeScope } from '../../src/features/faq/exchange/data.ts';
import type { IndexScope } from '../../src/features/faq/indexing/mutations.ts';

/** The FAQ of a local city, opened. */
export type LocalFaq = IndexScope & { faqIndex: D1Database };

/** What imports ask for, on the account of the command line. The index follows when `followIndex` is called. */
export function commandScope({ db, settings }: LocalFaq): ExchangeScope {
  return { db, settings, now: new Date(), origin: { surface: 'command' }, wakeIndexer: () => undefined };
}
