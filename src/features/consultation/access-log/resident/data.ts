/** Which cases are about the resident of a case, as far as a person may read their logs. */
import { and, desc, eq, type inArray, type SQL, sql } from 'drizzle-orm';
import type { Scope } from '../../../../slack/scope.ts';
import { keyRingOf } from '../../../../vault/key-ring.ts';
import { auditEntry, caseKey } from '../../../../vault/tables.ts';
import { contentPlace } from '../../data.ts';
import { tokensOf } from '../../finding/data.ts';
import { maybeSamePerson, type Subject, samenessKeys } from '../../finding/rules.ts';
import { subjectToken } from '../../finding/tables.ts';
import { consultationLink } from '../../merging/tables.ts';
import { consultation, consultationContent, SUBJECT_FIELDS } from '../../tables.ts';
import { isLogOf, type LogSight } from '../data.ts';
import type { Kinship } from '../rules.ts';

/** Merged into each other over so many steps; a case that was merged takes no other one, so that two are many. */
const MERGES_FOLLOWED = 4;
/** More namesakes than these are a search, not a resident; the newest are compared. */
const COMPARED = 100;

export interface KinCase {
  id: string;
  reference: string;
  kinship: Kinship;
}

export interface ResidentCases {
  /** The case itself first, then the newest. */
  cases: KinCase[];
  /** Cases whose resident was opened to compare. */
  compared: number;
}

/**
 * All cases of the same resident: merged, linked by somebody, or with the same insured number, phone or full name. Namesakes with
 * other numbers or readings are not. Names are opened to compare and shown to nobody. Requires that the person may read the log
 * of the case, and that the viewing is logged.
 */
export async function findResidentCases(
  scope: Scope,
  sight: LogSight,
  caseId: string,
): Promise<ResidentCases> {
  const merged = await followMerges(scope, caseId);
  const [linked, { same, compared }] = await Promise.all([
    listLinked(scope, merged),
    findSame(scope, sight, merged),
  ]);
  const kinshipOf = (id: string): Kinship => {
    if (id === caseId) return 'itself';
    if (merged.includes(id)) return 'merged';
    return same.includes(id) ? 'same' : 'linked';
  };
  const rows = await scope.db
    .select({ id: consultation.id, reference: consultation.reference })
    .from(consultation)
    .where(and(isOneOf(consultation.id, [...merged, ...linked, ...same]), isLogOf(sight)))
    .orderBy(desc(consultation.submittedAt), desc(consultation.id));
  const cases = rows.map((each) => ({ ...each, kinship: kinshipOf(each.id) }));
  const [itself, others] = [cases.filter(isItself), cases.filter((each) => !isItself(each))];
  return { cases: [...itself, ...others], compared };
}

function isItself({ kinship }: KinCase): boolean {
  return kinship === 'itself';
}

/** The case, what it was merged into, and what was merged into these. */
async function followMerges({ db }: Scope, caseId: string): Promise<string[]> {
  let known = [caseId];
  for (let step = 0; step < MERGES_FOLLOWED; step += 1) {
    const chains = known.map((id) => `case:${id}`);
    // What was merged here is found by the case's own chain: looking for those that point here would read every case.
    const [into, from] = await db.batch([
      db.select({ id: consultation.mergedInto }).from(consultation).where(isOneOf(consultation.id, known)),
      db
        .select({ id: consultation.id })
        .from(consultation)
        .where(
          and(
            sql`${consultation.id} IN (SELECT ${auditEntry.detail}->>'from' FROM ${auditEntry}
              WHERE ${auditEntry.chain} IN (SELECT value FROM json_each(${JSON.stringify(chains)}))
              AND ${auditEntry.action} = 'consultation.merged_from')`,
            isOneOf(consultation.mergedInto, known),
          ),
        ),
    ]);
    const found = [...into, ...from].flatMap(({ id }) => id ?? []);
    const next = [...new Set([...known, ...found])];
    if (next.length === known.length) break;
    known = next;
  }
  return known;
}

async function listLinked({ db }: Scope, cases: readonly string[]): Promise<string[]> {
  const [one, other] = await db.batch([
    db
      .select({ id: consultationLink.other })
      .from(consultationLink)
      .where(isOneOf(consultationLink.one, cases)),
    db
      .select({ id: consultationLink.one })
      .from(consultationLink)
      .where(isOneOf(consultationLink.other, cases)),
  ]);
  return [...one, ...other].map(({ id }) => id);
}

async function findSame(
  scope: Scope,
  sight: LogSight,
  cases: readonly string[],
): Promise<{ same: string[]; compared: number }> {
  const residents = await openSubjects(scope, isOneOf(consultation.id, cases), cases.length);
  const keys = residents.flatMap(({ subject }) => samenessKeys(subject));
  const tokens = await tokensOf(scope, [...new Set(keys)]);
  if (tokens.length === 0) return { same: [], compared: 0 };
  const candidates = await openSubjects(
    scope,
    sql`${consultation.id} IN (SELECT ${subjectToken.consultationId} FROM ${subjectToken}
      WHERE ${isOneOf(subjectToken.token, tokens)}) AND ${isLogOf(sight)}`,
    COMPARED,
  );
  const same = candidates.filter((candidate) =>
    residents.some(({ subject }) => maybeSamePerson(subject, candidate.subject)),
  );
  return { same: same.map(({ id }) => id), compared: candidates.length };
}

/** The residents of the newest of these cases. Whatever was erased has none any more. */
async function openSubjects(
  { db, settings }: Scope,
  condition: SQL,
  limit: number,
): Promise<{ id: string; subject: Subject }[]> {
  const rows = await db
    .select({
      id: consultation.id,
      sendingCenter: consultation.sendingCenter,
      key: caseKey,
      sealed: consultationContent,
    })
    .from(consultation)
    .innerJoin(consultationContent, eq(consultationContent.consultationId, consultation.id))
    .innerJoin(caseKey, eq(caseKey.caseId, consultation.id))
    .where(condition)
    .orderBy(desc(consultation.submittedAt), desc(consultation.id))
    .limit(limit);
  const ring = await keyRingOf(settings);
  return Promise.all(
    rows.map(async ({ id, sendingCenter, key, sealed }) => {
      const opened = await ring.openCaseKey(key);
      const subject: Subject = {};
      for (const field of SUBJECT_FIELDS) {
        const value = sealed[field];
        if (value !== null && COMPARED_FIELDS.includes(field))
          subject[field] = await opened.open(contentPlace(field, { id, sendingCenter }), value);
      }
      return { id, subject };
    }),
  );
}

/** No more is opened than the comparison needs. */
const COMPARED_FIELDS: readonly string[] = [
  'subjectName',
  'subjectKana',
  'subjectPhone',
  'subjectInsuredNumber',
];

function isOneOf(column: Parameters<typeof inArray>[0], values: readonly (string | number)[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
