/** What becomes of an entry that is found: no longer found, looked through; and of its older versions. */
import { and, eq } from 'drizzle-orm';
import { addYears, japanDate } from '../../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { editorsOf, type FaqEntry, findRevision, openRevision } from '../../data.ts';
import { indexTask, REBUILD } from '../../indexing/tasks/mutations.ts';
import { mayEdit } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { changeEntry } from '../../storing/mutations.ts';
import { NO_TEXT } from '../../storing/publishing/mutations.ts';
import { faqRevision } from '../../tables.ts';
import { newRevision } from '../mutations.ts';
import { isErasable, mayErase } from '../rules.ts';
import type { WithdrawalReason } from '../words.ts';

export type VersionRefusal = NotFound | { reason: 'stale' };

/** Nobody finds it any more; its versions stay. @param published the version that the form spoke of */
export async function withdraw(
  scope: Scope,
  actor: Actor,
  id: string,
  { why, published }: { why: WithdrawalReason; published: number },
): Promise<Result<FaqEntry, VersionRefusal>> {
  return changeEntry<VersionRefusal>(scope, actor, { id, action: 'faq.withdraw' }, async ({ entry }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (entry.status === 'withdrawn') return done(undefined);
    if (entry.status !== 'published') return refused(NOT_FOUND);
    if (entry.publishedRevision !== published) return refused({ reason: 'stale' });
    return done({
      detail: { why, version: published },
      set: { ...NO_TEXT, status: 'withdrawn', publishedRevision: null, mergedInto: null, reviewDueOn: null },
      statements: [endPublished(scope, id)],
    });
  });
}

/** The statement after which no version of the entry is found. */
export function endPublished({ db }: Pick<Scope, 'db'>, id: string) {
  return db
    .update(faqRevision)
    .set({ state: 'replaced' })
    .where(and(eq(faqRevision.entryId, id), eq(faqRevision.state, 'published')));
}

/** It still holds as it is: no words change, so one person may say so. It is to be reviewed a year later. */
export async function confirmReviewed(
  scope: Scope,
  actor: Actor,
  id: string,
  published: number,
): Promise<Result<FaqEntry, VersionRefusal>> {
  const reviewedOn = japanDate(scope.now);
  const reviewDueOn = addYears(reviewedOn, 1);
  return changeEntry<VersionRefusal>(scope, actor, { id, action: 'faq.review' }, async ({ entry }) => {
    if (!mayEdit(actor) || entry.status !== 'published') return refused(NOT_FOUND);
    if (entry.publishedRevision !== published) return refused({ reason: 'stale' });
    if (entry.reviewedOn === reviewedOn && entry.reviewDueOn === reviewDueOn) return done(undefined);
    return done({ detail: { version: published }, set: { reviewedOn, reviewDueOn } });
  });
}

export type RestoreRefusal = NotFound | { reason: 'open' };

/** Makes a draft of what an earlier version said; a second person approves it like any other. */
export async function restore(
  scope: Scope,
  actor: Actor,
  id: string,
  number: number,
): Promise<Result<FaqEntry, RestoreRefusal>> {
  const key = await openFaqKey(scope);
  return changeEntry<RestoreRefusal>(scope, actor, { id, action: 'faq.restore' }, async (loaded) => {
    const { entry, open, lastRevision } = loaded;
    const wanted = mayEdit(actor) ? await findRevision(scope.db, id, number) : undefined;
    const content = wanted && (await openRevision(key, wanted));
    if (!wanted || !content) return refused(NOT_FOUND);
    // Somebody works on it: what is written there must not be lost.
    if (open) return refused({ reason: 'open' });
    const { visibility, state, consultationId, openQuestionId } = wanted;
    const revision = await newRevision(scope, actor, {
      entryId: entry.id,
      number: lastRevision + 1,
      content,
      visibility,
      source: 'restore',
      consultationId,
      openQuestionId,
      // What nobody approved yet is not approved by who wrote it.
      editors: state === 'dropped' ? editorsOf(wanted) : [],
    });
    return done({ detail: { version: revision.number, from: number }, revisions: [revision] });
  });
}

export type ErasureRefusal = NotFound | { reason: 'in-use' };

/** For personal data that slipped through: the words of one version go for good, that there was one stays. */
export async function eraseVersion(
  scope: Scope,
  actor: Actor,
  id: string,
  number: number,
): Promise<Result<FaqEntry, ErasureRefusal>> {
  return changeEntry<ErasureRefusal>(scope, actor, { id, action: 'faq.erase_version' }, async () => {
    const wanted = mayErase(actor) ? await findRevision(scope.db, id, number) : undefined;
    if (!wanted) return refused(NOT_FOUND);
    if (wanted.erasedAt !== null) return done(undefined);
    if (!isErasable(wanted.state)) return refused({ reason: 'in-use' });
    const gone = { content: null, note: null, erasedAt: scope.now, erasedBy: actor.slackUserId };
    return done({
      detail: { version: number },
      revisions: [{ ...wanted, ...gone }],
      // What was found before leaves traces in an index that only follows: it is built anew.
      statements: wanted.state === 'replaced' ? [indexTask(scope.db, REBUILD, scope.now)] : [],
    });
  });
}
