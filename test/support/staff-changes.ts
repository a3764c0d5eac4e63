/** A house whose staff changes: the city file loaded once more, as after a transfer. */
import { importCity } from '../../src/features/directory/mutations.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import type { House } from './house.ts';

/** Loads the house's city file again, changed. */
export async function importAgain(house: House, change: (city: CityFile) => void): Promise<void> {
  const city = structuredClone(house.city);
  change(city);
  await importCity(house.db, city, 'command', new Date());
}

/** The city file without these people: they have left. */
export function without(...people: string[]) {
  return (city: CityFile) => {
    city.staff = city.staff.filter(({ slackUserId }) => !people.includes(slackUserId));
  };
}
