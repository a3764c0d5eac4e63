/** What must hold of a directory, and who may change which part of it. Pure. */
import { calendarOf, isBusinessDay } from '../../lib/business-time.ts';
import { addDays } from '../../lib/jst.ts';
import type { Actor } from './actor.ts';

/** The years in which a city must be open: those whose holidays are known and that deadlines may reach. */
const FIRST_YEAR = 2020;
const LAST_YEAR = 2050;

/** Whether every year has a day of business: in a city that is closed for a year nothing would ever be due. */
export function isOpenEachYear(city: { businessHours: string; closedDays: readonly string[] }): boolean {
  const calendar = calendarOf(city);
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    let on = `${year}-01-01`;
    while (!isBusinessDay(calendar, on)) {
      on = addDays(on, 1);
      if (on > `${year}-12-31`) return false;
    }
  }
  return true;
}

/** Whether anybody among the core center's staff receives new consultations: whoever is on duty, and managers always. */
export function takesNewConsultations(
  coreStaff: readonly { role: Actor['role']; isOnDuty: boolean }[],
): boolean {
  return coreStaff.some((person) => person.isOnDuty || person.role === 'manager');
}

type Person = Pick<Actor, 'role' | 'isAdmin'> & { center: Pick<Actor['center'], 'kind'> };

export function isCoreManager(person: Person): boolean {
  return person.center.kind === 'kikan' && person.role === 'manager';
}

/** The duty of the core center is its managers' business. */
export function mayChangeDuty(person: Person): boolean {
  return isCoreManager(person);
}

/** Deadlines are agreed between the city and the core center. */
export function mayChangeDeadlines(person: Person): boolean {
  return isCoreManager(person) || person.isAdmin;
}

/** How personal data is handled is the city's decision, which its admins carry out. */
export function mayChangeHandling(person: Person): boolean {
  return person.isAdmin;
}

/** Who works where is kept by the admins: whoever adds a person gives access. */
export function mayKeepDirectory(person: Person): boolean {
  return person.isAdmin;
}

/** Names of the city file and how it is loaded: for those who load it. */
export function maySeeCityFile(person: Person): boolean {
  return person.isAdmin;
}
