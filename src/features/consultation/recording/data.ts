/** Reads of 活動. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { center, staff } from '../../directory/tables.ts';
import { type Consultation, casePlace, type LoadedConsultation, standingOf } from '../data.ts';
import { maySee } from '../visibility/rules.ts';
import { activity } from './tables.ts';

export type Activity = typeof activity.$inferSelect;

export interface OpenedActivity
  extends Pick<Activity, 'id' | 'kind' | 'state' | 'heldOn' | 'startsAtTime' | 'bodies' | 'createdAt'> {
  authorName: string;
  /** Who took part, or is to. */
  peopleNames: string[];
  summary: string | null;
}

/** Decrypts the activities, by their dates. Requires that the Actor may see the case and that the reading was logged. */
export async function openActivities(
  db: Database,
  key: CaseKey,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
): Promise<OpenedActivity[]> {
  const [rows, people] = await db.batch([
    db
      .select({ activity, authorName: sql<string>`${staff.name}`.as('author_name') })
      .from(activity)
      .innerJoin(staff, eq(staff.slackUserId, activity.author))
      .where(eq(activity.consultationId, of.id))
      .orderBy(asc(activity.heldOn), asc(activity.startsAtTime), asc(activity.createdAt)),
    db
      .select({ slackUserId: staff.slackUserId, name: staff.name })
      .from(staff)
      .where(
        sql`${staff.slackUserId} IN (SELECT each.value FROM ${activity}, json_each(${activity.people}) AS each WHERE ${activity.consultationId} = ${of.id})`,
      ),
  ]);
  const names = new Map(people.map(({ slackUserId, name }) => [slackUserId, name]));
  return Promise.all(
    rows.map(async ({ activity: row, authorName }) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      heldOn: row.heldOn,
      startsAtTime: row.startsAtTime,
      bodies: row.bodies,
      createdAt: row.createdAt,
      authorName,
      peopleNames: row.people.flatMap((person) => names.get(person) ?? []),
      summary: await openSummary(key, of, row),
    })),
  );
}

/** Decrypts what was written about an activity. Requires what `openActivities` requires. */
export async function openSummary(
  key: CaseKey,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
  { id, summary }: Pick<Activity, 'id' | 'summary'>,
): Promise<string | null> {
  return summary === null ? null : key.open(summaryPlace(id, of), summary);
}

/** The planned activities of a case, the next one first. */
export async function listPlanned(db: Database, consultationId: string): Promise<Activity[]> {
  return db
    .select()
    .from(activity)
    .where(and(eq(activity.consultationId, consultationId), eq(activity.state, 'planned')))
    .orderBy(asc(activity.heldOn), asc(activity.startsAtTime), asc(activity.createdAt));
}

/** An activity of this very case; undefined when it has none of that id. */
export async function findActivity(
  db: Database,
  consultationId: string,
  id: string,
): Promise<Activity | undefined> {
  const [row] = await db
    .select()
    .from(activity)
    .where(and(eq(activity.id, id), eq(activity.consultationId, consultationId)))
    .limit(1);
  return row;
}

/** Who may be named in an activity: the staff of the core, the sending and the responsible center who may see the case. */
export interface CaseColleague {
  slackUserId: string;
  name: string;
  centerShort: string;
}

/** In the order of the city file. */
export async function listCaseStaff(db: Database, loaded: LoadedConsultation): Promise<CaseColleague[]> {
  const { coreCenter, sendingCenter, responsibleCenter } = loaded;
  const codes = [coreCenter, sendingCenter.code, responsibleCenter.code];
  const rows = await db
    .select({ person: staff, office: center })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(inArray(staff.center, codes), isNull(staff.removedAt)))
    .orderBy(asc(center.position), asc(staff.position));
  const standing = standingOf(loaded);
  return rows
    .filter(({ person, office }) => maySee({ ...person, center: office }, standing))
    .map(({ person, office }) => ({
      slackUserId: person.slackUserId,
      name: person.name,
      centerShort: office.short,
    }));
}

/** Where the ciphertext of a summary belongs: see `Place`. */
export function summaryPlace(activityId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return casePlace('activity', 'summary', activityId, of);
}
