/** Input of votes, decisions and new deadlines: read by field, every fault told beside its field. */
import { isCalendarDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { instantAt } from '../calling/rules.ts';
import type { Vote } from '../words.ts';
import { isVote } from './rules.ts';
import { pollText as text } from './text.ts';

export const MAX_REASON = 500;

interface Candidates {
  /** In order. */
  dates: readonly { id: string; startsAt: Date }[];
}

export interface Decision {
  dateId: string;
  answerBy: JapanDate | null;
  agendaBy: JapanDate | null;
  /** Why, where the quorum is not kept; typed, and sealed. */
  reason: string | null;
}

/** The block of one date's vote: another one for each center, since Slack keeps what was chosen where ids stay. */
export function voteBlock(dateId: string, center: string): string {
  return `${dateId}/${center}`;
}

/** A word for each date of the poll. */
export function readVote(
  values: FormValues,
  { dates }: Candidates,
  center: string,
): Result<Record<string, Vote>, Record<string, string>> {
  const answers: Record<string, Vote> = {};
  const errors: Record<string, string> = {};
  for (const { id } of dates) {
    const word = textValue(values, voteBlock(id, center));
    if (isVote(word)) answers[id] = word;
    else errors[voteBlock(id, center)] = text.errors.required;
  }
  return Object.keys(errors).length > 0 ? refused(errors) : done(answers);
}

/** A new deadline: to come, and before the last candidate. */
export function readDeadline(
  values: FormValues,
  { dates }: Candidates,
  now: Date,
): Result<Date, Record<string, string>> {
  const on = textValue(values, 'on') ?? '';
  const closesAt = instantAt(on, textValue(values, 'at') ?? '');
  if (!isCalendarDate(on)) return refused({ on: text.errors.notDate });
  if (closesAt === undefined) return refused({ at: text.errors.notTime });
  if (closesAt <= now) return refused({ on: text.errors.past });
  const last = dates.at(-1);
  if (last && closesAt >= last.startsAt) return refused({ on: text.errors.afterCandidates });
  return done(closesAt);
}

export function readDecision(
  values: FormValues,
  { dates }: Candidates,
  now: Date,
): Result<Decision, Record<string, string>> {
  const chosen = dates.find(({ id }) => id === textValue(values, 'date'));
  if (!chosen) return refused({ date: text.errors.notDate });
  const meetsOn = japanDate(chosen.startsAt);
  const reason = textValue(values, 'reason')?.trim() ?? null;
  const errors = {
    ...faultOfDay(values, 'answerBy', meetsOn, now),
    ...faultOfDay(values, 'agendaBy', meetsOn, now),
    ...(reason !== null && reason.length > MAX_REASON ? { reason: text.errors.tooLong(MAX_REASON) } : {}),
  };
  if (Object.keys(errors).length > 0) return refused(errors);
  return done({
    dateId: chosen.id,
    answerBy: textValue(values, 'answerBy'),
    agendaBy: textValue(values, 'agendaBy'),
    reason,
  });
}

/** A date until which people answer is one from today on, until the meeting; or none. */
function faultOfDay(
  values: FormValues,
  field: string,
  meetsOn: JapanDate,
  now: Date,
): Record<string, string> {
  const on = textValue(values, field);
  if (on === null) return {};
  if (!isCalendarDate(on)) return { [field]: text.errors.notDate };
  if (on < japanDate(now)) return { [field]: text.errors.beforeToday };
  return on > meetsOn ? { [field]: text.errors.afterMeeting } : {};
}
