/**
 * Drafts: made, changed, dropped. An entry has one open version; whoever changes it becomes one of its
 * editors, and nobody overwrites what somebody else saved meanwhile.
 */
import { and, eq } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteRefusal } from '../../directory/noting.ts';
import {
  editorsOf,
  type FaqEntry,
  type FaqRevision,
  type LoadedEntry,
  openRevision,
  publishedContent,
  revisionPlace,
} from '../data.ts';
import { type EntryContent, mayEdit } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { changeEntry, type EntryChange, makeEntry, type NewEntry } from '../storing/mutations.ts';
import { faqEntry } from '../tables.ts';
import type { Source, Visibility } from '../words.ts';
import { isSameContent, laterThan, stampOf } from './rules.ts';

export interface NewDraft {
  content: EntryContent;
  source: Source;
  visibility: Visibility;
  /** Of the form: sent again, it makes nothing. */
  submissionKey: string;
  /** The key is of what is drafted, not of a person's form: of two who begin at once the second finds what the first made. */
  isKeyOfAll?: boolean;
  consultationId?: string;
  openQuestionId?: string;
  /** Whoever makes it, unless told. */
  owner?: string | null;
  reviewDueOn?: JapanDate | null;
}

/** Makes an entry that nobody finds yet. For the core center; the content within the limits of `schema`. */
export async function startDraft(
  scope: Scope,
  actor: Actor,
  draft: NewDraft,
): Promise<Result<FaqEntry, NotFound>> {
  if (!mayEdit(actor)) {
    await noteRefusal(scope, actor, 'faq.make', { detail: { reason: NOT_FOUND.reason } });
    return refused(NOT_FOUND);
  }
  const { content, source, visibility, owner = actor.slackUserId, reviewDueOn = null } = draft;
  const id = await idOf(draft.isKeyOfAll ? '' : actor.slackUserId, draft.submissionKey);
  const made: NewEntry = {
    id,
    externalId: null,
    visibility,
    owner,
    reviewedOn: null,
    reviewDueOn,
    submissionKey: id,
  };
  const revision = await newRevision(scope, actor, {
    entryId: id,
    number: 1,
    content,
    visibility,
    source,
    consultationId: draft.consultationId ?? null,
    openQuestionId: draft.openQuestionId ?? null,
  });
  return done(await makeEntry(scope, actor.slackUserId, made, revision));
}

/** One for each person and form: the form sent again finds what it made, and nobody else's form does. */
async function idOf(person: string, submissionKey: string): Promise<string> {
  const hash = await sha256Hex(`faq/${person}/${submissionKey}`);
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

type FirstOf = Pick<FaqRevision, 'entryId' | 'number' | 'visibility' | 'source'> & {
  content: EntryContent;
  consultationId?: string | null;
  openQuestionId?: string | null;
  /** Beside the actor. */
  editors?: readonly string[];
};

/** A draft as it is made. */
export async function newRevision(
  scope: Scope,
  { slackUserId }: Actor,
  { content, editors = [], consultationId = null, openQuestionId = null, ...of }: FirstOf,
): Promise<FaqRevision> {
  const key = await openFaqKey(scope);
  return {
    ...of,
    consultationId,
    openQuestionId,
    state: 'draft',
    content: await key.seal(revisionPlace(of, 'content'), JSON.stringify(content)),
    editors: JSON.stringify([...new Set([...editors, slackUserId])]),
    createdAt: scope.now,
    updatedAt: scope.now,
    proposedAt: null,
    proposedBy: null,
    decidedBy: null,
    decidedAt: null,
    note: null,
    erasedAt: null,
    erasedBy: null,
  };
}

export interface Edit {
  content: EntryContent;
  visibility: Visibility;
  /** Only for a new draft, or when a draft becomes something else. */
  source?: Source;
}

/**
 * The entry's open version with other words, or a first one. What waited for approval is a draft again: nobody approves what changed
 * meanwhile.
 */
export async function editedRevision(
  scope: Scope,
  actor: Actor,
  { entry, open, lastRevision }: LoadedEntry,
  { content, visibility, source }: Edit,
): Promise<FaqRevision> {
  if (!open)
    return newRevision(scope, actor, {
      entryId: entry.id,
      number: lastRevision + 1,
      content,
      visibility,
      source: source ?? 'hand',
    });
  const key = await openFaqKey(scope);
  return {
    ...open,
    state: 'draft',
    content: await key.seal(revisionPlace(open, 'content'), JSON.stringify(content)),
    visibility,
    source: source ?? open.source,
    editors: JSON.stringify([...new Set([...editorsOf(open), actor.slackUserId])]),
    updatedAt: laterThan(open.updatedAt, scope.now),
    proposedAt: null,
    proposedBy: null,
  };
}

export type StaleRefusal = NotFound | { reason: 'stale' };

/** @param wanted.seen `stampOf` what the form showed; `owner` null for nobody */
export async function saveDraft(
  scope: Scope,
  actor: Actor,
  id: string,
  wanted: Edit & { owner: string | null; reviewDueOn: JapanDate | null; seen: string },
): Promise<Result<FaqEntry, StaleRefusal>> {
  const key = await openFaqKey(scope);
  return changeEntry<StaleRefusal>(scope, actor, { id, action: 'faq.save' }, async (loaded) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    const { owner } = wanted;
    // What is found is looked through some day.
    const kept = loaded.entry.status === 'published' ? loaded.entry.reviewDueOn : null;
    const reviewDueOn = wanted.reviewDueOn ?? kept;
    const isCaredForSo = loaded.entry.owner === owner && loaded.entry.reviewDueOn === reviewDueOn;
    const isTextSo = await saysAlready(key, loaded, wanted);
    // The same form again, or nothing changed in it.
    if (isTextSo && isCaredForSo) return done(undefined);
    if (stampOf(loaded) !== wanted.seen) return refused({ reason: 'stale' });
    const revision = isTextSo ? undefined : await editedRevision(scope, actor, loaded, wanted);
    return done({
      set: { owner, reviewDueOn },
      ...(revision ? { revisions: [revision], detail: { version: revision.number } } : {}),
    });
  });
}

/** Whether the draft, or what is found where there is no draft, says just this. */
async function saysAlready(key: CaseKey, { entry, open }: LoadedEntry, wanted: Edit): Promise<boolean> {
  const content = open ? await openRevision(key, open) : publishedContent(entry);
  if (!content) return false;
  return (open ?? entry).visibility === wanted.visibility && isSameContent(content, wanted.content);
}

/** The draft is not wanted any more; its text stays in the history until somebody erases it. */
export async function dropDraft(
  scope: Scope,
  actor: Actor,
  id: string,
  seen: string,
): Promise<Result<FaqEntry, StaleRefusal>> {
  const wish = { id, action: 'faq.drop' };
  return changeEntry<StaleRefusal>(
    scope,
    actor,
    wish,
    async (loaded): Promise<Result<EntryChange | undefined, StaleRefusal>> => {
      const { open } = loaded;
      if (!mayEdit(actor)) return refused(NOT_FOUND);
      if (!open) return done(undefined);
      if (stampOf(loaded) !== seen) return refused({ reason: 'stale' });
      const at = laterThan(open.updatedAt, scope.now);
      const over = { state: 'dropped', updatedAt: at, decidedBy: actor.slackUserId, decidedAt: at } as const;
      return done({
        detail: { version: open.number },
        revisions: [{ ...open, ...over }],
        // What it was to take in stays what it is.
        statements: [
          scope.db
            .update(faqEntry)
            .set({ mergedInto: null })
            .where(and(eq(faqEntry.mergedInto, id), eq(faqEntry.status, 'published'))),
        ],
      });
    },
  );
}
