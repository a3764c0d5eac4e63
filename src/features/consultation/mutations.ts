/**
 * How every consultation changes: decided on what is stored now, by the rules, and stored whole or not at all. Who lost to another
 * change looks again and decides anew. Refused attempts are logged.
 */
import { runBatch } from '../../lib/db.ts';
import { isIdentifier } from '../../lib/log.ts';
import { done, type Result, refused } from '../../lib/result.ts';
import { aboutCase, enqueue } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import type { Actor } from '../directory/actor.ts';
import { noteRefusal } from '../directory/noting.ts';
import { cardEntries } from './cards/blocks.ts';
import { type Consultation, type LoadedConsultation, loadConsultation, standingOf } from './data.ts';
import type { Denial, Operation } from './operating/words.ts';
import { denialOf } from './rules.ts';
import { type Change, tryChange } from './storing/mutations.ts';
import { findSubmission, keepForm, type SubmittedForm } from './submissions/mutations.ts';
import { type CaseEvent, listEvents } from './timeline/data.ts';
import { maySee } from './visibility/rules.ts';

/** All that those hear who may not see the case. */
export interface NotFound {
  reason: 'not-found';
}

/** What keeps a person from doing something; `refusals.ts` has the sentence. */
export type Refusal =
  | NotFound
  /** Whoever does not belong to the case first says what it is opened for; not refused, only not yet. */
  | { reason: 'purpose-needed'; of: Consultation }
  | { reason: 'wrong-state'; operation: Operation; of: Consultation; latest: CaseEvent | undefined }
  /** Something happened to the case since its form was opened, or the press belongs to what is no longer open. */
  | { reason: 'changed'; of: Consultation; since: readonly CaseEvent[] }
  | { reason: 'sent-before'; of: Consultation }
  /** Its time of keeping is over. */
  | { reason: 'erased'; of: Consultation }
  | { reason: 'invalid'; of: Consultation; sentence: string }
  | {
      reason: Exclude<Denial, 'not-found' | 'wrong-state' | 'erased'>;
      of: Consultation;
      nameInCharge: string | null;
    };

/** What a person wants to do with a case. */
export interface Wish {
  id: string;
  operation: Operation;
  /** What the audit log calls it, where the operation is done in a way of its own. */
  action?: string;
  /** The case's version that the person saw; with it, a change made by somebody else since then is told first. */
  seen?: number | undefined;
  /** The form that it comes from: the same form takes effect once. */
  form?: SubmittedForm | undefined;
  /** True when just this was done before by this person (a second press): then nothing changes and nothing is refused. */
  isDone?(loaded: LoadedConsultation): boolean | Promise<boolean>;
}

/** Decides on the latest state; may run several times. Undefined when there is nothing to change. */
type Decide = (loaded: LoadedConsultation) => Promise<Result<Change | undefined, Refusal>>;

/** Does what a person wishes, when the rules allow it; else refuses, and logs that it refused. */
export function changeConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  decide: Decide,
): Promise<Result<Consultation, Refusal>> {
  const action = wish.action ?? actionOf(wish.operation);
  return changeByOwnRules(scope, actor, { id: wish.id, action }, (loaded) =>
    judge(scope, actor, wish, loaded, decide),
  );
}

/**
 * The same for what is no operation of the case's work: files, holds, residents' requests.
 * @param decide asks the rules of its own, on the latest state; may run several times. Undefined when there is nothing to change.
 */
export async function changeByOwnRules<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: (loaded: LoadedConsultation) => Promise<Result<Change | undefined, Reason>>,
): Promise<Result<Consultation, Reason | NotFound>> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadConsultation(scope, id);
    const decision = loaded ? await decide(loaded) : NOT_FOUND;
    if (!decision.ok) {
      await recordRefusal(scope, actor, { id, loaded }, action, decision.refusal.reason);
      return decision;
    }
    if (!loaded) throw new Error('decided on what is not there');
    if (!decision.value) return done(loaded.consultation);
    const after = await tryChange(scope, actor.slackUserId, action, loaded, decision.value, attempt);
    if (after) return done(after);
  }
}

/** Changes a case on the house's own account: a date has come, somebody left. Undefined from `decide` leaves it as it is. */
export async function changeByJob(
  scope: Scope,
  job: string,
  action: string,
  id: string,
  decide: (loaded: LoadedConsultation) => Promise<Change | undefined>,
): Promise<Consultation | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadConsultation(scope, id);
    const change = loaded && (await decide(loaded));
    if (!loaded || !change) return undefined;
    const after = await tryChange(scope, `job:${job}`, action, loaded, change, attempt);
    if (after) return after;
  }
}

/** Whether a person may do it now, before a form is opened; a refusal is logged. Storing asks again. */
export async function beginOperation(
  scope: Scope,
  actor: Actor,
  id: string,
  operation: Operation,
): Promise<Result<LoadedConsultation, Refusal>> {
  const loaded = await loadConsultation(scope, id);
  const refusal = loaded ? await refusalOf(scope, actor, loaded, operation) : NOT_FOUND.refusal;
  if (!refusal && loaded) return done(loaded);
  await recordRefusal(scope, actor, { id, loaded }, actionOf(operation), refusal?.reason ?? 'not-found');
  return refused(refusal ?? NOT_FOUND.refusal);
}

/** Brings the cards to the state as stored, for someone whose card was stale. */
export async function refreshCards(scope: Scope, id: string): Promise<void> {
  const loaded = await loadConsultation(scope, id);
  if (!loaded || loaded.consultation.erasedAt) return;
  await runBatch(scope.db, [enqueue(scope.db, aboutCase(id, cardEntries(loaded)), scope.now)]);
  scope.wakeCourier();
}

export function actionOf(operation: Operation): string {
  return `consultation.${operation}`;
}

/** A press on something that is no longer open: an older offer, an older proposal. */
export async function changedSince(
  scope: Scope,
  { consultation: of }: LoadedConsultation,
  version = of.version - 1,
): Promise<Refusal> {
  return { reason: 'changed', of, since: await listEvents(scope.db, of.id, version) };
}

const NOT_FOUND = refused<NotFound>({ reason: 'not-found' });

async function judge(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  loaded: LoadedConsultation,
  decide: Decide,
): Promise<Result<Change | undefined, Refusal>> {
  const { consultation: of } = loaded;
  if (!maySee(actor, standingOf(loaded))) return NOT_FOUND;
  if (of.erasedAt) return refused({ reason: 'erased', of });
  if (await wish.isDone?.(loaded)) return done(undefined);
  const before = wish.form && (await findSubmission(scope, of, wish.form));
  if (before) return before === 'same' ? done(undefined) : refused({ reason: 'sent-before', of });
  const refusal = await refusalOf(scope, actor, loaded, wish.operation);
  if (refusal) return refused(refusal);
  if (wish.seen !== undefined && wish.seen !== of.version) {
    const since = await listEvents(scope.db, of.id, wish.seen);
    const byOthers = since.filter((event) => event.actor !== actor.slackUserId);
    if (byOthers.length > 0) return refused({ reason: 'changed', of, since: byOthers });
  }
  const decision = await decide(loaded);
  return decision.ok && decision.value && wish.form
    ? done(await keepForm(scope, of, decision.value, wish.form))
    : decision;
}

async function refusalOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  operation: Operation,
): Promise<Refusal | undefined> {
  const { consultation: of, nameInCharge } = loaded;
  const denial = denialOf(actor, standingOf(loaded), operation);
  if (denial === undefined) return undefined;
  if (denial === 'not-found') return { reason: denial };
  if (denial === 'erased') return { reason: denial, of };
  if (denial !== 'wrong-state') return { reason: denial, of, nameInCharge };
  const [latest] = await listEvents(scope.db, of.id, of.version - 1);
  return { reason: denial, operation, of, latest };
}

/** What was asked for: an id, and the case behind it if there is one. */
export interface Asked {
  id: string;
  loaded: LoadedConsultation | undefined;
}

/** Notes a refused attempt with the case that it was about, or with the id that led to none. */
export async function recordRefusal(
  scope: Scope,
  actor: Actor,
  { id, loaded }: Asked,
  action: string,
  reason: string,
): Promise<void> {
  // A forged button may hold anything: what does not look like an id of ours stays out of the log.
  const wanted = loaded || !isIdentifier(id) ? {} : { wanted: id };
  await noteRefusal(scope, actor, action, {
    detail: { reason, ...wanted },
    caseId: loaded?.consultation.id ?? null,
  });
}
