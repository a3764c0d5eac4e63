/** Single changes of the directory: a person or a center added, changed, taken off. Each is checked as a whole city file is. */
import { eq, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { endSessionsOf } from '../../../web/sessions.ts';
import type { Actor } from '../actor.ts';
import { dutyText } from '../duty/text.ts';
import { changeDirectory } from '../mutations.ts';
import { mayKeepDirectory } from '../rules.ts';
import type { CityFile } from '../schema.ts';
import { markOf } from '../settings/rules.ts';
import { center, staff } from '../tables.ts';
import { loadDirectory } from './data.ts';
import {
  type Center,
  type CenterInput,
  checkChanged,
  type FileRefusal,
  type Person,
  type PersonInput,
  withCenter,
  withoutPerson,
  withPerson,
} from './rules.ts';
import { peopleText as text } from './text.ts';

export type PeopleRefusal =
  | { reason: 'not-allowed' | 'not-found' | 'changed-meanwhile' | 'listed-already' }
  | { reason: 'core-center' | 'has-staff' }
  | FileRefusal;

/** The mark of an entry: what the form showed. */
export function markOfEntry(entry: Person | Center): Promise<string> {
  return markOf(Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Adds a person, or changes the one whom the form showed.
 * @param seen `markOfEntry` of what was shown; undefined to add
 */
export function savePerson(
  scope: Scope,
  actor: Actor,
  wanted: PersonInput,
  seen: string | undefined,
): Promise<Result<undefined, PeopleRefusal>> {
  const { db } = scope;
  const action = seen === undefined ? 'directory.add_person' : 'directory.change_person';
  return changeDirectory<undefined, PeopleRefusal>(scope, actor, action, async () => {
    if (!mayKeepDirectory(actor)) return refused({ reason: 'not-allowed' });
    const file = await loadDirectory(db);
    const isWanted = (each: Person) => each.slackUserId === wanted.slackUserId;
    const standing = file.staff.find(isWanted);
    const checked = checkChanged(withPerson(file, wanted), 'staff');
    const decided = await decideSaving(checked, standing, (city) => city.staff.find(isWanted), seen);
    if (!decided.ok) return decided;
    const { city, after } = decided.value;
    if (standing && isSameEntry(standing, after)) return done({ value: undefined });
    return done({
      value: undefined,
      detail: { person: after.slackUserId, ...differences(standing, after) },
      statements: [upsertPerson(scope, after)],
      entries: notices(actor, city, standing, after),
    });
  });
}

/**
 * Whether the entry may be saved over what stands; what it would become, as a city file has it.
 * @param seen the mark of what the form showed; undefined to add
 */
async function decideSaving<Entry extends Person | Center>(
  checked: Result<CityFile, FileRefusal>,
  standing: Entry | undefined,
  findIn: (city: CityFile) => Entry | undefined,
  seen: string | undefined,
): Promise<Result<{ city: CityFile; after: Entry }, PeopleRefusal>> {
  const after = checked.ok ? findIn(checked.value) : undefined;
  // Pressed twice: the first time did it.
  const isDone = standing && after && isSameEntry(standing, after);
  if (!isDone) {
    if (seen === undefined && standing) return refused({ reason: 'listed-already' });
    if (seen !== undefined && !standing) return refused({ reason: 'not-found' });
    if (standing && seen !== (await markOfEntry(standing))) return refused({ reason: 'changed-meanwhile' });
  }
  if (!checked.ok) return checked;
  if (!after) throw new Error('the changed directory lacks what it was changed for');
  return done({ city: checked.value, after });
}

/** Takes a person off the list; her sessions on the pages end with it. Her name stays where records name her. */
export function removePerson(
  scope: Scope,
  actor: Actor,
  slackUserId: string,
): Promise<Result<undefined, PeopleRefusal>> {
  const { db, now } = scope;
  return changeDirectory<undefined, PeopleRefusal>(scope, actor, 'directory.remove_person', async () => {
    if (!mayKeepDirectory(actor)) return refused({ reason: 'not-allowed' });
    const file = await loadDirectory(db);
    if (!file.staff.some((each) => each.slackUserId === slackUserId)) return refused({ reason: 'not-found' });
    const checked = checkChanged(withoutPerson(file, slackUserId), 'staff');
    if (!checked.ok) return checked;
    return done({
      value: undefined,
      detail: { person: slackUserId },
      statements: [
        db.update(staff).set({ removedAt: now }).where(eq(staff.slackUserId, slackUserId)),
        endSessionsOf(db, slackUserId).statement,
      ],
    });
  });
}

/**
 * Adds a center, or changes the one that the form showed; of which kind it is stays.
 * @param seen `markOfEntry` of what was shown; undefined to add
 */
export function saveCenter(
  scope: Scope,
  actor: Actor,
  wanted: CenterInput,
  seen: string | undefined,
): Promise<Result<undefined, PeopleRefusal>> {
  const { db } = scope;
  const action = seen === undefined ? 'directory.add_center' : 'directory.change_center';
  return changeDirectory<undefined, PeopleRefusal>(scope, actor, action, async () => {
    if (!mayKeepDirectory(actor)) return refused({ reason: 'not-allowed' });
    const file = await loadDirectory(db);
    const isWanted = (each: Center) => each.code === wanted.code;
    const standing = file.centers.find(isWanted);
    const kind = standing && seen !== undefined ? standing.kind : wanted.kind;
    const checked = checkChanged(withCenter(file, { ...neighboursOf(standing), ...wanted, kind }), 'centers');
    const decided = await decideSaving(checked, standing, (city) => city.centers.find(isWanted), seen);
    if (!decided.ok) return decided;
    const { after } = decided.value;
    if (standing && isSameEntry(standing, after)) return done({ value: undefined });
    return done({
      value: undefined,
      detail: { center: after.code, ...differences(standing, after) },
      statements: [upsertCenter(scope, after)],
    });
  });
}

/** What the form does not show: it stays as it is. */
function neighboursOf(standing: Center | undefined): Pick<Center, 'substitute' | 'mergedFrom'> {
  return {
    ...(standing?.substitute === undefined ? {} : { substitute: standing.substitute }),
    ...(standing?.mergedFrom === undefined ? {} : { mergedFrom: standing.mergedFrom }),
  };
}

/** Closes a center in which nobody works any more. */
export function closeCenter(
  scope: Scope,
  actor: Actor,
  code: string,
): Promise<Result<undefined, PeopleRefusal>> {
  const { db, now } = scope;
  return changeDirectory<undefined, PeopleRefusal>(scope, actor, 'directory.close_center', async () => {
    if (!mayKeepDirectory(actor)) return refused({ reason: 'not-allowed' });
    const file = await loadDirectory(db);
    const standing = file.centers.find((each) => each.code === code);
    if (!standing) return refused({ reason: 'not-found' });
    if (standing.kind === 'kikan') return refused({ reason: 'core-center' });
    if (file.staff.some((person) => person.center === code)) return refused({ reason: 'has-staff' });
    return done({
      value: undefined,
      detail: { center: code },
      statements: [db.update(center).set({ closedAt: now }).where(eq(center.code, code))],
    });
  });
}

function upsertPerson({ db }: Scope, person: Person): Statement {
  const { slackUserId, admin: isAdmin, duty: isOnDuty, email = null, name, profession, role } = person;
  const row = { name, center: person.center, profession, role, isAdmin, isOnDuty, email, removedAt: null };
  return db
    .insert(staff)
    .values({ slackUserId, ...row, position: sql`(SELECT coalesce(max(position), -1) + 1 FROM staff)` })
    .onConflictDoUpdate({ target: staff.slackUserId, set: row });
}

function upsertCenter({ db }: Scope, { code, kind, name, short, channel, area }: Center): Statement {
  const row = {
    kind,
    name,
    short,
    channel: channel ?? null,
    area: area ?? null,
    closedAt: null,
    mergedInto: null,
  };
  return db
    .insert(center)
    .values({ code, ...row, position: sql`(SELECT coalesce(max(position), -1) + 1 FROM center)` })
    .onConflictDoUpdate({ target: center.code, set: row });
}

function isSameEntry(one: Person | Center, other: Person | Center): boolean {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  const [first, second] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...fields].every((field) => JSON.stringify(first.get(field)) === JSON.stringify(second.get(field)));
}

/** Words of ours: which of several fixed values it became. */
const CONTROLLED = ['center', 'role', 'admin', 'duty', 'kind', 'channel'];

/** What changed: controlled words with their values, of names and addresses only that they did. */
function differences(before: Person | Center | undefined, after: Person | Center): Record<string, string> {
  const [old, fresh] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after))];
  const changed = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (field) => old.get(field) !== fresh.get(field),
  );
  const values = changed
    .filter((field) => CONTROLLED.includes(field))
    // A center's own entry names its code under `center`; a person's changes of it are `inCenter`.
    .map((field) => [
      field === 'center' ? 'inCenter' : field,
      `${old.get(field) ?? '-'} → ${fresh.get(field) ?? '-'}`,
    ]);
  return { changed: changed.join(' '), ...Object.fromEntries(values) };
}

/** Words to whoever's duty changed; and to the other admins when there is a new one, since that gives power over the list. */
function notices(actor: Actor, file: CityFile, before: Person | undefined, after: Person): OutboxEntry[] {
  const by = escapeMrkdwn(actor.name);
  const tell = (person: string, sentence: string) =>
    ({ kind: 'direct', person, message: { text: sentence } }) as const;
  const isCore = (person: Person | undefined) =>
    file.centers.some(({ code, kind }) => code === person?.center && kind === 'kikan');
  const wasOnDuty = before?.duty === true && isCore(before);
  const isOnDuty = after.duty && isCore(after);
  const duty =
    wasOnDuty === isOnDuty
      ? []
      : [tell(after.slackUserId, isOnDuty ? dutyText.begins(by) : dutyText.ends(by))];
  const admins = file.staff.filter(({ admin, slackUserId }) => admin && slackUserId !== after.slackUserId);
  const isNewAdmin = after.admin && before?.admin !== true;
  const power = isNewAdmin
    ? admins.map(({ slackUserId }) => tell(slackUserId, text.adminGiven(escapeMrkdwn(after.name), by)))
    : [];
  return [...duty, ...power].filter(({ person }) => person !== actor.slackUserId);
}
