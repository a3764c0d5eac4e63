/** The form of a kind of meeting: what stands in its inputs, and what they come to as the city file has it. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { MailAddress } from '../../../mail/schema.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import {
  type AttendeeRule,
  readAttendees,
  readDayOfMonth,
  writeAttendees,
  writeDayOfMonth,
} from '../../directory/meeting-kinds/rules.ts';
import { type MeetingKindFile, MeetingKindSchema, tidyKind } from '../../directory/meeting-kinds/schema.ts';
import { HOSTS, type Host } from '../../directory/meeting-kinds/words.ts';
import { kindsText as text } from './text.ts';

/** Which kind a form is of, null for a new one, and `mutations.markOfKind` of what it showed. */
export interface KindState {
  id: string | null;
  seen: string;
}

/** The rules that a box is ticked for, in their order. */
export const RULE_BOXES = ['managers', 'one-per-center', 'kikan', 'city', 'district', 'everyone'] as const;
export type RuleBox = (typeof RULE_BOXES)[number];

export type KindErrors = Record<string, string>;

/** What the attendee inputs hold. */
export interface AttendeeInputs {
  boxes: readonly RuleBox[];
  professions: readonly string[];
  people: readonly string[];
  /** A line each. */
  guests: string;
  outside: string;
}

/** @returns inputs from which `readAttendeeInputs` gives the same rules back, sorted by input */
export function attendeeInputs(rules: readonly AttendeeRule[]): AttendeeInputs {
  return {
    boxes: RULE_BOXES.filter((box) => rules.some((rule) => boxOf(rule) === box)),
    professions: rules.flatMap((rule) => (rule.who === 'profession' ? [rule.profession] : [])),
    people: rules.flatMap((rule) => (rule.who === 'person' ? [rule.slackUserId] : [])),
    guests: rules
      .flatMap((rule) => (rule.who === 'guest' ? [`${rule.name} <${rule.email}>`] : []))
      .join('\n'),
    outside: rules.flatMap((rule) => (rule.who === 'outside' ? [rule.name] : [])).join('、'),
  };
}

function boxOf(rule: AttendeeRule): RuleBox | undefined {
  switch (rule.who) {
    case 'of-kind':
      return rule.kind;
    case 'managers':
    case 'everyone':
    case 'one-per-center':
      return rule.who;
    default:
      return undefined;
  }
}

function ruleOf(box: RuleBox): AttendeeRule {
  switch (box) {
    case 'kikan':
    case 'city':
    case 'district':
      return { who: 'of-kind', kind: box };
    default:
      return { who: box };
  }
}

/** Reads who attends; every fault is told beside its field. */
export function readAttendeeInputs(inputs: AttendeeInputs): Result<AttendeeRule[], KindErrors> {
  const guests = readGuests(inputs.guests);
  const outside = readOutside(inputs.outside);
  const errors = { ...(guests.ok ? {} : guests.refusal), ...(outside.ok ? {} : outside.refusal) };
  if (!guests.ok || !outside.ok) return refused(errors);
  return done([
    ...inputs.boxes.map(ruleOf),
    ...inputs.professions.map((profession): AttendeeRule => ({ who: 'profession', profession })),
    ...inputs.people.map((slackUserId): AttendeeRule => ({ who: 'person', slackUserId })),
    ...guests.value,
    ...outside.value,
  ]);
}

function readGuests(typed: string): Result<AttendeeRule[], KindErrors> {
  const guests: AttendeeRule[] = [];
  for (const [position, line] of typed.split('\n').entries()) {
    if (fold(line) === '') continue;
    const [, name = '', address = ''] = /^([^<>,、，;；]+)<([^<>\s,;]+)>$/u.exec(fold(line)) ?? [];
    const email = v.safeParse(MailAddress, address);
    if (name.trim() === '' || !email.success) return refused({ guests: text.errors.guestLine(position + 1) });
    guests.push({ who: 'guest', name: name.trim(), email: email.output });
  }
  return done(guests);
}

/** Names only: what would be read as a rule is chosen above. */
function readOutside(typed: string): Result<AttendeeRule[], KindErrors> {
  const rules = readAttendees(typed.replaceAll('\n', '、'));
  const [other] = rules.filter(({ who }) => who !== 'outside');
  return other ? refused({ outside: text.errors.reserved(writeAttendees([other])) }) : done(rules);
}

/** Reads the form as a kind of the city file; every fault stands beside its field. */
export function readKindForm(values: FormValues): Result<MeetingKindFile, KindErrors> {
  const attendees = readAttendeeInputs({
    boxes: RULE_BOXES.filter((box) => listValue(values, 'rules').includes(box)),
    professions: listValue(values, 'professions'),
    people: listValue(values, 'people'),
    guests: textValue(values, 'guests') ?? '',
    outside: textValue(values, 'outside') ?? '',
  });
  const quorum = readQuorum(textValue(values, 'quorum'));
  const flags = listValue(values, 'flags');
  const words = attendees.ok ? writeAttendees(attendees.value) : '';
  const parsed = v.safeParse(MeetingKindSchema, {
    name: fold(textValue(values, 'name') ?? ''),
    host: hostOf(textValue(values, 'host')),
    ...textsOf(values, ['heldBy', 'place', 'url', 'channel', 'starts', 'holidays']),
    ...(words === '' ? {} : { attendees: words }),
    months: listValue(values, 'months').map(Number),
    ...dayOf(values),
    minutes: Number(fold(textValue(values, 'minutes') ?? '').replace(/分$/u, '') || Number.NaN),
    ...(quorum.ok && quorum.value !== undefined ? { quorum: quorum.value } : {}),
    private: flags.includes('private'),
    training: flags.includes('training'),
  });
  const errors: KindErrors = {
    ...(parsed.success ? {} : faultsOf(parsed.issues)),
    ...(attendees.ok ? {} : attendees.refusal),
    ...(quorum.ok ? {} : quorum.refusal),
  };
  if (!parsed.success || Object.keys(errors).length > 0) return refused(errors);
  return done(tidyKind(parsed.output));
}

function hostOf(value: string | null): Host | undefined {
  return HOSTS.find((each) => each === value);
}

function textsOf(values: FormValues, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = textValue(values, field);
      return value === null ? [] : [[field, value]];
    }),
  );
}

/** As the city file writes it, however it was typed; what is no day is refused by the schema. */
function dayOf(values: FormValues): { day?: string } {
  const typed = textValue(values, 'day');
  if (typed === null) return {};
  const day = readDayOfMonth(typed);
  return { day: day ? writeDayOfMonth(day) : typed };
}

function readQuorum(typed: string | null): Result<number | 'majority' | undefined, KindErrors> {
  const folded = fold(typed ?? '');
  if (folded === '' || folded === 'なし') return done(undefined);
  if (folded === '過半数' || folded === 'majority') return done('majority');
  const [, number] = /^(\d{1,3})(?:センター)?$/u.exec(folded) ?? [];
  const count = Number(number);
  return count >= 1 && count <= 100 ? done(count) : refused({ quorum: text.errors.quorum });
}

/** By the first part of each issue's place; who attends is spread over several inputs. */
function faultsOf(issues: readonly v.BaseIssue<unknown>[]): KindErrors {
  return Object.fromEntries(
    issues.map((issue) => {
      const field = String(issue.path?.[0]?.key ?? 'name');
      return field === 'attendees' ? ['people', text.errors.tooMany] : [field, issue.message];
    }),
  );
}
