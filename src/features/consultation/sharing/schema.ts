/** What the forms of 共有 hold, and which page of the shared notes a button asks for. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readOptional, readText } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, type SharingKind, TOPICS, type Topic } from '../words.ts';
import { DECISIONS, type Decision } from './rules.ts';
import { sharingText as text } from './text.ts';

export const TEXT_FIELDS = ['matter', 'response', 'prevention'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** 再発防止 is told of incidents only. */
export interface SharedTexts {
  matter: string;
  response: string;
  prevention: string | null;
}

export function fieldsOf(kind: SharingKind): TextField[] {
  return TEXT_FIELDS.filter((field) => field !== 'prevention' || kind === 'incident');
}

export function readTexts(values: FormValues, kind: SharingKind): Result<SharedTexts, FieldErrors> {
  const faults: FieldErrors = {};
  const read = (field: TextField): string => {
    const typed = readText(values, field, MAX_BODY);
    if (typed.ok) return typed.value;
    faults[field] = typed.refusal;
    return '';
  };
  const texts: SharedTexts = {
    matter: read('matter'),
    response: read('response'),
    prevention: kind === 'incident' ? read('prevention') : null,
  };
  return Object.keys(faults).length === 0 ? done(texts) : refused(faults);
}

/** Block id and value of the box under words that may be personal data. */
export const CONFIRMED = 'confirmed';

export function isConfirmed(values: FormValues): boolean {
  return listValue(values, CONFIRMED).includes(CONFIRMED);
}

export interface Settlement {
  decision: Decision;
  reason: string | null;
}

/** A block id for each set of choices: Slack keeps what was chosen where the id stays, also when it can be chosen no more. */
export function decisionField(decisions: readonly Decision[]): string {
  return `decision_${decisions.join('_')}`;
}

/** @param decisions what may be decided now */
export function readSettlement(
  values: FormValues,
  decisions: readonly Decision[],
): Result<Settlement, FieldErrors> {
  const field = decisionField(decisions);
  // What another manager made impossible meanwhile is told when it is stored.
  const chosen = textValue(values, field) ?? decidedBefore(values);
  const decision = DECISIONS.find((each) => each === chosen);
  if (!decision)
    return refused(
      decisions.length > 0 ? { [field]: consultationText.errors.choose } : { reason: text.settle.nothing },
    );
  const reason = readOptional(values, 'reason', MAX_BODY);
  if (!reason.ok) return refused({ reason: reason.refusal });
  if (decision === 'return' && reason.value === null) return refused({ reason: text.errors.reasonNeeded });
  return done({ decision, reason: reason.value });
}

/** The choice of a form that was opened in another state of the proposal. */
function decidedBefore(values: FormValues): string | null {
  const field = Object.keys(values).find((each) => each.startsWith('decision_'));
  return field === undefined ? null : textValue(values, field);
}

/** Behind which note a page begins. */
export interface NotePlace {
  settledAt: number;
  id: string;
}

export interface NotesQuery {
  topic?: Topic;
  before?: NotePlace;
}

/** Slack refuses an empty value of a button. */
export const ANY_TOPIC = 'any';

export function formatQuery({ topic, before }: NotesQuery): string {
  return [topic ?? ANY_TOPIC, ...(before ? [before.settledAt, before.id] : [])].join('/');
}

/** Takes what `formatQuery` gives; anything else is the first page of all. */
export function readQuery(value: string): NotesQuery {
  const [code, at, id] = value.split('/');
  const topic = codesOf(TOPICS).find((each) => each === code);
  const settledAt = Number(at);
  return {
    ...(topic ? { topic } : {}),
    ...(id && at && Number.isSafeInteger(settledAt) ? { before: { settledAt, id } } : {}),
  };
}
