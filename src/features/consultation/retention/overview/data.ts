/** Reads for the pages of retention: references, controlled words and dates. */
import { and, asc, desc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { JapanDate } from '../../../../lib/jst.ts';
import { auditEntry } from '../../../../vault/tables.ts';
import { center, staff } from '../../../directory/tables.ts';
import { consultation } from '../../tables.ts';
import { isSeenBy, type Sight } from '../../visibility/data.ts';
import type { Kind, Status } from '../../words.ts';
import { ENDED_AT, ERASE_JOB } from '../data.ts';
import { hasEnded } from '../rules.ts';
import { erasureWarning, legalHold } from '../tables.ts';

/** What the page of retention shows of a case: references, controlled words, dates. */
export interface RetainedCase {
  reference: string;
  kind: Kind;
  status: Status;
  center: string;
  endedAt: Date | null;
  eraseOn: JapanDate | null;
  heldBy: string | null;
  heldAt: Date | null;
}

/** Whose cases: all by reference for admins, else what the person may see, of district managers those of their own center. */
export interface Reach {
  sight: Sight;
  isAdmin: boolean;
}

function isWithin({ sight, isAdmin }: Reach): SQL {
  if (isAdmin) return sql`1`;
  const { kind, code } = sight.person.center;
  if (kind === 'kikan') return isSeenBy(sight);
  return sql`${isSeenBy(sight)} AND (${consultation.sendingCenter} = ${code} OR ${consultation.responsibleCenter} = ${code})`;
}

/** What was announced and not yet erased, the nearest day first. */
export async function listAnnounced(db: Database, reach: Reach, limit: number): Promise<RetainedCase[]> {
  const rows = await selectRetained(db)
    .innerJoin(erasureWarning, eq(erasureWarning.consultationId, consultation.id))
    .where(and(isNull(consultation.erasedAt), isWithin(reach)))
    .orderBy(asc(erasureWarning.eraseOn), asc(consultation.reference))
    .limit(limit);
  return rows.map(toRetained);
}

/** Holds in force, the oldest first. */
export async function listHolds(db: Database, reach: Reach, limit: number): Promise<RetainedCase[]> {
  const rows = await selectRetained(db)
    .leftJoin(erasureWarning, eq(erasureWarning.consultationId, consultation.id))
    .where(and(isNotNull(legalHold.id), isNull(consultation.erasedAt), isWithin(reach)))
    .orderBy(asc(legalHold.heldAt))
    .limit(limit);
  return rows.map(toRetained);
}

/** What was erased since an instant, the latest first: the proof of each stands in the audit log. */
export async function listErased(
  db: Database,
  reach: Reach,
  since: Date,
  limit: number,
): Promise<{ reference: string; center: string; erasedAt: Date }[]> {
  const rows = await db
    .select({ reference: consultation.reference, center: center.short, erasedAt: auditEntry.at })
    .from(auditEntry)
    .innerJoin(consultation, eq(consultation.id, auditEntry.caseId))
    .innerJoin(center, eq(center.code, consultation.sendingCenter))
    .where(and(eq(auditEntry.actor, `job:${ERASE_JOB}`), gt(auditEntry.at, since), isWithin(reach)))
    .orderBy(desc(auditEntry.at))
    .limit(limit);
  return rows;
}

/** One case; undefined when it is out of the person's reach. */
export async function findRetained(
  db: Database,
  reach: Reach,
  reference: string,
): Promise<(RetainedCase & { id: string }) | undefined> {
  const [row] = await selectRetained(db)
    .leftJoin(erasureWarning, eq(erasureWarning.consultationId, consultation.id))
    .where(and(eq(consultation.reference, reference), isNull(consultation.erasedAt), isWithin(reach)))
    .limit(1);
  return row && { ...toRetained(row), id: row.id };
}

function selectRetained(db: Database) {
  return db
    .select({
      id: consultation.id,
      reference: consultation.reference,
      kind: consultation.kind,
      status: consultation.status,
      center: center.short,
      endedAt: ENDED_AT,
      eraseOn: sql<string | null>`${erasureWarning.eraseOn}`,
      heldBy: sql<string | null>`${staff.name}`,
      heldAt: sql<number | null>`${legalHold.heldAt}`,
    })
    .from(consultation)
    .innerJoin(center, eq(center.code, consultation.sendingCenter))
    .leftJoin(legalHold, and(eq(legalHold.consultationId, consultation.id), isNull(legalHold.liftedAt)))
    .leftJoin(staff, eq(staff.slackUserId, legalHold.heldBy))
    .$dynamic();
}

function toRetained(row: {
  reference: string;
  kind: Kind;
  status: Status;
  center: string;
  endedAt: number | null;
  eraseOn: string | null;
  heldBy: string | null;
  heldAt: number | null;
}): RetainedCase {
  const { endedAt, heldAt, status, reference, kind, center: office, eraseOn, heldBy } = row;
  return {
    reference,
    kind,
    status,
    center: office,
    eraseOn,
    heldBy,
    endedAt: endedAt === null || !hasEnded(status) ? null : new Date(endedAt),
    heldAt: heldAt === null ? null : new Date(heldAt),
  };
}
