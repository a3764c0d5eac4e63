/** 引継ぎ: offering the 主担当機関 to another center, and what that center answers. The giver stays responsible until it accepts. */
import { japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Center, findCenterInCity } from '../../directory/data.ts';
import type { Consultation, Handover, LoadedConsultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { endOfSpan } from '../reminding/rules.ts';
import type { Change } from '../storing/mutations.ts';
import { findOffer, listEventsOfOffer, listOfferChoices, type OfferChoices } from './data.ts';
import {
  acceptedEntries,
  listAsked,
  offeredEntries,
  refusedEntries,
  revokedEntries,
  settledPost,
} from './notices.ts';
import type { OfferForm } from './schema.ts';
import { changeMembers, detailOf, settled, settleOffer } from './settling/mutations.ts';
import { handover } from './tables.ts';
import { handoverText as text } from './text.ts';

/** Offers the case. Refused where nobody at the receiving center could answer. */
export async function offerHandover(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { kind, center, returnByOn, message }: OfferForm,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of, cityTime } = loaded;
    const invalid = (sentence: string) => refused<Refusal>({ reason: 'invalid', of, sentence });
    const to = receiverOf(await listOfferChoices(scope.db, loaded), kind, center);
    if (!to) return invalid(text.errors.notOffered);
    const offer: Handover = {
      id: crypto.randomUUID(),
      consultationId: of.id,
      kind,
      state: 'offered',
      fromCenter: of.responsibleCenter,
      toCenter: to.code,
      offeredBy: actor.slackUserId,
      offeredAt: scope.now,
      expiresAt: endOfSpan(cityTime.calendar, scope.now, cityTime.policy.handover, false),
      returnByOn,
      settledBy: null,
      settledAt: null,
    };
    const offered = { ...loaded, offer };
    const asked = await listAsked(scope, offered, to);
    if (asked.length === 0)
      return invalid(of.isRestricted ? text.errors.noReceiverRestricted : text.errors.noReceiver);
    const note = await sealNote(scope, actor, of, 'reason', message);
    return done({
      after: of,
      offer,
      detail: {
        ...detailOf(offer),
        until: japanDate(offer.expiresAt),
        ...(returnByOn === null ? {} : { returnOn: returnByOn }),
        ...(note.id === null ? {} : { note: note.id }),
      },
      statements: [scope.db.insert(handover).values(offer), ...note.statements],
      entries: offeredEntries(offered, to, asked, note.id),
    });
  });
}

function receiverOf(
  choices: OfferChoices,
  kind: OfferForm['kind'],
  center: string | null,
): Center | undefined {
  switch (kind) {
    case 'front_support':
      return choices.frontSupport;
    case 'return':
      return choices.return;
    case 'transfer':
      return choices.transfer.find(({ code }) => code === center);
  }
}

/** 承諾する: the receiving center answers for the case from now on. `offerId` is the offer that the person saw. */
export async function acceptOffer(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  offerId: string,
): Promise<Result<Consultation, Refusal>> {
  return answerOffer(scope, actor, wish, offerId, 'accepted', async (loaded, offer) => {
    const { consultation: of } = loaded;
    const after: Consultation = {
      ...of,
      responsibleCenter: offer.toCenter,
      returnByOn: offer.kind === 'front_support' ? offer.returnByOn : null,
    };
    const members = await changeMembers(scope, actor, loaded, offer);
    return {
      after,
      responsibleCenter: actor.center,
      detail: { ...(after.returnByOn === null ? {} : { returnOn: after.returnByOn }), ...members.detail },
      statements: members.statements,
      entries: [
        ...settledPost(loaded, offer, actor.center, scope.now),
        ...(await acceptedEntries(scope, actor, { ...loaded, consultation: after }, offer)),
      ],
    };
  });
}

/** 承諾しない, with the reason; nothing else changes. */
export async function refuseOffer(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  reason: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    if (!loaded.offer) throw new Error('the rules let an offer be refused that is not there');
    const note = await sealNote(scope, actor, loaded.consultation, 'reason', reason);
    if (note.id === null) throw new Error('a refusal without its reason');
    const offer = settled(loaded.offer, 'declined', actor.slackUserId, scope.now);
    return done({
      after: loaded.consultation,
      offer: null,
      detail: { ...detailOf(offer), note: note.id },
      statements: [settleOffer(scope, offer), ...note.statements],
      entries: [
        ...settledPost(loaded, offer, actor.center, scope.now),
        ...(await refusedEntries(scope, actor, loaded, offer, note.id)),
      ],
    });
  });
}

/** 取消, by the giving center. */
export async function revokeOffer(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  offerId: string,
): Promise<Result<Consultation, Refusal>> {
  return answerOffer(scope, actor, wish, offerId, 'revoked', async (loaded, offer) => ({
    after: loaded.consultation,
    entries: await revocationEntries(scope, actor, loaded, offer),
  }));
}

async function revocationEntries(scope: Scope, actor: Actor, loaded: LoadedConsultation, offer: Handover) {
  const to = await findCenterInCity(scope.db, offer.toCenter);
  if (!to) throw new Error('the receiving center of an offer is not in the directory');
  const open = { ...loaded, offer: { ...offer, state: 'offered' as const } };
  return [
    ...settledPost(loaded, offer, to.center, scope.now),
    ...revokedEntries(actor, loaded, offer, await listAsked(scope, open, to.center)),
  ];
}

/** A press on an offer's button: answers that offer, or says what became of it, but never answers another one. */
async function answerOffer(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  offerId: string,
  state: 'accepted' | 'revoked',
  changeOf: (loaded: LoadedConsultation, offer: Handover) => Promise<Change>,
): Promise<Result<Consultation, Refusal>> {
  const isDone = async ({ consultation: of }: LoadedConsultation) => {
    const stored = await findOffer(scope.db, of.id, offerId);
    return stored?.state === state && stored.settledBy === actor.slackUserId;
  };
  const answered = await changeConsultation(scope, actor, { ...wish, isDone }, async (loaded) => {
    if (loaded.offer?.id !== offerId)
      return refused(await refusalOfOlder(scope, loaded.consultation, offerId));
    const offer = settled(loaded.offer, state, actor.slackUserId, scope.now);
    const change = await changeOf(loaded, offer);
    return done({
      ...change,
      offer: null,
      detail: { ...detailOf(offer), ...change.detail },
      statements: [settleOffer(scope, offer), ...(change.statements ?? [])],
    });
  });
  return answered.ok ? answered : refused(await explainRefusal(scope, answered.refusal, offerId));
}

/** "No offer is open" and "not yours to answer" are true of an older offer's button, but what became of it says more. */
export async function explainRefusal(scope: Scope, refusal: Refusal, offerId: string): Promise<Refusal> {
  const { reason } = refusal;
  if (reason !== 'no-offer' && reason !== 'not-receiver' && reason !== 'not-giver') return refusal;
  const older = await refusalOfOlder(scope, refusal.of, offerId);
  return older.since.length > 0 ? older : refusal;
}

/** What became of an offer that is no longer open. */
export async function refusalOfOlder(
  scope: Scope,
  of: Consultation,
  offerId: string,
): Promise<Extract<Refusal, { reason: 'changed' }>> {
  return { reason: 'changed', of, since: await listEventsOfOffer(scope.db, of.id, offerId) };
}
