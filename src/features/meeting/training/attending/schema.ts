/** Input of the attendance record, of up to a hundred people and more, and its limits. */
import { fold } from '../../../../lib/japanese.ts';

/** Of an input in the form; the person stands behind it. */
export const MINUTES_FIELD = 'minutes:';
export const MARK_FIELD = 'mark';

export interface RecordForm {
  minutes: ReadonlyMap<string, number>;
  /** As it was typed, by person. */
  typed: ReadonlyMap<string, string>;
  /** People whose entry is none. */
  faulty: ReadonlySet<string>;
  mark: string;
}

/** @param max the length of the training in minutes */
export function readRecord(form: FormData, people: readonly string[], max: number): RecordForm {
  const typed = new Map(
    people.flatMap((person) => {
      const value = form.get(`${MINUTES_FIELD}${person}`);
      return typeof value === 'string' ? [[person, value] as const] : [];
    }),
  );
  const minutes = new Map<string, number>();
  const faulty = new Set<string>();
  for (const [person, value] of typed) {
    const folded = fold(value).replace(/分$/u, '');
    const isMinutes = /^\d{1,4}$/.test(folded) && Number(folded) <= max;
    if (isMinutes) minutes.set(person, Number(folded));
    else faulty.add(person);
  }
  const mark = form.get(MARK_FIELD);
  return { minutes, typed, faulty, mark: typeof mark === 'string' ? mark : '' };
}
