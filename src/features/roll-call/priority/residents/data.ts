/** The list of one center with its names opened: for its own staff, on pages only. */
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Place } from '../../../../vault/key-ring.ts';
import { staff } from '../../../directory/tables.ts';
import type { RollCall } from '../../data.ts';
import { openRollCallsKey, rollCallPlace } from '../../sealing.ts';
import type { Check } from '../../words.ts';
import { priorityCheck, priorityCount, priorityResident } from '../tables.ts';

export interface Resident {
  id: string;
  name: string;
  contact: string | null;
}

export function residentPlace(column: 'name' | 'contact', id: string, center: string): Place {
  return rollCallPlace('priority_resident', column, id, center);
}

/** In the order in which they were added. Requires that the caller made sure whose list it is, and notes the look. */
export async function openResidents(
  scope: Pick<Scope, 'db' | 'settings'>,
  center: string,
): Promise<Resident[]> {
  const rows = await scope.db
    .select({ id: priorityResident.id, name: priorityResident.name, contact: priorityResident.contact })
    .from(priorityResident)
    .where(and(eq(priorityResident.center, center), isNull(priorityResident.removedAt)))
    .orderBy(asc(priorityResident.position), asc(priorityResident.id));
  return openNames(scope, center, rows);
}

async function openNames<Row extends Pick<typeof priorityResident.$inferSelect, 'id' | 'name' | 'contact'>>(
  scope: Pick<Scope, 'db' | 'settings'>,
  center: string,
  rows: readonly Row[],
) {
  if (rows.length === 0) return [];
  const key = await openRollCallsKey(scope);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      name: await key.open(residentPlace('name', row.id, center), row.name),
      contact:
        row.contact === null ? null : await key.open(residentPlace('contact', row.id, center), row.contact),
    })),
  );
}

export interface CheckedResident extends Resident {
  /** Null while nobody looked. */
  found: Check | null;
  at: Date | null;
  byName: string | null;
}

/** The same with what was found of each in one roll-call. */
export async function openChecked(
  scope: Pick<Scope, 'db' | 'settings'>,
  { id }: Pick<RollCall, 'id'>,
  center: string,
): Promise<CheckedResident[]> {
  const rows = await scope.db
    .select({
      id: priorityResident.id,
      name: priorityResident.name,
      contact: priorityResident.contact,
      found: priorityCheck.found,
      at: priorityCheck.at,
      byName: sql<string | null>`${staff.name}`.as('by_name'),
    })
    .from(priorityResident)
    .leftJoin(
      priorityCheck,
      and(eq(priorityCheck.residentId, priorityResident.id), eq(priorityCheck.rollCallId, id)),
    )
    .leftJoin(staff, eq(staff.slackUserId, priorityCheck.by))
    .where(and(eq(priorityResident.center, center), isNull(priorityResident.removedAt)))
    .orderBy(asc(priorityResident.position), asc(priorityResident.id));
  return openNames(scope, center, rows);
}

export interface KeptNumber {
  total: number;
  version: number;
  at: Date;
  byName: string;
}

/** Undefined while none is kept. */
export async function findNumber(db: Database, center: string): Promise<KeptNumber | undefined> {
  const [row] = await db
    .select({
      total: priorityCount.total,
      version: priorityCount.version,
      at: priorityCount.updatedAt,
      byName: staff.name,
    })
    .from(priorityCount)
    .innerJoin(staff, eq(staff.slackUserId, priorityCount.updatedBy))
    .where(eq(priorityCount.center, center))
    .limit(1);
  return row;
}

/** How many are on a center's list. */
export async function countResidents(db: Database, center: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(priorityResident)
    .where(and(eq(priorityResident.center, center), isNull(priorityResident.removedAt)));
  return row?.count ?? 0;
}
