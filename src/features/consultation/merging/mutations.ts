/** 統合 and つながり: two cases change in one batch, each with an audit entry in its own chain. */
import type { Statement } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import {
  type Consultation,
  dueFactsOf,
  type LoadedConsultation,
  loadConsultation,
  standingOf,
} from '../data.ts';
import { findIdByReference } from '../finding/data.ts';
import { actionOf, changeConsultation, type Refusal, recordRefusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tellBothSides, tellInCharge, tellOnce, tellSender } from '../notices.ts';
import { isPossibleIn } from '../rules.ts';
import type { Change } from '../storing/mutations.ts';
import { maySee, type Person } from '../visibility/rules.ts';
import { STATUSES } from '../words.ts';
import { isLinked, isPair } from './data.ts';
import { NO_TARGETS, timeAgain } from './rules.ts';
import type { LinkForm, MergeForm } from './schema.ts';
import { consultationLink } from './tables.ts';
import { mergingText as text } from './text.ts';

/**
 * Ends a case in another one. Both chains get their entry in one batch, and the other one must not be merged itself: so no case
 * ever leads back to itself.
 */
export async function mergeConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { into, reason }: MergeForm,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const found = await findOther(scope, actor, loaded, wish, into);
    if (!found.ok) return found;
    const { consultation: target } = found.value;
    if (NO_TARGETS.includes(target.status))
      return invalid(of, text.errors.ended(target.reference, STATUSES[target.status]));
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const after: Consultation = {
      ...of,
      status: 'merged',
      mergedInto: target.id,
      statusBeforeMerge: of.status,
    };
    return done({
      after,
      detail: { into: target.id, ...noted(note.id) },
      statements: note.statements,
      entries: tellOnce(mergedEntries({ ...loaded, consultation: after }, found.value), actor.slackUserId),
      also: otherSide(found.value, 'consultation.merged_from', { from: of.id }),
    });
  });
}

/** The case is again what it was, with time for what fell due meanwhile. */
export async function unmergeConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string | null,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    if (of.statusBeforeMerge === null || of.mergedInto === null)
      throw new Error('a merged case without what it was merged into');
    const target = await loadConsultation(scope, of.mergedInto);
    if (!target) throw new Error('a case was merged into one that is not there');
    const before: Consultation = {
      ...of,
      status: of.statusBeforeMerge,
      mergedInto: null,
      statusBeforeMerge: null,
    };
    const facts = dueFactsOf({ ...loaded, consultation: before });
    const after: Consultation = { ...before, ...timeAgain(facts, loaded.cityTime, scope.now) };
    const note = await sealNote(scope, actor, of, 'reason', reason);
    const message = referenceMessage(text.unmerged(of.reference, STATUSES[after.status]), [
      readButton(after),
    ]);
    return done({
      after,
      detail: { from: target.consultation.id, ...noted(note.id) },
      statements: note.statements,
      entries: tellOnce(
        [...tellBothSides(loaded, message), ...whoSee(tellInCharge(target, message), loaded)],
        actor.slackUserId,
      ),
      also: otherSide(target, 'consultation.unmerged_from', { from: of.id }),
    });
  });
}

/** Links two cases, or takes a link away. A pair that is linked already stays as it is. */
export async function linkConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  form: LinkForm,
): Promise<Result<Consultation, Refusal>> {
  return 'unlinked' in form
    ? unlink(scope, actor, { ...wish, action: 'consultation.unlink' }, form.unlinked)
    : link(scope, actor, wish, form.reference);
}

async function link(scope: Scope, actor: Actor, wish: Wish, reference: string) {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const found = await findOther(scope, actor, loaded, wish, reference);
    if (!found.ok) return found;
    const { consultation: other } = found.value;
    if (await isLinked(scope.db, of.id, other.id)) return done(undefined);
    if (!isPossibleIn(other.status, 'link'))
      return invalid(of, text.errors.notLinkable(other.reference, STATUSES[other.status]));
    const [first, second] = of.id < other.id ? [of.id, other.id] : [other.id, of.id];
    const row = { one: first, other: second, linkedBy: actor.slackUserId, linkedAt: scope.now };
    const statement = scope.db.insert(consultationLink).values(row);
    return done(pairChange(loaded, found.value, statement, 'consultation.linked'));
  });
}

/** @param otherId one of the links that the form listed */
async function unlink(scope: Scope, actor: Actor, wish: Wish, otherId: string) {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const other = await loadConsultation(scope, otherId);
    const isSeen = other !== undefined && maySee(actor, standingOf(other));
    if (!isSeen || !(await isLinked(scope.db, of.id, otherId))) return invalid(of, text.errors.notLinked);
    const statement = scope.db.delete(consultationLink).where(isPair(of.id, otherId));
    return done(pairChange(loaded, other, statement, 'consultation.unlinked'));
  });
}

function pairChange(
  { consultation: of }: LoadedConsultation,
  other: LoadedConsultation,
  statement: Statement,
  otherAction: string,
): Change {
  return {
    after: of,
    detail: { other: other.consultation.id },
    statements: [statement],
    also: otherSide(other, otherAction, { other: of.id }),
  };
}

function otherSide(loaded: LoadedConsultation, action: string, detail: Record<string, string>) {
  return { loaded, action, change: { after: loaded.consultation, detail } };
}

/** The other case by its reference. One that the Actor may not see is answered, and logged, like one that is not there. */
async function findOther(
  scope: Scope,
  actor: Actor,
  { consultation: of }: LoadedConsultation,
  { operation }: Wish,
  reference: string,
): Promise<Result<LoadedConsultation, Refusal>> {
  if (reference === of.reference) return invalid(of, text.errors.itself);
  const id = await findIdByReference(scope.db, reference);
  const other = id === undefined ? undefined : await loadConsultation(scope, id);
  if (other && maySee(actor, standingOf(other)) && !other.consultation.erasedAt) return done(other);
  await recordRefusal(scope, actor, { id: '', loaded: other }, actionOf(operation), 'not-found');
  return invalid(of, text.errors.notFound(reference));
}

function mergedEntries(merged: LoadedConsultation, target: LoadedConsultation): OutboxEntry[] {
  const [of, into] = [merged.consultation, target.consultation];
  const toSender = maySee(senderOf(merged), standingOf(target))
    ? referenceMessage(text.mergedInto(of.reference, into.reference), [readButton(into)])
    : referenceMessage(text.mergedSomewhere(of.reference), [readButton(of)]);
  const toCore = referenceMessage(text.mergedHere(of.reference, into.reference), [readButton(into)]);
  const toFormer = tellInCharge(merged, toCore);
  const seeing = whoSee(toFormer, target);
  const others = toFormer.filter((entry) => !seeing.includes(entry));
  const somewhere = referenceMessage(text.mergedSomewhere(of.reference), [readButton(of)]);
  return [
    ...whoSee(tellInCharge(target, toCore), merged),
    ...tellSender(merged, toSender),
    ...seeing,
    ...others.map((entry) => ({ ...entry, message: somewhere })),
  ];
}

/** Those of the core center who may see the other case, too: of a 限定 case nobody else hears. */
function whoSee(entries: readonly OutboxEntry[], other: LoadedConsultation): OutboxEntry[] {
  const center = { code: other.coreCenter, kind: 'kikan' } as const;
  return entries.filter(
    (entry) =>
      entry.kind === 'direct' &&
      maySee({ slackUserId: entry.person, role: 'staff', isOnDuty: false, center }, standingOf(other)),
  );
}

/** The sender with no more rights than all her colleagues have: what she may not see for sure, her message must not name. */
function senderOf({ consultation: of, senderPlace, coreCenter }: LoadedConsultation): Person {
  const center =
    senderPlace === 'core'
      ? ({ code: coreCenter, kind: 'kikan' } as const)
      : ({ code: of.sendingCenter, kind: 'district' } as const);
  return { slackUserId: of.sender, role: 'staff', isOnDuty: false, center };
}

function noted(note: string | null): { note?: string } {
  return note === null ? {} : { note };
}

function invalid(of: Consultation, sentence: string) {
  return refused<Refusal>({ reason: 'invalid', of, sentence });
}
