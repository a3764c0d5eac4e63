/** Who hears of a closing: whoever must confirm it, whoever waited for it, whoever may rate it. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { mention } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import type { Colleague } from '../../directory/data.ts';
import { operationButton, readButton, readNoteButton, referenceMessage } from '../blocks.ts';
import { type Consultation, type LoadedConsultation, standingOf } from '../data.ts';
import { tell, tellInCharge } from '../notices.ts';
import type { Operation } from '../operating/words.ts';
import { listThoseWhoMay, managersFirst } from '../people.ts';
import { ratingMessage } from '../rating/blocks.ts';
import { needsManagerToClose } from '../rules.ts';
import { OUTCOMES } from '../words.ts';
import { closesAt, closingProposalOf } from './rules.ts';
import { closingText as text } from './text.ts';

/** The core managers who may confirm the closing of a case that needs one. */
export function listConfirmingManagers({ db }: Scope, loaded: LoadedConsultation): Promise<Colleague[]> {
  const core = { code: loaded.coreCenter, kind: 'kikan' } as const;
  return listThoseWhoMay(db, 'confirm_closing', core, standingOf(loaded));
}

/** Who speaks for the sending center in this: the sender; when she has left or may not, the managers, or whoever else may. */
export async function listSpeakers(
  { db }: Scope,
  operation: Operation,
  loaded: LoadedConsultation,
): Promise<string[]> {
  const { sendingCenter, sender } = loaded.consultation;
  const center = { code: sendingCenter, kind: 'district' } as const;
  const able = await listThoseWhoMay(db, operation, center, standingOf(loaded));
  if (able.some(({ slackUserId }) => slackUserId === sender)) return [sender];
  return managersFirst(able).map(({ slackUserId }) => slackUserId);
}

/** @param managers who must confirm it; empty when the sender confirms */
export async function proposedEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  managers: readonly Colleague[],
): Promise<OutboxEntry[]> {
  const { consultation: of, cityTime } = loaded;
  const person = mention(actor.slackUserId);
  const outcome = of.outcome === null ? '' : OUTCOMES[of.outcome];
  const confirming = closingButtons(of, ['confirm_closing', 'object_closing']);
  if (!needsManagerToClose(of)) {
    const until = formatInstant(closesAt(cityTime, scope.now));
    const message = referenceMessage(text.proposed(of.reference, person, outcome, until), confirming);
    return tellAll(await listSpeakers(scope, 'confirm_closing', loaded), message, actor);
  }
  const toManagers = referenceMessage(text.proposedToManager(of.reference, person, outcome), confirming);
  const toSender = referenceMessage(
    text.proposedForInformation(of.reference, person, outcome),
    closingButtons(of, ['object_closing']),
  );
  return [
    ...tellAll(
      managers.map(({ slackUserId }) => slackUserId),
      toManagers,
      actor,
    ),
    ...tellAll(await listSpeakers(scope, 'object_closing', loaded), toSender, actor),
  ];
}

/** The sender is asked to rate; whoever is in charge hears that it was confirmed. */
export async function confirmedEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
): Promise<OutboxEntry[]> {
  const { consultation: of } = loaded;
  const sentence = text.confirmed(of.reference, mention(actor.slackUserId));
  const raters = await listSpeakers(scope, 'rate', loaded);
  // A colleague who confirmed in the sender's place rates, rather than all of the managers.
  const isInTheirPlace = !raters.includes(of.sender) && raters.includes(actor.slackUserId);
  const asked = isInTheirPlace ? [actor.slackUserId] : raters;
  return [
    ...asked.map((person) => tell(person, ratingMessage(of))),
    ...tellInCharge(loaded, referenceMessage(sentence, [readButton(of)]), actor.slackUserId),
  ];
}

export async function closedByTimeEntries(scope: Scope, loaded: LoadedConsultation): Promise<OutboxEntry[]> {
  const { consultation: of } = loaded;
  const sentence = text.closedByItself(of.reference);
  const raters = await listSpeakers(scope, 'rate', loaded);
  return [
    ...raters.map((person) => tell(person, ratingMessage(of, sentence))),
    ...tellInCharge(loaded, referenceMessage(sentence, [readButton(of)])),
  ];
}

/** The person in charge, and when the core center took its own proposal back, whoever was asked to confirm it. */
export async function objectedEntries(
  scope: Scope,
  actor: Actor,
  { before, after }: { before: LoadedConsultation; after: LoadedConsultation },
  noteId: string,
): Promise<OutboxEntry[]> {
  const { consultation: of } = after;
  const isTakenBack = actor.center.kind === 'kikan';
  const sentence = isTakenBack ? text.takenBack : text.objected;
  const message = referenceMessage(sentence(of.reference, mention(actor.slackUserId)), [
    readNoteButton(of, noteId, text.readReason),
    readButton(of),
  ]);
  const asked = isTakenBack ? await listSpeakers(scope, 'object_closing', before) : [];
  return [...tellInCharge(after, message, actor.slackUserId), ...tellAll(asked, message, actor)];
}

/** Both sides; while nobody is in charge, those who can take charge. */
export async function reopenedEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  noteId: string,
): Promise<OutboxEntry[]> {
  const { consultation: of } = loaded;
  const person = mention(actor.slackUserId);
  const reading = [readNoteButton(of, noteId, text.readReason), readButton(of)];
  const message = referenceMessage(text.reopened(of.reference, person), reading);
  return [
    ...(of.personInCharge === null
      ? await withoutPersonEntries(scope, actor, loaded, reading)
      : tellInCharge(loaded, message, actor.slackUserId)),
    ...tellAll(await listSpeakers(scope, 'withdraw', loaded), message, actor),
  ];
}

async function withoutPersonEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  reading: types.Button[],
): Promise<OutboxEntry[]> {
  const { consultation: of, coreCenter } = loaded;
  const core = { code: coreCenter, kind: 'kikan' } as const;
  const able = await listThoseWhoMay(scope.db, 'claim', core, standingOf(loaded));
  const asked = able.filter(({ isOnDuty, role }) => isOnDuty || role === 'manager');
  const message = referenceMessage(text.reopenedWithoutPerson(of.reference, mention(actor.slackUserId)), [
    operationButton('claim', of.id, 'primary'),
    ...reading,
  ]);
  return tellAll(
    asked.map(({ slackUserId }) => slackUserId),
    message,
    actor,
  );
}

/** Their value names the proposal: a button of an older one is refused. */
function closingButtons(of: Consultation, operations: readonly Operation[]): types.Button[] {
  return [
    ...operations.map((operation) =>
      operationButton(
        operation,
        closingProposalOf(of),
        operation === 'confirm_closing' ? 'primary' : undefined,
      ),
    ),
    readButton(of),
  ];
}

function tellAll(people: readonly string[], message: Message, actor: Actor): OutboxEntry[] {
  return people.flatMap((person) => (person === actor.slackUserId ? [] : [tell(person, message)]));
}
