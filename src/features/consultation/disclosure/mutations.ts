/** Noting, putting off and settling residents' requests: changes of the case, in the order of its audit chain. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { CaseKey, Sealed } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type Consultation, casePlace, standingOf } from '../data.ts';
import { changeByOwnRules } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { withdrawWarning } from '../retention/mutations.ts';
import type { Change } from '../storing/mutations.ts';
import { findSubmission, keepForm, type SubmittedForm } from '../submissions/mutations.ts';
import { findRequest, type ResidentRequest } from './data.ts';
import { dueDay, extendedDay, isPending, mayHandle } from './rules.ts';
import type { NewRequest, Settlement } from './schema.ts';
import { residentRequest } from './tables.ts';

/** Why a request is not noted or changed. `sent-before`: the form was, with other content. `settled`: or put off, by somebody faster. */
export type RequestRefusal = { reason: 'not-found' | 'erased' | 'sent-before' | 'settled' };

type Changed = Promise<Result<Consultation, RequestRefusal>>;

/** For whoever may handle the case's requests; refused attempts are logged. What is asked for is not erased before it is settled. */
export async function noteRequest(
  scope: Scope,
  actor: Actor,
  caseId: string,
  { kind, receivedOn, note }: NewRequest,
  form: SubmittedForm,
): Changed {
  const id = crypto.randomUUID();
  return changeByForm(scope, actor, 'consultation.note_request', caseId, form, async (of) => {
    const key = await openCaseKeyOf(scope, caseId);
    const dueOn = dueDay(receivedOn);
    return done({
      after: of,
      detail: { request: id, kind, due: dueOn },
      statements: [
        scope.db.insert(residentRequest).values({
          id,
          consultationId: caseId,
          kind,
          state: 'open',
          receivedOn,
          dueOn,
          note: await sealed(key, of, id, 'note', note),
          notedAt: scope.now,
          notedBy: actor.slackUserId,
        }),
        withdrawWarning(scope, caseId),
      ],
    });
  });
}

/** 延長, once. The reason stands in the course of the case. */
export async function extendRequest(
  scope: Scope,
  actor: Actor,
  { id, consultationId }: ResidentRequest,
  reason: string,
  form: SubmittedForm,
): Changed {
  return changeByForm(scope, actor, 'consultation.extend_request', consultationId, form, async (of) => {
    const request = await findRequest(scope.db, id);
    if (request?.state !== 'open') return SETTLED;
    const dueOn = extendedDay(request.dueOn);
    const note = await sealNote(scope, actor, of, 'reason', reason);
    return done({
      after: of,
      detail: { request: id, due: dueOn, ...(note.id === null ? {} : { note: note.id }) },
      statements: [
        scope.db.update(residentRequest).set({ state: 'extended', dueOn }).where(eq(residentRequest.id, id)),
        ...note.statements,
      ],
    });
  });
}

/** The decision. */
export async function settleRequest(
  scope: Scope,
  actor: Actor,
  { id, consultationId }: ResidentRequest,
  { state, settledOn, words }: Settlement,
  form: SubmittedForm,
): Changed {
  return changeByForm(scope, actor, 'consultation.settle_request', consultationId, form, async (of) => {
    const request = await findRequest(scope.db, id);
    if (!request || !isPending(request.state)) return SETTLED;
    const key = await openCaseKeyOf(scope, consultationId);
    const settlement = await sealed(key, of, id, 'settlement', words);
    return done({
      after: of,
      detail: { request: id, kind: request.kind, outcome: state },
      statements: [
        scope.db
          .update(residentRequest)
          .set({ state, settledOn, settlement, settledBy: actor.slackUserId })
          .where(eq(residentRequest.id, id)),
      ],
    });
  });
}

const SETTLED = refused<RequestRefusal>({ reason: 'settled' });

/** A change by whoever may handle the case's requests. The same form sent again changes nothing and is answered as the first time. */
function changeByForm(
  scope: Scope,
  actor: Actor,
  action: string,
  id: string,
  form: SubmittedForm,
  decide: (of: Consultation) => Promise<Result<Change, RequestRefusal>>,
): Changed {
  return changeByOwnRules(scope, actor, { id, action }, async (loaded) => {
    const { consultation: of } = loaded;
    if (!mayHandle(actor, standingOf(loaded))) return refused<RequestRefusal>({ reason: 'not-found' });
    if (of.erasedAt) return refused<RequestRefusal>({ reason: 'erased' });
    const before = await findSubmission(scope, of, form);
    if (before === 'same') return done(undefined);
    if (before) return refused<RequestRefusal>({ reason: 'sent-before' });
    const decision = await decide(of);
    return decision.ok ? done(await keepForm(scope, of, decision.value, form)) : decision;
  });
}

/** What was written about a request, opened and noted as read. Requires `rules.mayHandle`. */
export async function readRequest(
  scope: Scope,
  actor: Actor,
  of: Pick<Consultation, 'id' | 'sendingCenter' | 'erasedAt'>,
  { id, note, settlement }: ResidentRequest,
): Promise<{ note: string | null; settlement: string | null }> {
  await noteLook(scope, actor, 'consultation.read_request', { caseId: of.id, detail: { request: id } });
  if (of.erasedAt) return { note: null, settlement: null };
  const key = await openCaseKeyOf(scope, of.id);
  return {
    note: note && (await key.open(requestPlace('note', id, of), note)),
    settlement: settlement && (await key.open(requestPlace('settlement', id, of), settlement)),
  };
}

async function sealed(
  key: CaseKey,
  of: Consultation,
  id: string,
  column: 'note' | 'settlement',
  words: string | null,
): Promise<Sealed | null> {
  return words === null ? null : key.seal(requestPlace(column, id, of), words);
}

function requestPlace(
  column: 'note' | 'settlement',
  id: string,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
) {
  return casePlace('resident_request', column, id, of);
}
