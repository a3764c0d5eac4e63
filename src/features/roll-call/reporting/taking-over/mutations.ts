/** Taking over is accepted once; those who command may ask somebody else. */
import { and, eq, isNull } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { type LoadedRollCall, listCommanders, standInOfActor } from '../../data.ts';
import { mayCommand, maySeeRollCall } from '../../rules.ts';
import { changeRollCall } from '../../storing/mutations.ts';
import { latestReports, listOpenCenters, listTakeovers, type NamedTakeover } from '../data.ts';
import { isClosed, type ReportingCenter } from '../rules.ts';
import { takeover } from '../tables.ts';
import { listHeads, nameOfPerson } from './data.ts';
import { acceptedEntries, consequenceEntries } from './notices.ts';
import { proposeTakeover } from './rows/mutations.ts';
import { mayTakeOver } from './rules.ts';

export const ACCEPT_TAKEOVER = 'roll-call.accept_takeover';
export const CHOOSE_SUBSTITUTE = 'roll-call.choose_substitute';

export type AcceptRefusal =
  | NotFound
  | { reason: 'not-running' | 'not-allowed' | 'ended' }
  | { reason: 'accepted'; by: string; at: Date };

/** Accepts for the center that is asked: its managers, whoever stands in for them, or those who command. The second one is told who was first. */
export async function acceptTakeover(
  scope: Scope,
  actor: Actor,
  { rollCallId, center }: { rollCallId: string; center: string },
): Promise<Result<NamedTakeover, AcceptRefusal>> {
  const { db, now } = scope;
  const standIn = await standInOfActor(scope, actor);
  let accepted: NamedTakeover | undefined;
  const changed = await changeRollCall<AcceptRefusal>(
    scope,
    actor,
    { id: rollCallId, action: ACCEPT_TAKEOVER },
    async ({ rollCall }) => {
      if (!maySeeRollCall(actor, standIn, rollCall)) return refused(NOT_FOUND);
      const all = await listTakeovers(db, rollCallId);
      const found = all.find((each) => each.center === center);
      if (!found) return refused(NOT_FOUND);
      if (!mayTakeOver(actor, standIn, found.substitute)) return refused({ reason: 'not-allowed' });
      if (rollCall.status !== 'running') return refused({ reason: 'not-running' });
      if (found.endedAt !== null) return refused({ reason: 'ended' });
      const { acceptedAt, acceptedBy } = found;
      if (acceptedAt !== null && acceptedBy !== null)
        return refused({ reason: 'accepted', by: await nameOfPerson(db, acceptedBy), at: acceptedAt });
      accepted = { ...found, acceptedAt: now, acceptedBy: actor.slackUserId };
      const [heads, commanders] = await Promise.all([
        listHeads(db, [center, found.substitute], now),
        listCommanders(db, now),
      ]);
      const shorts = new Map([
        [found.center, found.centerShort],
        [found.substitute, found.substituteShort],
      ]);
      return done({
        detail: { center, substitute: found.substitute },
        statements: [
          db
            .update(takeover)
            .set({ acceptedAt: now, acceptedBy: actor.slackUserId })
            .where(
              and(
                eq(takeover.rollCallId, rollCallId),
                eq(takeover.center, center),
                isNull(takeover.acceptedAt),
              ),
            ),
        ],
        entries: acceptedEntries(rollCall, found, { heads, commanders, shorts }, actor.slackUserId),
      });
    },
  );
  if (!changed.ok) return changed;
  if (!accepted) throw new Error('accepted without deciding');
  return done(accepted);
}

export type ChooseRefusal =
  | NotFound
  | { reason: 'not-running' | 'not-commander' | 'not-closed' | 'not-able' };

export interface Choosing {
  closed: ReportingCenter;
  /** Those that can be asked: open ones that are not closed by the disaster themselves. */
  able: readonly ReportingCenter[];
  /** The one that is asked so far. */
  standing: NamedTakeover | undefined;
}

/** Who could take over for a closed center, for those who command. */
export async function findChoices(
  scope: Scope,
  actor: Actor,
  { rollCall }: Pick<LoadedRollCall, 'rollCall'>,
  code: string,
): Promise<Result<Choosing, ChooseRefusal>> {
  const { db } = scope;
  const standIn = await standInOfActor(scope, actor);
  if (!maySeeRollCall(actor, standIn, rollCall)) return refused(NOT_FOUND);
  if (!mayCommand(actor, standIn)) return refused({ reason: 'not-commander' });
  if (rollCall.status !== 'running') return refused({ reason: 'not-running' });
  const [centers, reports, takeovers] = await Promise.all([
    listOpenCenters(db),
    latestReports(db, rollCall.id),
    listTakeovers(db, rollCall.id),
  ]);
  const down = new Set(reports.filter(isClosed).map((each) => each.center));
  const closed = centers.find((each) => each.code === code);
  if (!closed || !down.has(code)) return refused({ reason: 'not-closed' });
  const able = centers.filter((each) => each.kind !== 'city' && !down.has(each.code));
  const standing = takeovers.find((each) => each.center === code && each.endedAt === null);
  return done({ closed, able, standing });
}

/** Asks another center in the place of the one that was asked; the same one again changes nothing. */
export async function chooseSubstitute(
  scope: Scope,
  actor: Actor,
  { rollCallId, center, substitute }: { rollCallId: string; center: string; substitute: string },
): Promise<Result<{ closed: ReportingCenter; chosen: ReportingCenter }, ChooseRefusal>> {
  const { db, now } = scope;
  let outcome: { closed: ReportingCenter; chosen: ReportingCenter } | undefined;
  const changed = await changeRollCall<ChooseRefusal>(
    scope,
    actor,
    { id: rollCallId, action: CHOOSE_SUBSTITUTE },
    async (loaded) => {
      const found = await findChoices(scope, actor, loaded, center);
      if (!found.ok) return found;
      const { closed, able, standing } = found.value;
      const chosen = able.find(({ code }) => code === substitute);
      if (!chosen) return refused({ reason: 'not-able' });
      outcome = { closed, chosen };
      if (standing?.substitute === substitute) return done(undefined);
      const concerned = [substitute, ...(standing ? [standing.substitute] : [])];
      const [heads, commanders] = await Promise.all([listHeads(db, concerned, now), listCommanders(db, now)]);
      const shorts = new Map([...able, closed].map(({ code, short }) => [code, short]));
      const left = new Map(standing ? [[center, standing.substitute]] : []);
      return done({
        detail: { center, substitute },
        statements: [proposeTakeover(db, { rollCallId, center, substitute }, now)],
        entries: consequenceEntries(
          loaded.rollCall,
          [{ kind: 'propose', center, substitute }],
          { heads, commanders: commanders.filter((person) => person !== actor.slackUserId), shorts },
          left,
        ),
      });
    },
  );
  if (!changed.ok) return changed;
  if (!outcome) throw new Error('chosen without deciding');
  return done(outcome);
}
