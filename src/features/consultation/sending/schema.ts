/** What a consultation form may hold: reads a submitted modal, or says beside each field what is wrong with it. */
import { fold, foldNumber, toHiragana } from '../../../lib/japanese.ts';
import { isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import type { PhoneReader } from '../../../lib/phone.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { atMost, type FieldErrors, MAX_BODY, readText } from '../schema.ts';
import { SUBJECT_FIELDS, type SubjectField } from '../tables.ts';
import { consultationText } from '../text.ts';
import {
  codesOf,
  KINDS,
  type Kind,
  SUPPORTS,
  type Support,
  TOPICS,
  type Topic,
  URGENCIES,
  type Urgency,
} from '../words.ts';

const errors = consultationText.errors;

const MAX_NAME = 60;
const MAX_ADDRESS = 200;

export interface ConsultationForm {
  /** Only in the form of core staff, who enter for a center. */
  center: string | null;
  kind: Kind;
  urgency: Urgency;
  topics: Topic[];
  supports: Support[];
  desiredOn: JapanDate | null;
  subject: Partial<Record<SubjectField, string>>;
  body: string;
}

/** Reads the submitted form; `today` is the date in Japan. */
export function readConsultationForm(
  values: FormValues,
  today: JapanDate,
  readPhone: PhoneReader,
): Result<ConsultationForm, FieldErrors> {
  const faults: FieldErrors = {};
  const keep = <Value>(field: string, result: Result<Value, string>): Value | undefined => {
    if (result.ok) return result.value;
    faults[field] = result.refusal;
    return undefined;
  };
  // Slack asks for it by itself; a page may bring it empty.
  if ('center' in values && textValue(values, 'center') === null) faults.center = errors.chooseCenter;
  const kind = keep('kind', oneOf(codesOf(KINDS), textValue(values, 'kind')));
  const urgency = keep('urgency', oneOf(codesOf(URGENCIES), textValue(values, 'urgency')));
  const body = keep('body', readText(values, 'body', MAX_BODY));
  const desiredOn = keep('desiredOn', readDesiredOn(textValue(values, 'desiredOn'), today));
  const subject: ConsultationForm['subject'] = {};
  for (const field of SUBJECT_FIELDS) {
    const value = keep(field, readSubjectField(field, textValue(values, field), kind, readPhone));
    if (value) subject[field] = value;
  }
  if (
    kind === undefined ||
    urgency === undefined ||
    body === undefined ||
    desiredOn === undefined ||
    Object.keys(faults).length > 0
  )
    return refused(faults);
  return done({
    center: textValue(values, 'center'),
    kind,
    urgency,
    topics: codesOf(TOPICS).filter((code) => listValue(values, 'topics').includes(code)),
    supports: codesOf(SUPPORTS).filter((code) => listValue(values, 'supports').includes(code)),
    desiredOn,
    subject,
    body,
  });
}

function oneOf<Value extends string>(codes: readonly Value[], chosen: string | null): Result<Value, string> {
  const code = codes.find((each) => each === chosen);
  return code ? done(code) : refused(errors.choose);
}

function readDesiredOn(text: string | null, today: JapanDate): Result<JapanDate | null, string> {
  if (text === null) return done(null);
  if (!isCalendarDate(text)) return refused(errors.notDate);
  return text < today ? refused(errors.past) : done(text);
}

function readSubjectField(
  field: SubjectField,
  text: string | null,
  kind: Kind | undefined,
  readPhone: PhoneReader,
): Result<string | null, string> {
  if (kind === 'operation') return text === null ? done(null) : refused(errors.noPersonalData);
  if (text === null)
    return field === 'subjectName' && kind === 'individual' ? refused(errors.subjectNeeded) : done(null);
  return SUBJECT_READERS[field](text, readPhone);
}

const SUBJECT_READERS: Record<
  SubjectField,
  (text: string, readPhone: PhoneReader) => Result<string, string>
> = {
  subjectName: (text) => atMost(text.trim(), MAX_NAME),
  subjectKana: (text) => {
    const kana = toHiragana(fold(text));
    return /^[\p{Script=Hiragana}ー・\s]+$/u.test(kana) ? atMost(kana, MAX_NAME) : refused(errors.kana);
  },
  subjectAge: (text) => {
    const age = fold(text).replace(/\s*[歳才]$/u, '');
    return /^\d{1,3}$/.test(age) && Number(age) <= 125 ? done(String(Number(age))) : refused(errors.age);
  },
  subjectAddress: (text) => atMost(text.trim(), MAX_ADDRESS),
  subjectPhone: (text, readPhone) => {
    const number = readPhone(text);
    return number ? done(number) : refused(errors.phone);
  },
  subjectInsuredNumber: (text) => {
    const digits = foldNumber(text).replaceAll(/[-\s]/g, '');
    return /^\d{10}$/.test(digits) ? done(digits) : refused(errors.insuredNumber);
  },
};
