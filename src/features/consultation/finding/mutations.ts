/** Finding cases by their resident. Each look is a write: it is logged, with what it found and never what was looked for. */
import { type SQL, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import type { Consultation } from '../data.ts';
import type { Sight } from '../visibility/data.ts';
import {
  type Candidate,
  findByReference,
  isSentSince,
  openCandidates,
  type Position,
  tokensOf,
} from './data.ts';
import { isFound, maybeSamePerson, type Search, type Subject, samenessKeys, subjectKeys } from './rules.ts';
import { subjectToken } from './tables.ts';

/** Older ones are another story: forms, people and addresses have changed since. */
const DUPLICATE_YEARS = 3;
/** More namesakes than these nobody would read; the newest are compared. */
const COMPARED = 60;
/** Opened at once, and at most in one request: about a tenth of a second of decrypting. */
const PORTION = 60;
const MOST_OPENED = 300;

/** The statement that makes a new case findable by its resident; none when nothing is known of her. To be put into the batch that stores the case. */
export async function indexSubject(
  scope: Pick<Scope, 'db' | 'settings'>,
  { id, submittedAt }: Pick<Consultation, 'id' | 'submittedAt'>,
  subject: Subject,
): Promise<Statement[]> {
  const tokens = [...new Set(await tokensOf(scope, subjectKeys(subject)))];
  if (tokens.length === 0) return [];
  return [
    scope.db
      .insert(subjectToken)
      .select(
        sql`SELECT value, ${submittedAt.getTime()}, ${id} FROM json_each(${JSON.stringify(tokens)}) WHERE true`,
      ),
  ];
}

/** Cases of the last three years, newest first, that may be about the same person and that the Actor may see. */
export async function findDuplicates(
  scope: Scope,
  actor: Actor,
  sight: Sight,
  subject: Subject,
  submissionKey: string,
): Promise<Candidate[]> {
  const tokens = await tokensOf(scope, samenessKeys(subject));
  if (tokens.length === 0) return [];
  const since = new Date(scope.now);
  since.setUTCFullYear(since.getUTCFullYear() - DUPLICATE_YEARS);
  const condition = isSentSince(since, submissionKey);
  const candidates = await openCandidates(scope, sight, {
    tokens,
    condition,
    after: undefined,
    limit: COMPARED,
  });
  if (candidates.length === 0) return [];
  const found = candidates.filter((candidate) => maybeSamePerson(subject, candidate.subject));
  await noteLook(scope, actor, 'consultation.duplicate_check', {
    detail: {
      opened: candidates.length,
      found: found.map(({ reference }) => reference).join(' '),
      hits: found.length,
    },
  });
  return found;
}

export interface Found {
  ids: string[];
  /** Where to go on; undefined when nothing is left. */
  next: Position | undefined;
  /** Whether it stopped because a request may open no more: the page may be short, or empty, though there is more. */
  isCutShort: boolean;
}

/**
 * Ids of cases that the person may see and that fit the search, newest first, at most `count`. Opens at most 300 cases; `next` goes on.
 * @param condition on top of it, on `consultation`
 */
export async function searchCases(
  scope: Scope,
  actor: Actor,
  sight: Sight,
  search: Search,
  page: { condition: SQL; after: Position | undefined; count: number },
): Promise<Found> {
  if (search.by === 'reference') {
    const id = await findByReference(scope.db, sight, search.reference);
    await noteLook(scope, actor, 'consultation.search', { detail: { by: 'reference', hits: id ? 1 : 0 } });
    return { ids: id ? [id] : [], next: undefined, isCutShort: false };
  }
  const { opened, ...found } = await searchSubjects(scope, sight, search, page);
  await noteLook(scope, actor, 'consultation.search', {
    detail: { by: 'subject', hits: found.ids.length, opened },
  });
  return found;
}

async function searchSubjects(
  scope: Scope,
  sight: Sight,
  { keys, folded }: Extract<Search, { by: 'subject' }>,
  { condition, after, count }: { condition: SQL; after: Position | undefined; count: number },
): Promise<Found & { opened: number }> {
  const tokens = folded === '' ? [] : await tokensOf(scope, keys);
  if (tokens.length === 0) return { ids: [], next: undefined, isCutShort: false, opened: 0 };
  const hits: Candidate[] = [];
  let opened = 0;
  let last = after;
  for (;;) {
    const portion = await openCandidates(scope, sight, { tokens, condition, after: last, limit: PORTION });
    opened += portion.length;
    last = portion.at(-1) ?? last;
    hits.push(...portion.filter((candidate) => isFound(candidate.subject, folded)));
    const isAll = portion.length < PORTION;
    if (isAll || hits.length > count || opened >= MOST_OPENED)
      return { ...pageOf(hits, count, isAll ? undefined : last), opened };
  }
}

/** @param rest where the candidates go on that were not opened; undefined when all were */
function pageOf(hits: readonly Candidate[], count: number, rest: Position | undefined): Found {
  const shown = hits.slice(0, count);
  const isFull = hits.length > count;
  return {
    ids: shown.map(({ id }) => id),
    next: isFull ? shown.at(-1) : rest,
    isCutShort: !isFull && rest !== undefined,
  };
}
