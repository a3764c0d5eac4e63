/**
 * Reads of the incident kit, as SQL that gives plain rows: the page asks D1, the command line asks it through wrangler, and both get
 * the same. The readings are added up in the database, so that a hundred thousand of them come back as some rows a case.
 */
import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { type KeyRing, type Sealed, VaultError } from '../../../../vault/key-ring.ts';
import { contentPlace } from '../../data.ts';
import type { Subject } from '../../finding/rules.ts';
import { codesOf, KINDS } from '../../words.ts';
import { LOG_SURFACES } from '../rules.ts';
import { type ReadCase, type Readings, SHOWS_NOTHING } from './rules.ts';
import type { Investigation } from './schema.ts';

/** Runs queries and answers the rows of each. */
export type RunQueries = (queries: readonly SQL[]) => Promise<unknown[][]>;

const ReadingsRow = v.object({
  caseId: v.string(),
  action: v.string(),
  what: v.nullable(v.string()),
  surface: v.picklist(LOG_SURFACES),
  session: v.nullable(v.string()),
  firstAt: v.number(),
  lastAt: v.number(),
  times: v.number(),
});

const instant = v.nullable(v.number());
const sealed = v.nullable(v.string());
const CaseRow = v.object({
  id: v.string(),
  reference: v.string(),
  kind: v.picklist(codesOf(KINDS)),
  sendingCenter: v.string(),
  erasedAt: instant,
  subjectName: sealed,
  subjectKana: sealed,
  subjectAge: sealed,
  subjectAddress: sealed,
  subjectPhone: sealed,
  subjectInsuredNumber: sealed,
  body: sealed,
  answers: instant,
  notes: instant,
  activities: instant,
  closing: instant,
  sharing: instant,
  files: instant,
  keyId: v.nullable(v.string()),
  wrapped: v.nullable(v.string()),
});

const SearchesRow = v.object({ searches: v.number() });
const StaffRow = v.object({ name: v.string() });

/** What somebody read, as the log has it. */
export interface Findings {
  /** Undefined where it is about nobody in the city's list, or about a sitting only. */
  staffName: string | undefined;
  readings: Readings[];
  cases: ReadCase[];
  /** Searches that found something: their lists show references only. */
  searches: number;
}

/** @param ring opens the residents' names; without it they stay closed. Requires that the investigation is logged. */
export async function readFindings(
  run: RunQueries,
  investigation: Investigation,
  ring?: KeyRing,
): Promise<Findings> {
  const [readings, cases, searches, staff] = await run([
    readingsQuery(investigation),
    casesQuery(investigation),
    searchesQuery(investigation),
    sql`SELECT name FROM staff WHERE slack_user_id = ${investigation.staff ?? ''}`,
  ]);
  const [total] = v.parse(v.array(SearchesRow), searches);
  const [person] = v.parse(v.array(StaffRow), staff);
  const opened = v.parse(v.array(CaseRow), cases).map((row) => toReadCase(row, ring));
  return {
    staffName: person?.name,
    readings: v.parse(v.array(ReadingsRow), readings),
    cases: await Promise.all(opened),
    searches: total?.searches ?? 0,
  };
}

function within({ staff, session, since, until }: Investigation): SQL {
  return sql.join(
    [
      sql`audit_entry.at >= ${since.getTime()}`,
      ...(until ? [sql`audit_entry.at < ${until.getTime()}`] : []),
      ...(staff ? [sql`audit_entry.actor = ${staff}`] : []),
      ...(session ? [sql`audit_entry.detail->>'session' = ${session}`] : []),
      sql`audit_entry.outcome = 'done' AND audit_entry.chain GLOB 'person:*'`,
    ],
    sql` AND `,
  );
}

function silent(): SQL {
  return sql.join(
    SHOWS_NOTHING.map((action) => sql`${action}`),
    sql`, `,
  );
}

/** What the check for the same resident found stands in its entry as references with spaces. */
function foundBeforeSending(investigation: Investigation): SQL {
  return sql`SELECT c.id AS case_id, action, NULL AS what, surface, detail->>'session' AS session, at
    FROM audit_entry, json_each('["' || replace(detail->>'found', ' ', '","') || '"]') AS f
    JOIN consultation AS c ON c.reference = f.value
    WHERE ${within(investigation)} AND action = 'consultation.duplicate_check' AND detail->>'hits' > 0`;
}

function seen(investigation: Investigation): SQL {
  return sql`SELECT case_id, action, detail->>'what' AS what, surface, detail->>'session' AS session, at
    FROM audit_entry WHERE ${within(investigation)} AND case_id IS NOT NULL AND action NOT IN (${silent()})
    UNION ALL ${foundBeforeSending(investigation)}`;
}

function readingsQuery(investigation: Investigation): SQL {
  return sql`SELECT case_id AS caseId, action, what, surface, session,
    min(at) AS firstAt, max(at) AS lastAt, count(*) AS times
    FROM (${seen(investigation)}) GROUP BY 1, 2, 3, 4, 5`;
}

function casesQuery(investigation: Investigation): SQL {
  const firstOf = (table: string, instantColumn: string, condition = '1') =>
    sql.raw(
      `(SELECT min(${instantColumn}) FROM ${table} WHERE consultation_id = consultation.id AND ${condition})`,
    );
  return sql`SELECT consultation.id AS id, reference, kind, sending_center AS sendingCenter, erased_at AS erasedAt,
    subject_name AS subjectName, subject_kana AS subjectKana, subject_age AS subjectAge,
    subject_address AS subjectAddress, subject_phone AS subjectPhone,
    subject_insured_number AS subjectInsuredNumber, body,
    ${firstOf('answer', 'answered_at')} AS answers,
    ${firstOf('note', 'written_at')} AS notes,
    ${firstOf('activity', 'created_at', 'summary IS NOT NULL')} AS activities,
    coalesce(${firstOf('closing_report', 'written_at')}, ${firstOf('rating', 'rated_at', 'comment IS NOT NULL')}) AS closing,
    ${firstOf('shared_note', 'proposed_at')} AS sharing,
    ${firstOf('case_file', 'added_at')} AS files,
    key_id AS keyId, wrapped
    FROM consultation
    LEFT JOIN consultation_content ON consultation_content.consultation_id = consultation.id
    LEFT JOIN case_key ON case_key.case_id = consultation.id
    WHERE consultation.id IN (SELECT case_id FROM (${seen(investigation)}))`;
}

function searchesQuery(investigation: Investigation): SQL {
  return sql`SELECT count(*) AS searches FROM audit_entry
    WHERE ${within(investigation)} AND action = 'consultation.search' AND detail->>'hits' > 0`;
}

type Row = v.InferOutput<typeof CaseRow>;

async function toReadCase(row: Row, ring: KeyRing | undefined): Promise<ReadCase> {
  const { id, reference, kind, erasedAt, answers, notes, activities, closing, sharing, files } = row;
  const fromTheStart = (value: string | null) => (value === null ? null : 0);
  const subject = ring && (await openSubject(row, ring));
  return {
    id,
    reference,
    kind,
    isErased: erasedAt !== null || row.body === null,
    heldSince: {
      subjectName: fromTheStart(row.subjectName),
      subjectKana: fromTheStart(row.subjectKana),
      subjectAge: fromTheStart(row.subjectAge),
      subjectAddress: fromTheStart(row.subjectAddress),
      subjectPhone: fromTheStart(row.subjectPhone),
      subjectInsuredNumber: fromTheStart(row.subjectInsuredNumber),
      body: fromTheStart(row.body),
      answers,
      notes,
      activities,
      closing,
      sharing,
      files,
    },
    ...(subject ? { subject } : {}),
  };
}

/** What tells residents apart. Undefined when the case has no key any more, or one that is not at hand. */
async function openSubject(row: Row, ring: KeyRing): Promise<Subject | undefined> {
  const { id, keyId, wrapped } = row;
  if (keyId === null || wrapped === null) return undefined;
  try {
    const key = await ring.openCaseKey({ caseId: id, keyId, wrapped });
    const subject: Subject = {};
    for (const field of ['subjectName', 'subjectKana', 'subjectPhone', 'subjectInsuredNumber'] as const) {
      const value = row[field];
      if (isSealed(value)) subject[field] = await key.open(contentPlace(field, row), value);
    }
    return subject;
  } catch (error) {
    // The report must come out also when a key is missing: the name is left empty.
    if (!(error instanceof VaultError)) throw error;
    return undefined;
  }
}

/** Columns of ciphertext hold nothing else: the database refuses it. */
function isSealed(value: string | null): value is Sealed {
  return value?.startsWith('v1.') ?? false;
}
