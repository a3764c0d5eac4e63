/** Which cases a person may see, as a condition of queries: `maySee` in SQL. A property test holds the two together. */
import { type SQL, sql } from 'drizzle-orm';
import { japanDate } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import { deputyOf, selectAbsences } from '../data.ts';
import { handover } from '../handover/tables.ts';
import { breakGlass } from '../purpose/tables.ts';
import { consultation, member } from '../tables.ts';
import type { Person } from './rules.ts';

/** Whose eyes a query looks through. */
export interface Sight {
  person: Person;
  /** In whose place the person is in charge today. */
  standsInFor: readonly string[];
  now: Date;
}

export async function sightOf({ db, now }: Pick<Scope, 'db' | 'now'>, person: Person): Promise<Sight> {
  // Only core staff are in charge of cases.
  if (person.center.kind !== 'kikan') return { person, standsInFor: [], now };
  const absences = await selectAbsences(db, japanDate(now));
  const away = new Set(absences.map((each) => each.person));
  const standsInFor = [...away].filter(
    (each) => deputyOf(each, absences, person.center.code) === person.slackUserId,
  );
  return { person, standsInFor, now };
}

/** A condition on `consultation`. To be part of every query that shows cases to a person. */
export function isSeenBy(sight: Sight): SQL {
  const { kind, code } = sight.person.center;
  if (kind === 'city') return sql`0`;
  const isNamed = sql`(${consultation.isRestricted} = 0 OR ${sql.join(namings(sight), sql` OR `)})`;
  if (kind === 'kikan') return isNamed;
  return sql`((${consultation.sendingCenter} = ${code} OR ${consultation.responsibleCenter} = ${code}
    OR ${isOfferedTo(code)}) AND ${isNamed})`;
}

export function isOfferedTo(code: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${handover} WHERE ${handover.consultationId} = ${consultation.id}
    AND ${handover.state} = 'offered' AND ${handover.toCenter} = ${code})`;
}

/** Who is in charge of a case, or stands in for whoever is. */
export function isInChargeOf({ person, standsInFor }: Sight): SQL {
  const people = JSON.stringify([person.slackUserId, ...standsInFor]);
  return sql`${consultation.personInCharge} IN (SELECT value FROM json_each(${people}))`;
}

/** 緊急閲覧: for a manager, until its time is over. */
function isOpenedInEmergency(slackUserId: string, now: Date): SQL {
  return sql`EXISTS (SELECT 1 FROM ${breakGlass} WHERE ${breakGlass.consultationId} = ${consultation.id}
    AND ${breakGlass.slackUserId} = ${slackUserId} AND ${breakGlass.until} > ${now.getTime()})`;
}

/** What opens a 限定 case to somebody. */
function namings(sight: Sight): SQL[] {
  const { slackUserId, role, center } = sight.person;
  const named = [
    sql`EXISTS (SELECT 1 FROM ${member} WHERE ${member.consultationId} = ${consultation.id}
      AND ${member.slackUserId} = ${slackUserId})`,
  ];
  if (center.kind === 'kikan') {
    named.push(isInChargeOf(sight));
    named.push(sql`${consultation.sender} = ${slackUserId}`);
    named.push(sql`${consultation.proposedPerson} = ${slackUserId}`);
    if (role === 'manager') named.push(sql`${consultation.personInCharge} IS NULL`);
  } else {
    named.push(
      sql`(${consultation.sender} = ${slackUserId} AND ${consultation.sendingCenter} = ${center.code})`,
    );
  }
  if (role === 'manager') named.push(isOfferedTo(center.code), isOpenedInEmergency(slackUserId, sight.now));
  return named;
}
