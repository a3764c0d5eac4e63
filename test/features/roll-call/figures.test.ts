/** The report of a roll-call through the front door: figures of a timetable worked out by hand, the year before, page, CSV, and the word in chat. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import type { CityFile } from '../../../src/features/directory/schema.ts';
import type { RollCall } from '../../../src/features/roll-call/data.ts';
import { closeRollCall } from '../../../src/features/roll-call/ending/mutations.ts';
import { readReport } from '../../../src/features/roll-call/figures/data.ts';
import { centerReport, takeover } from '../../../src/features/roll-call/reporting/tables.ts';
import { openDatabase } from '../../../src/lib/db.ts';
import { fiscalYearOf } from '../../../src/lib/jst.ts';
import { counting } from '../../support/counting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, withDrills } from '../../support/roll-call.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain } from '../../support/staff-changes.ts';
import { refusalsOnPages, Visitor } from '../../support/visitor.ts';

const SECOND = 1000;
const SOUTH_HEAD = 'U0SOUTH1';
const WEST_HEAD = 'U0WEST1';
const NEWCOMER = PEOPLE.stranger;

/** `m:s` after an instant. */
const clockFrom = (start: Date) => (clock: string) => {
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return new Date(start.getTime() + (minutes * 60 + seconds) * SECOND);
};

const run = (sql: string, ...values: (string | number)[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run();

async function close(house: House, id: string, now: Date): Promise<void> {
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no 田中 健太');
  expect(await closeRollCall(scopeAt(house, now), found.actor, id)).toMatchObject({ ok: true });
}

/** A drill of October of the fiscal year before: ten on its roster, one of a center that 東 took over since, two who are not asked now. */
async function drillOfLastYear(house: House, start: Date): Promise<RollCall> {
  const began = new Date(`${fiscalYearOf(start, 4) - 1}-10-01T01:00:00Z`);
  const at = clockFrom(began);
  const drill = await begunRollCall(house, began, { scenario: 'storm' });
  const person = 'roll_call_id = (SELECT id FROM roll_call WHERE reference = ?) AND person = ?';
  await run(`UPDATE roll_call_person SET center = 'north' WHERE ${person}`, drill.reference, PEOPLE.hanako);
  await run(`DELETE FROM roll_call_person WHERE ${person}`, drill.reference, SOUTH_HEAD);
  await run(
    "INSERT INTO roll_call_person (roll_call_id, person, center, joined_at, link_id) VALUES (?, ?, 'city', ?, 'x')",
    drill.id,
    PEOPLE.makoto,
    began.getTime(),
  );
  await answerOf(house, drill.id, PEOPLE.makoto, at('1:0'));
  await answerOf(house, drill.id, PEOPLE.hanako, at('2:0'));
  await answerOf(house, drill.id, PEOPLE.kenta, at('4:0'));
  await close(house, drill.id, at('30:0'));
  await importAgain(house, withoutNorth);
  return drill;
}

function withNorth(city: CityFile): void {
  withDrills(city);
  city.centers.push({ code: 'north', kind: 'district', name: '北地域包括支援センター', short: '北' });
}

/** 東 took over the area of 北, which is closed for good. */
function withoutNorth(city: CityFile): void {
  city.centers = city.centers
    .filter(({ code }) => code !== 'north')
    .map((each) => (each.code === 'east' ? { ...each, mergedFrom: ['north'] } : each));
}

/** The timetable of this year, as test/features/roll-call/figures-rules.test.ts works it out; the cron was stopped for some minutes. */
async function drillOfThisYear(house: House, start: Date): Promise<RollCall> {
  const at = clockFrom(start);
  const drill = await begunRollCall(house, start);
  const tap = (person: string, clock: string, more: Parameters<typeof answerOf>[4] = {}) =>
    answerOf(house, drill.id, person, at(clock), more);
  await tap(PEOPLE.kenta, '0:30');
  await tap(PEOPLE.naoko, '1:0');
  const severe = { safety: 'severe', place: null, coming: null, comingMinutes: null, family: null } as const;
  await tap(PEOPLE.takuya, '1:1', { answer: severe });
  await tap(WEST_HEAD, '2:0');
  await tap(PEOPLE.ichiro, '5:0', { way: 'proxy', by: WEST_HEAD });
  await tap(PEOPLE.hanako, '6:0');
  await house.cron(at('7:0').getTime());
  // Said without a network, and in only afterwards.
  await tap(PEOPLE.hanako, '7:30', { at: at('4:59'), way: 'web' });
  await importAgain(house, (city) => {
    withoutNorth(city);
    const [first] = city.staff;
    if (!first) throw new Error('nobody');
    city.staff.push({ ...first, slackUserId: NEWCOMER, name: '新井 新', center: 'east', role: 'staff' });
  });
  await house.cron(at('8:0').getTime());
  await tap(PEOPLE.guest, '10:0', { way: 'web' });
  await tap(PEOPLE.guest, '10:0', { way: 'web' });
  await tap(NEWCOMER, '12:0');
  await run('UPDATE staff SET removed_at = ? WHERE slack_user_id = ?', at('19:0').getTime(), WEST_HEAD);
  await run(
    'UPDATE roll_call_person SET left_at = ? WHERE roll_call_id = ? AND person = ?',
    at('20:0').getTime(),
    drill.id,
    WEST_HEAD,
  );
  await house.cron(at('20:0').getTime());
  await run(
    'UPDATE roll_call_person SET help_cleared_at = ? WHERE roll_call_id = ? AND person = ?',
    at('21:1').getTime(),
    drill.id,
    PEOPLE.takuya,
  );
  await house.cron(at('30:0').getTime());
  await tap('U0MISAKI', '31:0');
  await reportOf(house, drill.id, { number: 1, at: at('12:0'), power: 'out', service: 'stopped' });
  await reportOf(house, drill.id, {
    number: 2,
    at: at('40:0'),
    power: 'works',
    service: 'reduced',
    checksDone: 3,
    checksTotal: 8,
  });
  await house.db.insert(takeover).values({
    rollCallId: drill.id,
    center: 'east',
    substitute: 'west',
    proposedAt: at('12:0'),
    acceptedAt: at('14:0'),
    acceptedBy: PEOPLE.ichiro,
  });
  return drill;
}

async function reportOf(
  house: House,
  rollCallId: string,
  columns: Partial<typeof centerReport.$inferInsert> & { number: number; at: Date },
): Promise<void> {
  await house.db.insert(centerReport).values({
    id: crypto.randomUUID(),
    rollCallId,
    center: 'east',
    by: PEOPLE.minoru,
    reporter: 'manager',
    submissionKey: crypto.randomUUID(),
    ...columns,
  });
}

test('a drill’s report has the figures worked out by hand, with last year’s beside it; a real one of the same people has its own', async () => {
  const house = await openHouse(withNorth);
  const start = new Date(Math.floor(Date.now() / SECOND) * SECOND - 120 * 60 * SECOND);
  const at = clockFrom(start);
  const before = await drillOfLastYear(house, start);
  const actual = await begunRollCall(house, at('0:0'), { kind: 'actual' });
  const drill = await drillOfThisYear(house, start);
  await answerOf(house, actual.id, PEOPLE.kenta, at('50:0'));
  await close(house, drill.id, at('60:0'));
  expect(await answerOf(house, drill.id, SOUTH_HEAD, at('60:1'))).toMatchObject({ ok: false });

  const report = await readReport(house.db, drill.reference, new Date());
  expect(report).toMatchObject({
    figures: { roster: 10, answered: 8 },
    turnover: { joined: 1, left: 1 },
    ways: { first: { chat: 5, web: 2, proxy: 1 }, changed: 1 },
    effects: [
      { minutes: 5, told: 4, answered: 1 },
      { minutes: 15, told: 3, answered: 0 },
      { minutes: 30, told: 3, answered: 1 },
    ],
    help: { asked: 1, cleared: 1, medianMs: 20 * 60 * SECOND },
  });
  expect(report?.figures.within.map(({ answered }) => answered)).toEqual([2, 3, 5, 6, 7, 8]);
  expect(report?.figures.reached.map(({ ms }) => ms)).toEqual([61_000, 300_000, 1_860_000, null]);
  // Ten then: without the head of 南, with the city's; four of this year's were not there, and none of theirs answered.
  expect(report?.previous).toMatchObject({
    rollCall: { id: before.id, yearsBefore: 1 },
    comparison: {
      before: { roster: 10, answered: 3 },
      same: { now: { roster: 8, answered: 7 }, before: { roster: 8, answered: 2 } },
      joined: 2,
      left: 2,
    },
  });
  expect(report?.centers.map((each) => [each.short, each.figures?.answered, each.before?.answered])).toEqual([
    ['基幹型', 3, 1],
    // 佐藤 花子 was in 北 then.
    ['東', 2, 1],
    ['西', 2, 0],
    ['南', 1, 0],
    ['市', undefined, 1],
  ]);

  await run(
    'UPDATE roll_call SET slack_down_at = ?, mailed_at = ? WHERE id = ?',
    at('3:0').getTime(),
    at('4:0').getTime(),
    drill.id,
  );
  // The real one runs on: no drill is beside it, and nobody's answer to the drill is in it.
  const real = await readReport(house.db, actual.reference, at('70:0'));
  expect(real).toMatchObject({ previous: null, figures: { answered: 1 }, course: { closedAt: null } });
  expect(real?.figures.within.map(({ answered }) => answered)).toEqual([0, 0, 0, 0, 0, 1]);

  const path = `/roll-calls/${drill.reference.slice(1)}/report`;
  // A center that has nothing to do with it reads it, too: figures, no names.
  const ichiro = await Visitor.signedIn(house, PEOPLE.ichiro);
  const page = await ichiro.get(path);
  expect(page.status).toBe(200);
  expect(page.body).toContain(`<h1>【訓練】${drill.reference} 地震 報告書</h1>`);
  for (const words of [
    '8／10（80.0%）',
    '1分1秒',
    '5分',
    '31分',
    '未到達',
    '電気が止まっている',
    '第2報',
    '3／8',
    '途中で加わった方1名',
    '届きませんでした',
    '解除まで 中央値20分',
    '催促の効果',
  ])
    expect(page.body).toContain(words);
  expect(page.body).toMatch(
    /<svg viewBox="[^"]+" role="img" aria-labelledby="curve-title curve-desc"><title id/,
  );
  expect(page.body).toMatch(/<pattern id="bars-1-hatch"/);
  expect(page.body).not.toMatch(/<script|style="|NaN|undefined/);
  const others = house.city.staff.filter(({ slackUserId }) => slackUserId !== PEOPLE.ichiro);
  for (const { name, slackUserId } of others) {
    expect(page.body).not.toContain(name);
    expect(page.body).not.toContain(slackUserId);
  }

  const csv = await ichiro.get(`${path}.csv`);
  expect(csv.headers.get('content-disposition')).toContain(`kikan-roll-call-${drill.reference.slice(1)}.csv`);
  expect(csv.body.replace('\uFEFF', '').split('\r\n')[0]).toBe(`"【訓練】${drill.reference} 地震 報告書"`);
  expect(csv.body).toContain(`"30分以内",7,"70.0%",3,"30.0%",6,"75.0%",2,"25.0%"`);
  expect(csv.body).toContain(
    '"T90（名簿の90%が答えるまで）","未到達","","未到達","","未到達","","未到達",""',
  );

  const running = await ichiro.get(`/roll-calls/${actual.reference.slice(1)}/report`);
  expect(running.body).toContain(`<h1>【安否確認】${actual.reference} 地震 途中経過</h1>`);
  expect(running.body).not.toContain('【訓練】');

  // What has not begun or is not there has no report, and that is noted.
  await begunRollCall(house, at('0:0'), { startsAt: at('900:0') });
  for (const reference of [`${drill.series}-04`, 'R8-99', 'x'])
    for (const end of ['', '.csv'])
      expect((await ichiro.get(`/roll-calls/${reference}/report${end}`)).status).toBe(404);
  expect((await refusalsOnPages()).get(PEOPLE.ichiro)).toBe(6);
  expect((await Visitor.signedOut(house).get(path)).status).toBe(303);

  // The cron was missed for ten minutes after the end, and then runs twice.
  for (const clock of ['70:0', '70:0']) await house.cron(at(clock).getTime());
  // What else was said on the way would keep the courier busy for minutes of its clock.
  await run("UPDATE outbox SET state = 'superseded' WHERE state = 'waiting' AND kind = 'direct'");
  await house.delivered();
  const [board] = house.slack.messages(CHANNELS.general).filter(({ text }) => text.includes(drill.reference));
  const said = house.slack
    .thread(CHANNELS.general, board?.ts ?? '')
    .filter(({ text }) => text === `【訓練】${drill.reference} 地震 の結果`);
  expect(said).toHaveLength(1);
  const words = JSON.stringify(said);
  for (const each of ['回答 8／10名（80.0%）', 'T75 31分', 'T90 未到達', '前年度'])
    expect(words).toContain(each);
  expect(words).not.toMatch(/U0HANAKO|佐藤/);
}, 60_000);

test('the report of 3,000 people of 60 centers and of the year before costs seven statements', async () => {
  const house = await openHouse(withDrills);
  await run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
    INSERT INTO center (code, kind, name, short, position)
    SELECT 'c' || i, 'district', 'センター' || i, '第' || i, 100 + i FROM n`);
  await run(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2989)
    INSERT INTO staff (slack_user_id, name, center, profession, role, is_admin, is_on_duty, position)
    SELECT 'U0P' || i, '職員' || i, 'c' || (i % 60 + 1), '保健師', 'staff', 0, 0, 1000 + i FROM n`);
  const start = new Date(Date.now() - 90 * 60 * SECOND);
  const began = new Date(`${fiscalYearOf(start, 4) - 1}-10-01T01:00:00Z`);
  for (const [now, share] of [
    [began, 2],
    [start, 1],
  ] as const) {
    const { id } = await begunRollCall(house, now);
    // Person number i says so in chat after i seconds, and again on the web.
    for (const [way, lateMs] of [
      ['chat', 0],
      ['web', 100 * SECOND],
    ] as const)
      await run(
        `INSERT INTO roll_call_reply (roll_call_id, person, at, received_at, safety, way, by, key)
          SELECT ?1, slack_user_id, ?2 + ?3 + 1000 * (position - 1000), ?2, 'safe', ?4, slack_user_id, ?4
          FROM staff WHERE position >= 1000 AND position % ?5 = 0`,
        id,
        now.getTime(),
        lateMs,
        way,
        share,
      );
    await close(house, id, new Date(now.getTime() + 60 * 60 * SECOND));
  }
  const reference = String(
    await env.DB.prepare('SELECT reference FROM roll_call WHERE started_at = ?')
      .bind(start.getTime())
      .first('reference'),
  );
  const { db, count } = counting(env.DB);
  const report = await readReport(openDatabase(db), reference, new Date());
  expect(count()).toBe(7);
  expect(report?.figures).toMatchObject({ roster: 3000, answered: 2990 });
  // The 750th, the 1,500th, ... of the roster: numbers begin at 0.
  expect(report?.figures.reached.map(({ ms }) => ms)).toEqual([749_000, 1_499_000, 2_249_000, 2_699_000]);
  expect(report?.figures.within.map(({ answered }) => answered)).toEqual([61, 121, 301, 601, 1801, 2990]);
  expect(report?.ways).toEqual({ first: { chat: 2990, web: 0, proxy: 0 }, changed: 2990 });
  expect(report?.previous?.comparison.before).toMatchObject({ roster: 3000, answered: 1495 });
  expect(report?.centers).toHaveLength(64);
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  const page = await hanako.get(`/roll-calls/${reference.slice(1)}/report`);
  expect(page.status).toBe(200);
  expect(page.body.match(/<svg/g)).toHaveLength(4);
  // A center's name is the city's word, and no formula of a spreadsheet.
  await run("UPDATE center SET short = '=HYPERLINK(\"x\")' WHERE code = 'c7'");
  const csv = await hanako.get(`/roll-calls/${reference.slice(1)}/report.csv`);
  expect(csv.body).toContain(`"'=HYPERLINK(""x"")",50,50,"100.0%"`);
  expect(page.body.length).toBeLessThan(200_000);
}, 60_000);
