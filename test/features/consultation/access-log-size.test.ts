/** What looking into a long log costs: rows that D1 reads, and bills, must not grow with the log. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { meterOf } from '../../../dev/bench/meter.ts';
import { type LogQuery, type LogSight, readLog } from '../../../src/features/consultation/access-log/data.ts';
import { listUnusualReaders } from '../../../src/features/consultation/access-log/watching/data.ts';
import { sightOf } from '../../../src/features/consultation/visibility/data.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { aCase, storeCases } from '../../support/stored-cases.ts';

const ENTRIES = 200_000;
const CASES = 400;
const SECONDS_BETWEEN = 60;
/** The page that looks at 2,000 entries reads them, what they name, and once more to know where it ended. */
const MOST_ROWS = 12_000;

test(`a page of a log of ${ENTRIES} entries reads at most ${MOST_ROWS} rows, whatever it is narrowed to`, async () => {
  const house = await openHouse();
  const cases = Array.from({ length: CASES }, (_, n) =>
    aCase({ id: `case-${n}`, sendingCenter: n % 40 === 0 ? 'east' : 'west', responsibleCenter: 'kikan' }),
  );
  for (let first = 0; first < CASES; first += 50) await storeCases(house.db, cases.slice(first, first + 50));
  const now = new Date();
  await env.DB.prepare(
    `INSERT INTO audit_entry (chain, seq, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash)
     WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
     SELECT 'person:U' || (i % 300), i / 300 + 1, 'case-' || (i * 7 % CAST(?2 AS INTEGER)), CAST(?3 - i * ?4 * 1000 AS INTEGER), 'U' || (i % 300),
       'consultation.read', iif(i % 5000 = 4999, 'refused', 'done'), 'slack', '{"what":"content"}', '', '' FROM n`,
  )
    .bind(ENTRIES, CASES, now.getTime(), SECONDS_BETWEEN)
    .run();
  const meter = meterOf(env.DB);
  const sights: [string, LogSight][] = [];
  for (const [who, reach, id] of [
    ['admin', 'all', PEOPLE.makoto],
    ['manager', 'own', PEOPLE.minoru],
  ] as const) {
    const found = await Actor.find(house.db, id);
    if (!found) throw new Error(id);
    sights.push([who, { reach, sight: await sightOf({ db: house.db, now }, found.actor) }]);
  }
  const queries: [string, Partial<LogQuery>][] = [
    ['all', {}],
    ['one person', { person: 'U7' }],
    ['nobody', { person: 'UNOBODY' }],
    ['one case', { cases: ['case-40'] }],
    ['cases of a resident', { cases: ['case-40', 'case-80', 'case-120'] }],
    ['refused', { group: 'refused' }],
    ['on pages', { surface: 'web' }],
    ['long ago', { untilOn: '2026-08-01' }],
    ['a far page', { after: { at: now.getTime() - ENTRIES * SECONDS_BETWEEN * 500, row: 1 } }],
  ];
  const figures: Record<string, number> = {};
  const found: Record<string, number> = {};
  for (const [who, sight] of sights)
    for (const [name, query] of queries)
      figures[`${who}: ${name}`] = await meter.rowsReadBy(async () => {
        const { entries } = await readLog(meter.db, sight, { count: 50, scanned: 2_000, ...query });
        if (who === 'admin' || name === 'all') found[name] = entries.length;
      });
  expect(figures).toEqual(
    Object.fromEntries(
      Object.keys(figures).map((name) => [name, expect.toSatisfy((n: number) => n <= MOST_ROWS)]),
    ),
  );
  expect(found).toMatchObject({ all: 50, 'one case': 50, 'cases of a resident': 50, refused: 0 });
  const watch = await meter.rowsReadBy(() => listUnusualReaders(meter.db, now, 600_000));
  expect(watch).toBeLessThan(4_200 / SECONDS_BETWEEN + 100);
}, 120_000);
