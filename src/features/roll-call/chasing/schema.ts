/** After how many minutes silent people are asked again, as the form of 設定 takes it. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { ChaseMinutesSchema, readChaseMinutes } from '../../directory/chase-minutes.ts';
import { USUAL_CHASE_MINUTES } from '../rules.ts';

/** Of a city: its own, else kikan's. */
export function chaseMinutesOf(city: { chaseMinutes: string | null } | undefined): readonly number[] {
  const own = city?.chaseMinutes ?? null;
  return own === null ? USUAL_CHASE_MINUTES : readChaseMinutes(own);
}

/** Reads `5、15、30分` as people type it; null for nothing typed, undefined for anything else. */
export function parseChaseMinutes(typed: string | null): number[] | null | undefined {
  if (typed === null) return null;
  const parts = fold(typed)
    .replaceAll('分', ' ')
    .split(/[\s,、・/]+/)
    .filter(Boolean);
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const parsed = v.safeParse(ChaseMinutesSchema, parts.map(Number));
  return parsed.success ? parsed.output : undefined;
}
