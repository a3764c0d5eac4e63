/** Changes of the directory made in 設定: one after the other, each decided on the latest state. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { changeDirectory, importCity } from '../../../src/features/directory/mutations.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { done } from '../../../src/lib/result.ts';
import { type House, openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';

async function begin({ db }: House) {
  const found = await Actor.find(db, PEOPLE.kenta);
  if (!found) throw new Error('no manager');
  const scope = {
    settings: parseSettings(env),
    db,
    now: new Date(),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  return { scope, actor: found.actor };
}

const seqs = async () =>
  (await env.DB.prepare("SELECT seq FROM audit_entry WHERE chain = 'city' ORDER BY seq").all()).results.map(
    (row) => row.seq,
  );

test('what changes while it is being decided makes it decide anew', async () => {
  const house = await openHouse();
  const { scope, actor } = await begin(house);
  let rounds = 0;
  const changed = await changeDirectory(scope, actor, 'test.change', async () => {
    rounds += 1;
    if (rounds === 1) await importCity(house.db, house.city, 'command', new Date());
    return done({ value: rounds, detail: {}, statements: [] });
  });
  expect(changed).toEqual({ ok: true, value: 2 });
  expect(await seqs()).toEqual([1, 2, 3]);
});

test('what never comes to rest fails in the end, and stores nothing', async () => {
  const house = await openHouse();
  const { scope, actor } = await begin(house);
  const changing = changeDirectory(scope, actor, 'test.change', async () => {
    await importCity(house.db, house.city, 'command', new Date());
    return done({ value: undefined, detail: {}, statements: [] });
  });
  await expect(changing).rejects.toThrow();
  const stored = await env.DB.prepare(
    "SELECT count(*) AS n FROM audit_entry WHERE action = 'test.change'",
  ).first('n');
  expect(stored).toBe(0);
});

test('twenty changes at once are all stored, in one unbroken chain', async () => {
  const house = await openHouse();
  const { scope, actor } = await begin(house);
  const changes = Array.from({ length: 20 }, () =>
    changeDirectory(scope, actor, 'test.change', async () => done({ value: 1, detail: {}, statements: [] })),
  );
  const settled = await Promise.allSettled(changes);
  expect(settled.map((each) => each.status)).toEqual(settled.map(() => 'fulfilled'));
  expect(await seqs()).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
});
