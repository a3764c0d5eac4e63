/** Reads of the directory. */
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../lib/db.ts';
import { present } from '../../lib/record.ts';
import { auditEntry } from '../../vault/tables.ts';
import { readChaseMinutes } from './chase-minutes.ts';
import { readDeadlineTexts } from './deadlines/schema.ts';
import { readRetention } from './handling/schema.ts';
import { exportKinds } from './meeting-kinds/data.ts';
import type { CityFile } from './schema.ts';
import { center, city, staff } from './tables.ts';

export type City = typeof city.$inferSelect;
export type Center = typeof center.$inferSelect;
export type Colleague = Pick<typeof staff.$inferSelect, 'slackUserId' | 'name' | 'role' | 'isOnDuty'>;

/** The city of this deployment; undefined until a city file was imported. */
export async function findCity(db: Database): Promise<City | undefined> {
  const [row] = await db.select().from(city).limit(1);
  return row;
}

/** A center with its city, in one read; undefined when either is missing. */
export async function findCenterInCity(
  db: Database,
  code: string,
): Promise<{ center: Center; city: City } | undefined> {
  const [row] = await db
    .select()
    .from(center)
    .innerJoin(city, eq(city.id, 1))
    .where(eq(center.code, code))
    .limit(1);
  return row;
}

/** The district centers that take consultations, in the order of the city file. */
export async function listDistrictCenters(db: Database): Promise<Center[]> {
  return db
    .select()
    .from(center)
    .where(and(eq(center.kind, 'district'), isNull(center.closedAt)))
    .orderBy(asc(center.position));
}

/** Whoever works in a center, in the order of the city file. */
export async function listCenterStaff(db: Database, code: string): Promise<Colleague[]> {
  return db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      role: staff.role,
      isOnDuty: staff.isOnDuty,
    })
    .from(staff)
    .where(and(eq(staff.center, code), isNull(staff.removedAt)))
    .orderBy(asc(staff.position));
}

/** The open centers with the number of people in each, in the order of the city file. */
export async function countStaff(db: Database): Promise<{ name: string; staff: number }[]> {
  return db
    .select({ name: center.name, staff: count(staff.slackUserId) })
    .from(center)
    .leftJoin(staff, and(eq(staff.center, center.code), isNull(staff.removedAt)))
    .where(isNull(center.closedAt))
    .groupBy(center.code)
    .orderBy(asc(center.position));
}

/** Who made the latest of these changes of the directory, and when; `name` is null when no listed person did. */
export async function findLastChange(
  db: Database,
  actions: readonly string[],
): Promise<{ name: string | null; at: Date } | undefined> {
  const [row] = await db
    .select({ name: staff.name, at: auditEntry.at })
    .from(auditEntry)
    .leftJoin(staff, eq(staff.slackUserId, auditEntry.actor))
    .where(and(eq(auditEntry.chain, 'city'), inArray(auditEntry.action, [...actions])))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return row;
}

/** The names behind Slack ids, also of those who have left. */
export async function listNames(
  db: Database,
  slackUserIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (slackUserIds.length === 0) return new Map();
  const wanted = JSON.stringify([...new Set(slackUserIds)]);
  const rows = await db
    .select({ id: staff.slackUserId, name: staff.name })
    .from(staff)
    .where(sql`${staff.slackUserId} IN (SELECT value FROM json_each(${wanted}))`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Slack ids of the people who answer for this deployment. */
export async function listAdmins(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: staff.slackUserId })
    .from(staff)
    .where(and(eq(staff.isAdmin, true), isNull(staff.removedAt)))
    .orderBy(asc(staff.position));
  return rows.map((row) => row.id);
}

/**
 * The city file that, imported into an empty database, gives this directory. Undefined while there is no city.
 * @param readFaq reads the FAQ's entries, of which the directory knows nothing; without it the file has none
 */
export async function exportCityFile(
  db: Database,
  readFaq: (db: Database) => Promise<CityFile['faq']> = async () => [],
): Promise<CityFile | undefined> {
  const [cityRow, centers, closed, people, faq, kinds] = await Promise.all([
    findCity(db),
    db.select().from(center).where(isNull(center.closedAt)).orderBy(asc(center.position)),
    db
      .select({ code: center.code, mergedInto: center.mergedInto })
      .from(center)
      .where(and(isNotNull(center.closedAt), isNotNull(center.mergedInto)))
      .orderBy(asc(center.code)),
    db.select().from(staff).where(isNull(staff.removedAt)).orderBy(asc(staff.position)),
    readFaq(db),
    exportKinds(db),
  ]);
  if (!cityRow) return undefined;
  return {
    name: cityRow.name,
    fiscalYearStart: cityRow.fiscalYearStart,
    businessHours: cityRow.businessHours,
    closedDays: JSON.parse(cityRow.closedDays),
    personalDataEntry: cityRow.personalDataEntry,
    ...(cityRow.retention === null ? {} : { retention: readRetention(cityRow.retention) }),
    ...(cityRow.readingLimit === null ? {} : { readingLimit: cityRow.readingLimit }),
    ...(cityRow.deadlines === null ? {} : { deadlines: readDeadlineTexts(cityRow.deadlines) }),
    ...(cityRow.chaseMinutes === null ? {} : { chaseMinutes: readChaseMinutes(cityRow.chaseMinutes) }),
    channels: {
      triage: cityRow.triageChannel,
      ...present({ heads: cityRow.headsChannel, drill: cityRow.drillChannel }),
    },
    centers: exportCenters(centers, closed),
    staff: people.map((person) => ({
      slackUserId: person.slackUserId,
      name: person.name,
      center: person.center,
      profession: person.profession,
      role: person.role,
      admin: person.isAdmin,
      duty: person.isOnDuty,
      ...present({ email: person.email }),
    })),
    faq,
    meetingKinds: kinds,
  };
}

/** @param closed those whose area went elsewhere, by code */
function exportCenters(
  centers: readonly Center[],
  closed: readonly Pick<Center, 'code' | 'mergedInto'>[],
): CityFile['centers'] {
  const open = new Set(centers.map(({ code }) => code));
  return centers.map(({ code, kind, name, short, channel, area, substitute }) => {
    const mergedFrom = closed.filter(({ mergedInto }) => mergedInto === code).map((each) => each.code);
    return {
      code,
      kind,
      name,
      short,
      // A neighbour that was closed for good takes over for nobody.
      ...present({
        channel,
        area,
        substitute: substitute !== null && open.has(substitute) ? substitute : null,
      }),
      ...(mergedFrom.length === 0 ? {} : { mergedFrom }),
    };
  });
}
