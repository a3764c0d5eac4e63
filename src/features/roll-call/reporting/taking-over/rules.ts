/** Who says that a center takes over. Pure. */
import { mayCommand, type Person, type StandIn } from '../../rules.ts';

/** The managers of the center that is asked, whoever stands in for them, and those who command. */
export function mayTakeOver(person: Person, standIn: StandIn, substitute: string): boolean {
  if (mayCommand(person, standIn) || standIn.forCenters.includes(substitute)) return true;
  return person.role === 'manager' && person.center.code === substitute;
}
