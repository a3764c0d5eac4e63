/** 期限を延ばす: a deadline is put off, with a reason that stays with the case. */
import { addBusinessDays, closingAt } from '../../../lib/business-time.ts';
import { addDays, formatInstant, isCalendarDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { contextLine, option } from '../../../slack/block-kit.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { datePicker, input, radio, select } from '../../../slack/inputs.ts';
import { dueFactsOf, type LoadedConsultation } from '../data.ts';
import { type CasePart, formInSlack } from '../forms.ts';
import { paragraph } from '../inputs.ts';
import { type Deadline, deadlinesOf, isPutOffByPeople } from '../reminding/rules.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, DEADLINES, SNOOZE_REASONS } from '../words.ts';
import { type Snooze, snoozeDeadline } from './mutations.ts';
import { snoozingText as text } from './text.ts';

const MAX_DAYS = 30;

const snoozeForm = formInSlack<Snooze>({
  operation: 'snooze',
  title: text.title,
  submit: text.submit,
  // A form that found nothing to put off holds only the note.
  mainField: (values) => ('deadline' in values ? 'deadline' : 'note'),
  blocks({ loaded, today }) {
    const deadlines = snoozable(loaded);
    if (deadlines.length === 0) return [contextLine(text.none), input('note', text.note, paragraph(''))];
    const { calendar } = loaded.cityTime;
    // Later than each of them, so that the date that the form begins with is accepted for any.
    const latest = deadlines
      .map(({ dueAt }) => japanDate(dueAt))
      .reduce((one, other) => (one > other ? one : other), today);
    const choices = deadlines.map(({ kind, dueAt }) =>
      option(kind, `${DEADLINES[kind]}（${formatInstant(dueAt)}）`),
    );
    return [
      input('deadline', text.deadline, radio(choices, choices[0]?.value), true),
      input('until', text.until, datePicker(addBusinessDays(calendar, latest, 1)), true),
      input(
        'reason',
        text.reason,
        select(
          codesOf(SNOOZE_REASONS).map((code) => option(code, SNOOZE_REASONS[code])),
          { placeholder: consultationText.selectPlaceholder },
        ),
        true,
      ),
      input('note', text.note, paragraph('')),
    ];
  },
  read: (values, { loaded, today }) => readSnooze(values, loaded, today),
  store: snoozeDeadline,
});

export const snoozing: CasePart = { operations: { snooze: snoozeForm } };

/** What follows from somebody else's step (a closing, an offer) is not put off. */
function snoozable(loaded: LoadedConsultation): Deadline[] {
  const { policy, calendar } = loaded.cityTime;
  return deadlinesOf(dueFactsOf(loaded), policy, calendar).filter(({ kind }) => isPutOffByPeople(kind));
}

function readSnooze(
  values: FormValues,
  loaded: LoadedConsultation,
  today: JapanDate,
): Result<Snooze, FieldErrors> {
  const { errors } = consultationText;
  if (!('deadline' in values)) return refused({ note: text.none });
  const chosen = textValue(values, 'deadline');
  const deadline = snoozable(loaded).find(({ kind }) => kind === chosen);
  if (!deadline) return refused({ deadline: errors.choose });
  const on = textValue(values, 'until');
  if (on === null || !isCalendarDate(on)) return refused({ until: errors.notDate });
  const until = closingAt(loaded.cityTime.calendar, on);
  if (until <= deadline.dueAt || on < today) return refused({ until: text.notLater });
  if (on > addDays(today, MAX_DAYS)) return refused({ until: text.tooLate });
  const reason = codesOf(SNOOZE_REASONS).find((code) => code === textValue(values, 'reason'));
  if (!reason) return refused({ reason: errors.choose });
  const note = readOptional(values, 'note', MAX_BODY);
  if (!note.ok) return refused({ note: note.refusal });
  if (reason === 'other' && note.value === null) return refused({ note: text.noteNeeded });
  return done({ kind: deadline.kind, until, reason, remark: note.value });
}
