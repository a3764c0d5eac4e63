/**
 * Asking: what was typed is looked for, and kept sealed, with what looks like personal data covered. As it was typed it is kept for a
 * day, for the asker alone, to be carried over into a consultation.
 */
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { toBase64Url } from '../../../lib/bytes.ts';
import { logError } from '../../../lib/log.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { openHouseHashKey } from '../../../vault/house-key.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import { maskFindings } from '../../../vault/personal-data/finding.ts';
import type { Actor } from '../../directory/actor.ts';
import { staff } from '../../directory/tables.ts';
import type { PublishedEntry } from '../data.ts';
import { openFaqKey } from '../sealing.ts';
import { faqAsk } from '../tables.ts';
import type { AskWay } from '../words.ts';
import { askPlace, findOwnAsk, openAsk, searchEntries } from './data.ts';
import { MOST_SHOWN, readAsked, SAME_WITHIN_MS, sameness } from './rules.ts';

export interface Asked {
  askId: string;
  hits: readonly PublishedEntry[];
  /** False where there is no index, or it failed: nothing is known of an answer then. */
  isSearched: boolean;
}

export interface AskOptions {
  /** False where the desk is not to look after it when nothing is found: a typing mistake, or a consultation that is being sent. */
  isForDesk?: boolean;
}

/**
 * Looks for answers, and keeps what was asked. Of the same person the same text within an hour is the same question.
 * @param typed any text; of a very long one, the beginning
 */
export async function ask(
  scope: Scope,
  actor: Actor,
  typed: string,
  way: AskWay,
  { isForDesk = true }: AskOptions = {},
): Promise<Result<Asked, { reason: 'empty' }>> {
  const asked = readAsked(typed);
  if (asked === undefined) return refused({ reason: 'empty' });
  const [hits, kept] = await Promise.all([
    searchOrNothing(scope, actor, asked),
    sealAsked(scope, actor, asked, way),
  ]);
  const { db, now } = scope;
  const at = now.getTime();
  const isUnanswered = isForDesk && hits?.length === 0;
  const shown = JSON.stringify((hits ?? []).map(({ id }) => id));
  const isSame = and(eq(faqAsk.sameness, kept.sameness), gt(faqAsk.at, new Date(at - SAME_WITHIN_MS)));
  const [, , rows] = await db.batch([
    // Every column of the table, in its order.
    db.insert(faqAsk).select(sql`
      SELECT ${kept.id}, ${actor.slackUserId}, ${actor.center.code}, ${way}, ${kept.text}, ${kept.typed}, ${kept.sameness}, ${at},
        ${shown}, NULL, NULL, NULL
      WHERE NOT EXISTS (SELECT 1 FROM ${faqAsk} WHERE ${isSame})`),
    db
      .update(faqAsk)
      .set({
        ...(hits === undefined ? {} : { shown }),
        unansweredAt: isUnanswered
          ? sql`coalesce(${faqAsk.unansweredAt}, ${at})`
          : sql`${faqAsk.unansweredAt}`,
      })
      .where(isSame),
    db.select({ id: faqAsk.id }).from(faqAsk).where(isSame).orderBy(desc(faqAsk.at)).limit(1),
  ]);
  const [row] = rows;
  if (!row) throw new Error('what was asked was not stored');
  return done({ askId: row.id, hits: hits ?? [], isSearched: hits !== undefined });
}

/** Undefined when the index is missing or fails: the question is kept all the same. */
async function searchOrNothing(
  scope: Scope,
  actor: Actor,
  asked: string,
): Promise<PublishedEntry[] | undefined> {
  try {
    return await searchEntries(scope, actor, asked, MOST_SHOWN);
  } catch (error) {
    logError('faq.search_failed', error);
    return undefined;
  }
}

/** What is written of a case stays with the case: beside a consultation the words are kept for the asker's day, and not at all after it. */
async function sealAsked(scope: Scope, actor: Actor, asked: string, way: AskWay) {
  const [detector, rows, key, hashKey] = await Promise.all([
    loadDetector(),
    scope.db.select({ name: staff.name }).from(staff).where(isNull(staff.removedAt)),
    openFaqKey(scope),
    openHouseHashKey(scope, 'faq'),
  ]);
  const isOfCase = way === 'consultation';
  const findings = isOfCase ? [] : detector.find(asked, { colleagues: rows.map(({ name }) => name) });
  const id = crypto.randomUUID();
  const [text, typed, hash] = await Promise.all([
    key.seal(askPlace(id, 'text'), isOfCase ? '' : maskFindings(asked, findings)),
    key.seal(askPlace(id, 'typed'), asked),
    hashKey.hash(sameness(actor.slackUserId, asked, isOfCase)),
  ]);
  return { id, text, typed, sameness: toBase64Url(hash) };
}

/** The person's own words for a consultation; undefined for what others asked. */
export async function ownWords(scope: Scope, actor: Actor, askId: string): Promise<string | undefined> {
  const own = await findOwnAsk(scope.db, actor.slackUserId, askId);
  return own && openAsk(scope, own);
}

/** The same, noted: what is carried over was not answered. */
export async function carryOver(scope: Scope, actor: Actor, askId: string): Promise<string | undefined> {
  const own = await findOwnAsk(scope.db, actor.slackUserId, askId);
  if (!own) return undefined;
  await scope.db
    .update(faqAsk)
    .set({ unansweredAt: scope.now })
    .where(and(eq(faqAsk.id, own.id), isNull(faqAsk.unansweredAt), ne(faqAsk.way, 'consultation')));
  return openAsk(scope, own);
}
