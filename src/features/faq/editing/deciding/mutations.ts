/** The second person: approves what somebody else wrote, or sends it back. Of two who decide at once, one does. */

import { type JapanDate, japanDate } from '../../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import { linkMessage } from '../../../../slack/modal.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import {
  editorsOf,
  type FaqEntry,
  type FaqRevision,
  findRevision,
  type LoadedEntry,
  openRevision,
  revisionPlace,
} from '../../data.ts';
import { takeIn } from '../../duplicates/taking-in/mutations.ts';
import { deskEntryPath } from '../../paths.ts';
import { answeredBy } from '../../questions/telling/mutations.ts';
import { formatFaqReference, mayApprove, maySeeDesk } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { changeEntry } from '../../storing/mutations.ts';
import { publish } from '../../storing/publishing/mutations.ts';
import { laterThan, stampOf, versionIn } from '../rules.ts';
import { editingText as text } from '../text.ts';

export type DecisionRefusal =
  | NotFound
  /** The Actor had a hand in it. */
  | { reason: 'own' }
  /** Somebody else decided, or the text is another one by now. */
  | { reason: 'settled' };

interface Wanted {
  /** `stampOf` what the page showed. */
  seen: string;
}

/** Has everybody find it. @param reviewDueOn when it is to be reviewed */
export async function approve(
  scope: Scope,
  actor: Actor,
  id: string,
  { seen, reviewDueOn }: Wanted & { reviewDueOn: JapanDate },
): Promise<Result<FaqEntry, DecisionRefusal>> {
  const { db, now } = scope;
  const key = await openFaqKey(scope);
  return changeEntry<DecisionRefusal>(scope, actor, { id, action: 'faq.approve' }, async (loaded) => {
    const wanted = await decided(scope, actor, loaded, seen, 'published');
    if (!wanted.ok) return wanted;
    if (!wanted.value) return done(undefined);
    const revision = wanted.value;
    const content = await openRevision(key, revision);
    if (!content) return refused(NOT_FOUND);
    const by = { by: actor.slackUserId, now, reviewedOn: japanDate(now) };
    const change = publish(db, revision, content, by);
    const taken =
      revision.source === 'merge' ? await takeIn(scope, actor, loaded.entry) : { statements: [], others: [] };
    const answered = await answeredBy(scope, actor.slackUserId, revision, content.question);
    return done({
      detail: {
        version: revision.number,
        ...(taken.others.length > 0 ? { merged: taken.others.join(' ') } : {}),
      },
      set: { ...change.set, reviewDueOn },
      revisions: change.revisions,
      statements: [...change.statements, ...taken.statements, ...answered.statements],
      entries: [...tellEditors(scope, loaded.entry, revision, text.tell.published), ...answered.entries],
    });
  });
}

/** Back to whoever proposed it. @param note why, not empty */
export async function sendBack(
  scope: Scope,
  actor: Actor,
  id: string,
  { seen, note }: Wanted & { note: string },
): Promise<Result<FaqEntry, DecisionRefusal>> {
  const key = await openFaqKey(scope);
  return changeEntry<DecisionRefusal>(scope, actor, { id, action: 'faq.send_back' }, async (loaded) => {
    const wanted = await decided(scope, actor, loaded, seen, 'draft');
    if (!wanted.ok) return wanted;
    if (!wanted.value) return done(undefined);
    const revision = wanted.value;
    const at = laterThan(revision.updatedAt, scope.now);
    const back: FaqRevision = {
      ...revision,
      state: 'draft',
      note: await key.seal(revisionPlace(revision, 'note'), note),
      decidedBy: actor.slackUserId,
      decidedAt: at,
      updatedAt: at,
    };
    return done({
      detail: { version: revision.number },
      revisions: [back],
      entries: tellEditors(scope, loaded.entry, revision, text.tell.sentBack),
    });
  });
}

/**
 * The version that the Actor may decide on; undefined when she has already decided so, by the same form.
 * @param after what such a decision makes of it
 */
async function decided(
  { db }: Scope,
  actor: Actor,
  loaded: LoadedEntry,
  seen: string,
  after: 'published' | 'draft',
): Promise<Result<FaqRevision | undefined, DecisionRefusal>> {
  if (!maySeeDesk(actor)) return refused(NOT_FOUND);
  const { entry, open } = loaded;
  if (open?.state === 'proposed' && stampOf(loaded) === seen)
    return mayApprove(actor, editorsOf(open)) ? done(open) : refused({ reason: 'own' });
  const revision = await findRevision(db, entry.id, versionIn(seen));
  const isDoneByActor = revision?.state === after && revision.decidedBy === actor.slackUserId;
  return isDoneByActor ? done(undefined) : refused({ reason: 'settled' });
}

function tellEditors(
  scope: Scope,
  { id, number }: FaqEntry,
  revision: FaqRevision,
  sentence: (reference: string) => string,
): OutboxEntry[] {
  const message = linkMessage(scope, deskEntryPath(number), sentence(formatFaqReference(number)));
  return editorsOf(revision).map((person) => ({ kind: 'direct', person, message, about: id }));
}
