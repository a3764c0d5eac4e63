/** Keeping 会議体: added, changed and given up one at a time, as the city's audit chain serialises it. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { kindFile, listKindRows } from '../../directory/meeting-kinds/data.ts';
import { kindRow } from '../../directory/meeting-kinds/mutations.ts';
import type { MeetingKindFile } from '../../directory/meeting-kinds/schema.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { changeDirectory } from '../../directory/mutations.ts';
import { markOf } from '../../directory/settings/rules.ts';
import { mayKeepKinds } from '../rules.ts';
import type { KindState } from './schema.ts';

export const CHANGE_KIND = 'directory.change_meeting_kind';

export type KindRefusal = {
  reason: 'not-allowed' | 'not-found' | 'name-taken' | 'changed-meanwhile';
};

export function markOfKind(kind: MeetingKindFile): Promise<string> {
  return markOf(kind);
}

/** Adds or changes a kind. One that was given up under the name of a new one is taken up again, with its meetings. */
export function saveKind(
  scope: Scope,
  actor: Actor,
  state: KindState,
  wanted: MeetingKindFile,
): Promise<Result<undefined, KindRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, KindRefusal>(scope, actor, CHANGE_KIND, async () => {
    if (!mayKeepKinds(actor)) return refused({ reason: 'not-allowed' });
    const rows = await listKindRows(db);
    const target = await findTarget(rows, state, wanted);
    if (!target.ok) return target;
    const row = target.value;
    if (row && row.archivedAt === null && (await isSame(kindFile(row), wanted)))
      return done({ value: undefined });
    const isNew = state.id === null;
    const kindId = row?.id ?? crypto.randomUUID();
    const columns = kindRow(wanted);
    const position = Math.max(-1, ...rows.map((each) => each.position)) + 1;
    const added = { ...columns, position, archivedAt: null };
    return done({
      value: undefined,
      detail: { kind: kindId, change: isNew ? 'added' : 'changed' },
      statements: [
        row
          ? db
              .update(meetingKind)
              .set(isNew ? added : columns)
              .where(eq(meetingKind.id, row.id))
          : db.insert(meetingKind).values({ id: kindId, ...added }),
      ],
    });
  });
}

type KindRow = Awaited<ReturnType<typeof listKindRows>>[number];

/** The row that is changed or taken up again; undefined where the kind is a new one. What is wanted already is found whoever wrote it. */
async function findTarget(
  rows: readonly KindRow[],
  { id, seen }: KindState,
  wanted: MeetingKindFile,
): Promise<Result<KindRow | undefined, KindRefusal>> {
  const named = rows.find(({ name }) => name === wanted.name);
  if (id === null) {
    const isFree =
      named === undefined || named.archivedAt !== null || (await isSame(kindFile(named), wanted));
    return isFree ? done(named) : refused({ reason: 'name-taken' });
  }
  const row = rows.find((each) => each.id === id && each.archivedAt === null);
  if (!row) return refused({ reason: 'not-found' });
  if (named && named.id !== id) return refused({ reason: 'name-taken' });
  const shown = kindFile(row);
  const isCurrent = seen === (await markOfKind(shown)) || (await isSame(shown, wanted));
  return isCurrent ? done(row) : refused({ reason: 'changed-meanwhile' });
}

/** Gives a kind up: its meetings stay. @param seen `markOfKind` of what the button stood beside */
export function archiveKind(
  scope: Scope,
  actor: Actor,
  { id, seen }: { id: string; seen: string },
): Promise<Result<string, KindRefusal>> {
  const { db, now } = scope;
  return changeDirectory<string, KindRefusal>(scope, actor, CHANGE_KIND, async () => {
    if (!mayKeepKinds(actor)) return refused({ reason: 'not-allowed' });
    const row = (await listKindRows(db)).find((each) => each.id === id);
    if (!row) return refused({ reason: 'not-found' });
    if (row.archivedAt !== null) return done({ value: row.name });
    if (seen !== (await markOfKind(kindFile(row)))) return refused({ reason: 'changed-meanwhile' });
    return done({
      value: row.name,
      detail: { kind: id, change: 'archived' },
      statements: [db.update(meetingKind).set({ archivedAt: now }).where(eq(meetingKind.id, id))],
    });
  });
}

async function isSame(one: MeetingKindFile, other: MeetingKindFile): Promise<boolean> {
  return (await markOf(sorted(one))) === (await markOf(sorted(other)));
}

/** Files and forms name the same fields in orders of their own. */
function sorted(kind: MeetingKindFile): [string, unknown][] {
  return Object.entries(kind).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
