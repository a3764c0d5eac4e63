/**
 * What is due when, and when to remind of it. Pure. Spans run in the city's business time; 至急 runs by the clock until it
 * was answered, nights and holidays included.
 */
import {
  addBusinessDays,
  addBusinessMinutes,
  type BusinessCalendar,
  closingAt,
} from '../../../lib/business-time.ts';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import type { Span } from '../../../lib/span.ts';
import type { CityDeadlines } from '../../directory/deadlines/schema.ts';
import { needsManagerToClose } from '../rules.ts';
import type { DeadlineKind, Status, Topic, Urgency } from '../words.ts';

/** The spans of one urgency. */
export interface UrgencySpans {
  accept: Span;
  answer: Span;
  contact: Span;
}

export type DeadlinePolicy = Record<Urgency, UrgencySpans> & { closing: Span; handover: Span };

/** kikan's own, where a city sets none. The closing span is the rule of the issue: five business days. */
export const DEFAULT_DEADLINES: DeadlinePolicy = {
  urgent: { accept: { minutes: 30 }, answer: { minutes: 240 }, contact: { businessDays: 1 } },
  soon: { accept: { businessDays: 1 }, answer: { businessDays: 2 }, contact: { businessDays: 5 } },
  normal: { accept: { businessDays: 3 }, answer: { businessDays: 5 }, contact: { businessDays: 10 } },
  closing: { businessDays: 5 },
  handover: { businessDays: 3 },
};

export function policyOf(city: CityDeadlines): DeadlinePolicy {
  const standard = DEFAULT_DEADLINES;
  return {
    urgent: { ...standard.urgent, ...city.urgent },
    soon: { ...standard.soon, ...city.soon },
    normal: { ...standard.normal, ...city.normal },
    closing: city.closing ?? standard.closing,
    handover: city.handover ?? standard.handover,
  };
}

/** What the deadlines of a case depend on. */
export interface DueFacts {
  status: Status;
  urgency: Urgency;
  topics: readonly Topic[];
  submittedAt: Date;
  desiredOn: JapanDate | null;
  personInCharge: string | null;
  releasedAt: Date | null;
  proposedPerson: string | null;
  proposedAt: Date | null;
  firstAnsweredAt: Date | null;
  lastContactAt: Date | null;
  acceptedAt: Date | null;
  closingProposedAt: Date | null;
  returnByOn: JapanDate | null;
  snoozedDeadline: DeadlineKind | null;
  snoozedUntil: Date | null;
  /** Of the open hand-over. */
  offerExpiresAt: Date | null;
  /** The earliest activity that is planned and not yet recorded. */
  nextPlannedOn: JapanDate | null;
}

export interface Deadline {
  kind: DeadlineKind;
  dueAt: Date;
}

/** When a span that begins at `from` ends. Days end at closing time; minutes of 至急 run by the clock. */
export function endOfSpan(calendar: BusinessCalendar, from: Date, span: Span, isByClock: boolean): Date {
  if ('businessDays' in span)
    return closingAt(calendar, addBusinessDays(calendar, japanDate(from), span.businessDays));
  return isByClock
    ? new Date(from.getTime() + span.minutes * 60_000)
    : addBusinessMinutes(calendar, from, span.minutes);
}

/** The deadlines of a case as it stands; none for one that has ended. */
export function deadlinesOf(facts: DueFacts, policy: DeadlinePolicy, calendar: BusinessCalendar): Deadline[] {
  const due = dueByKind(facts, policy, calendar);
  const kinds: DeadlineKind[] = [
    'accept',
    'claim',
    'assignment',
    'answer',
    'contact',
    'handover',
    'return',
    'activity',
    'closing',
  ];
  return kinds.flatMap((kind) => {
    const at = due[kind];
    if (!at) return [];
    const isPutOff = facts.snoozedDeadline === kind && facts.snoozedUntil !== null && facts.snoozedUntil > at;
    return [{ kind, dueAt: isPutOff && facts.snoozedUntil ? facts.snoozedUntil : at }];
  });
}

function dueByKind(
  facts: DueFacts,
  policy: DeadlinePolicy,
  calendar: BusinessCalendar,
): Partial<Record<DeadlineKind, Date>> {
  const { status } = facts;
  const spans = policy[facts.urgency];
  const isByClock = facts.urgency === 'urgent';
  const end = (from: Date, span: Span) => endOfSpan(calendar, from, span, isByClock);
  if (status === 'submitted') return { accept: end(facts.submittedAt, spans.accept) };
  if (status === 'closing')
    return {
      ...heldInFront(facts, calendar),
      ...ownership(facts, (from) => end(from, spans.accept)),
      ...present('closing', facts.closingProposedAt, (from) => end(from, policy.closing)),
    };
  if (status !== 'accepted' && status !== 'active' && status !== 'waiting') return {};
  return {
    ...heldInFront(facts, calendar),
    ...ownership(facts, (from) => end(from, spans.accept)),
    ...(facts.firstAnsweredAt === null
      ? { answer: answerDue(facts, end(facts.submittedAt, spans.answer), calendar) }
      : {}),
    // Who waits for somebody has set a date of their own.
    ...(facts.firstAnsweredAt !== null && status !== 'waiting'
      ? present('contact', facts.lastContactAt, (from) => end(from, spans.contact))
      : {}),
    ...present('handover', facts.offerExpiresAt, (at) => at),
  };
}

/** The earlier of the city's deadline and the day that the sender asked for. */
function answerDue(facts: DueFacts, byPolicy: Date, calendar: BusinessCalendar): Date {
  if (facts.desiredOn === null) return byPolicy;
  const wished = closingAt(calendar, facts.desiredOn);
  return wished > facts.submittedAt && wished < byPolicy ? wished : byPolicy;
}

function ownership(facts: DueFacts, end: (from: Date) => Date): Partial<Record<DeadlineKind, Date>> {
  const since = facts.releasedAt ?? facts.acceptedAt ?? facts.submittedAt;
  return {
    ...(facts.personInCharge === null ? { claim: end(since) } : {}),
    ...(facts.proposedPerson === null ? {} : present('assignment', facts.proposedAt, end)),
  };
}

function heldInFront(facts: DueFacts, calendar: BusinessCalendar): Partial<Record<DeadlineKind, Date>> {
  return {
    ...present('return', facts.returnByOn, (on) => closingAt(calendar, on)),
    // Held on Friday, recorded by Monday evening.
    ...present('activity', facts.nextPlannedOn, (on) =>
      closingAt(calendar, addBusinessDays(calendar, on, 1)),
    ),
  };
}

function present<Fact>(
  kind: DeadlineKind,
  fact: Fact | null,
  end: (fact: Fact) => Date,
): Partial<Record<DeadlineKind, Date>> {
  return fact === null ? {} : { [kind]: end(fact) };
}

/** The date that lists and cards show: the earliest that people must act on. A closing that ends by itself is none. */
export function earliestDue(facts: DueFacts, deadlines: readonly Deadline[]): Date | null {
  const times = deadlines
    .filter(({ kind }) => kind !== 'closing' || needsManagerToClose(facts))
    .map(({ dueAt }) => dueAt.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** A closing, an offer and an asked colleague follow from what somebody else did: these are answered, not put off. */
export function isPutOffByPeople(kind: DeadlineKind): boolean {
  return kind !== 'closing' && kind !== 'handover' && kind !== 'assignment';
}

export const STAGES = ['before', 'due', 'deputy', 'manager'] as const;
export type Stage = (typeof STAGES)[number];

export interface Reminding {
  stage: Stage;
  at: Date;
}

/** Minutes by the clock, of 至急: before it is due, and after, until the deputy and then the managers hear of it. */
const URGENT_MINUTES = { before: -10, due: 0, deputy: 15, manager: 30 } as const;
/** Business minutes, of all else. */
const BUSINESS_MINUTES = { before: -120, due: 0, deputy: 60, manager: 120 } as const;
/** Reminded of a business day ahead: what takes more than two hours to prepare. */
const DAY_AHEAD: readonly DeadlineKind[] = ['contact', 'handover', 'return', 'activity', 'closing'];
/** Of 至急, those that run by the clock: until somebody is on it and has answered. */
const BY_CLOCK: readonly DeadlineKind[] = ['accept', 'claim', 'assignment', 'answer'];

export function runsByClock(kind: DeadlineKind, urgency: Urgency): boolean {
  return urgency === 'urgent' && BY_CLOCK.includes(kind);
}

/** The four reminders of a deadline, in their order. */
export function remindersOf(
  { kind, dueAt }: Deadline,
  urgency: Urgency,
  calendar: BusinessCalendar,
): Reminding[] {
  if (runsByClock(kind, urgency))
    return STAGES.map((stage) => ({
      stage,
      at: new Date(dueAt.getTime() + URGENT_MINUTES[stage] * 60_000),
    }));
  const ahead = DAY_AHEAD.includes(kind)
    ? calendar.opensMinute - calendar.closesMinute
    : BUSINESS_MINUTES.before;
  return STAGES.map((stage) => ({
    stage,
    at:
      stage === 'due'
        ? dueAt
        : addBusinessMinutes(calendar, dueAt, stage === 'before' ? ahead : BUSINESS_MINUTES[stage]),
  }));
}

/** When the next reminder is to be given, of a deadline that is new at `now`; null when all lie behind. */
export function nextReminderAt(reminders: readonly Reminding[], now: Date): Date | null {
  return reminders.find(({ at }) => at > now)?.at ?? null;
}
