/** Who keeps and sees what a center checks first. Pure. */
import type { Person } from '../rules.ts';

/** A list longer than this is no list of those to be checked first. */
export const MOST_RESIDENTS = 500;

/** The center whose residents somebody looks after; undefined for the core center and the city, who have no area: they see figures only. */
export function priorityCenterOf(person: Person): string | undefined {
  return person.center.kind === 'district' ? person.center.code : undefined;
}
