/** Reads of what a case was merged into and linked with. */
import { and, eq, or, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import type { Consultation } from '../data.ts';
import { consultation } from '../tables.ts';
import { isSeenBy, type Sight } from '../visibility/data.ts';
import { consultationLink } from './tables.ts';

export interface RelatedCase {
  id: string;
  reference: string;
}

/** What else belongs to a case, as far as its reader may see it. */
export interface Relations {
  /** Its reference is null for who may not see that case. */
  mergedInto: { reference: string | null } | null;
  mergedHere: RelatedCase[];
  links: RelatedCase[];
}

/** Whether the two cases are linked, in either order. */
export async function isLinked(db: Database, one: string, other: string): Promise<boolean> {
  const rows = await db
    .select({ one: consultationLink.one })
    .from(consultationLink)
    .where(isPair(one, other))
    .limit(1);
  return rows.length > 0;
}

/** Condition on `consultation_link`. */
export function isPair(one: string, other: string) {
  return or(
    and(eq(consultationLink.one, one), eq(consultationLink.other, other)),
    and(eq(consultationLink.one, other), eq(consultationLink.other, one)),
  );
}

/** The linked cases that the person may see, by reference. */
export async function listLinks(db: Database, sight: Sight, id: string): Promise<RelatedCase[]> {
  const linked = sql`SELECT ${consultationLink.other} FROM ${consultationLink} WHERE ${consultationLink.one} = ${id}
    UNION SELECT ${consultationLink.one} FROM ${consultationLink} WHERE ${consultationLink.other} = ${id}`;
  return db
    .select({ id: consultation.id, reference: consultation.reference })
    .from(consultation)
    .where(sql`${consultation.id} IN (${linked}) AND ${isSeenBy(sight)}`)
    .orderBy(consultation.reference);
}

/** Requires that the person may see the case. */
export async function readRelations(db: Database, sight: Sight, of: Consultation): Promise<Relations> {
  const [mergedInto, mergedHere, links] = await Promise.all([
    of.mergedInto === null ? null : readMergedInto(db, sight, of.mergedInto),
    listMergedHere(db, sight, of.id),
    listLinks(db, sight, of.id),
  ]);
  return { mergedInto, mergedHere, links };
}

async function readMergedInto(db: Database, sight: Sight, id: string): Promise<{ reference: string | null }> {
  const [row] = await db
    .select({ reference: consultation.reference })
    .from(consultation)
    .where(sql`${consultation.id} = ${id} AND ${isSeenBy(sight)}`)
    .limit(1);
  return { reference: row?.reference ?? null };
}

/** Found by the case's own audit chain: looking for those that point here would read every case there is. */
async function listMergedHere(db: Database, sight: Sight, id: string): Promise<RelatedCase[]> {
  const once = sql`SELECT ${auditEntry.detail}->>'from' FROM ${auditEntry}
    WHERE ${auditEntry.chain} = ${`case:${id}`} AND ${auditEntry.action} = 'consultation.merged_from'`;
  return db
    .select({ id: consultation.id, reference: consultation.reference })
    .from(consultation)
    .where(sql`${consultation.id} IN (${once}) AND ${consultation.mergedInto} = ${id} AND ${isSeenBy(sight)}`)
    .orderBy(consultation.reference);
}
