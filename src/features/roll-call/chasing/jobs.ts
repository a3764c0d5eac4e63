/** Silent people are asked again, then their managers hear of it, then whoever commands. Once each, however often and late this runs. */
import { type SQL, sql } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { enqueueDirects, withdrawDirects } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { findCity } from '../../directory/data.ts';
import { type LoadedRollCall, listCommanders, listRunning, type RollCall } from '../data.ts';
import { listManagersToday } from '../helping/data.ts';
import { mailStatements } from '../links/mailing/mutations.ts';
import { linkMails } from '../links/mails.ts';
import { changeRollCallByJob, type RollCallChange } from '../storing/mutations.ts';
import { rollCallNotice } from '../tables.ts';
import { type Due, findDue, listForCore, listForManagers, listToMail, peopleToAsk } from './data.ts';
import { askedAgain, noticesToCore, noticesToManagers, textOfAsking } from './notices.ts';
import { CORE_MARK, chaseMark, MANAGER_MARK } from './rules.ts';
import { chaseMinutesOf } from './schema.ts';

export async function chaseSilent(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const running = await listRunning(db);
  if (running.length === 0) return;
  const minutes = chaseMinutesOf(await findCity(db));
  for (const rollCall of running) {
    if (!isAnything(await findDue(db, rollCall, minutes, now))) continue;
    await changeRollCallByJob(
      scope,
      { id: rollCall.id, action: 'roll-call.chase', job: 'chase-silent' },
      (loaded) => chase(scope, loaded, minutes),
    );
  }
}

async function chase(
  scope: Scope,
  { rollCall }: LoadedRollCall,
  minutes: readonly number[],
): Promise<RollCallChange | undefined> {
  const { db, now } = scope;
  if (rollCall.status !== 'running') return undefined;
  const due = await findDue(db, rollCall, minutes, now);
  if (!isAnything(due)) return undefined;
  const [forManagers, forCore] = await Promise.all([
    due.managers > 0 ? listForManagers(db, rollCall.id, minutes, now) : [],
    due.core > 0 ? listForCore(db, rollCall.id, now) : [],
  ]);
  const [managers, commanders] = await Promise.all([
    forManagers.length > 0 ? listManagersToday(db, now) : new Map<string, readonly string[]>(),
    forCore.length > 0 ? listCommanders(db, now) : [],
  ]);
  const asking =
    due.people > 0 && due.step !== undefined ? await askAgain(scope, rollCall, due.step, minutes) : {};
  return {
    detail: { step: due.step ?? 0, people: due.people, managers: due.managers, core: due.core },
    statements: asking.statements ?? [],
    told: [
      ...(asking.told ?? []),
      ...forManagers.map(({ code }) => ({ what: MANAGER_MARK, recipient: code })),
      ...forCore.map(({ code }) => ({ what: CORE_MARK, recipient: code })),
    ],
    entries: [
      ...noticesToManagers(rollCall, forManagers, managers),
      ...noticesToCore(rollCall, forCore, commanders),
    ],
  };
}

function isAnything({ people, managers, core }: Due): boolean {
  return people + managers + core > 0;
}

type Asking = Pick<RollCallChange, 'statements' | 'told'>;

/** By direct message; by mail where the drill is that Slack does not work. */
async function askAgain(
  scope: Scope,
  rollCall: RollCall,
  step: number,
  minutes: readonly number[],
): Promise<Asking> {
  const { db, now } = scope;
  if (rollCall.scenario !== 'slack-outage')
    return { statements: askByMessage(scope, rollCall, step, minutes) };
  const people = await listToMail(db, rollCall.id, step, minutes, now);
  return {
    statements: mailStatements(scope, await linkMails(scope, rollCall, people)),
    // Whoever has no address counts as asked: then the manager hears of her.
    told: people.map(({ person }) => ({ what: chaseMark(step), recipient: person })),
  };
}

/**
 * The statements that ask all who are silent when they run: whoever answered a moment ago is left out. What they were asked before and
 * still waits to be sent is not sent any more.
 */
function askByMessage(
  { db, now }: Scope,
  rollCall: RollCall,
  step: number,
  minutes: readonly number[],
): Statement[] {
  const { id } = rollCall;
  const people = (): SQL => peopleToAsk(id, step, minutes, now);
  return [
    withdrawDirects(db, people(), { about: id, text: textOfAsking(rollCall) }, now),
    enqueueDirects(db, people(), { message: askedAgain(rollCall, step), about: id }, now),
    // Every column of the table, in its order. Last: what stands before it asks who was not asked yet.
    db
      .insert(rollCallNotice)
      .select(sql`SELECT ${id}, ${chaseMark(step)}, person, ${now.getTime()} FROM (${people()})`),
  ];
}
