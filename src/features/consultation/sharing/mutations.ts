/** 共有: proposing what all centers may read of a case, deciding about it, and reading it. */
import { and, eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { openCaseKeyOf } from '../content/data.ts';
import type { Consultation } from '../data.ts';
import { changeConsultation, type Refusal, recordRefusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { type ApprovedNote, findApprovedNote, findSharedNote, type SharedNote, sharedPlace } from './data.ts';
import { gonePosts, listApprovers, proposedEntries, settledEntries, sharedPosts } from './notices.ts';
import { decisionsIn, STATE_AFTER, sharingKindOf } from './rules.ts';
import type { Settlement, SharedTexts, TextField } from './schema.ts';
import { sharedNote } from './tables.ts';
import { sharingText as text } from './text.ts';

/** Proposes texts that were checked for personal data. A note that is proposed anew is not read by others until it is approved again. */
export async function proposeSharing(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  texts: SharedTexts,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const approvers = await listApprovers(scope, loaded, actor.slackUserId);
    if (approvers.length === 0) return invalid(of, text.errors.noManager);
    const before = await findSharedNote(scope.db, of.id);
    const note = await sealTexts(scope, actor, of, before, texts);
    const { id: _, ...written } = note;
    return done({
      after: of,
      detail: { sharing: note.id, from: before?.state ?? null, to: note.state },
      statements: [
        scope.db
          .insert(sharedNote)
          .values(note)
          .onConflictDoUpdate({ target: sharedNote.consultationId, set: written }),
      ],
      entries: [
        ...proposedEntries(actor, of, note, approvers),
        ...(before?.state === 'approved' ? await gonePosts(scope, of, note) : []),
      ],
    });
  });
}

/** Approves a proposal, sends it back, or takes an approved note back. Nobody approves their own while another manager could. */
export async function settleSharing(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { decision, reason }: Settlement,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const before = await findSharedNote(scope.db, of.id);
    if (!before || !decisionsIn(before.state).includes(decision))
      return invalid(of, text.errors.nothingToSettle(of.reference));
    const approvers = await listApprovers(scope, loaded, before.proposedBy);
    const isApprover = approvers.some(({ slackUserId }) => slackUserId === actor.slackUserId);
    if (decision === 'approve' && !isApprover) return invalid(of, text.errors.otherManager);
    const state = STATE_AFTER[decision];
    const note: SharedNote = {
      ...before,
      state,
      version: before.version + 1,
      settledBy: actor.slackUserId,
      settledAt: scope.now,
    };
    const why = await sealNote(scope, actor, of, 'reason', reason);
    const { version, settledBy, settledAt } = note;
    return done({
      after: of,
      detail: {
        sharing: note.id,
        from: before.state,
        to: state,
        ...(why.id === null ? {} : { note: why.id }),
      },
      statements: [
        scope.db
          .update(sharedNote)
          .set({ state, version, settledBy, settledAt })
          .where(and(eq(sharedNote.id, note.id), eq(sharedNote.version, before.version))),
        ...why.statements,
      ],
      entries: [
        ...(await settledEntries(scope, actor, loaded, note, why.id)),
        ...(decision === 'approve' ? await sharedPosts(scope, of, note) : []),
        ...(decision === 'withdraw' ? await gonePosts(scope, of, note) : []),
      ],
    });
  });
}

/**
 * Notes that the Actor is about to read a shared note. Everybody in the city's list may: also the city section, which sees no
 * cases; this is no case any more but what a manager made public to the offices, without anybody's data in it.
 * What is not, or no longer, approved is refused like what does not exist.
 */
export async function beginSharedReading(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<ApprovedNote, Refusal>> {
  const found = await findApprovedNote(scope.db, id);
  if (!found) {
    await recordRefusal(scope, actor, { id, loaded: undefined }, 'consultation.read_shared', 'not-found');
    return refused({ reason: 'not-found' });
  }
  await noteLook(scope, actor, 'consultation.read_shared', {
    caseId: found.of.id,
    detail: { sharing: id, version: found.note.version },
  });
  return done(found);
}

async function sealTexts(
  scope: Scope,
  actor: Actor,
  of: Consultation,
  before: SharedNote | undefined,
  { matter, response, prevention }: SharedTexts,
): Promise<SharedNote> {
  const id = before?.id ?? crypto.randomUUID();
  const key = await openCaseKeyOf(scope, of.id);
  const seal = (field: TextField, body: string) => key.seal(sharedPlace(field, id, of), body);
  return {
    id,
    consultationId: of.id,
    kind: sharingKindOf(of),
    state: 'proposed',
    topics: of.topics,
    matter: await seal('matter', matter),
    response: await seal('response', response),
    prevention: prevention === null ? null : await seal('prevention', prevention),
    version: (before?.version ?? 0) + 1,
    proposedBy: actor.slackUserId,
    proposedAt: scope.now,
    settledBy: null,
    settledAt: null,
  };
}

function invalid(of: Consultation, sentence: string) {
  return refused<Refusal>({ reason: 'invalid', of, sentence });
}
