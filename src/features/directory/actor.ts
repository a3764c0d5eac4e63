/**
 * Who acts. An Actor is made here only, for one request, from the stored record; every read and write of a case demands
 * one. Ids in button values or private_metadata prove nothing.
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../lib/db.ts';
import { slackAccount } from '../../slack/tables.ts';
import { center, city, staff } from './tables.ts';

type StaffRow = typeof staff.$inferSelect;
type CenterRow = typeof center.$inferSelect;
type CityRow = typeof city.$inferSelect;
type SlackAccount = typeof slackAccount.$inferSelect;

export class Actor {
  readonly slackUserId: string;
  readonly name: string;
  readonly role: StaffRow['role'];
  readonly isAdmin: boolean;
  readonly isOnDuty: boolean;
  readonly center: Pick<CenterRow, 'code' | 'kind' | 'short' | 'channel'>;
  readonly city: Pick<CityRow, 'name' | 'personalDataEntry'>;

  private constructor(person: StaffRow, office: CenterRow, { name, personalDataEntry }: CityRow) {
    this.slackUserId = person.slackUserId;
    this.name = person.name;
    this.role = person.role;
    this.isAdmin = person.isAdmin;
    this.isOnDuty = person.isOnDuty;
    this.center = { code: office.code, kind: office.kind, short: office.short, channel: office.channel };
    this.city = { name, personalDataEntry };
  }

  /** The listed person behind a Slack id, and what Slack last said of the account; undefined for strangers and the removed. */
  static async find(
    db: Database,
    slackUserId: string,
  ): Promise<{ actor: Actor; account: SlackAccount | null } | undefined> {
    const row = await queryOf(db).get({ slackUserId });
    return row && { actor: new Actor(row.staff, row.center, row.city), account: row.slack_account };
  }
}

const queries = new WeakMap<Database, ReturnType<typeof prepareQuery>>();

/** Every request asks it: built once, it saves the building each time. */
function queryOf(db: Database): ReturnType<typeof prepareQuery> {
  const known = queries.get(db);
  if (known) return known;
  const query = prepareQuery(db);
  queries.set(db, query);
  return query;
}

function prepareQuery(db: Database) {
  return db
    .select()
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .innerJoin(city, eq(city.id, 1))
    .leftJoin(slackAccount, eq(slackAccount.slackUserId, staff.slackUserId))
    .where(
      and(
        eq(staff.slackUserId, sql.placeholder('slackUserId')),
        isNull(staff.removedAt),
        isNull(center.closedAt),
      ),
    )
    .limit(1)
    .prepare();
}
