/** Who may break the glass of a 限定 case, and for how long. Pure. */
import { isCore, maySee, type Person, type Standing } from '../../visibility/rules.ts';

/** Long enough to read a case in need and to act; whoever needs more says why again. */
export const EMERGENCY_MINUTES = 60;

/** Whether the person finds the page at all: managers of centers that have cases. */
export function mayAskForEmergency({
  role,
  center,
}: Pick<Person, 'role'> & { center: { kind: Person['center']['kind'] } }): boolean {
  return role === 'manager' && center.kind !== 'city';
}

/** Whether this case opens for the person: 限定, closed to her, and of the core center or of a center that it belongs to. */
export function mayBreakGlass(person: Person, standing: Standing): boolean {
  const { code } = person.center;
  const isOfThem = isCore(person) || code === standing.sendingCenter || code === standing.responsibleCenter;
  return mayAskForEmergency(person) && isOfThem && standing.isRestricted && !maySee(person, standing);
}
