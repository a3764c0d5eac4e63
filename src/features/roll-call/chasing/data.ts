/** Who is silent, and who has to hear of it: asked of D1 in sets, never person by person. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { RollCall } from '../data.ts';
import type { MailedPerson } from '../links/mails.ts';
import { CORE_AFTER_MS, CORE_MARK, chaseMark, MANAGER_AFTER_MS, MANAGER_MARK, stepDue } from './rules.ts';

/** What is due of a roll-call's chasing. */
export interface Due {
  /** The minutes of the step that is due. */
  step: number | undefined;
  /** How many are to be asked. */
  people: number;
  /** For how many centers the managers are to hear of it, and then whoever commands. */
  managers: number;
  core: number;
}

const MINUTE_MS = 60_000;
/** Six statements of mails; the next minute goes on. */
const MAILED_A_BATCH = 1_200;

/** In one query: most minutes nothing is due. Requires a roll-call that runs. */
export async function findDue(
  db: Database,
  { id, startedAt }: Pick<RollCall, 'id' | 'startedAt'>,
  minutes: readonly number[],
  now: Date,
): Promise<Due> {
  const step = startedAt === null ? undefined : stepDue(startedAt, minutes, now);
  if (step === undefined) return { step, people: 0, managers: 0, core: 0 };
  const [row] = await db.all<Omit<Due, 'step'>>(sql`SELECT
    (SELECT count(*) FROM (${peopleToAsk(id, step, minutes, now)})) AS people,
    (SELECT count(*) FROM (${centersForManagers(id, minutes, now)})) AS managers,
    (SELECT count(*) FROM (${centersForCore(id, now)})) AS core`);
  return { step, people: 0, managers: 0, core: 0, ...row };
}

const isSilent = sql.raw('p.left_at IS NULL AND p.answered_at IS NULL');

function isNoted(id: string, mark: string, recipient: SQL, before?: number): SQL {
  return sql`EXISTS (SELECT 1 FROM roll_call_notice AS n WHERE n.roll_call_id = ${id} AND n.what = ${mark}
    AND n.recipient = ${recipient} AND n.at <= ${before ?? Number.MAX_SAFE_INTEGER})`;
}

/** SELECT of `person`: silent, not asked at this step yet. Whoever joined since has the first step's minutes, too. */
export function peopleToAsk(id: string, step: number, minutes: readonly number[], now: Date): SQL {
  const joinedBy = now.getTime() - (minutes[0] ?? 0) * MINUTE_MS;
  return sql`SELECT p.person AS person FROM roll_call_person AS p WHERE p.roll_call_id = ${id} AND ${isSilent}
    AND p.joined_at <= ${joinedBy} AND NOT ${isNoted(id, chaseMark(step), sql.raw('p.person'))}`;
}

/** The same with what their mails need, as many as one batch takes. */
export function listToMail(
  db: Database,
  id: string,
  step: number,
  minutes: readonly number[],
  now: Date,
): Promise<MailedPerson[]> {
  return db.all<MailedPerson>(sql`SELECT r.person AS person, r.link_id AS linkId, staff.email AS email
    FROM roll_call_person AS r JOIN staff ON staff.slack_user_id = r.person
    WHERE r.roll_call_id = ${id} AND r.person IN (${peopleToAsk(id, step, minutes, now)})
    ORDER BY r.person LIMIT ${MAILED_A_BATCH}`);
}

/** SELECT of `center`: with people who were asked for the last time and are silent, of which no manager heard. */
function centersForManagers(id: string, minutes: readonly number[], now: Date): SQL {
  const asked = now.getTime() - MANAGER_AFTER_MS;
  return sql`SELECT DISTINCT p.center AS center FROM roll_call_person AS p WHERE p.roll_call_id = ${id} AND ${isSilent}
    AND ${isNoted(id, chaseMark(minutes.at(-1) ?? 0), sql.raw('p.person'), asked)}
    AND NOT ${isNoted(id, MANAGER_MARK, sql.raw('p.center'))}`;
}

/** SELECT of `center`: its managers heard of silent people ten minutes ago, and none of them answered either. */
function centersForCore(id: string, now: Date): SQL {
  const told = now.getTime() - CORE_AFTER_MS;
  return sql`SELECT DISTINCT p.center AS center FROM roll_call_person AS p WHERE p.roll_call_id = ${id} AND ${isSilent}
    AND ${isNoted(id, MANAGER_MARK, sql.raw('p.center'), told)} AND NOT ${isNoted(id, CORE_MARK, sql.raw('p.center'))}
    AND NOT EXISTS (SELECT 1 FROM roll_call_person AS m JOIN staff ON staff.slack_user_id = m.person
      WHERE m.roll_call_id = ${id} AND m.center = p.center AND m.left_at IS NULL AND m.answered_at IS NOT NULL
        AND staff.role = 'manager')`;
}

/** A center with silent people. */
export interface SilentCenter {
  code: string;
  short: string;
  /** On the roster, and of them silent. */
  people: number;
  silent: readonly string[];
}

/** The centers of which managers, or whoever commands, have to hear now, in the order of the city file. */
export function listForManagers(
  db: Database,
  id: string,
  minutes: readonly number[],
  now: Date,
): Promise<SilentCenter[]> {
  return listCenters(db, id, centersForManagers(id, minutes, now));
}

export function listForCore(db: Database, id: string, now: Date): Promise<SilentCenter[]> {
  return listCenters(db, id, centersForCore(id, now));
}

async function listCenters(db: Database, id: string, which: SQL): Promise<SilentCenter[]> {
  const rows = await db.all<{ code: string; short: string; people: number; silent: string }>(sql`
    SELECT center.code AS code, center.short AS short, count(*) AS people,
      json_group_array(p.person) FILTER (WHERE p.answered_at IS NULL) AS silent
    FROM roll_call_person AS p JOIN center ON center.code = p.center
    WHERE p.roll_call_id = ${id} AND p.left_at IS NULL AND p.center IN (${which})
    GROUP BY center.code ORDER BY center.position`);
  return rows.map(({ silent, ...row }) => ({ ...row, silent: readIds(silent) }));
}

function readIds(json: string): string[] {
  const ids: unknown = JSON.parse(json);
  return Array.isArray(ids) ? ids.map(String) : [];
}
