/** What 点呼 needs of the city file stays as it is where single centers are changed on the pages. */
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { compareFiles } from '../../../src/features/directory/city-file/rules.ts';
import { exportCityFile } from '../../../src/features/directory/data.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { closeCenter, markOfEntry, saveCenter } from '../../../src/features/directory/people/mutations.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';

async function admin(house: House): Promise<Actor> {
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no admin');
  return found.actor;
}

async function centerNow(house: House, code: string) {
  const center = (await exportCityFile(house.db))?.centers.find((each) => each.code === code);
  if (!center) throw new Error(code);
  return center;
}

test('a center that is renamed keeps its neighbour and what it took over; one that opens again takes its area back', async () => {
  const house = await openHouse();
  const [now, kenta] = [new Date(), await admin(house)];
  const before = structuredClone(house.city);
  // 南 was closed and its area went to 東, for which 西 takes over.
  const city = structuredClone(house.city);
  city.centers = city.centers.filter(({ code }) => code !== 'south');
  for (const person of city.staff) if (person.center === 'south') person.center = 'east';
  Object.assign(city.centers[1] ?? {}, { substitute: 'west', mergedFrom: ['south'] });
  Object.assign(city, { chaseMinutes: [3, 10] });
  await importCity(house.db, city, 'command', now);
  const fields = compareFiles(before, city, { fresh: 0, changed: 0 });
  expect(fields.city.map(({ field }) => field)).toEqual(['chaseMinutes']);
  expect(fields.centers[0]?.fields.map(({ field }) => field).sort()).toEqual(['mergedFrom', 'substitute']);

  const east = await centerNow(house, 'east');
  const scope = scopeAt(house, now);
  const { substitute: _, mergedFrom: __, ...shown } = east;
  const renamed = { ...shown, short: 'ひがし' };
  expect(await saveCenter(scope, kenta, renamed, await markOfEntry(east))).toMatchObject({ ok: true });
  expect(await centerNow(house, 'east')).toEqual({ ...east, short: 'ひがし' });
  // The same form again is the same change.
  expect(await saveCenter(scope, kenta, renamed, await markOfEntry(east))).toMatchObject({ ok: true });

  const south = { code: 'south', kind: 'district', name: '南地域包括支援センター', short: '南' };
  expect(await saveCenter(scope, kenta, south, undefined)).toMatchObject({ ok: true });
  expect(await centerNow(house, 'south')).toEqual(south);
  expect(await centerNow(house, 'east')).toEqual({ ...shown, short: 'ひがし', substitute: 'west' });

  // A neighbour that is closed for good takes over for nobody; the export can be loaded again.
  const moved = structuredClone(await exportCityFile(house.db));
  for (const person of moved?.staff ?? []) if (person.center === 'west') person.center = 'east';
  if (!moved) throw new Error('no city');
  await importCity(house.db, moved, 'command', now);
  expect(await closeCenter(scope, kenta, 'west')).toMatchObject({ ok: true });
  expect(await centerNow(house, 'east')).toEqual({ ...shown, short: 'ひがし' });
});
