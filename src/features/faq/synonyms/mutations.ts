/** Groups of words that mean the same: added, changed and removed by the core center, followed by the index within a minute. */
import { and, eq, sql } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { changeDirectory, type DirectoryChange } from '../../directory/mutations.ts';
import { personalDataIn } from '../../meeting/detecting/data.ts';
import { indexTask, SYNONYMS } from '../indexing/tasks/mutations.ts';
import { mayEdit } from '../rules.ts';
import { faqSynonymGroup } from '../tables.ts';
import { findGroup, findGroupOf } from './data.ts';

const ACTION = 'faq.synonyms';

export type GroupRefusal =
  | NotFound
  /** Changed, or removed, since the form was shown. */
  | { reason: 'stale' | 'gone' }
  | { reason: 'personal-data'; kinds: string };

/**
 * @param id null for a new group; the same words sent twice make one
 * @param wanted.words within the limits of `schema`
 * @returns the group's id
 */
export async function saveGroup(
  scope: Scope,
  actor: Actor,
  id: number | null,
  { words, version }: { words: readonly string[]; version: number },
): Promise<Result<number, GroupRefusal>> {
  const { db } = scope;
  const kinds = await personalDataIn(scope, words.join('\n'));
  const saved = await changeDirectory<number | undefined, GroupRefusal>(scope, actor, ACTION, async () => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (kinds !== undefined) return refused({ reason: 'personal-data', kinds });
    const value = { words: JSON.stringify(words), updatedBy: actor.slackUserId, updatedAt: scope.now };
    if (id === null) {
      const same = await findGroupOf(db, words);
      if (same !== undefined) return done({ value: same });
      return done(
        changeOf(scope, { change: 'added', words: words.length }, db.insert(faqSynonymGroup).values(value)),
      );
    }
    const group = await findGroup(db, id);
    if (!group) return refused({ reason: 'gone' });
    if (JSON.stringify(group.words) === value.words) return done({ value: id });
    if (group.version !== version) return refused({ reason: 'stale' });
    const update = db
      .update(faqSynonymGroup)
      .set({ ...value, version: sql`${faqSynonymGroup.version} + 1` })
      .where(and(eq(faqSynonymGroup.id, id), eq(faqSynonymGroup.version, version)));
    return done(changeOf(scope, { change: 'changed', group: id, words: words.length }, update));
  });
  if (!saved.ok) return saved;
  scope.wakeIndexer();
  const stored = id ?? saved.value ?? (await findGroupOf(db, words));
  return stored === undefined ? refused({ reason: 'gone' }) : done(stored);
}

/** What is gone already stays gone. */
export async function removeGroup(
  scope: Scope,
  actor: Actor,
  id: number,
  version: number,
): Promise<Result<undefined, GroupRefusal>> {
  const { db } = scope;
  const removed = await changeDirectory<number | undefined, GroupRefusal>(scope, actor, ACTION, async () => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    const group = await findGroup(db, id);
    if (!group) return done({ value: undefined });
    if (group.version !== version) return refused({ reason: 'stale' });
    const remove = db
      .delete(faqSynonymGroup)
      .where(and(eq(faqSynonymGroup.id, id), eq(faqSynonymGroup.version, version)));
    return done(changeOf(scope, { change: 'removed', group: id }, remove));
  });
  if (!removed.ok) return removed;
  scope.wakeIndexer();
  return done(undefined);
}

function changeOf(
  { db, now }: Scope,
  detail: DirectoryChange<undefined>['detail'],
  statement: DirectoryChange<undefined>['statements'][number],
): DirectoryChange<number | undefined> {
  return { value: undefined, detail, statements: [statement, indexTask(db, SYNONYMS, now)] };
}
