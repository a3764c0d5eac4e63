/** 相談を送る: storing a new consultation, once per form, with a number that is never reused. */
import { eq, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { eraYear, fiscalYearOf, formatInstant, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { aboutCase, enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import { type CaseKey, keyRingOf, type Sealed } from '../../../vault/key-ring.ts';
import { caseKey } from '../../../vault/tables.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Center, type City, findCenterInCity } from '../../directory/data.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { operationButton, readButton, referenceMessage } from '../blocks.ts';
import { cardEntries } from '../cards/blocks.ts';
import { openCaseKeyOf, openContent } from '../content/data.ts';
import { type Consultation, cityTimeOf, contentPlace, loadConsultation } from '../data.ts';
import { indexSubject } from '../finding/mutations.ts';
import { formatReference } from '../finding/rules.ts';
import { storeTopics } from '../listing/mutations.ts';
import { tell } from '../notices.ts';
import { loadOffice, standingIn } from '../reminding/data.ts';
import { dueOf, storeDeadlines } from '../reminding/mutations.ts';
import { recipientsOf } from '../reminding/recipients.ts';
import {
  consultation,
  consultationContent,
  referenceNumber,
  SUBJECT_FIELDS,
  type SubjectField,
} from '../tables.ts';
import { consultationText as text } from '../text.ts';
import { maySend, newConsultation } from './rules.ts';
import type { ConsultationForm } from './schema.ts';
import { sendingText } from './text.ts';

export type SubmitRefusal = { reason: 'no-center' } | { reason: 'sent-before'; reference: string };

/**
 * Stores the form as a consultation, sealed, and tells sender and core center by reference.
 * @param submissionKey of the form: sent again, even at the same time, it stores nothing and returns the same reference
 */
export async function submitConsultation(
  scope: Scope,
  actor: Actor,
  form: ConsultationForm,
  submissionKey: string,
): Promise<Result<{ reference: string }, SubmitRefusal>> {
  const { db, now } = scope;
  const office = await findCenterInCity(db, form.center ?? actor.center.code);
  if (!office || office.center.closedAt || !maySend(actor, office.center)) {
    await noteRefusal(scope, actor, 'consultation.submit', { detail: { center: office?.center.code ?? '' } });
    return refused({ reason: 'no-center' });
  }
  const { city, center } = office;
  const { id, reference } = await takeNumber(scope, city, submissionKey);
  const { kind, urgency, topics, supports, desiredOn } = form;
  const row = newConsultation(
    {
      id,
      reference,
      kind,
      urgency,
      topics,
      supports,
      desiredOn,
      sendingCenter: center.code,
      sender: actor.slackUserId,
    },
    now,
  );
  try {
    await store(scope, actor, row, form, city, center);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // The same form was stored before. Was it changed since, the person must know that the change was not.
    if (!(await isAsStored(scope, id, form))) return refused({ reason: 'sent-before', reference });
  }
  scope.wakeCourier();
  return done({ reference });
}

async function store(
  scope: Scope,
  actor: Actor,
  row: Consultation,
  form: ConsultationForm,
  city: City,
  center: Center,
): Promise<void> {
  const { db, settings, now } = scope;
  const { caseKey: key, row: keyRow } = await (await keyRingOf(settings)).createCaseKey(row.id);
  const [content, findable] = await Promise.all([
    sealContent(key, row, form),
    indexSubject(scope, row, form.subject),
  ]);
  const entry = await nextEntry(`case:${row.id}`, EMPTY_CHAIN, {
    at: now,
    actor: actor.slackUserId,
    action: 'consultation.submit',
    outcome: 'done',
    ...scope.origin,
    caseId: row.id,
    detail: { reference: row.reference, center: center.code, kind: row.kind, urgency: row.urgency },
  });
  const cityTime = cityTimeOf(city);
  const due = dueOf({ consultation: row, offer: null, nextPlannedOn: null, cityTime });
  const stored = { ...row, dueAt: due.dueAt };
  const shown = {
    consultation: stored,
    sendingCenter: center,
    responsibleCenter: center,
    triageChannel: city.triageChannel,
    offer: null,
  };
  const entries = [
    ...cardEntries(shown),
    tell(row.sender, referenceMessage(sentToSender(stored), [readButton(stored)])),
    ...(stored.urgency === 'urgent' ? await urgentNotices(scope, actor, stored, center) : []),
  ];
  await runBatch(db, [
    appendEntry(db, entry),
    db.insert(consultation).values(stored),
    ...storeDeadlines(scope, stored, due.deadlines, cityTime),
    ...storeTopics(db, stored, []),
    ...findable,
    db.insert(caseKey).values(keyRow),
    db.insert(consultationContent).values({ consultationId: row.id, ...content }),
    enqueue(db, aboutCase(row.id, entries), now),
  ]);
}

/** 至急 does not wait until somebody looks into the channel: those on duty hear of it at once, day and night. */
async function urgentNotices(
  { db, now }: Scope,
  actor: Actor,
  of: Consultation,
  center: Center,
): Promise<OutboxEntry[]> {
  const office = await loadOffice(db, japanDate(now));
  if (!office) return [];
  const standing = standingIn(office, of, null, []);
  const message = referenceMessage(sendingText.urgentArrived(of.reference, escapeMrkdwn(center.short)), [
    operationButton('accept', of.id, 'primary'),
    readButton(of),
  ]);
  return recipientsOf({ standing, kind: 'accept' }, 'due', office, false)
    .filter(({ person }) => person !== actor.slackUserId)
    .map(({ person }) => tell(person, message));
}

/** What was promised: the deadline as it was reckoned, and where to turn when it cannot wait. */
function sentToSender(row: Consultation): string {
  const promise = row.dueAt ? text.acceptedBy(formatInstant(row.dueAt)) : '';
  return text.sentToSender(row.reference, row.urgency === 'urgent' ? `${promise}${text.emergency}` : promise);
}

/** Whether a consultation holds just what the form says. */
async function isAsStored(scope: Scope, id: string, form: ConsultationForm): Promise<boolean> {
  const loaded = await loadConsultation(scope, id);
  if (!loaded) return false;
  const { consultation: stored } = loaded;
  const content = await openContent(scope.db, await openCaseKeyOf(scope, id), stored);
  const shape = ({
    kind,
    urgency,
    topics,
    supports,
    desiredOn,
  }: Pick<ConsultationForm, 'kind' | 'urgency' | 'topics' | 'supports' | 'desiredOn'>) =>
    JSON.stringify([kind, urgency, topics, supports, desiredOn]);
  const typed = ({ body, subject }: Pick<ConsultationForm, 'body' | 'subject'>) =>
    JSON.stringify([body, ...SUBJECT_FIELDS.map((field) => subject[field] ?? null)]);
  return shape(stored) === shape(form) && typed(content) === typed(form);
}

async function sealContent(key: CaseKey, row: Consultation, form: ConsultationForm) {
  const sealed: Partial<Record<SubjectField, Sealed>> = {};
  const seals = SUBJECT_FIELDS.map(async (field) => {
    const value = form.subject[field];
    if (value !== undefined) sealed[field] = await key.seal(contentPlace(field, row), value);
  });
  const [body] = await Promise.all([key.seal(contentPlace('body', row), form.body), ...seals]);
  return { ...sealed, body };
}

/**
 * The number and id of a form, given at its first arrival. Should the consultation then fail to be stored, the number stays
 * with the form: the person sends it again and gets the same one.
 */
async function takeNumber(
  { db, now }: Scope,
  city: City,
  submissionKey: string,
): Promise<{ id: string; reference: string }> {
  const series = eraYear(fiscalYearOf(now, city.fiscalYearStart), city.fiscalYearStart);
  const [, rows] = await db.batch([
    db
      .insert(referenceNumber)
      .select(
        sql`SELECT ${submissionKey}, ${series}, coalesce(max(number), 0) + 1, ${crypto.randomUUID()} FROM reference_number WHERE series = ${series}`,
      )
      .onConflictDoNothing(),
    db.select().from(referenceNumber).where(eq(referenceNumber.submissionKey, submissionKey)),
  ]);
  const [taken] = rows;
  if (!taken) throw new Error('the form got no number');
  return { id: taken.consultationId, reference: formatReference(taken.series, taken.number) };
}
