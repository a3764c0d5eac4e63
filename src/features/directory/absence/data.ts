/** Reads of absences. One that was ended early holds no more, from that moment on. */
import { and, asc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import { absence, staff } from '../tables.ts';

export type Absence = typeof absence.$inferSelect;

/** An absence with what people call those whom it is about, and where the absent person works now. */
export interface NamedAbsence extends Absence {
  personName: string;
  personCenter: string;
  isPersonThere: boolean;
  deputyName: string;
  isDeputyThere: boolean;
}

const deputyRow = alias(staff, 'deputy_row');

/** Absences of anybody that hold on a day or, with a second one, on any day from the first to the second. */
export async function listAbsencesOn(
  db: Database,
  fromOn: JapanDate,
  untilOn: JapanDate = fromOn,
): Promise<Absence[]> {
  return db
    .select()
    .from(absence)
    .where(and(gte(absence.untilOn, fromOn), lte(absence.fromOn, untilOn), isNull(absence.endedAt)))
    .orderBy(asc(absence.fromOn), asc(absence.id));
}

/** Current and coming absences of whoever works in a center, the next first. */
export async function listAbsencesOfCenter(
  db: Database,
  center: string,
  today: JapanDate,
): Promise<NamedAbsence[]> {
  return selectNamed(db)
    .where(
      and(
        eq(staff.center, center),
        isNull(staff.removedAt),
        gte(absence.untilOn, today),
        isNull(absence.endedAt),
      ),
    )
    .orderBy(asc(absence.fromOn), asc(staff.position));
}

/** Any absence by its id, ended ones included. */
export async function findAbsence(db: Database, id: string): Promise<NamedAbsence | undefined> {
  const [row] = await selectNamed(db).where(eq(absence.id, id)).limit(1);
  return row;
}

function selectNamed(db: Database) {
  return db
    .select({
      id: absence.id,
      person: absence.person,
      deputy: absence.deputy,
      fromOn: absence.fromOn,
      untilOn: absence.untilOn,
      notedBy: absence.notedBy,
      notedAt: absence.notedAt,
      endedAt: absence.endedAt,
      personName: staff.name,
      personCenter: staff.center,
      isPersonThere: sql`${staff.removedAt} IS NULL`.mapWith(Boolean),
      deputyName: deputyRow.name,
      isDeputyThere: sql`${deputyRow.removedAt} IS NULL`.mapWith(Boolean),
    })
    .from(absence)
    .innerJoin(staff, eq(staff.slackUserId, absence.person))
    .innerJoin(deputyRow, eq(deputyRow.slackUserId, absence.deputy));
}
