/** What makes a case belong to a list: its view and its filters, as conditions on `consultation`. */
import { eq, type SQL, sql } from 'drizzle-orm';
import { addDays, japanDate, startOfJapanDay } from '../../../../lib/jst.ts';
import { consultation, IS_OPEN } from '../../tables.ts';
import { isInChargeOf, isOfferedTo, type Sight } from '../../visibility/data.ts';
import type { ListView, Range } from '../rules.ts';
import type { ChosenFilters } from '../schema.ts';

/** `today`: what its reader should do today. */
export type QueriedView = ListView | 'today';
/** The filters with the days that a period means now. */
export type QueriedFilters = Omit<ChosenFilters, 'period'> & { period?: Range };

/** What makes a case belong to the view, whichever source it comes from. */
export function viewConditions(sight: Sight, { view, now }: { view: QueriedView; now: Date }): SQL[] {
  const { center: own, slackUserId } = sight.person;
  const isCore = own.kind === 'kikan';
  const isMine = isCore ? isInChargeOf(sight) : sql`${consultation.sender} = ${slackUserId}`;
  switch (view) {
    case 'today':
      return [IS_OPEN, isMine, isCore ? isDueToday(now) : waitsForSender()];
    case 'mine':
      return [IS_OPEN, isMine];
    case 'center':
      return isCore ? [IS_OPEN, sql`${consultation.responsibleCenter} = ${own.code}`] : [IS_OPEN];
    case 'unaccepted':
      return [IS_OPEN, sql`status = 'submitted'`];
    case 'overdue':
      return [IS_OPEN, sql`${consultation.dueAt} < ${now.getTime()}`];
    case 'waiting':
      return [IS_OPEN, sql`status = 'waiting'`];
    case 'closing':
      return [IS_OPEN, sql`status = 'closing'`];
    case 'offered':
      return [IS_OPEN, isOfferedTo(own.code)];
    case 'all':
      return [];
  }
}

function isDueToday(now: Date): SQL {
  return sql`${consultation.dueAt} < ${startOfJapanDay(addDays(japanDate(now), 1)).getTime()}`;
}

/** A question to answer, or a closing to confirm that needs no manager of the core center. */
function waitsForSender(): SQL {
  return sql`(${consultation.hasOpenQuestion} = 1 OR (status = 'closing' AND ${consultation.urgency} <> 'urgent'
    AND NOT ${hasTopic('elder_abuse')}))`;
}

/** What was chosen above the list. */
export function filterConditions({
  center: code,
  topic,
  urgency,
  status,
  period,
  kind,
  person,
}: QueriedFilters): SQL[] {
  return [
    ...(code === undefined
      ? []
      : [sql`(${consultation.sendingCenter} = ${code} OR ${consultation.responsibleCenter} = ${code})`]),
    ...(topic === undefined ? [] : [hasTopic(topic)]),
    ...(urgency === undefined ? [] : [eq(consultation.urgency, urgency)]),
    ...(status === undefined ? [] : [eq(consultation.status, status)]),
    ...(period === undefined ? [] : [isWithin(sql`${consultation.submittedAt}`, period)]),
    ...(kind === undefined ? [] : [eq(consultation.kind, kind)]),
    ...(person === undefined ? [] : [eq(consultation.personInCharge, person)]),
  ];
}

/** @param column of instants in milliseconds */
export function isWithin(column: SQL, { from, until }: Range): SQL {
  const begun = sql`${column} >= ${from.getTime()}`;
  return until === null ? begun : sql`${begun} AND ${column} < ${until.getTime()}`;
}

function hasTopic(topic: string): SQL {
  return sql`EXISTS (SELECT 1 FROM json_each(${consultation.topics}) WHERE value = ${topic})`;
}
