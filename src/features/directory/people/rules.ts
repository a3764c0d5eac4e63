/** How single changes of the directory turn one city file into another, and what must hold of the new one. Pure. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type CityFile, type CityFileFault, parseCityFile } from '../schema.ts';

export type Person = CityFile['staff'][number];
export type Center = CityFile['centers'][number];

/** What a form of these pages holds: not checked yet. */
export type PersonInput = Omit<Person, 'role'> & { role: string };
export type CenterInput = Omit<Center, 'kind'> & { kind: string };

/** A change that the city's own rules refuse. */
export type FileRefusal =
  | { reason: 'last-admin' }
  /** By field of the changed entry; under `''` what concerns the directory as a whole. */
  | { reason: 'faulty'; faults: Readonly<Record<string, string>> };

/** The file with this person added, or in the place of the one with the same id. */
export function withPerson(file: CityFile, person: PersonInput): unknown {
  return { ...file, staff: replaced(file.staff, person, ({ slackUserId }) => slackUserId) };
}

export function withoutPerson(file: CityFile, slackUserId: string): unknown {
  return { ...file, staff: file.staff.filter((each) => each.slackUserId !== slackUserId) };
}

/** The file with this center added, or in the place of the one with the same code. */
export function withCenter(file: CityFile, center: CenterInput): unknown {
  const centers = file.centers.map((each) => withoutMerger(each, center.code));
  return { ...file, centers: replaced(centers, center, ({ code }) => code) };
}

/** A center that is open again has its own area. */
function withoutMerger({ mergedFrom = [], ...center }: Center, code: string): Center {
  const others = mergedFrom.filter((each) => each !== code);
  return others.length === 0 ? center : { ...center, mergedFrom: others };
}

/** Checks the changed directory as if it were loaded as a file; and somebody must remain who can change it back. */
export function checkChanged(changed: unknown, list: 'staff' | 'centers'): Result<CityFile, FileRefusal> {
  const parsed = parseCityFile(JSON.stringify(changed));
  if (!parsed.ok) return refused({ reason: 'faulty', faults: byField(parsed.faults, list) });
  return hasAdmin(parsed.city) ? done(parsed.city) : refused({ reason: 'last-admin' });
}

/** Whether anybody can keep the directory. */
export function hasAdmin({ staff }: CityFile): boolean {
  return staff.some(({ admin }) => admin);
}

/** Sentences by field: `staff[3].email` is `email`. One entry is changed at a time, so the others have no faults. */
function byField(faults: readonly CityFileFault[], list: 'staff' | 'centers'): Record<string, string> {
  const place = new RegExp(`^${list}\\[\\d+\\]\\.(\\w+)$`);
  return Object.fromEntries(faults.map(({ path, problem }) => [place.exec(path)?.[1] ?? '', problem]));
}

function replaced<Entry, Input>(
  entries: readonly Entry[],
  changed: Input,
  keyOf: (entry: Entry | Input) => string,
): (Entry | Input)[] {
  const key = keyOf(changed);
  const isThere = entries.some((entry) => keyOf(entry) === key);
  return isThere ? entries.map((entry) => (keyOf(entry) === key ? changed : entry)) : [...entries, changed];
}
