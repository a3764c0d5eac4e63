/** The form of an item of the agenda. */
import { characterCount } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { readSubject, type Subject } from './rules.ts';
import { agendaText as text } from './text.ts';

export const MAX_TITLE = 200;
const MAX_MINUTES = 480;

export const AGENDA_FIELDS = { title: 'title', minutes: 'minutes', subject: 'subject' } as const;

export interface AgendaForm {
  title: string;
  minutes: number | null;
  subject: Subject | null;
}

export type AgendaFaults = Partial<Record<keyof typeof AGENDA_FIELDS, string>>;

/** Reads the form by field; every fault is told beside its field. */
export function readAgendaForm(values: FormValues): Result<AgendaForm, AgendaFaults> {
  const title = textValue(values, AGENDA_FIELDS.title);
  const typedMinutes = textValue(values, AGENDA_FIELDS.minutes);
  const typedSubject = textValue(values, AGENDA_FIELDS.subject);
  const minutes = typedMinutes === null ? null : readMinutes(typedMinutes);
  const subject = typedSubject === null ? null : readSubject(typedSubject);
  const { errors } = text;
  const faults: AgendaFaults = {
    ...(title === null ? { title: errors.required } : {}),
    ...(title !== null && characterCount(title) > MAX_TITLE ? { title: errors.tooLong(MAX_TITLE) } : {}),
    ...(minutes === undefined ? { minutes: errors.minutes(MAX_MINUTES) } : {}),
    ...(subject === undefined ? { subject: errors.subject } : {}),
  };
  if (title === null || minutes === undefined || subject === undefined || Object.keys(faults).length > 0)
    return refused(faults);
  return done({ title, minutes, subject });
}

function readMinutes(typed: string): number | undefined {
  const [, digits] = /^(\d{1,3})分?$/.exec(typed.normalize('NFKC').trim()) ?? [];
  const minutes = Number(digits ?? '0');
  return minutes >= 1 && minutes <= MAX_MINUTES ? minutes : undefined;
}
