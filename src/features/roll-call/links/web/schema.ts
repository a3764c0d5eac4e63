/** What the forms of the public pages may send. Only controlled words and a figure: nothing typed is stored. */
import { fold } from '../../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Answer, NewReply } from '../../answering/rules.ts';
import {
  COMINGS,
  type Coming,
  FAMILIES,
  type Family,
  PLACES,
  SAFETIES,
  type Safety,
  type Whereabouts,
} from '../../words.ts';
import { safetyText } from './text.ts';

const MOST_MINUTES = 600;
const MOST_KEY_LETTERS = 60;

/** Of the form that was sent, by field. */
export type Faults = Partial<Record<'safety' | 'minutes' | 'person' | 'by', string>>;

/** An answer as a form of these pages sends it. */
export type SentAnswer = Pick<NewReply, 'answer' | 'key' | 'at'> & {
  /** Of one tap, which says how the person is and no more. */
  keepsRest: boolean;
};

/** @param now when the request came in: the time of an answer whose page ran no script */
export function readAnswer(form: FormData, now: Date): Result<SentAnswer, Faults> {
  const safety = oneOf(SAFETIES, form.get('safety'));
  const answer = safety && answerOf(form, safety);
  if (!answer) return refused({ safety: safetyText.errors.safety });
  if (answer.coming === 'able' && answer.comingMinutes === null)
    return refused({ minutes: safetyText.errors.minutes });
  return done({
    answer,
    keepsRest: textOf(form, 'only') === 'safety',
    key: `web/${keyOf(form)}`,
    at: timeOf(form, now),
  });
}

function answerOf(form: FormData, safety: Safety): Answer {
  const coming = oneOf<Coming>(COMINGS, form.get('coming'));
  return {
    safety,
    place: oneOf<Whereabouts>(PLACES, form.get('place')),
    coming,
    comingMinutes: coming === 'able' ? minutesOf(textOf(form, 'minutes')) : null,
    family: oneOf<Family>(FAMILIES, form.get('family')),
  };
}

export function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | null {
  return words.find((word) => word === value) ?? null;
}

function minutesOf(typed: string): number | null {
  const digits = fold(typed).trim().replace(/分$/, '');
  if (!/^\d{1,3}$/.test(digits)) return null;
  const minutes = Number(digits);
  return minutes >= 1 && minutes <= MOST_MINUTES ? minutes : null;
}

/** Of the form: sent again, it is the same answer. A form without one is a new one each time. */
function keyOf(form: FormData): string {
  const key = textOf(form, 'key');
  return /^[\w-]+$/.test(key) && key.length <= MOST_KEY_LETTERS ? key : crypto.randomUUID();
}

/** When the button was pressed, as the page's script noted it by the server's clock. */
function timeOf(form: FormData, now: Date): Date {
  const at = Number(textOf(form, 'at'));
  return Number.isSafeInteger(at) && at > 0 && at <= now.getTime() ? new Date(at) : now;
}
