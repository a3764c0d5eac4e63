/** Who makes and prints the card of a center, and when its PIN is taken. Pure. */
import { mayKeepDirectory } from '../../../directory/rules.ts';
import { mayCommand, type Person, type StandIn } from '../../rules.ts';

/** Wrong PINs in a row after which none is taken, and for how long: to try half of all takes two years, and each try is noted. */
export const MOST_WRONG_PINS = 5;
export const LOCKED_MS = 10 * 60_000;

/** Admins, whoever commands, and the center's own managers and those who stand in for them: the PIN lets one answer for the whole center. */
export function mayKeepCard(person: Person, standIn: StandIn, code: string): boolean {
  if (mayKeepDirectory(person) || mayCommand(person, standIn)) return true;
  return (person.role === 'manager' && person.center.code === code) || standIn.forCenters.includes(code);
}

/** Whether there is any center whose card somebody may make. */
export function keepsCards(person: Person, standIn: StandIn): boolean {
  return mayKeepCard(person, standIn, person.center.code) || standIn.forCenters.length > 0;
}

/** Six digits, each as likely. */
export function newPin(): string {
  // The largest multiple of a million below 2^32: what lies above would make small numbers likelier.
  const limit = 4_294_000_000;
  for (;;) {
    const [number = limit] = crypto.getRandomValues(new Uint32Array(1));
    if (number < limit) return String(number % 1_000_000).padStart(6, '0');
  }
}
