/**
 * `npm run bench -- storm [people] [perSecond] [slackMs]`: everybody of a large city taps 無事 within a minute, one in six twice at once, while
 * Slack takes its time. Is anything lost, does every tap get its answer, does the board end exact?
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure.ts';
import { type Planned, sendPaced, type Timed } from './load.ts';
import { safeTap } from './requests.ts';
import { peopleOf } from './storm-city.ts';
import { type Heard, type StormRig, startStormRig } from './storm-rig.ts';

/** Every so many people tap twice at the same moment. */
const DOUBLED_EACH = 6;
const MINUTE_MS = 60_000;
/** The bare Worker is asked as often a second, for so long at most. */
const BARE_SECONDS = 10;
/** Whatever has not come so long after the last tap counts as lost. */
const WAIT_AT_MOST_MS = 60_000;
/** What the project promises. */
const ANSWER_WITHIN_MS = 1_000;
const BOARD_WITHIN_MS = 10_000;
const UPDATES_A_MINUTE = 50;

export interface StormSize {
  /** Who is asked, all of whom tap: more than there are centers. */
  people: number;
  perSecond: number;
  /** How long Slack takes for each call. */
  slackMs: number;
}

export async function measureStorm(size: StormSize): Promise<Figure[]> {
  const { people, perSecond, slackMs } = size;
  const rig = await startStormRig(people, slackMs);
  try {
    const tapped = peopleOf(people);
    const bare = await sendPaced(rig.bare, planOf(rig, tapped.slice(0, perSecond * BARE_SECONDS), perSecond));
    await rig.tick();
    // The board is posted before the first tap, as in a real drill.
    await waitFor(() => rig.heard.boards.length > 0, 10_000);
    const before = await rig.counted();
    const ticking = tickEachMinute(rig);
    const taps = await sendPaced(rig.product, planOf(rig, tapped, perSecond));
    const lastTapAt = Math.max(...taps.map(({ dueAt }) => dueAt));
    await waitFor(async () => {
      return rig.heard.receipts.size >= taps.length && rig.heard.boards.at(-1)?.answered === people;
    }, WAIT_AT_MOST_MS);
    await ticking.stop();
    const after = await rig.counted();
    const stored = await readStored(rig);
    const storm = { ...size, taps, bare, lastTapAt, stored, rig };
    return [
      ...answerFigures(storm),
      {
        name: 'storm: D1 statements per answer',
        value: ((after.requests.statements - before.requests.statements) / people).toFixed(1),
        detail: `${((after.requests.calls - before.requests.calls) / people).toFixed(1)} calls, double taps and receipts included; courier and cron beside them ${((after.courier.statements - before.courier.statements) / people).toFixed(2)}`,
      },
      ...slackFigures(storm),
      faultsOf(rig.faults),
    ];
  } finally {
    await rig.dispose();
  }
}

/** Signed before the first is sent. Numbers of double taps are their person's, plus the number of people. */
function planOf(rig: StormRig, people: readonly string[], perSecond: number): Planned[] {
  return people.flatMap((person, n) => {
    const atMs = (n * 1000) / perSecond;
    const numbers = n % DOUBLED_EACH === 0 ? [n, n + people.length] : [n];
    return numbers.map((tap) => ({
      atMs,
      request: safeTap(person, rig.rollCallId, tap, rig.receiptUrl(tap)),
    }));
  });
}

/** The cron comes during the storm, too. */
function tickEachMinute(rig: StormRig): { stop(): Promise<void> } {
  const ending = new AbortController();
  const run = async () => {
    while (!ending.signal.aborted) {
      await rig.tick();
      await sleep(MINUTE_MS / 2, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop() {
      ending.abort();
      return running;
    },
  };
}

async function waitFor(isDone: () => boolean | Promise<boolean>, atMostMs: number): Promise<void> {
  const end = performance.now() + atMostMs;
  while (!(await isDone()) && performance.now() < end) await sleep(100);
}

interface Stored {
  answered: number;
  replies: number;
}

async function readStored({ db, rollCallId }: StormRig): Promise<Stored> {
  const count = async (sql: string) => (await db.prepare(sql).bind(rollCallId).first<number>('n')) ?? 0;
  return {
    answered: await count(
      'SELECT count(*) AS n FROM roll_call_person WHERE roll_call_id = ? AND answered_at IS NOT NULL',
    ),
    replies: await count('SELECT count(*) AS n FROM roll_call_reply WHERE roll_call_id = ?'),
  };
}

interface Storm extends StormSize {
  taps: readonly Timed[];
  bare: readonly Timed[];
  lastTapAt: number;
  stored: Stored;
  rig: StormRig;
}

function answerFigures({ people, taps, bare, stored }: Storm): Figure[] {
  const lost = people - stored.answered;
  const refused = taps.filter(({ answer }) => answer?.status !== 200).length;
  const times = taps.map(({ tookMs }) => tookMs);
  const bareTimes = bare.map(({ tookMs }) => tookMs);
  const inTime = times.filter((ms) => ms < ANSWER_WITHIN_MS).length;
  return [
    {
      name: 'storm: answered, lost',
      value: `${stored.answered}, ${lost}`,
      target: { text: '0 lost', isMet: lost === 0 && refused === 0 },
      detail: `${taps.length} taps of ${people} people, ${stored.replies} answers stored, ${refused} taps refused`,
    },
    {
      name: 'storm: HTTP answer p50, p99',
      value: `${ms(share(times, 0.5))}, ${ms(share(times, 0.99))}`,
      target: { text: `all < ${ANSWER_WITHIN_MS} ms`, isMet: inTime === times.length },
      detail: `${((inTime / times.length) * 100).toFixed(2)} % in time, longest ${ms(Math.max(...times))}; bare Hono ${ms(share(bareTimes, 0.5))}, ${ms(share(bareTimes, 0.99))}: ${(share(times, 0.5) / share(bareTimes, 0.5)).toFixed(1)} and ${(share(times, 0.99) / share(bareTimes, 0.99)).toFixed(1)} times as long`,
    },
  ];
}

function slackFigures({ people, slackMs, taps, lastTapAt, rig: { heard } }: Storm): Figure[] {
  const exactAt = heard.boards.find(({ answered }) => answered === people)?.at ?? Number.POSITIVE_INFINITY;
  const most = mostInAMinute(heard.updates);
  const receipts = receiptTimes(heard, taps, people);
  return [
    {
      name: 'storm: receipts',
      value: `${heard.receipts.size} of ${taps.length}`,
      detail: `after the tap: p50 ${ms(share(receipts, 0.5))}, p99 ${ms(share(receipts, 0.99))}; Slack takes ${slackMs} ms a call`,
    },
    {
      name: 'storm: board lag',
      value: ms(exactAt - lastTapAt),
      target: { text: `< ${BOARD_WITHIN_MS / 1000} s`, isMet: exactAt - lastTapAt < BOARD_WITHIN_MS },
      detail: 'from the last tap to a board in chat with the exact number',
    },
    {
      name: 'storm: chat.update in a minute',
      value: String(most),
      target: { text: `<= ${UPDATES_A_MINUTE}`, isMet: most <= UPDATES_A_MINUTE },
      detail: `${heard.updates.length} in all`,
    },
  ];
}

/** Taps stand in the plan's order: a person's double tap follows the first. */
function receiptTimes({ receipts }: Heard, taps: readonly Timed[], people: number): number[] {
  const dueAt = new Map<number, number>();
  let person = 0;
  for (let i = 0; i < taps.length; person += 1) {
    const numbers = person % DOUBLED_EACH === 0 ? [person, person + people] : [person];
    for (const number of numbers) dueAt.set(number, taps[i++]?.dueAt ?? 0);
  }
  return [...receipts].map(([number, at]) => at - (dueAt.get(number) ?? 0));
}

/** The most within any sixty seconds. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((begin) => times.filter((at) => at >= begin && at < begin + MINUTE_MS).length),
  );
}

function faultsOf(faults: readonly string[]): Figure {
  const kinds = new Map<string, number>();
  for (const fault of faults) {
    const kind = /"event":"([^"]+)"/.exec(fault)?.[1] ?? fault.slice(0, 80);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return {
    name: 'storm: warnings and errors logged',
    value: String(faults.length),
    detail: [...kinds].map(([kind, count]) => `${kind} ${count}`).join(', '),
  };
}

/** The value that so large a share does not exceed; NaN of none. */
function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function ms(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value)} ms` : 'never';
}
