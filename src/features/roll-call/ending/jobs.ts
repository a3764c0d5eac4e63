/** Roll-calls that nobody ended: a drill ends by itself, of a real one those who command are reminded. */
import type { Scope } from '../../../slack/scope.ts';
import { newsMessage } from '../cards/blocks.ts';
import { directTo } from '../cards/entries.ts';
import { listCommanders, listRunning, type RollCall } from '../data.ts';
import { findNotice } from '../making/data.ts';
import { changeRollCallByJob } from '../storing/mutations.ts';
import { closingOf } from './mutations.ts';
import { endingText as text } from './text.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Days after which those who command are reminded of a real one, daily. */
const REMINDED_AFTER_DAYS = 3;
const JOB = 'forgotten-roll-calls';

/** One query in minutes in which nothing runs for so long. */
export async function endForgotten(scope: Scope): Promise<void> {
  for (const running of await listRunning(scope.db)) {
    const days = Math.floor((scope.now.getTime() - (running.startedAt ?? scope.now).getTime()) / DAY_MS);
    if (running.kind === 'drill' && days >= 1) await endForgottenDrill(scope, running);
    if (running.kind === 'actual' && days >= REMINDED_AFTER_DAYS) await remindOfActual(scope, running, days);
  }
}

async function endForgottenDrill(scope: Scope, { id }: RollCall): Promise<void> {
  const commanders = await listCommanders(scope.db, scope.now);
  await changeRollCallByJob(scope, { id, action: 'roll-call.close', job: JOB }, async ({ rollCall }) => {
    if (rollCall.status !== 'running') return undefined;
    const told = [...new Set([rollCall.organiser, ...commanders])];
    return {
      ...(await closingOf(scope, rollCall, `job:${JOB}`)),
      entries: told.map((person) => directTo(person, id, newsMessage(rollCall, text.forgotten))),
    };
  });
}

async function remindOfActual(scope: Scope, { id }: RollCall, days: number): Promise<void> {
  const notice = { what: `still-running/${days}`, recipient: 'all' };
  if (await findNotice(scope.db, id, notice)) return;
  const commanders = await listCommanders(scope.db, scope.now);
  await changeRollCallByJob(
    scope,
    { id, action: 'roll-call.remind-close', job: JOB },
    async ({ rollCall }) => {
      if (rollCall.status !== 'running' || (await findNotice(scope.db, id, notice))) return undefined;
      const message = newsMessage(rollCall, text.stillRunning(days));
      return { told: [notice], entries: commanders.map((person) => directTo(person, id, message)) };
    },
  );
}
