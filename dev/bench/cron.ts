/** What one minute's cron costs a city with thousands of open cases: rows that D1 reads, and milliseconds. */
import { addBusinessDays, calendarOf } from '../../src/lib/business-time.ts';
import { japanDate } from '../../src/lib/jst.ts';
import { runDueJobs } from '../../src/schedule.ts';
import type { Scope } from '../../src/slack/scope.ts';
import { type Effort, type Figure, median } from './figure.ts';
import type { Meter } from './meter.ts';

/** A quiet minute runs 1,440 times a day: at 1,000 rows it stays below a third of the free plan's 5,000,000 a day. */
const QUIET_ROWS = 1000;
/** The most that a busy minute may read. */
const BUSY_ROWS = 25_000;
/** What a city's worst minute brings: whatever exceeds a portion follows a minute later. */
const REMINDERS_DUE = 12;

/** Requires a database with cases; reckons their deadlines first, as the product does after a change of the city's hours. */
export async function measureCron(scope: Scope, meter: Meter, effort: Effort): Promise<Figure[]> {
  const calendar = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
  const day = addBusinessDays(calendar, japanDate(scope.now), 1);
  const at = (time: string) => new Date(`${day}T${time}:00+09:00`);
  const minute = (time: string) => () => runDueJobs({ ...scope, now: at(time) });
  const reviewed = await reviewAll(meter, minute('10:01'));
  const open = await countOf(
    meter,
    "SELECT count(*) AS n FROM consultation WHERE status IN ('submitted', 'accepted', 'active', 'waiting', 'closing')",
  );
  // Whatever fell due before belongs to no minute.
  await meter.binding
    .prepare('UPDATE deadline SET remind_at = NULL WHERE remind_at <= ?')
    .bind(at('10:02').getTime())
    .run();
  return [
    { name: 'cron: deadlines reckoned', value: `${open} open cases`, detail: `${reviewed} runs of 100` },
    await measure('cron: a quiet minute', meter, effort, QUIET_ROWS, minute('10:03')),
    await measure(`cron: ${REMINDERS_DUE} reminders due`, meter, effort, BUSY_ROWS, minute('10:05'), () =>
      makeDue(meter, at('10:05')),
    ),
    await measure('cron: the digests of a day', meter, effort, BUSY_ROWS, minute('17:05'), () =>
      meter.binding.prepare('DELETE FROM digest').run(),
    ),
  ];
}

async function reviewAll(meter: Meter, minute: () => Promise<void>): Promise<number> {
  for (let runs = 1; ; runs += 1) {
    await minute();
    const left = await countOf(
      meter,
      'SELECT count(*) AS n FROM deadline_review WHERE reviewed_until IS NOT NULL',
    );
    if (left === 0 || runs > 200) return runs;
  }
}

async function measure(
  name: string,
  meter: Meter,
  effort: Effort,
  mostRows: number,
  work: () => Promise<unknown>,
  prepare: () => Promise<unknown> = async () => undefined,
): Promise<Figure> {
  await prepare();
  const rows = await meter.rowsReadBy(work);
  const times: number[] = [];
  const baseline: number[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    await prepare();
    const begun = performance.now();
    await work();
    const ended = performance.now();
    await meter.binding.prepare('SELECT 1').first();
    times.push(ended - begun);
    baseline.push(performance.now() - ended);
  }
  return {
    name,
    value: `${rows} rows, ${median(times).toFixed(1)} ms`,
    target: { text: `<= ${mostRows} rows`, isMet: rows <= mostRows },
    detail: `${(median(times) / median(baseline)).toFixed(0)} times one empty D1 call`,
  };
}

async function makeDue(meter: Meter, at: Date): Promise<void> {
  await meter.binding
    .prepare(
      'UPDATE deadline SET remind_at = ? WHERE rowid IN (SELECT rowid FROM deadline WHERE due_at > ? ORDER BY due_at LIMIT ?)',
    )
    .bind(at.getTime(), at.getTime(), REMINDERS_DUE)
    .run();
}

async function countOf(meter: Meter, sql: string): Promise<number> {
  return (await meter.binding.prepare(sql).first<number>('n')) ?? 0;
}
