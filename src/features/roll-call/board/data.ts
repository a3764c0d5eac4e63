/** All that a board shows, in figures by center: cheap with 3,000 people in 60 centers, since it is read again every few seconds. */
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { outbox } from '../../../slack/tables.ts';
import { findCity } from '../../directory/data.ts';
import { center, staff } from '../../directory/tables.ts';
import { type LoadedRollCall, listRunning, type RollCall } from '../data.ts';
import { type Checks, checksOf } from '../priority/data.ts';
import { type LatestReport, latestReports, listTakeovers, type NamedTakeover } from '../reporting/data.ts';
import { rollCall, rosterPerson } from '../tables.ts';

/** Counts of people; who left is in none of them but `help`. */
export interface Figures {
  roster: number;
  answered: number;
  safe: number;
  minor: number;
  severe: number;
  /** 要救助 that nobody cleared, whatever was answered since, and whoever left meanwhile. */
  help: number;
  /** Are there, or can come. */
  coming: number;
  /** Neither answered nor reached by mail: they have no address. Zero until mail went out because of Slack. */
  unmailed: number;
}

export interface Tile extends Figures {
  center: string;
  short: string;
  report: LatestReport | undefined;
  /** Undefined also when it ended. */
  takeover: NamedTakeover | undefined;
  checks: Checks | undefined;
}

export interface Board {
  rollCall: RollCall;
  totals: Figures;
  /** Of all centers asked, in the order of the city file. */
  tiles: readonly Tile[];
}

const Rows = v.array(
  v.object({
    center: v.string(),
    short: v.string(),
    roster: v.number(),
    answered: v.number(),
    safe: v.number(),
    minor: v.number(),
    severe: v.number(),
    help: v.number(),
    coming: v.number(),
    unmailed: v.number(),
  }),
);

const NONE: Figures = {
  roster: 0,
  answered: 0,
  safe: 0,
  minor: 0,
  severe: 0,
  help: 0,
  coming: 0,
  unmailed: 0,
};

/** Undefined when there is no such roll-call. Asks nobody's permission: it holds no names of people and nothing that was typed. */
export async function loadBoard(db: Database, rollCallId: string): Promise<Board | undefined> {
  const [[found, rows], reports, takeovers, checks] = await Promise.all([
    readFigures(db, rollCallId),
    latestReports(db, rollCallId),
    listTakeovers(db, rollCallId),
    checksOf(db, rollCallId),
  ]);
  if (!found) return undefined;
  const reportOf = new Map(reports.map((report) => [report.center, report]));
  const takeoverOf = new Map(
    takeovers.flatMap((takeover) => (takeover.endedAt === null ? [[takeover.center, takeover]] : [])),
  );
  const tiles = rows.map((row) => ({
    ...row,
    report: reportOf.get(row.center),
    takeover: takeoverOf.get(row.center),
    checks: checks.get(row.center),
  }));
  return { rollCall: found, totals: rows.reduce<Figures>(added, NONE), tiles };
}

/** One center's figures alone: what its own people look at, thousands of them in a storm. Undefined when it is not asked. */
export async function loadFiguresOf(
  db: Database,
  rollCallId: string,
  code: string,
): Promise<(Figures & { short: string }) | undefined> {
  const [row] = v.parse(Rows, await selectFigures(db, rollCallId, eq(center.code, code)));
  return row;
}

/** The roll-call and its people by center, in one transaction: what is shown as the end is the end. */
async function readFigures(db: Database, id: string) {
  const [found, rows] = await db.batch([
    db.select().from(rollCall).where(eq(rollCall.id, id)),
    selectFigures(db, id, undefined),
  ]);
  return [found[0], v.parse(Rows, rows)] as const;
}

/** By center, over the index of rosters by roll-call and center. */
function selectFigures(db: Database, id: string, which: SQL | undefined) {
  const isMailed = sql`(SELECT mailed_at FROM ${rollCall} WHERE id = ${id}) IS NOT NULL`;
  const asked = sql`(SELECT centers FROM ${rollCall} WHERE id = ${id})`;
  const p = rosterPerson;
  const sum = (condition: SQL, name: string) => sql<number>`ifnull(sum(${condition}), 0)`.as(name);
  const isListed = sql`${p.person} IS NOT NULL AND ${p.leftAt} IS NULL`;
  const count = (condition: SQL, name: string) => sum(sql`${isListed} AND ${condition}`, name);
  const needsHelp = sql`${p.helpSince} IS NOT NULL AND ${p.helpClearedAt} IS NULL`;
  return db
    .select({
      center: sql<string>`${center.code}`.as('center'),
      short: sql<string>`${center.short}`.as('short'),
      roster: sum(isListed, 'roster'),
      answered: count(sql`${p.answeredAt} IS NOT NULL`, 'answered'),
      safe: count(sql`${p.safety} = 'safe'`, 'safe'),
      minor: count(sql`${p.safety} = 'minor'`, 'minor'),
      severe: count(sql`${p.safety} = 'severe'`, 'severe'),
      help: sum(needsHelp, 'help'),
      coming: count(sql`${p.coming} IN ('arrived', 'able')`, 'coming'),
      unmailed: count(
        sql`CASE WHEN ${isMailed} AND ${p.person} IS NOT NULL AND ${p.answeredAt} IS NULL
          THEN (SELECT email IS NULL FROM ${staff} WHERE slack_user_id = ${p.person}) ELSE 0 END`,
        'unmailed',
      ),
    })
    .from(center)
    .leftJoin(p, sql`${p.center} = ${center.code} AND ${p.rollCallId} = ${id}`)
    .where(which)
    .groupBy(center.code)
    .having(
      sql`ifnull(sum((${isListed}) OR (${needsHelp})), 0) > 0 OR (${center.closedAt} IS NULL AND CASE WHEN ${asked} IS NULL
        THEN ${center.kind} <> 'city' ELSE ${center.code} IN (SELECT value FROM json_each(${asked})) END)`,
    )
    .orderBy(center.position);
}

function added(sum: Figures, more: Figures): Figures {
  return {
    roster: sum.roster + more.roster,
    answered: sum.answered + more.answered,
    safe: sum.safe + more.safe,
    minor: sum.minor + more.minor,
    severe: sum.severe + more.severe,
    help: sum.help + more.help,
    coming: sum.coming + more.coming,
    unmailed: sum.unmailed + more.unmailed,
  };
}

/**
 * Changes whenever something that a board shows may have changed: every change of a roll-call and every answer has its board sent
 * anew, in the same batch. One row is read, so that asking for it every few seconds costs nothing.
 */
export async function boardMark(db: Database): Promise<number> {
  const [row] = await db.select({ latest: sql<number | null>`max(${outbox.id})`.as('latest') }).from(outbox);
  return row?.latest ?? 0;
}

/** Those of a center who have not answered, in the order of the city file. */
export interface SilentCenter {
  short: string;
  names: readonly string[];
}

/** @param code of one center only. Requires that the reader may know who answered (`rules.maySeePeopleOf`). */
export async function listSilent(db: Database, rollCallId: string, code?: string): Promise<SilentCenter[]> {
  const rows = await db
    .select({ code: center.code, short: center.short, name: staff.name })
    .from(rosterPerson)
    .innerJoin(staff, eq(staff.slackUserId, rosterPerson.person))
    .innerJoin(center, eq(center.code, rosterPerson.center))
    .where(
      and(
        eq(rosterPerson.rollCallId, rollCallId),
        isNull(rosterPerson.leftAt),
        isNull(rosterPerson.answeredAt),
        ...(code === undefined ? [] : [eq(rosterPerson.center, code)]),
      ),
    )
    .orderBy(asc(center.position), asc(staff.position));
  const centers = Map.groupBy(rows, (row) => row.code);
  return [...centers.values()].map((people) => ({
    short: people[0]?.short ?? '',
    names: people.map(({ name }) => name),
  }));
}

/** What runs now, with the channel of its board: one query while nothing does. */
export async function listBoardsToRefresh(
  db: Database,
): Promise<Pick<LoadedRollCall, 'rollCall' | 'boardChannel'>[]> {
  const running = await listRunning(db);
  if (running.length === 0) return [];
  const found = await findCity(db);
  if (!found) return [];
  return running.map((each) => ({
    rollCall: each,
    boardChannel: found.drillChannel ?? found.triageChannel,
  }));
}
