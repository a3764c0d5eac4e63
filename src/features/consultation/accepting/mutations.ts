/** 受付: who takes a new consultation on or declines it; 取下げ; and what it is about, put right. */
import { done, type Result } from '../../../lib/result.ts';
import { escapeMrkdwn, mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { hasInHand, NOBODY_ASKED } from '../assigning/rules.ts';
import { readButton, referenceMessage } from '../blocks.ts';
import { replyEntriesIn } from '../cards/blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { settledPostOf } from '../handover/notices.ts';
import { settled, settleOffer } from '../handover/settling/mutations.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tell, tellBothSides, tellOnce, tellSender } from '../notices.ts';
import { listManagers } from '../people.ts';
import { consultationText as text } from '../text.ts';
import { DECLINE_REASONS, type DeclineReason, URGENCIES } from '../words.ts';
import type { Classification, Declining } from './schema.ts';
import { acceptingText } from './text.ts';

const NOTHING_PUT_OFF = { snoozedDeadline: null, snoozedUntil: null } as const;

/** The consultation gets its person in charge. Pressing again changes nothing. */
export async function acceptConsultation(
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
    async (loaded) => {
      const after = accepted(loaded.consultation, actor, scope.now);
      const sentence = text.acceptedToSender(after.reference, mention(actor.slackUserId));
      return done({ after, entries: tellSender(loaded, referenceMessage(sentence, [readButton(after)])) });
    },
  );
}

/** The consultation with its person in charge; for changes that accept by the way, too. */
export function accepted(standing: Consultation, actor: Actor, now: Date): Consultation {
  return { ...standing, status: 'accepted', personInCharge: actor.slackUserId, acceptedAt: now };
}

/** Ends a consultation that nobody accepted. Its sender hears why, in the words that were chosen. */
export async function declineConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { reason, note: text }: Declining,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', text);
    return done({
      after: { ...of, ...NOTHING_PUT_OFF, status: 'declined' },
      detail: { reason, note: note.id },
      statements: note.statements,
      entries: declinedNotices(loaded, actor, reason),
    });
  });
}

function declinedNotices(loaded: LoadedConsultation, actor: Actor, reason: DeclineReason): OutboxEntry[] {
  const { consultation: of } = loaded;
  const words = DECLINE_REASONS[reason];
  // The channel of a 限定 case hears no more than its card says.
  const inThread = of.isRestricted
    ? acceptingText.restrictedDeclinedInThread(of.reference)
    : acceptingText.declinedInThread(of.reference, words);
  const toSender = referenceMessage(acceptingText.declinedToSender(of.reference, words), [readButton(of)]);
  return [
    ...replyEntriesIn('center', loaded, referenceMessage(inThread, [])),
    ...(of.sender === actor.slackUserId ? [] : tellSender(loaded, toSender)),
  ];
}

/** Ends a consultation at the wish of the center that sent it. A hand-over that was open ends with it. */
export async function withdrawConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  text: string | null,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of, offer } = loaded;
    const note = await sealNote(scope, actor, of, 'reason', text);
    const after: Consultation = {
      ...of,
      ...NOTHING_PUT_OFF,
      ...NOBODY_ASKED,
      status: 'withdrawn',
      waitedFor: null,
      waitingUntilOn: null,
      hasOpenQuestion: false,
    };
    const revoked = offer && settled(offer, 'revoked', actor.slackUserId, scope.now);
    return done({
      after,
      offer: null,
      detail: { note: note.id, offer: offer?.id ?? null },
      statements: [...note.statements, ...(revoked ? [settleOffer(scope, revoked)] : [])],
      entries: [
        // The managers of the center that it was offered to were to answer.
        ...withdrawnNotices(loaded, actor, offer ? await listManagers(scope.db, offer.toCenter) : []),
        ...(revoked ? await settledPostOf(scope, loaded, revoked) : []),
      ],
    });
  });
}

/** Whoever worked on it or was to answer something about it; and its sender, when a colleague withdrew it. */
function withdrawnNotices(
  loaded: LoadedConsultation,
  actor: Actor,
  receivers: readonly string[],
): OutboxEntry[] {
  const { consultation: of, sendingCenter } = loaded;
  const center = escapeMrkdwn(sendingCenter.short);
  const sentence = acceptingText.withdrawn(of.reference, center, mention(actor.slackUserId));
  const message = referenceMessage(sentence, [readButton(of)]);
  const asked = of.proposedPerson === null ? [] : [of.proposedPerson];
  // With the offer the case is gone from their sight: no button.
  const toReceivers = referenceMessage(sentence, []);
  return tellOnce(
    [
      ...tellBothSides(loaded, message),
      ...asked.map((person) => tell(person, message)),
      ...receivers.map((person) => tell(person, toReceivers)),
    ],
    actor.slackUserId,
  );
}

/** Puts urgency, topics and kinds of support right; deadlines follow from them. Its sender hears of another urgency. */
export async function reclassifyConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  to: Classification,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const detail = differenceOf(of, to);
    if (Object.keys(detail).length === 0) return done(undefined);
    const isUrgencyNew = of.urgency !== to.urgency;
    return done({
      // A deadline put off at one urgency must not hide what is due at another.
      after: { ...of, ...to, ...(isUrgencyNew ? NOTHING_PUT_OFF : {}) },
      detail,
      entries:
        isUrgencyNew && of.sender !== actor.slackUserId ? urgencyNotices(loaded, actor, to.urgency) : [],
    });
  });
}

/** What the audit log keeps: before and after of what differs, lists as codes with commas. */
function differenceOf(from: Classification, to: Classification): Record<string, string> {
  const detail: Record<string, string> = {};
  if (from.urgency !== to.urgency) Object.assign(detail, { from: from.urgency, to: to.urgency });
  if (from.topics.join() !== to.topics.join())
    Object.assign(detail, { fromTopics: from.topics.join(), toTopics: to.topics.join() });
  if (from.supports.join() !== to.supports.join())
    Object.assign(detail, { fromSupports: from.supports.join(), toSupports: to.supports.join() });
  return detail;
}

function urgencyNotices(
  loaded: LoadedConsultation,
  actor: Actor,
  to: Classification['urgency'],
): OutboxEntry[] {
  const { consultation: of } = loaded;
  const sentence = acceptingText.urgencyChanged(
    of.reference,
    URGENCIES[of.urgency].label,
    URGENCIES[to].label,
    mention(actor.slackUserId),
  );
  return tellSender(loaded, referenceMessage(sentence, [readButton(of)]));
}
