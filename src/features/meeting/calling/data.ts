/** Reads of who may call what, and whom. */
import { asc, isNull } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Actor } from '../../directory/actor.ts';
import { listKinds, readInvitable } from '../../directory/meeting-kinds/data.ts';
import type { MeetingKind } from '../../directory/meeting-kinds/rules.ts';
import { center } from '../../directory/tables.ts';
import { mayCall } from '../rules.ts';

/** The kinds that somebody may call. 研修 are planned in their own place, since people apply for them. */
export async function listCallable(db: Database, actor: Actor): Promise<MeetingKind[]> {
  const kinds = await listKinds(db);
  return kinds.filter((kind) => !kind.isTraining && mayCall(actor, kind));
}

/** The open centers, in their order. */
export async function listOpenCenters(db: Database) {
  return db
    .select({ code: center.code, kind: center.kind, short: center.short, channel: center.channel })
    .from(center)
    .where(isNull(center.closedAt))
    .orderBy(asc(center.position));
}

/** What the form offers, and what is checked when it comes back. */
export async function readCallable(db: Database, actor: Actor, kindId: string) {
  const [kinds, invitable, centers] = await Promise.all([
    listCallable(db, actor),
    readInvitable(db),
    listOpenCenters(db),
  ]);
  const kind = kinds.find(({ id }) => id === kindId);
  if (!kind) return undefined;
  const host =
    actor.center.kind === kind.host
      ? centers.find(({ code }) => code === actor.center.code)
      : centers.find((each) => each.kind === kind.host);
  return host && { kind, host, people: invitable.people, districts: invitable.centers, centers };
}

export type Callable = NonNullable<Awaited<ReturnType<typeof readCallable>>>;
