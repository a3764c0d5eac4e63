/** What the FAQ does for city files, handed in where both are mounted: the directory knows nothing of it. */
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import type { CityFile } from '../schema.ts';
import type { FaqChanges } from './rules.ts';

export interface CityFaq {
  /** The published entries that the person may read, as a city file has them. */
  list(scope: Scope, actor: Actor): Promise<CityFile['faq']>;
  /** What taking these over would do. */
  compare(scope: Scope, entries: CityFile['faq']): Promise<FaqChanges>;
}
