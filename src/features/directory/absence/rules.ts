/** Who stands in for an absent person, and who may note absences. Pure: records and days are arguments. */

import type { JapanDate } from '../../../lib/jst.ts';
import type { Actor } from '../actor.ts';

/** An absence that holds on the day asked about; a person has one at most. */
export interface AbsenceSpan {
  person: string;
  deputy: string;
}

/**
 * Who acts for a person today: herself when she is present; else her deputy, or, when the deputy is absent, too, the deputy's
 * deputy, and so on. Undefined when the chain leads back to somebody who is absent, or ends with somebody who is not there.
 * @param absences those that hold on the day
 * @param isThere whether somebody (still) works where she may act
 */
export function standInOf(
  person: string,
  absences: readonly AbsenceSpan[],
  isThere: (person: string) => boolean,
): string | undefined {
  const deputies = new Map(absences.map((absence) => [absence.person, absence.deputy]));
  const passed = new Set<string>();
  let current = person;
  for (let deputy = deputies.get(current); deputy !== undefined; deputy = deputies.get(current)) {
    if (passed.has(current)) return undefined;
    passed.add(current);
    current = deputy;
  }
  return isThere(current) ? current : undefined;
}

/** Everyone for herself, managers for whoever works in their center. */
export function mayNoteAbsenceOf(
  actor: Pick<Actor, 'slackUserId' | 'role'> & { center: { code: string } },
  person: { slackUserId: string; center: string },
): boolean {
  if (person.slackUserId === actor.slackUserId) return true;
  return actor.role === 'manager' && person.center === actor.center.code;
}

interface DatedAbsence extends AbsenceSpan {
  fromOn: JapanDate;
  untilOn: JapanDate;
}

/** Days of an absence on which its deputy is absent, too, and who acts then; undefined when nobody does. */
export interface DeputyGap {
  fromOn: JapanDate;
  untilOn: JapanDate;
  standIn: string | undefined;
}

/**
 * Where an absence's deputy is away herself.
 * @param others the other absences of those days, of anybody
 */
export function findDeputyGaps(
  noted: DatedAbsence,
  others: readonly DatedAbsence[],
  isThere: (person: string) => boolean,
): DeputyGap[] {
  return others
    .filter((other) => other.person === noted.deputy)
    .map((other) => {
      const fromOn = other.fromOn > noted.fromOn ? other.fromOn : noted.fromOn;
      const untilOn = other.untilOn < noted.untilOn ? other.untilOn : noted.untilOn;
      const thatDay = others.filter((each) => each.fromOn <= fromOn && fromOn <= each.untilOn);
      return { fromOn, untilOn, standIn: standInOf(noted.person, [...thatDay, noted], isThere) };
    });
}
