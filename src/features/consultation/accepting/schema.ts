/** What the forms of 受付不可 and of 緊急度・分類 may hold. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import {
  codesOf,
  DECLINE_REASONS,
  type DeclineReason,
  SUPPORTS,
  type Support,
  TOPICS,
  type Topic,
  URGENCIES,
  type Urgency,
} from '../words.ts';
import { acceptingText as text } from './text.ts';

export interface Declining {
  reason: DeclineReason;
  note: string | null;
}

/** その他 says nothing by itself: it needs an explanation. */
export function readDeclining(values: FormValues): Result<Declining, FieldErrors> {
  const chosen = textValue(values, 'reason');
  const reason = codesOf(DECLINE_REASONS).find((code) => code === chosen);
  const note = readOptional(values, 'note', MAX_BODY);
  if (!reason || !note.ok)
    return refused({
      ...(reason ? {} : { reason: consultationText.errors.choose }),
      ...(note.ok ? {} : { note: note.refusal }),
    });
  if (reason === 'other' && note.value === null) return refused({ note: text.decline.noteNeeded });
  return done({ reason, note: note.value });
}

export interface Classification {
  urgency: Urgency;
  topics: Topic[];
  supports: Support[];
}

export function readClassification(values: FormValues): Result<Classification, FieldErrors> {
  const chosen = textValue(values, 'urgency');
  const urgency = codesOf(URGENCIES).find((code) => code === chosen);
  if (!urgency) return refused({ urgency: consultationText.errors.choose });
  return done({
    urgency,
    topics: codesOf(TOPICS).filter((code) => listValue(values, 'topics').includes(code)),
    supports: codesOf(SUPPORTS).filter((code) => listValue(values, 'supports').includes(code)),
  });
}

/** Reads a form whose only input is a text that may be left out. */
export function readNote(values: FormValues): Result<string | null, FieldErrors> {
  const note = readOptional(values, 'note', MAX_BODY);
  return note.ok ? note : refused({ note: note.refusal });
}
