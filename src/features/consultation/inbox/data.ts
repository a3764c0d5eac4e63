/** What a person's home tab shows of cases. */
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { countOpenByStatus, countViews, type ListedCase, listCases } from '../listing/data.ts';
import type { ListView } from '../listing/rules.ts';
import { sightOf } from '../visibility/data.ts';
import type { Status } from '../words.ts';

/** Counting stops here: whoever has more does not need the number, and it costs no more than these. */
export const MOST_COUNTED = 100;

const COUNTED = ['unaccepted', 'mine', 'overdue', 'waiting', 'offered', 'closing'] as const;

export interface Inbox {
  today: readonly ListedCase[];
  hasMore: boolean;
  counts: readonly { view: ListView; count: number }[];
}

export async function readInbox(scope: Scope, actor: Actor): Promise<Inbox> {
  const { db, now } = scope;
  const sight = await sightOf(scope, actor);
  const [today, counts] = await Promise.all([
    listCases(db, sight, { view: 'today', filters: {}, now }, undefined),
    countViews(db, sight, COUNTED, now, MOST_COUNTED),
  ]);
  return { today: today.cases, hasMore: today.next !== undefined, counts };
}

/** All that the city section sees: how many open cases are in which state. */
export async function readCityInbox({ db }: Scope): Promise<{ status: Status; count: number }[]> {
  return countOpenByStatus(db);
}
