/** One page of a list or of a search, as modals and pages ask for it. A search is a write: it is logged. */
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCity } from '../../../directory/data.ts';
import { searchCases } from '../../finding/mutations.ts';
import type { Search } from '../../finding/rules.ts';
import { sightOf } from '../../visibility/data.ts';
import type { QueriedFilters } from '../conditions/data.ts';
import { fitsFilters, type ListedCase, listCases, listFound } from '../data.ts';
import { type ListView, rangeOf } from '../rules.ts';
import type { ChosenFilters, Cursor } from '../schema.ts';

/** Which part of the list is wanted. */
export interface Part {
  filters: ChosenFilters;
  after: Cursor | undefined;
  /** At most so many cases. */
  count: number;
}

export interface OpenedPart {
  cases: readonly ListedCase[];
  /** Where the next part begins; undefined after the last one. */
  next: Cursor | undefined;
  /** A search that stopped before it had looked through all: the part may be short, or empty, though there is more. */
  isCutShort: boolean;
}

/** Of what the person may see, what belongs to the view. */
export async function openView(
  scope: Scope,
  actor: Actor,
  view: ListView,
  { filters, after, count }: Part,
): Promise<OpenedPart> {
  const { db, now } = scope;
  const [sight, queried] = await Promise.all([sightOf(scope, actor), queriedOf(scope, filters)]);
  const shown = await listCases(db, sight, { view, filters: queried, now }, after, count);
  return { ...shown, isCutShort: false };
}

/** A search looks through all that the person may see, whichever view is chosen. */
export async function openSearch(
  scope: Scope,
  actor: Actor,
  search: Search,
  { filters, after, count }: Part,
): Promise<OpenedPart> {
  const [sight, queried] = await Promise.all([sightOf(scope, actor), queriedOf(scope, filters)]);
  const found = await searchCases(scope, actor, sight, search, {
    condition: fitsFilters(queried),
    after: after && { submittedAt: after[0], id: after[1] },
    count,
  });
  return {
    cases: await listFound(scope.db, found.ids),
    next: found.next && [found.next.submittedAt, found.next.id],
    isCutShort: found.isCutShort,
  };
}

/** With the days of the chosen period, which may follow the city's fiscal year. */
async function queriedOf({ db, now }: Scope, { period, ...others }: ChosenFilters): Promise<QueriedFilters> {
  if (period === undefined) return others;
  const city = await findCity(db);
  if (!city) throw new Error('no city was imported');
  return { ...others, period: rangeOf(period, now, city.fiscalYearStart) };
}
