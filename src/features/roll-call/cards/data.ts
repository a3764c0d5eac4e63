/** Where the cards of a roll-call stand. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { outbox, postedCard } from '../../../slack/tables.ts';
import { centerSlot } from './entries.ts';

/** The centers' cards of a roll-call that stand in Slack or are on their way. */
export async function listCenterCards(
  db: Database,
  rollCallId: string,
): Promise<{ slot: string; channel: string }[]> {
  const prefix = centerSlot(rollCallId, '');
  const [posted, waiting] = await db.batch([
    db
      .select({ slot: postedCard.slot, channel: postedCard.channel })
      .from(postedCard)
      .where(sql`${postedCard.slot} >= ${prefix} AND ${postedCard.slot} < ${`${prefix}\uffff`}`),
    db
      .select({ slot: sql<string>`${outbox.slot}`.as('slot'), channel: outbox.channel })
      .from(outbox)
      .where(
        sql`${outbox.state} = 'waiting' AND ${outbox.lane} >= ${`card:${prefix}`} AND ${outbox.lane} < ${`card:${prefix}\uffff`}`,
      ),
  ]);
  return [...new Map([...posted, ...waiting].map((each) => [each.slot, each])).values()];
}
