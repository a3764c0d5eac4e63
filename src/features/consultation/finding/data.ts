/** Reads of the index of residents: which cases may be the ones, and what is opened to be sure. */
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type HousePurpose, openHouseHashKey } from '../../../vault/house-key.ts';
import { keyRingOf } from '../../../vault/key-ring.ts';
import { caseKey } from '../../../vault/tables.ts';
import { center } from '../../directory/tables.ts';
import { contentPlace } from '../data.ts';
import { consultation, consultationContent, referenceNumber } from '../tables.ts';
import { isSeenBy, type Sight } from '../visibility/data.ts';
import type { Status } from '../words.ts';
import type { Subject } from './rules.ts';
import { subjectToken } from './tables.ts';

const PURPOSE: HousePurpose = 'subject-index';

/**
 * 65,536 different tokens. A case has about 15. On the 100,000 cases of `npm run bench -- list` a look for somebody who is not there
 * opened 2 to 5 cases in vain; where every resident had another name it would be some 20. Each bit less doubles that and hides
 * little more, since a case's tokens together still tell whoever reads the database which cases are about one person (not who
 * that is: that takes the key).
 */
const TOKEN_BITS = 16;

/** The tokens of these keys, in their order. */
export async function tokensOf(
  scope: Pick<Scope, 'db' | 'settings'>,
  keys: readonly string[],
): Promise<number[]> {
  if (keys.length === 0) return [];
  const hashKey = await openHouseHashKey(scope, PURPOSE);
  return Promise.all(
    keys.map(async (key) => {
      const hash = await hashKey.hash(key);
      return new DataView(hash.buffer).getUint32(0) >>> (32 - TOKEN_BITS);
    }),
  );
}

/** A position in the order of candidates, newest first. */
export interface Position {
  submittedAt: number;
  id: string;
}

export interface Candidate extends Position {
  reference: string;
  status: Status;
  center: string;
  /** What was opened of it. */
  subject: Subject;
}

export interface Candidacy {
  tokens: readonly number[];
  /** On top of what the person may see. */
  condition: SQL;
  after: Position | undefined;
  limit: number;
}

/** The newest cases with one of the tokens that the person may see, their residents' names and numbers opened. */
export async function openCandidates(
  { db, settings }: Pick<Scope, 'db' | 'settings'>,
  sight: Sight,
  candidacy: Candidacy,
): Promise<Candidate[]> {
  const [rows, ring] = await Promise.all([selectCandidates(db, sight, candidacy), keyRingOf(settings)]);
  return Promise.all(
    rows.map(async ({ key, sealed, ...row }) => {
      const opened = await ring.openCaseKey(key);
      const of = { id: row.id, sendingCenter: row.sendingCenter };
      const subject: Subject = {};
      for (const field of ['subjectName', 'subjectKana', 'subjectPhone', 'subjectInsuredNumber'] as const) {
        const value = sealed[field];
        if (value !== null) subject[field] = await opened.open(contentPlace(field, of), value);
      }
      return { ...row, submittedAt: row.submittedAt.getTime(), subject };
    }),
  );
}

function selectCandidates(db: Database, sight: Sight, { tokens, condition, after, limit }: Candidacy) {
  const isAfter = after
    ? sql`(${subjectToken.submittedAt}, ${subjectToken.consultationId}) < (${after.submittedAt}, ${after.id})`
    : sql`1`;
  // The tokens lead: their order is the order of the answer, and what the person may not see is passed over before it is opened.
  const ids = sql`SELECT consultation_id FROM (
    SELECT DISTINCT ${subjectToken.submittedAt}, ${subjectToken.consultationId}
    FROM ${subjectToken} CROSS JOIN ${consultation} ON ${consultation.id} = ${subjectToken.consultationId}
    WHERE ${subjectToken.token} ${isOneOf(tokens)} AND ${isAfter} AND ${isSeenBy(sight)} AND ${condition}
    ORDER BY ${subjectToken.submittedAt} DESC, ${subjectToken.consultationId} DESC LIMIT ${limit})`;
  return db
    .select({
      id: consultation.id,
      submittedAt: consultation.submittedAt,
      reference: consultation.reference,
      status: consultation.status,
      sendingCenter: consultation.sendingCenter,
      center: center.short,
      key: caseKey,
      sealed: consultationContent,
    })
    .from(consultation)
    .innerJoin(center, eq(center.code, consultation.sendingCenter))
    .innerJoin(consultationContent, eq(consultationContent.consultationId, consultation.id))
    .innerJoin(caseKey, eq(caseKey.caseId, consultation.id))
    .where(sql`${consultation.id} IN (${ids})`)
    .orderBy(desc(consultation.submittedAt), desc(consultation.id));
}

/** A single one is looked up in the order of its rows; several are sorted first. */
function isOneOf(tokens: readonly number[]): SQL {
  const [only] = tokens;
  return tokens.length === 1 && only !== undefined
    ? sql`= ${only}`
    : sql`IN (SELECT value FROM json_each(${JSON.stringify(tokens)}))`;
}

/** Cases sent since an instant, by another form than this one. */
export function isSentSince(since: Date, submissionKey: string): SQL {
  return sql`${consultation.submittedAt} > ${since.getTime()} AND ${consultation.status} <> 'merged'
    AND ${consultation.id} NOT IN (SELECT ${referenceNumber.consultationId} FROM ${referenceNumber}
      WHERE ${referenceNumber.submissionKey} = ${submissionKey})`;
}

/** The id of the case with that reference. Asks nobody's permission. */
export async function findIdByReference(db: Database, reference: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: consultation.id })
    .from(consultation)
    .where(eq(consultation.reference, reference))
    .limit(1);
  return row?.id;
}

/** The id of a case that the person may see; undefined for others, and for what is not there. */
export async function findByReference(
  db: Database,
  sight: Sight,
  reference: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: consultation.id })
    .from(consultation)
    .where(sql`${consultation.reference} = ${reference} AND ${isSeenBy(sight)}`)
    .limit(1);
  return row?.id;
}
