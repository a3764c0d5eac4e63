/** What becomes of a confirmed year: its dates are made meetings, portion by portion, and then everybody is told once. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { eraYear, fiscalYearOf, japanDate } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { City } from '../../directory/data.ts';
import { readInvitable, readKind } from '../../directory/meeting-kinds/data.ts';
import { type MeetingKind, seatsOf } from '../../directory/meeting-kinds/rules.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center } from '../../directory/tables.ts';
import { PLANNED_KEY } from '../cards/rules.ts';
import { createMeeting } from '../making/mutations.ts';
import {
  type Confirmation,
  cityCalendar,
  findOpenConfirmation,
  listToMake,
  type PlannedRow,
  planningCity,
} from './data.ts';
import { deadlinesOf, instantsOf } from './rules.ts';
import { plannedDate } from './tables.ts';
import { tellOfPlan } from './telling/mutations.ts';

/** Each asks D1 twice; a run that finds nothing to do asks some thirty times, of the 50 of the free plan. The next minute goes on. */
const MADE_A_RUN = 5;

/** How many minutes a confirmation of so many meetings takes, the telling included. */
export function minutesFor(meetings: number): number {
  return Math.ceil(meetings / MADE_A_RUN) + 1;
}

/**
 * Goes on with the oldest confirmation that is not done. Interrupted, late or twice at once it makes no meeting twice: the planned date
 * names the submission, and gets its meeting in the batch that makes it.
 */
export async function makePlannedMeetings(scope: Scope): Promise<void> {
  const confirmation = await findOpenConfirmation(scope.db);
  if (!confirmation) return;
  const dates = await listToMake(scope.db, confirmation.id, MADE_A_RUN);
  if (dates.length > 0) await makeMeetings(scope, confirmation, dates);
  if (dates.length < MADE_A_RUN) await tellOfPlan(scope, confirmation);
}

async function makeMeetings(
  scope: Scope,
  confirmation: Confirmation,
  dates: readonly PlannedRow[],
): Promise<void> {
  const { db } = scope;
  const [city, kinds, hosts, { people, centers }] = await Promise.all([
    planningCity(db),
    readKinds(db, dates),
    listHosts(db),
    readInvitable(db),
  ]);
  for (const date of dates) {
    const kind = kinds.get(date.kind);
    if (!kind) throw new Error('a planned date is of a kind');
    // A city whose section is not listed holds its meetings where the core center is.
    const host = hosts.find((each) => each.kind === kind.host) ?? hosts.find((each) => each.kind === 'kikan');
    if (!host) throw new Error('a city has a core center');
    await createMeeting(
      scope,
      {
        kind,
        hostCenter: host.code,
        series: seriesOf(date, city),
        seats: seatsOf(kind.attendees, people, centers),
        organiser: confirmation.confirmedBy,
        submissionKey: `${PLANNED_KEY}${date.id}`,
        columns: {
          status: 'fixed',
          ...instantsOf(date),
          ...deadlinesOf(date.on, cityCalendar(city), japanDate(scope.now)),
        },
      },
      ({ id }) => ({
        statements: [db.update(plannedDate).set({ meetingId: id }).where(eq(plannedDate.id, date.id))],
      }),
    );
  }
}

function seriesOf(date: PlannedRow, { fiscalYearStart }: City): string {
  return eraYear(fiscalYearOf(instantsOf(date).startsAt, fiscalYearStart), fiscalYearStart);
}

async function readKinds(db: Database, dates: readonly PlannedRow[]): Promise<Map<string, MeetingKind>> {
  const ids = [...new Set(dates.map(({ kind }) => kind))];
  const rows = await db.select().from(meetingKind).where(inArray(meetingKind.id, ids));
  return new Map(rows.map((row) => [row.id, readKind(row)]));
}

/** Where meetings of the core center and of the city's section are held. */
async function listHosts(db: Database): Promise<{ code: string; kind: string }[]> {
  return db
    .select({ code: center.code, kind: center.kind })
    .from(center)
    .where(and(inArray(center.kind, ['kikan', 'city']), sql`${center.closedAt} IS NULL`))
    .orderBy(asc(center.position));
}
