/** What may become of a question that nobody could answer, and when its owner is reminded. Pure. */
import { fold } from '../../../lib/japanese.ts';
import { daysBetween, type JapanDate, japanDate, japanHour } from '../../../lib/jst.ts';
import type { OpenQuestionState } from '../words.ts';

export const MAX_WORDS = 500;
export const MAX_REASON = 500;
/** From this hour of Japan on people are reminded. */
const REMINDING_HOUR = 9;
const DAYS_BETWEEN_REMINDERS = 7;

/** `質問-0007`. */
export function formatQuestionReference(number: number): string {
  return `質問-${String(number).padStart(4, '0')}`;
}

/** Reads `質問-0007` and `7`, in any width; undefined for anything else. */
export function readQuestionNumber(text: string): number | undefined {
  const [, digits] = /^(?:質問-?)?0*(\d{1,9})$/.exec(fold(text)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

export function isOverdue(
  { state, dueOn }: { state: OpenQuestionState; dueOn: JapanDate | null },
  today: JapanDate,
): boolean {
  return state === 'open' && dueOn !== null && dueOn < today;
}

export function isReminderHour(now: Date): boolean {
  return japanHour(now) >= REMINDING_HOUR;
}

/**
 * What the owner is reminded of at an instant, as `faq_notice` has it: on the day itself, then each week that it is overdue. Undefined
 * while nothing is due. Another day, or another owner, is another reminder.
 */
export function reminderOf(
  { dueOn }: { dueOn: JapanDate | null },
  now: Date,
): { what: string; isLate: boolean } | undefined {
  const today = japanDate(now);
  if (dueOn === null || dueOn > today || !isReminderHour(now)) return undefined;
  const week = Math.floor(daysBetween(dueOn, today) / DAYS_BETWEEN_REMINDERS);
  return { what: `due/${dueOn}/${week}`, isLate: dueOn < today };
}
