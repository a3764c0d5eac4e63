/** The city file's `chaseMinutes`: when silent people are asked again in a roll-call. */
import * as v from 'valibot';
import { directoryText as text } from './text.ts';

const MOST_STEPS = 5;
const MOST_MINUTES = 240;

/** One to five whole minutes, each later than the one before. */
export const ChaseMinutesSchema = v.pipe(
  v.array(
    v.pipe(
      v.number(text.notChaseMinutes),
      v.integer(text.notChaseMinutes),
      v.minValue(1, text.notChaseMinutes),
      v.maxValue(MOST_MINUTES, text.notChaseMinutes),
    ),
  ),
  v.minLength(1, text.empty),
  v.maxLength(MOST_STEPS, text.tooMany(MOST_STEPS)),
  v.check(
    (minutes) => minutes.every((each, i) => i === 0 || each > (minutes[i - 1] ?? 0)),
    text.notChaseOrder,
  ),
);

/** The city's own minutes from `city.chaseMinutes`. Throws on a text that is not of kikan's own writing. */
export function readChaseMinutes(json: string): number[] {
  return v.parse(ChaseMinutesSchema, JSON.parse(json));
}
