/** Whether there is an index that can be searched and followed. */
import { isMissing, listGenerations } from '../search/generations.ts';

/** False also where a part of it is lost: then it must be built from nothing. @throws what the database throws when it cannot be asked */
export async function isIndexBuilt(binding: D1Database): Promise<boolean> {
  const live = (await listGenerations(binding)).find(({ state }) => state === 'live');
  if (!live) return false;
  const parts = ['entry', 'gram', 'gone'].map((name) => `${name}_${live.number}`);
  try {
    await binding.prepare(`SELECT 1 FROM ${[...parts, 'synonym', 'reading'].join(', ')} LIMIT 0`).all();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
