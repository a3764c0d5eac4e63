/** Who hears of a hand-over: whoever must answer it, whoever waited for the answer. */

import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Center, type Colleague, findCenterInCity, listCenterStaff } from '../../directory/data.ts';
import { operationButton, readButton, readNoteButton, referenceMessage } from '../blocks.ts';
import { replyEntriesIn } from '../cards/blocks.ts';
import { type CaseCenter, type Handover, type LoadedConsultation, standingOf } from '../data.ts';
import { tell } from '../notices.ts';
import { listThoseWhoMay, managersFirst } from '../people.ts';
import { maySee } from '../visibility/rules.ts';
import { HANDOVER_KINDS } from '../words.ts';
import { offeredMessage, offerPost, settledMessage } from './blocks.ts';
import { handoverText as text } from './text.ts';

type Receiver = Pick<Center, 'code' | 'kind' | 'short' | 'channel'>;

/** Who is asked for an answer: at the core center whoever is on duty, elsewhere the managers. Empty: nobody there could answer. */
export async function listAsked(
  scope: Scope,
  loaded: LoadedConsultation & { offer: Handover },
  to: Receiver,
): Promise<Colleague[]> {
  const able = await listThoseWhoMay(scope.db, 'accept_offer', to, standingOf(loaded));
  const onDuty = to.kind === 'kikan' ? able.filter(({ isOnDuty }) => isOnDuty) : [];
  return onDuty.length > 0 ? onDuty : managersFirst(able);
}

/** To the receiver: by DM, and in its channel or in the thread of the core center's card. */
export function offeredEntries(
  loaded: LoadedConsultation & { offer: Handover },
  to: Receiver,
  asked: readonly Colleague[],
  noteId: string | null,
): OutboxEntry[] {
  const shown = shownOf(loaded, loaded.offer, to);
  const inChannel = offeredMessage(shown, noteId, 'channel');
  return [
    ...asked.map((each) => tell(each.slackUserId, offeredMessage(shown, noteId, 'direct'))),
    ...(to.kind === 'kikan' ? replyEntriesIn('triage', loaded, inChannel) : []),
    ...offerPost(shown, inChannel, loaded.triageChannel),
  ];
}

/** The post of an offer that is no longer open. */
export function settledPost(
  loaded: LoadedConsultation,
  offer: Handover,
  to: CaseCenter,
  at: Date,
): OutboxEntry[] {
  const shown = shownOf(loaded, offer, to);
  return offerPost(shown, settledMessage(shown, at), loaded.triageChannel);
}

/** The same, where the receiver's center is not at hand. */
export async function settledPostOf(
  scope: Scope,
  loaded: LoadedConsultation,
  offer: Handover,
): Promise<OutboxEntry[]> {
  const to = await findCenterInCity(scope.db, offer.toCenter);
  return to ? settledPost(loaded, offer, to.center, scope.now) : [];
}

/** To whoever offered it and, where the case stays in sight, the sender and the person in charge. */
export async function acceptedEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  offer: Handover,
): Promise<OutboxEntry[]> {
  const { consultation: of, isSenderThere, deputy } = loaded;
  const sentence = text.accepted(
    of.reference,
    HANDOVER_KINDS[offer.kind],
    escapeMrkdwn(actor.center.short),
    mention(actor.slackUserId),
  );
  const people = [
    ...(await listGivers(scope, loaded, offer)),
    ...(isSenderThere ? [of.sender] : []),
    of.personInCharge,
    deputy,
  ];
  return tellOnce(people, referenceMessage(sentence, [readButton(of)]), actor.slackUserId);
}

/** To whoever offered it and the person in charge, with the reason to read. */
export async function refusedEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  offer: Handover,
  noteId: string,
): Promise<OutboxEntry[]> {
  const { consultation: of, deputy } = loaded;
  const sentence = text.refused(
    of.reference,
    HANDOVER_KINDS[offer.kind],
    escapeMrkdwn(actor.center.short),
    mention(actor.slackUserId),
  );
  const message = referenceMessage(sentence, [readNoteButton(of, noteId, text.readReason), readButton(of)]);
  return tellOnce(
    [...(await listGivers(scope, loaded, offer)), of.personInCharge, deputy],
    message,
    actor.slackUserId,
  );
}

/** To those who were asked for an answer. They may not see the case any more: no button. */
export function revokedEntries(
  actor: Actor,
  { consultation: of }: LoadedConsultation,
  offer: Handover,
  asked: readonly Colleague[],
): OutboxEntry[] {
  const sentence = text.revoked(of.reference, HANDOVER_KINDS[offer.kind], escapeMrkdwn(actor.center.short));
  return tellOnce(
    asked.map(({ slackUserId }) => slackUserId),
    referenceMessage(sentence, []),
    actor.slackUserId,
  );
}

/** To whoever offered it and the managers of both centers. */
export async function expiredEntries(
  scope: Scope,
  loaded: LoadedConsultation,
  offer: Handover,
  to: CaseCenter,
): Promise<OutboxEntry[]> {
  const { consultation: of, responsibleCenter: from } = loaded;
  const sentence = text.expired(
    of.reference,
    HANDOVER_KINDS[offer.kind],
    escapeMrkdwn(from.short),
    escapeMrkdwn(to.short),
  );
  const [givers, receivers] = await Promise.all([
    listCenterStaff(scope.db, from.code),
    listCenterStaff(scope.db, to.code),
  ]);
  const giving = [...(await listGivers(scope, loaded, offer)), ...managersOf(loaded, from.code, givers)];
  const receiving = managersFirst(receivers).map(({ slackUserId }) => slackUserId);
  return [
    ...tellOnce(giving, referenceMessage(sentence, [readButton(of), operationButton('offer', of.id)])),
    ...tellOnce(receiving, referenceMessage(sentence, [])),
  ];
}

/** Whoever offered it; when that person has left the center, its managers. */
async function listGivers(
  { db }: Scope,
  loaded: LoadedConsultation,
  { fromCenter, offeredBy }: Handover,
): Promise<string[]> {
  const colleagues = await listCenterStaff(db, fromCenter);
  if (colleagues.some(({ slackUserId }) => slackUserId === offeredBy)) return [offeredBy];
  return managersOf(loaded, fromCenter, colleagues);
}

/** Those who answer for the center that gives the case; of a 限定 case only who may see it there. */
function managersOf(
  loaded: LoadedConsultation,
  fromCenter: string,
  colleagues: readonly Colleague[],
): string[] {
  const kind = fromCenter === loaded.coreCenter ? 'kikan' : 'district';
  const standing = { ...standingOf(loaded), responsibleCenter: fromCenter };
  return managersFirst(colleagues)
    .filter((each) => maySee({ ...each, center: { code: fromCenter, kind } }, standing))
    .map(({ slackUserId }) => slackUserId);
}

function tellOnce(people: readonly (string | null)[], message: Message, actor?: string): OutboxEntry[] {
  return [...new Set(people)].flatMap((person) =>
    person === null || person === actor ? [] : [tell(person, message)],
  );
}

function shownOf(
  { consultation: of, responsibleCenter: from }: LoadedConsultation,
  offer: Handover,
  to: CaseCenter,
) {
  return { of, offer, from, to };
}
