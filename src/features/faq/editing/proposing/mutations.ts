/** A draft put before a second person: what looks personal in it is confirmed or taken out first, and whoever may approve hears of it. */
import { done, NOT_FOUND, type Result, refused } from '../../../../lib/result.ts';
import { linkMessage } from '../../../../slack/modal.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { FindingKind } from '../../../../vault/personal-data/finding.ts';
import type { Actor } from '../../../directory/actor.ts';
import { editorsOf, type FaqEntry, type FaqRevision, openRevision } from '../../data.ts';
import { approvalPath } from '../../paths.ts';
import { formatFaqReference, mayEdit } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { changeEntry } from '../../storing/mutations.ts';
import { findPersonalData, neverAmong } from '../checking/data.ts';
import { listDeskPeople } from '../data.ts';
import type { StaleRefusal } from '../mutations.ts';
import { approversAmong, hasCoveredPlaces, laterThan, stampOf } from '../rules.ts';
import { editingText as text } from '../text.ts';

export type ProposalRefusal =
  | StaleRefusal
  /** Kinds that stand in no answer; or others, which somebody must confirm to be nobody's. */
  | { reason: 'personal-data' | 'unconfirmed'; kinds: FindingKind[] }
  /** Places that were covered are to be written anew. */
  | { reason: 'covered' };

/** Puts the draft before a second person. Those who may approve it hear of it, by its reference only. */
export async function propose(
  scope: Scope,
  actor: Actor,
  id: string,
  { seen, isConfirmed }: { seen: string; isConfirmed: boolean },
): Promise<Result<FaqEntry, ProposalRefusal>> {
  const key = await openFaqKey(scope);
  return changeEntry<ProposalRefusal>(scope, actor, { id, action: 'faq.propose' }, async (loaded) => {
    const { entry, open } = loaded;
    if (!mayEdit(actor) || !open) return refused(NOT_FOUND);
    if (open.state === 'proposed' && open.proposedBy === actor.slackUserId) return done(undefined);
    if (open.state !== 'draft' || stampOf(loaded) !== seen) return refused({ reason: 'stale' });
    const content = await openRevision(key, open);
    if (!content) return refused(NOT_FOUND);
    if (hasCoveredPlaces(content)) return refused({ reason: 'covered' });
    const { kinds } = await findPersonalData(scope, content);
    const fault = faultOf(kinds, open, isConfirmed);
    if (fault) return refused(fault);
    // Whoever puts it forward has answered for it.
    const editors = [...new Set([...editorsOf(open), actor.slackUserId])];
    const at = laterThan(open.updatedAt, scope.now);
    const by = {
      proposedAt: at,
      proposedBy: actor.slackUserId,
      note: null,
      decidedBy: null,
      decidedAt: null,
    };
    return done({
      detail: { version: open.number, confirmed: kinds.length > 0 },
      revisions: [{ ...open, ...by, state: 'proposed', editors: JSON.stringify(editors), updatedAt: at }],
      entries: await askForApproval(scope, entry, editors),
    });
  });
}

function faultOf(
  kinds: FindingKind[],
  { consultationId }: FaqRevision,
  isConfirmed: boolean,
): ProposalRefusal | undefined {
  const never = neverAmong(kinds, consultationId);
  if (never.length > 0) return { reason: 'personal-data', kinds: never };
  return kinds.length > 0 && !isConfirmed ? { reason: 'unconfirmed', kinds } : undefined;
}

async function askForApproval(
  scope: Scope,
  { id, number }: FaqEntry,
  editors: readonly string[],
): Promise<OutboxEntry[]> {
  const approvers = approversAmong(await listDeskPeople(scope.db), editors);
  const message = linkMessage(scope, approvalPath(number), text.tell.proposed(formatFaqReference(number)));
  return approvers.map(({ slackUserId }) => ({ kind: 'direct', person: slackUserId, message, about: id }));
}
