/** 質問する, 質問に答える, 回答待ちにする, 対応を再開する. */
import { addBusinessDays } from '../../../lib/business-time.ts';
import { formatDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result } from '../../../lib/result.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { operationButton, readNoteButton, referenceMessage } from '../blocks.ts';
import { replyEntriesIn } from '../cards/blocks.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { actionOf, changeByJob, changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tell, tellInCharge } from '../notices.ts';
import type { Change } from '../storing/mutations.ts';
import { WAITED_FOR, type WaitedFor } from '../words.ts';
import { listAsked } from './data.ts';
import { businessDayAt, goingOn, resumesAt } from './rules.ts';
import type { Question, Waiting } from './schema.ts';
import { askingText as text } from './text.ts';

/** Stores a question to the sender, sealed; the case waits for her until the day given. Asked again, both questions are open. */
export async function askSender(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { body, until }: Question,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const sealed = await sealNote(scope, actor, of, 'question', body);
    const after: Consultation = {
      ...of,
      status: 'waiting',
      waitedFor: 'sender',
      waitingUntilOn: until,
      hasOpenQuestion: true,
      lastContactAt: scope.now,
    };
    const buttons = [
      operationButton('reply', of.id, 'primary'),
      ...(sealed.id === null ? [] : [readNoteButton(of, sealed.id)]),
    ];
    const day = formatDate(until);
    const shown = { ...loaded, consultation: after };
    const asked = await listAsked(scope.db, shown, 'reply');
    return done({
      detail: { note: sealed.id, waitedFor: 'sender', until, fromUntil: of.waitingUntilOn },
      after,
      statements: sealed.statements,
      entries: [
        ...replyEntriesIn('center', shown, referenceMessage(text.askedInThread(of.reference, day), buttons)),
        ...asked.map((person) =>
          tell(person, referenceMessage(text.askedSender(of.reference, day), buttons)),
        ),
      ],
    });
  });
}

/** Stores the sending center's reply, sealed; the case goes on, and the person in charge hears of it. */
export async function replyToQuestion(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  body: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const sealed = await sealNote(scope, actor, of, 'reply', body);
    const after: Consultation = { ...wokenUp(loaded, scope.now), hasOpenQuestion: false };
    const readIt = sealed.id === null ? [] : [readNoteButton(of, sealed.id)];
    const buttons = [...readIt, operationButton('answer', of.id)];
    return done({
      detail: { note: sealed.id, waitedFor: of.waitedFor },
      after,
      statements: sealed.statements,
      entries: tellCoreCenter(
        { ...loaded, consultation: after },
        [text.replied(of.reference), buttons],
        actor.slackUserId,
      ),
    });
  });
}

/** The case waits until a day; a case that waits already gets another day. The sender hears of it when it waits for her. */
export async function waitForSomebody(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  { waitedFor, until }: Waiting,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const after: Consultation = { ...of, status: 'waiting', waitedFor, waitingUntilOn: until };
    const wanted = of.hasOpenQuestion ? 'reply' : 'comment';
    const shown = { ...loaded, consultation: after };
    const asked = waitedFor === 'sender' ? await listAsked(scope.db, shown, wanted) : [];
    const sentence = text.waitsForSender(of.reference, formatDate(until));
    const button = operationButton(wanted, of.id);
    return done({
      detail: { waitedFor, until, from: of.waitedFor, fromUntil: of.waitingUntilOn },
      after,
      entries: asked.map((person) => tell(person, referenceMessage(sentence, [button]))),
    });
  });
}

/** The case goes on before its day. An open question stays open: the sender may still reply. Pressing again changes nothing. */
export async function resumeConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
): Promise<Result<Consultation, Refusal>> {
  const resumed = await changeConsultation(scope, actor, wish, async (loaded) => {
    const { waitedFor, waitingUntilOn } = loaded.consultation;
    return done({ detail: { waitedFor, fromUntil: waitingUntilOn }, after: wokenUp(loaded, scope.now) });
  });
  if (resumed.ok || resumed.refusal.reason !== 'wrong-state') return resumed;
  const { of, latest } = resumed.refusal;
  const isSecondPress = latest?.action === actionOf('resume') && latest.actor === actor.slackUserId;
  return isSecondPress ? done(of) : resumed;
}

/**
 * A case whose day has passed goes on by itself, and a contact is due by closing time, where none was due later. Undefined when it waits
 * no more, or still does.
 */
export async function resumeWhenOver(scope: Scope, id: string): Promise<Consultation | undefined> {
  return changeByJob(scope, 'time_resume', 'consultation.time_resume', id, async (loaded) => {
    const { consultation: of, cityTime } = loaded;
    const { waitedFor, waitingUntilOn: until } = of;
    if (of.status !== 'waiting' || until === null || scope.now < resumesAt(cityTime.calendar, until))
      return undefined;
    const today = businessDayAt(cityTime.calendar, scope.now);
    const after: Consultation = { ...of, ...goingOn(cityTime.calendar, of, today, scope.now) };
    const change: Change = {
      detail: { waitedFor, fromUntil: until },
      after,
      entries: [
        ...tellCoreCenter({ ...loaded, consultation: after }, [
          text.timeToGoOn(of.reference, WAITED_FOR[waitedFor ?? 'course']),
          [operationButton('answer', of.id), operationButton('wait', of.id)],
        ]),
        ...(await tellLateSender(scope, { ...loaded, consultation: after }, waitedFor)),
      ],
    };
    return change;
  });
}

/** At work again; whoever was brought back to it has until the end of the next business day for a contact. */
function wokenUp({ consultation: of, cityTime }: LoadedConsultation, now: Date): Consultation {
  const contactOn: JapanDate = addBusinessDays(cityTime.calendar, japanDate(now), 1);
  return { ...of, ...goingOn(cityTime.calendar, of, contactOn, now) };
}

/** To the person in charge; while nobody is, into the triage thread. */
function tellCoreCenter(
  loaded: LoadedConsultation,
  [sentence, buttons]: [string, Parameters<typeof referenceMessage>[1]],
  actor?: string,
): OutboxEntry[] {
  const message = referenceMessage(sentence, buttons);
  return loaded.consultation.personInCharge === null
    ? replyEntriesIn('triage', loaded, message)
    : tellInCharge(loaded, message, actor);
}

/** Whoever did not reply in time may still do so. */
async function tellLateSender(
  scope: Scope,
  loaded: LoadedConsultation,
  waitedFor: WaitedFor | null,
): Promise<OutboxEntry[]> {
  const { id, reference, hasOpenQuestion } = loaded.consultation;
  if (waitedFor !== 'sender') return [];
  const wanted = hasOpenQuestion ? 'reply' : 'comment';
  const button = operationButton(wanted, id);
  const asked = await listAsked(scope.db, loaded, wanted);
  return asked.map((person) => tell(person, referenceMessage(text.stillAwaited(reference), [button])));
}
