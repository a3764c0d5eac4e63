/** Planned roll-calls: announced again on their morning, begun when they are due, called off when that was missed for too long. */
import { japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import { beginningStatements, newsStatements } from '../cards/beginning.ts';
import { newsMessage } from '../cards/blocks.ts';
import { directTo } from '../cards/entries.ts';
import { cardText } from '../cards/text.ts';
import { listRunning, type RollCall } from '../data.ts';
import { startingText } from '../starting/text.ts';
import { changeRollCallByJob } from '../storing/mutations.ts';
import { findNotice, listScheduled } from './data.ts';
import { rosterStatement } from './mutations.ts';

/** Later than this nobody expects it any more. */
const TOO_LATE_MS = 12 * 60 * 60_000;
const MORNING_MS = 9 * 60 * 60_000;
const JOB = 'planned-roll-calls';

/** One query in minutes in which none is planned for the next day. */
export async function lookAfterPlanned(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const endOfDay = new Date(startOfJapanDay(japanDate(now)).getTime() + 24 * 60 * 60_000);
  for (const planned of await listScheduled(db, endOfDay)) {
    if (planned.startsAt <= now) await beginOrCancel(scope, planned);
    else await remindOnTheDay(scope, planned);
  }
}

/** Its mails follow in the same run: that job comes later. */
async function beginOrCancel(scope: Scope, { id, startsAt }: RollCall): Promise<void> {
  if (scope.now.getTime() - startsAt.getTime() > TOO_LATE_MS) return cancelMissed(scope, id);
  await changeRollCallByJob(scope, { id, action: 'roll-call.begin', job: JOB }, async ({ rollCall }) => {
    if (rollCall.status !== 'scheduled') return undefined;
    // It waits until the other one of its kind has ended.
    if ((await listRunning(scope.db)).some(({ kind }) => kind === rollCall.kind)) return undefined;
    const set = { status: 'running' as const, startedAt: scope.now };
    return {
      set,
      statements: [
        rosterStatement(scope, rollCall),
        ...(await beginningStatements(scope, { ...rollCall, ...set })),
      ],
      isUrgent: true,
    };
  });
}

async function cancelMissed(scope: Scope, id: string): Promise<void> {
  await changeRollCallByJob(scope, { id, action: 'roll-call.cancel', job: JOB }, async ({ rollCall }) => {
    if (rollCall.status !== 'scheduled') return undefined;
    const { organiser, startsAt, isAnnounced, reference } = rollCall;
    const sentence = startingText.tooLate(reference, startsAt);
    return {
      set: { status: 'cancelled' as const },
      statements: isAnnounced
        ? await newsStatements(scope, rollCall, 'cancelled', { sentence: cardText.cancelled(startsAt) })
        : [],
      entries: [directTo(organiser, id, newsMessage(rollCall, sentence))],
    };
  });
}

/** At 9:00 of the day, or at the first run after it; not when it was planned or moved later than that, which told everybody. */
async function remindOnTheDay(scope: Scope, { id, startsAt, isAnnounced }: RollCall): Promise<void> {
  const { db, now } = scope;
  const on = japanDate(startsAt);
  const morning = new Date(startOfJapanDay(on).getTime() + MORNING_MS);
  const told = { what: `announced/${on}`, recipient: 'all' };
  if (!isAnnounced || now < morning || (await findNotice(db, id, told))) return;
  await changeRollCallByJob(scope, { id, action: 'roll-call.announce', job: JOB }, async ({ rollCall }) => {
    const isDue =
      rollCall.status === 'scheduled' && rollCall.startsAt > now && japanDate(rollCall.startsAt) === on;
    if (!isDue || (await findNotice(db, id, told))) return undefined;
    // Whoever planned or moved it since the morning told everybody then.
    if (rollCall.updatedAt >= morning) return { told: [told] };
    const sentence = cardText.today[rollCall.kind](rollCall.startsAt);
    return {
      told: [told],
      statements: await newsStatements(scope, rollCall, `day-${on}`, {
        sentence,
        hint: cardText.plannedHint,
      }),
    };
  });
}
