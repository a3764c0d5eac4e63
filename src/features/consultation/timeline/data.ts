/** What happened to a case, read from its audit chain: every change stands there, in its order. */
import { and, asc, eq, gt } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { staff } from '../../directory/tables.ts';

/** One change. `seq` is the case's version that it led to. */
export interface CaseEvent {
  seq: number;
  at: Date;
  /** A Slack id, or the name of a job. */
  actor: string;
  /** Null for jobs. */
  actorName: string | null;
  /** `consultation.accept` */
  action: string;
  detail: Readonly<Record<string, string | number | boolean | null>>;
}

const Detail = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));

/** The changes after a version, oldest first. Requires that the Actor may see the case. */
export async function listEvents(
  db: Database,
  consultationId: string,
  afterVersion = 0,
): Promise<CaseEvent[]> {
  const rows = await db
    .select({ entry: auditEntry, actorName: staff.name })
    .from(auditEntry)
    .leftJoin(staff, eq(staff.slackUserId, auditEntry.actor))
    .where(and(eq(auditEntry.chain, `case:${consultationId}`), gt(auditEntry.seq, afterVersion)))
    .orderBy(asc(auditEntry.seq));
  return rows.map(({ entry, actorName }) => ({
    seq: entry.seq,
    at: entry.at,
    actor: entry.actor,
    actorName,
    action: entry.action,
    detail: v.parse(Detail, JSON.parse(entry.detail)),
  }));
}
