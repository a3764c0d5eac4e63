/** Whom to ask for 気づき・改善点, and whom to remind of what was promised. */
import { and, asc, eq, gt, gte, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { JapanDate } from '../../../../lib/jst.ts';
import { center, staff } from '../../../directory/tables.ts';
import { rollCall, rollCallNotice, rosterPerson } from '../../tables.ts';
import { lesson } from '../tables.ts';

/** What the notices are called that a center was asked, and reminded. */
export const ASKED_MARK = 'lessons';
export const REMINDED_MARK = 'lessons-again';

/** Centers with people on the roster, in the order of the city file. */
export interface AskedCenter {
  code: string;
  short: string;
  hasSent: boolean;
}

export async function listAskedCenters(db: Database, rollCallId: string): Promise<AskedCenter[]> {
  const rows = await db
    .select({
      code: center.code,
      short: center.short,
      hasSent: sql<number>`EXISTS (SELECT 1 FROM ${lesson} WHERE ${lesson.rollCallId} = ${rollCallId}
        AND ${lesson.center} = ${center.code})`.as('has_sent'),
    })
    .from(center)
    .where(
      sql`EXISTS (SELECT 1 FROM ${rosterPerson} WHERE ${rosterPerson.rollCallId} = ${rollCallId}
        AND ${rosterPerson.center} = ${center.code} AND ${rosterPerson.leftAt} IS NULL)`,
    )
    .orderBy(asc(center.position));
  return rows.map((row) => ({ ...row, hasSent: row.hasSent === 1 }));
}

/** Roll-calls that closed since an instant, with what is still to be told: undefined where all were asked and reminded. */
export async function listClosedSince(
  db: Database,
  since: Date,
): Promise<{ id: string; closedAt: Date; isAsked: boolean; isReminded: boolean }[]> {
  const isTold = (what: string) =>
    sql<number>`EXISTS (SELECT 1 FROM ${rollCallNotice} WHERE ${rollCallNotice.rollCallId} = ${rollCall.id}
      AND ${rollCallNotice.what} = ${what})`;
  const rows = await db
    .select({
      id: rollCall.id,
      closedAt: rollCall.closedAt,
      asked: isTold(ASKED_MARK).as('asked'),
      reminded: isTold(REMINDED_MARK).as('reminded'),
    })
    .from(rollCall)
    .where(and(eq(rollCall.status, 'closed'), gt(rollCall.closedAt, since)))
    .orderBy(asc(rollCall.closedAt));
  return rows.flatMap(({ id, closedAt, asked, reminded }) =>
    closedAt === null ? [] : [{ id, closedAt, isAsked: asked === 1, isReminded: reminded === 1 }],
  );
}

/** Whether something was noted as told of a roll-call. */
export async function isTold(db: Database, rollCallId: string, what: string): Promise<boolean> {
  const rows = await db
    .select({ what: rollCallNotice.what })
    .from(rollCallNotice)
    .where(and(eq(rollCallNotice.rollCallId, rollCallId), eq(rollCallNotice.what, what)))
    .limit(1);
  return rows.length > 0;
}

/** Managers of centers; of a center without one, all who work there. */
export async function listContacts(
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (codes.length === 0) return new Map();
  const people = await db
    .select({ id: staff.slackUserId, center: staff.center, role: staff.role })
    .from(staff)
    .where(
      and(
        isNull(staff.removedAt),
        sql`${staff.center} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`,
      ),
    )
    .orderBy(asc(staff.position));
  return new Map(
    [...Map.groupBy(people, (person) => person.center)].map(([code, there]) => {
      const managers = there.filter(({ role }) => role === 'manager');
      return [code, (managers.length > 0 ? managers : there).map(({ id }) => id)];
    }),
  );
}

/** An open promise that is due within a span of days. */
export interface DuePromise {
  id: string;
  rollCallId: string;
  dueOn: JapanDate;
  promisedBy: string;
}

const DUE_LOOKED_AT = 200;

/** Open promises due from a day to another, the earliest first. */
export async function listDuePromises(
  db: Database,
  from: JapanDate,
  until: JapanDate,
): Promise<(DuePromise & { told: string })[]> {
  const rows = await db
    .select({
      id: lesson.id,
      rollCallId: lesson.rollCallId,
      dueOn: lesson.dueOn,
      promisedBy: lesson.promisedBy,
      told: sql<string>`(SELECT json_group_array(what) FROM roll_call_notice
        WHERE roll_call_id = ${lesson.rollCallId} AND what LIKE 'promise-%' AND instr(what, ${lesson.id}) > 0)`.as(
        'told',
      ),
    })
    .from(lesson)
    .where(and(isNull(lesson.doneAt), gte(lesson.dueOn, from), lte(lesson.dueOn, until)))
    .orderBy(asc(lesson.dueOn), asc(lesson.id))
    .limit(DUE_LOOKED_AT);
  return rows.flatMap(({ dueOn, promisedBy, ...row }) =>
    dueOn === null || promisedBy === null ? [] : [{ ...row, dueOn, promisedBy }],
  );
}
