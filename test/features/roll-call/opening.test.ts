/** One roll-call and all of them, as people find them; who commands by standing in; the drill that each year asks for. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { absence } from '../../../src/features/directory/tables.ts';
import { findDrillsOfYear } from '../../../src/features/roll-call/making/data.ts';
import { dueMonth } from '../../../src/features/roll-call/making/yearly/rules.ts';
import { openingText } from '../../../src/features/roll-call/opening/text.ts';
import { rollCallPagesText as pages } from '../../../src/features/roll-call/pages/text.ts';
import { rollCallInSlack } from '../../../src/features/roll-call/slack.ts';
import { moveRollCall } from '../../../src/features/roll-call/starting/planned/mutations.ts';
import { startingText } from '../../../src/features/roll-call/starting/text.ts';
import { rollCallText } from '../../../src/features/roll-call/text.ts';
import { calendarOf } from '../../../src/lib/business-time.ts';
import { eraYear, fiscalYearOf, japanDate } from '../../../src/lib/jst.ts';
import { loadDetector } from '../../../src/vault/personal-data/detector.ts';
import { Browser, formOf } from '../../support/browser.ts';
import { pressForged, submitForged } from '../../support/forged.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

async function close(house: House, id: string): Promise<void> {
  const view = { id: crypto.randomUUID(), callbackId: 'roll-call.end.form', metadata: id, values: {} };
  await send(house, submissionBody(PEOPLE.kenta, view));
}

/** What a form may ask for, whichever it is. */
const FILLED = {
  safety: 'safe',
  person: PEOPLE.minoru,
  reason: '理由',
  note: '文',
  body: '文',
  count: '3',
  on: '2030-01-01',
  at: '10:00',
};

/** What stands under a heading of a page, up to the next one. */
function under(html: string, heading: string): string {
  const [, after = ''] = html.split(`<h2>${heading}</h2>`);
  return after.split('<h2>')[0] ?? '';
}

test('開く shows one roll-call with what a person can do; the page has the same, and the lists never mix the kinds', async () => {
  const house = await openHouse(withDrills);
  const drill = await begunRollCall(house, new Date());
  const actual = await begunRollCall(house, new Date(), { kind: 'actual', scenario: 'storm' });
  const hanako = house.slack.as(PEOPLE.hanako);
  await hanako.slash('訓練', { channel: CHANNELS.east });
  await house.slack.waitFor(() => hanako.modal, { what: 'what runs' });
  await hanako.clickInModal('開く', undefined, { beside: drill.reference });
  await house.slack.waitFor(() => hanako.modals.length === 2, { what: 'the roll-call' });
  expect(hanako.modalText).toContain(`【訓練】${drill.reference} 地震`);
  expect(hanako.modalText).toContain(openingText.actualFirst);
  expect(hanako.modalText).toContain(openingText.everybody);
  expect(hanako.offers(hanako.modal?.view)).toContain('無事');
  expect(hanako.offers(hanako.modal?.view)).not.toContain('終える');
  const visitor = await Visitor.signedIn(house, PEOPLE.hanako);
  const list = await visitor.get('/roll-calls');
  const year = eraYear(fiscalYearOf(new Date(), 4), 4);
  expect(under(list.body, pages.running)).toContain(drill.reference);
  expect(under(list.body, pages.running)).toContain(actual.reference);
  expect(under(list.body, pages.yearPlan(year))).toContain(pages.runsThisYear);
  expect(list.body).not.toContain(startingText.open.drill);
  await close(house, drill.id);
  await close(house, actual.id);
  const after = await visitor.get('/roll-calls');
  expect(under(after.body, pages.running)).toContain(pages.nothingRuns);
  expect(under(after.body, pages.drills)).toContain(drill.reference);
  expect(under(after.body, pages.drills)).not.toContain(actual.reference);
  expect(under(after.body, pages.actual)).toContain(actual.reference);
  expect(under(after.body, pages.actual)).not.toContain(drill.reference);
  expect(under(after.body, pages.yearPlan(year))).toContain(pages.heldThisYear([drill.reference]));
  expect(under(after.body, pages.drills)).toContain(`/roll-calls/${drill.reference.slice(1)}/report`);
  const page = await visitor.get(`/roll-calls/${actual.reference.slice(1)}`);
  expect(page.status).toBe(200);
  expect(page.body).toContain('【安否確認】');
  expect(page.body).not.toContain('【訓練】');
  expect((await visitor.get('/roll-calls/R8-99')).status).toBe(404);
  expect((await visitor.get('/roll-calls/x')).status).toBe(404);
});

test('on pages, too, a real one starts by its red button alone, with its note', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    city.personalDataEntry = 'web';
  });
  const browser = new Browser(house);
  await browser.signIn(PEOPLE.kenta);
  const list = await browser.open('/roll-calls');
  const opened = formOf(list, '/modal/press').fields;
  await browser.post('/modal/press', [...opened, ['press', 'roll-call.start actual']]);
  const second = await browser.fillAndSend({ 連絡文: '市役所の裏に集合' });
  expect(second.text).toContain('これは訓練ではありません');
  expect(second.html).toContain('市役所の裏に集合');
  const confirmed = formOf(second, '/modal/submit').fields.filter(([name]) => name !== 'press');
  const press: [string, string] = ['press', 'roll-call.confirm actual'];
  const started = await browser.post('/modal/press', [...confirmed, press]);
  expect(started.text).toContain(startingText.started.actual);
  // Sent again by the back button: still one, and no second one of the kind.
  await browser.post('/modal/press', [...confirmed, press]);
  const { results } = await env.DB.prepare('SELECT kind, reference, note FROM roll_call').all();
  expect(results).toMatchObject([{ kind: 'actual' }]);
  expect(String(results[0]?.note)).not.toContain('市役所');
  const page = await browser.open(`/roll-calls/${String(results[0]?.reference).slice(1)}`);
  expect(page.text).toContain('市役所の裏に集合');
  await house.delivered();
  expect(JSON.stringify(house.slack.traffic)).not.toContain('市役所の裏');
});

test('whoever stands in today for a manager of the core center commands, and nobody else of that center', async () => {
  const house = await openHouse(withDrills);
  const takuya = house.slack.as(PEOPLE.takuya);
  expect((await takuya.slash('訓練', { channel: CHANNELS.general })).ackBody).toContain('いま行っている');
  const today = japanDate(new Date());
  await house.db.insert(absence).values({
    id: crypto.randomUUID(),
    person: PEOPLE.kenta,
    deputy: PEOPLE.takuya,
    fromOn: today,
    untilOn: today,
    notedBy: PEOPLE.kenta,
    notedAt: new Date(),
  });
  await takuya.slash('訓練', { channel: CHANNELS.general });
  await house.slack.waitFor(() => takuya.modal, { what: 'the form' });
  await takuya.submit();
  await takuya.submit();
  expect(takuya.modalText).toContain(startingText.started.drill);
  expect(await env.DB.prepare('SELECT organiser FROM roll_call').first('organiser')).toBe(PEOPLE.takuya);
  expect(takuya.offers(takuya.modal?.view)).toContain(rollCallText.actions.end);
});

const CALENDAR = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });

test('a year without its drill is reminded of from December on, at 9:00 of each month’s first business day', () => {
  const at = (instant: string) => dueMonth(new Date(instant), 4, CALENDAR);
  // 1 December 2026 is a Tuesday; 1 to 3 January 2027 are closed days, 4 January is a Monday.
  expect(at('2026-11-30T23:00:00+09:00')).toBeUndefined();
  expect(at('2026-12-01T08:59:00+09:00')).toBeUndefined();
  expect(at('2026-12-01T09:00:00+09:00')).toBe('2026-12');
  expect(at('2026-12-31T23:59:00+09:00')).toBe('2026-12');
  expect(at('2027-01-02T12:00:00+09:00')).toBeUndefined();
  expect(at('2027-01-04T09:00:00+09:00')).toBe('2027-01');
  expect(at('2027-03-31T12:00:00+09:00')).toBe('2027-03');
  expect(at('2027-04-01T12:00:00+09:00')).toBeUndefined();
  // A year that begins in January.
  expect(dueMonth(new Date('2026-09-01T09:00:00+09:00'), 1, CALENDAR)).toBe('2026-09');
});

test('those who command are reminded once a month while the year’s drill was not held; planned ones are named', async () => {
  const house = await openHouse(withDrills);
  const said = () =>
    house.slack
      .as(PEOPLE.kenta)
      .dm.map(({ text }) => text)
      .filter((each) => each.includes('年度の訓練は'));
  const hourly = (day: string) =>
    [0, 1, 2].map((hours) => Date.parse(`${day}T09:00:00+09:00`) + hours * 3_600_000);
  const first = Date.parse('2026-12-01T08:00:00+09:00');
  for (const at of [first, ...hourly('2026-12-01')]) await house.cron(at);
  await house.delivered();
  expect(said()).toEqual([
    expect.stringContaining('【訓練】R8年度の訓練は、まだ行っていません。予定もありません。'),
  ]);
  const { id, reference } = await begunRollCall(house, new Date(), {
    startsAt: new Date('2027-02-10T10:00:00+09:00'),
  });
  // A real one is no drill.
  const actual = await begunRollCall(house, new Date('2026-12-10T10:00:00+09:00'), { kind: 'actual' });
  await close(house, actual.id);
  for (const at of hourly('2027-01-04')) await house.cron(at);
  await house.delivered();
  expect(said()).toHaveLength(2);
  expect(said()[1]).toContain(`${reference}　2月10日(水) 10:00`);
  await house.cron(Date.parse('2027-02-10T10:00:00+09:00'));
  await close(house, id);
  for (const at of hourly('2027-03-01')) await house.cron(at);
  await house.delivered();
  // It was due at 10:00 of a day in February, when the reminder of that month came, too; none came in March.
  const { results } = await env.DB.prepare(
    "SELECT what FROM roll_call_notice WHERE what LIKE 'drill-reminder/%' ORDER BY what",
  ).all();
  expect(results.map(({ what }) => what)).not.toContain('drill-reminder/2027-03');
  expect(said()).toHaveLength(results.length);
});

test('a drill that was moved into the next fiscal year is that year’s, whatever its reference says', async () => {
  const house = await openHouse(withDrills);
  const march = new Date('2027-03-20T10:00:00+09:00');
  const april = new Date('2027-04-10T10:00:00+09:00');
  const { id, series } = await begunRollCall(house, new Date('2027-03-01T10:00:00+09:00'), {
    startsAt: march,
  });
  expect(series).toBe('R8');
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no 田中 健太');
  await moveRollCall(scopeAt(house, march), found.actor, { id, seen: 1 }, april);
  const namesOf = async (at: Date) => (await findDrillsOfYear(house.db, at)).drills.map((each) => each.id);
  expect([await namesOf(march), await namesOf(april)]).toEqual([[], [id]]);
});

/** What an answer says, but for the ids that the question held. */
function saying(body: string): string {
  return body.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '').replaceAll(/web-[\w-]{43}/g, '');
}

test('of one that is planned without notice no button and no form tells more than of nothing', {
  timeout: 60_000,
}, async () => {
  const house = await openHouse(withDrills);
  // Two requests at once must not be the first that load it here: the test's loader serves one of them only.
  await loadDetector();
  const startsAt = new Date(Date.now() + 86_400_000);
  const { id, reference } = await begunRollCall(house, new Date(), { startsAt });
  const nothing = crypto.randomUUID();
  const before = (await env.DB.prepare('SELECT * FROM roll_call').all()).results;
  const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
  const presses = rollCallInSlack.flatMap((each) => Object.keys(each.presses ?? {}));
  const forms = rollCallInSlack.flatMap(({ submissions }) => Object.keys(submissions ?? {}));
  expect(presses.length).toBeGreaterThan(10);
  const told: string[] = [];
  const compare = async (name: string, ask: (of: string) => Promise<{ status: number; body: string }>) => {
    const [theirs, none] = await Promise.all([ask(id), ask(nothing)]);
    expect([name, [200, 303, 404, 422].includes(theirs.status)]).toEqual([name, true]);
    if (saying(theirs.body) !== saying(none.body) || theirs.body.includes(reference)) told.push(name);
  };
  for (const action of presses) {
    await compare(action, (of) => pressForged(minoru, action, of, of));
    await compare(`${action} in its place`, (of) =>
      pressForged(minoru, action, `${of}/${PEOPLE.minoru}`, of),
    );
  }
  for (const form of forms) {
    await compare(form, (of) => submitForged(minoru, form, of, { values: FILLED }));
    await compare(`${form} of a place`, (of) =>
      submitForged(minoru, form, `${of} east/1`, { values: FILLED }),
    );
    await compare(`${form} of JSON`, (of) =>
      submitForged(minoru, form, JSON.stringify({ id: of, rollCall: of, rollCallId: of, center: 'east' }), {
        values: FILLED,
      }),
    );
  }
  expect(told).toEqual([]);
  expect((await env.DB.prepare('SELECT * FROM roll_call').all()).results).toEqual(before);
  expect(house.logs.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
