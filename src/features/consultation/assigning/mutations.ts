/** 担当: who has charge of a case. Taking it on oneself takes effect at once; somebody else is asked, and has it once she says yes. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import type { Colleague } from '../../directory/data.ts';
import { referenceMessage } from '../blocks.ts';
import { type Consultation, type LoadedConsultation, standingOf } from '../data.ts';
import { changeConsultation, changedSince, type Refusal, recordRefusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tell, tellOnce } from '../notices.ts';
import { listManagers, listThoseWhoMay } from '../people.ts';
import type { Change } from '../storing/mutations.ts';
import { mayTakeNew } from '../visibility/rules.ts';
import {
  assignMessage,
  claimMessage,
  claimReply,
  proposalMessage,
  toFormer,
  toFormerlyAsked,
} from './blocks.ts';
import { findProposer } from './data.ts';
import {
  hasInHand,
  inChargeOf,
  isPresentProposal,
  NOBODY_ASKED,
  proposedTo,
  withoutCharge,
} from './rules.ts';
import { assigningText as text } from './text.ts';

/** Takes on a case that nobody has charge of. Whoever was asked for it is told that it is no longer needed. */
export async function claimConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(
    scope,
    actor,
    {
      ...wish,
      isDone: ({ consultation: of }) => hasInHand(actor.slackUserId, of),
    },
    async ({ consultation: of }) => done(takenOver(of, actor)),
  );
}

/** The change by which the Actor has charge from now on; the former person in charge and whoever was asked are told. */
function takenOver(of: Consultation, actor: Actor): Change {
  return {
    after: inChargeOf(of, actor.slackUserId),
    detail: { from: of.personInCharge, to: actor.slackUserId },
    entries: tellOnce([...toFormer(of, actor.slackUserId), ...toFormerlyAsked(of, actor.slackUserId)]),
  };
}

/** Gives a case up. Those who take new ones are asked to take it on; the reason stays in the record. */
export async function releaseConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const after = withoutCharge(of, scope.now);
    return done({
      after,
      detail: { from: of.personInCharge, to: null, note: note.id },
      statements: note.statements,
      entries: tellOnce(
        [
          ...claimReply(loaded, text.nobodyInCharge(of.reference)),
          ...releasedByDeputy(of, actor),
          ...(await askToClaim(
            scope,
            { ...loaded, consultation: after, deputy: null },
            text.released(of.reference, mention(actor.slackUserId)),
          )),
        ],
        actor.slackUserId,
      ),
    });
  });
}

/** A deputy may give a case up for an absent colleague, who must not learn of it from a card alone. */
function releasedByDeputy({ personInCharge, reference }: Consultation, actor: Actor): OutboxEntry[] {
  if (personInCharge === null || personInCharge === actor.slackUserId) return [];
  const sentence = text.releasedForYou(reference, mention(actor.slackUserId));
  return [tell(personInCharge, referenceMessage(sentence, []))];
}

/** A word to each who takes new cases and may take this one on. */
export async function askToClaim(
  scope: Scope,
  loaded: LoadedConsultation,
  sentence: string,
): Promise<OutboxEntry[]> {
  const core = { code: loaded.coreCenter, kind: 'kikan' } as const;
  const able = await listThoseWhoMay(scope.db, 'claim', core, standingOf(loaded));
  return able
    .filter((person) => mayTakeNew({ ...person, center: core }))
    .map(({ slackUserId }) => tell(slackUserId, claimMessage(loaded.consultation, sentence)));
}

/**
 * Gives a case to somebody of the core center: to the Actor herself at once, to another once she says yes; until then whoever has it
 * keeps it. Choosing the one who has it takes back what somebody else was asked.
 */
export async function assignConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  person: Colleague,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async ({ consultation: of }) => {
    const chosen = person.slackUserId;
    if (chosen === of.personInCharge)
      return of.proposedPerson === null
        ? refused({ reason: 'invalid', of, sentence: text.alreadyInCharge(of.reference) })
        : done(proposalTakenBack(of, actor));
    if (chosen === actor.slackUserId) return done(takenOver(of, actor));
    if (chosen === of.proposedPerson)
      return refused({ reason: 'invalid', of, sentence: text.alreadyProposed(of.reference) });
    const after = proposedTo(of, chosen, scope.now);
    return done({
      after,
      detail: { from: of.personInCharge, proposed: chosen, wasProposed: of.proposedPerson },
      entries: tellOnce(
        [tell(chosen, proposalMessage(after, actor.slackUserId)), ...toFormerlyAsked(of, chosen)],
        actor.slackUserId,
      ),
    });
  });
}

/** Whoever has the case keeps it, and nobody is asked any more. */
function proposalTakenBack(of: Consultation, actor: Actor): Change {
  return {
    after: { ...of, ...NOBODY_ASKED },
    detail: { from: of.personInCharge, to: of.personInCharge, wasProposed: of.proposedPerson },
    entries: tellOnce(toFormerlyAsked(of, null), actor.slackUserId),
  };
}

/** Says yes to the request; a button of an older request is refused with what happened since. */
export async function confirmAssignment(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  about: string,
): Promise<Result<Consultation, Refusal>> {
  const isDone = ({ consultation: of }: LoadedConsultation) =>
    hasInHand(actor.slackUserId, of) && of.proposedPerson !== actor.slackUserId;
  return changeConsultation(scope, actor, { ...wish, isDone }, async (loaded) => {
    const { consultation: of } = loaded;
    if (!isPresentProposal(about, of)) return refused(await changedSince(scope, loaded));
    const proposer = await findProposer(scope.db, of.id, loaded.coreCenter);
    const change = takenOver(of, actor);
    const sentence = text.confirmed(of.reference, mention(actor.slackUserId));
    const toProposer = proposer ? [tell(proposer, referenceMessage(sentence, []))] : [];
    return done({
      ...change,
      entries: tellOnce([...toProposer, ...(change.entries ?? [])], actor.slackUserId),
    });
  });
}

/** Whether a button that says no is about the present request: its form is opened only then. A refusal is logged. */
export async function beginRefusing(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  about: string,
): Promise<Result<LoadedConsultation, Refusal>> {
  const { consultation: of } = loaded;
  if (isPresentProposal(about, of)) return done(loaded);
  const refusal = await changedSince(scope, loaded);
  await recordRefusal(scope, actor, { id: of.id, loaded }, 'consultation.refuse_assignment', refusal.reason);
  return refused(refusal);
}

/** Says no to the request; whoever asked is told, or all core managers when that one has left. */
export async function refuseAssignment(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string | null,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const message = assignMessage(of, text.refused(of.reference, mention(actor.slackUserId)));
    return done({
      after: { ...of, ...NOBODY_ASKED },
      detail: { wasProposed: actor.slackUserId, note: note.id },
      statements: note.statements,
      entries: tellOnce(
        (await proposersOf(scope, loaded)).map((person) => tell(person, message)),
        actor.slackUserId,
      ),
    });
  });
}

/** Whoever asked last, or all core managers when that one has left. */
export async function proposersOf(
  { db }: Scope,
  { consultation: of, coreCenter }: LoadedConsultation,
): Promise<string[]> {
  const proposer = await findProposer(db, of.id, coreCenter);
  if (proposer) return [proposer];
  return listManagers(db, coreCenter);
}
