/**
 * The lists. Each is read in the order of an index that begins with what it is about, page by page behind a cursor, so that a page
 * costs some dozens of rows however many cases there are. `INDEXED BY` makes a lost index an error instead of a slow list.
 */
import { asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center, staff } from '../../directory/tables.ts';
import { handover } from '../handover/tables.ts';
import { consultation, DUE_OR_LAST, IS_OPEN } from '../tables.ts';
import { isSeenBy, type Sight } from '../visibility/data.ts';
import type { Status, Urgency } from '../words.ts';
import {
  filterConditions,
  isWithin,
  type QueriedFilters,
  type QueriedView,
  viewConditions,
} from './conditions/data.ts';
import { type ListView, PAGE } from './rules.ts';
import type { Cursor } from './schema.ts';
import { consultationTopic } from './tables.ts';

/** A case as lists show it. */
export interface ListedCase {
  id: string;
  reference: string;
  urgency: Urgency;
  status: Status;
  isRestricted: boolean;
  center: string;
  nameInCharge: string | null;
  dueAt: Date | null;
  submittedAt: Date;
}

export interface ListQuery {
  view: QueriedView;
  filters: QueriedFilters;
  now: Date;
}

/** Where the candidates of a list come from, in the order of an index. */
interface Source {
  from: SQL;
  where: SQL;
  /** Of the order, where another table than the case's own gives it. */
  key?: SQL;
  id?: SQL;
}

interface Order {
  key: SQL;
  isNewestFirst: boolean;
}

/** What was erased is in no list: of it only statistics are left. */
const IS_KEPT = sql`erased_at IS NULL`;

const NEWEST: Order = { key: sql`${consultation.submittedAt}`, isNewestFirst: true };
/** Of cases that all have a deadline. */
const BY_DUE: Order = { key: sql`${consultation.dueAt}`, isNewestFirst: false };
const BY_DUE_OR_LAST: Order = { key: DUE_OR_LAST, isNewestFirst: false };

const ORDERS: Record<ListQuery['view'], Order> = {
  today: BY_DUE_OR_LAST,
  mine: BY_DUE_OR_LAST,
  center: NEWEST,
  unaccepted: BY_DUE,
  overdue: BY_DUE,
  waiting: NEWEST,
  offered: NEWEST,
  closing: NEWEST,
  all: NEWEST,
};

/** One page of what the person may see, at most `count` cases. `next` begins the page after it. */
export async function listCases(
  db: Database,
  sight: Sight,
  query: ListQuery,
  after: Cursor | undefined,
  count = PAGE,
): Promise<{ cases: ListedCase[]; next: Cursor | undefined }> {
  // Nothing is theirs to see; a condition that is never true would leave no use for the index that the query names.
  if (sight.person.center.kind === 'city') return { cases: [], next: undefined };
  const order = ORDERS[query.view];
  const ids = sql`SELECT id FROM (${idsOf(sight, query, count + 1, after)})`;
  const rows = await selectListed(db, ids, order);
  const cases = rows.slice(0, count);
  const last = cases.at(-1);
  return { cases, next: rows.length > count && last ? [last.sortKey, last.id] : undefined };
}

/** What a search, which looks beside the views, keeps to: a condition on `consultation`. */
export function fitsFilters(filters: ListQuery['filters']): SQL {
  return sql.join([IS_KEPT, ...filterConditions(filters)], sql` AND `);
}

/** These cases, newest first. Requires that the person may see them. */
export async function listFound(db: Database, ids: readonly string[]): Promise<ListedCase[]> {
  return selectListed(db, sql`SELECT value FROM json_each(${JSON.stringify(ids)})`, NEWEST);
}

/** How many cases of each view the person may see, counted up to `most`. */
export async function countViews<View extends ListView>(
  db: Database,
  sight: Sight,
  views: readonly View[],
  now: Date,
  most: number,
): Promise<{ view: View; count: number }[]> {
  const counts = views.map((view) =>
    db
      .select({ count: sql<number>`count(*)`.as('count') })
      .from(sql`(${idsOf(sight, { view, filters: {}, now }, most)})`),
  );
  const [first, ...rest] = counts;
  if (!first || sight.person.center.kind === 'city') return views.map((view) => ({ view, count: 0 }));
  const results = await db.batch([first, ...rest]);
  return views.map((view, i) => ({ view, count: results[i]?.[0]?.count ?? 0 }));
}

/** How many cases are open, by state: all that the city section sees of them. */
export async function countOpenByStatus(db: Database): Promise<{ status: Status; count: number }[]> {
  return db
    .select({ status: consultation.status, count: sql<number>`count(*)` })
    .from(consultation)
    .where(IS_OPEN)
    .groupBy(consultation.status);
}

function selectListed(db: Database, ids: SQL, { key, isNewestFirst }: Order) {
  return db
    .select({
      id: consultation.id,
      reference: consultation.reference,
      urgency: consultation.urgency,
      status: consultation.status,
      isRestricted: consultation.isRestricted,
      center: center.short,
      nameInCharge: staff.name,
      dueAt: consultation.dueAt,
      submittedAt: consultation.submittedAt,
      sortKey: sql<number>`${key}`,
    })
    .from(consultation)
    .innerJoin(center, eq(center.code, consultation.sendingCenter))
    .leftJoin(staff, eq(staff.slackUserId, consultation.personInCharge))
    .where(sql`${consultation.id} IN (${ids})`)
    .orderBy(
      ...(isNewestFirst
        ? [sql`${key} DESC`, sql`${consultation.id} DESC`]
        : [sql`${key}`, asc(consultation.id)]),
    );
}

/** `id, sort_key` of the first cases, merged from the sources of the list; the same case may come from several. */
function idsOf(sight: Sight, query: ListQuery, limit: number, after?: Cursor): SQL {
  const order = ORDERS[query.view];
  const direction = order.isNewestFirst ? sql`DESC` : sql`ASC`;
  const conditions = [
    IS_KEPT,
    isSeenBy(sight),
    ...viewConditions(sight, query),
    ...filterConditions(query.filters),
  ];
  const parts = sourcesOf(sight, query).map(
    ({ from, where, key = order.key, id = sql`${consultation.id}` }) => {
      const isAfter = after
        ? [sql`(${key}, ${id}) ${order.isNewestFirst ? sql`<` : sql`>`} (${after[0]}, ${after[1]})`]
        : [];
      return sql`SELECT id, sort_key FROM (SELECT ${id} AS id, ${key} AS sort_key FROM ${from}
      WHERE ${sql.join([where, ...conditions, ...isAfter], sql` AND `)}
      ORDER BY ${key} ${direction}, ${id} ${direction} LIMIT ${limit})`;
    },
  );
  return sql`${sql.join(parts, sql` UNION `)} ORDER BY sort_key ${direction}, id ${direction} LIMIT ${limit}`;
}

/** A few cases: those whose hand-over waits for the center's answer. */
function offeredTo(code: string): Source {
  return {
    from: sql`${handover} INDEXED BY handover_to CROSS JOIN ${consultation} ON ${consultation.id} = ${handover.consultationId}`,
    where: sql`${handover.toCenter} = ${code} AND ${handover.state} = 'offered'`,
  };
}

/** `consultation`, read by one of its indexes. */
function by(index: string): SQL {
  return sql`${consultation} INDEXED BY ${sql.identifier(index)}`;
}

const ALL: Source = { from: by('consultation_submitted'), where: sql`1` };

function sourcesOf(sight: Sight, query: ListQuery): Source[] {
  const { kind, code } = sight.person.center;
  if (query.view === 'offered') return [offeredTo(code)];
  if (kind !== 'kikan') return [...sentOrAnsweredBy(query, code), offeredTo(code)];
  if (query.view === 'mine' || query.view === 'today')
    return [sight.person.slackUserId, ...sight.standsInFor].map((person) => ({
      from: by('consultation_open_in_charge'),
      where: sql`${consultation.personInCharge} = ${person} AND ${IS_OPEN}`,
    }));
  const { center: chosen, person } = query.filters;
  if (person !== undefined) return [inChargeOfPerson(query, person)];
  return chosen === undefined ? [coreSource(query, code)] : sentOrAnsweredBy(query, chosen);
}

/** What somebody has, or had, in charge: few enough to be put in order. */
function inChargeOfPerson({ view }: ListQuery, person: string): Source {
  const isTheirs = sql`${consultation.personInCharge} = ${person}`;
  return view === 'all'
    ? { from: by('consultation_in_charge'), where: isTheirs }
    : { from: by('consultation_open_in_charge'), where: sql`${isTheirs} AND ${IS_OPEN}` };
}

function sentOrAnsweredBy({ view }: ListQuery, code: string): Source[] {
  const isOpen = view === 'all' ? sql`1` : IS_OPEN;
  const prefix = view === 'all' ? 'consultation' : 'consultation_open';
  return [
    { from: by(`${prefix}_center`), where: sql`${consultation.sendingCenter} = ${code} AND ${isOpen}` },
    {
      from: by(`${prefix}_responsible`),
      where: sql`${consultation.responsibleCenter} = ${code} AND ${isOpen}`,
    },
  ];
}

function coreSource({ view, filters, now }: ListQuery, code: string): Source {
  switch (view) {
    case 'center':
      return {
        from: by('consultation_open_responsible'),
        where: sql`${consultation.responsibleCenter} = ${code} AND ${IS_OPEN}`,
      };
    case 'unaccepted':
      return { from: by('consultation_unaccepted'), where: sql`status = 'submitted'` };
    case 'overdue':
      return { from: by('consultation_due'), where: sql`${consultation.dueAt} < ${now.getTime()}` };
    case 'waiting':
    case 'closing':
      return { from: by('consultation_status'), where: eq(consultation.status, view) };
    default:
      return filteredSource(filters);
  }
}

/** The rarest of what was chosen leads: almost every case is closed, few are anything else. */
function filteredSource({ topic, status, period }: ListQuery['filters']): Source {
  if (status !== undefined && status !== 'closed')
    return { from: by('consultation_status'), where: eq(consultation.status, status) };
  if (topic === undefined) return ALL;
  const key = sql`${consultationTopic.submittedAt}`;
  const within = period === undefined ? sql`1` : isWithin(key, period);
  return {
    from: sql`${consultationTopic} CROSS JOIN ${consultation} ON ${consultation.id} = ${consultationTopic.consultationId}`,
    where: sql`${consultationTopic.topic} = ${topic} AND ${within}`,
    key,
    id: sql`${consultationTopic.consultationId}`,
  };
}
