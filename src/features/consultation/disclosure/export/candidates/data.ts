/** Which cases may be about the same resident as a case. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../../../lib/db.ts';
import type { Scope } from '../../../../../slack/scope.ts';
import type { CaseKey } from '../../../../../vault/key-ring.ts';
import { type Consultation, contentPlace } from '../../../data.ts';
import { openCandidates, tokensOf } from '../../../finding/data.ts';
import { maybeSamePerson, type Subject, samenessKeys } from '../../../finding/rules.ts';
import { readRelations } from '../../../merging/data.ts';
import { consultation, consultationContent } from '../../../tables.ts';
import type { Sight } from '../../../visibility/data.ts';

/** Namesakes beyond these nobody would read. */
const COMPARED = 60;

/** A case that may belong into the copy, and why. */
export interface Candidate {
  reference: string;
  how: 'self' | 'merged' | 'linked' | 'same';
}

/** The case itself, what was merged, what is linked, and what has the same insured number, or name and kana. */
export async function listCandidates(
  scope: Scope,
  sight: Sight,
  of: Consultation,
  subject: Subject,
): Promise<Candidate[]> {
  const [{ mergedInto, mergedHere, links }, same] = await Promise.all([
    readRelations(scope.db, sight, of),
    findSame(scope, sight, subject),
  ]);
  const all: Candidate[] = [
    { reference: of.reference, how: 'self' },
    ...(mergedInto?.reference ? [{ reference: mergedInto.reference, how: 'merged' } as const] : []),
    ...mergedHere.map(({ reference }) => ({ reference, how: 'merged' }) as const),
    ...same.map((reference) => ({ reference, how: 'same' }) as const),
    ...links.map(({ reference }) => ({ reference, how: 'linked' }) as const),
  ];
  const kept = await findCases(
    scope.db,
    all.map(({ reference }) => reference),
  );
  return all.filter(
    (each, i) =>
      kept.some(({ reference }) => reference === each.reference) &&
      all.findIndex(({ reference }) => reference === each.reference) === i,
  );
}

/** A phone is shared by a household: it says nothing here. */
async function findSame(scope: Scope, sight: Sight, subject: Subject): Promise<string[]> {
  const own = withoutPhone(subject);
  const tokens = await tokensOf(scope, samenessKeys(own));
  if (tokens.length === 0) return [];
  const candidates = await openCandidates(scope, sight, {
    tokens,
    condition: sql`1`,
    after: undefined,
    limit: COMPARED,
  });
  return candidates
    .filter((each) => maybeSamePerson(own, withoutPhone(each.subject)))
    .map(({ reference }) => reference);
}

function withoutPhone({ subjectPhone: _, ...rest }: Subject): Subject {
  return rest;
}

/** The cases behind references, as far as they are not erased. Asks nobody's permission. */
export async function findCases(
  db: Database,
  references: readonly string[],
): Promise<{ id: string; reference: string }[]> {
  return db
    .select({ id: consultation.id, reference: consultation.reference })
    .from(consultation)
    .where(
      sql`${consultation.reference} IN (SELECT value FROM json_each(${JSON.stringify(references)})) AND ${consultation.erasedAt} IS NULL`,
    );
}

/** Names and numbers of the resident, decrypted. Requires what `openCopies` requires. */
export async function openSubject(db: Database, key: CaseKey, of: Consultation): Promise<Subject> {
  const [row] = await db
    .select()
    .from(consultationContent)
    .where(eq(consultationContent.consultationId, of.id))
    .limit(1);
  const subject: Subject = {};
  for (const field of ['subjectName', 'subjectKana', 'subjectInsuredNumber'] as const) {
    const sealed = row?.[field] ?? null;
    if (sealed !== null) subject[field] = await key.open(contentPlace(field, of), sealed);
  }
  return subject;
}
