/** What a minute of the cron costs while a drill and a real roll-call run: D1's free plan takes 50 queries an invocation. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { closeRollCall } from '../../../src/features/roll-call/ending/mutations.ts';
import { openDatabase } from '../../../src/lib/db.ts';
import { PARTS, runDueJobs } from '../../../src/schedule.ts';
import { counting } from '../../support/counting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { PEOPLE } from '../../support/small-city.ts';

const MINUTE = 60_000;
const FREE_PLAN = 50;

/** Runs the cron's parts at a moment, and counts what each takes. */
async function costOf(house: House, at: Date): Promise<Record<string, number>> {
  const costs: Record<string, number> = {};
  for (const part of PARTS) {
    const { db, count } = counting(env.DB);
    await runDueJobs({ ...scopeAt(house, at), db: openDatabase(db) }, [part]);
    costs[part] = count();
  }
  return costs;
}

test('no part of a minute takes more queries than the free plan has: quiet, asking again, at the end of two, at once', async () => {
  const house = await openHouse(withDrills);
  // Ten minutes past a full hour, so that what runs hourly is met by the minutes below.
  const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 3_600_000 - 50 * MINUTE;
  const at = (minutes: number) => new Date(start + minutes * MINUTE);
  const costs: [string, Record<string, number>][] = [['first', await costOf(house, at(-2))]];
  costs.push(['quiet', await costOf(house, at(-1))]);
  const drill = await begunRollCall(house, at(0));
  const actual = await begunRollCall(house, at(0), { kind: 'actual', byMail: true });
  for (const minute of [1, 5, 6, 15, 30, 31, 41, 50])
    costs.push([`${minute}`, await costOf(house, at(minute))]);
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no 田中 健太');
  for (const { id } of [drill, actual]) await closeRollCall(scopeAt(house, at(51)), found.actor, id);
  for (const minute of [52, 53, 54]) costs.push([`${minute}`, await costOf(house, at(minute))]);
  const dear = costs.filter(([, cost]) => Object.values(cost).some((each) => each > FREE_PLAN));
  expect(dear).toEqual([]);
}, 60_000);
