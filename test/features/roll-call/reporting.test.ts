/** Reports of centers through the front door: the first in one choice, later ones from the last, who may give them, and 代替. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import type { CityFile } from '../../../src/features/directory/schema.ts';
import { absence } from '../../../src/features/directory/tables.ts';
import { ACTIONS } from '../../../src/features/roll-call/actions.ts';
import { checksOf } from '../../../src/features/roll-call/priority/data.ts';
import { latestReports, listReports } from '../../../src/features/roll-call/reporting/data.ts';
import { REPORT_FORM } from '../../../src/features/roll-call/reporting/form.ts';
import { reportCenter } from '../../../src/features/roll-call/reporting/mutations.ts';
import { UNSAID } from '../../../src/features/roll-call/reporting/rules.ts';
import { acceptTakeover } from '../../../src/features/roll-call/reporting/taking-over/mutations.ts';
import { TAKEOVER_ACTIONS } from '../../../src/features/roll-call/reporting/taking-over/notices.ts';
import { japanDate } from '../../../src/lib/jst.ts';
import { Browser, formOf } from '../../support/browser.ts';
import { type House, openHouse } from '../../support/house.ts';
import { countDms, told } from '../../support/invited.ts';
import { scopeAt } from '../../support/meeting.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { lastTold } from '../../support/strict.ts';
import { Visitor } from '../../support/visitor.ts';

const REPORT_BUTTON = 'センターの状況を報告する';
const FINE = 'すべて異常なし';
const WEST = 'U0WEST1';
const SOUTH = 'U0SOUTH1';
const CANARY = 'カナリア報告文';

function withNeighbours(city: CityFile): void {
  withDrills(city);
  const next: Readonly<Record<string, string>> = { east: 'west', west: 'south', south: 'east' };
  for (const each of city.centers) if (next[each.code]) Object.assign(each, { substitute: next[each.code] });
}

/** The form of a report, opened from the menu. */
async function openReport(house: House, person: string, first: string) {
  const somebody = house.slack.as(person);
  await somebody.slash('訓練', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the menu' });
  await somebody.clickInModal(REPORT_BUTTON);
  await house.slack.waitFor(() => somebody.modalText.includes(first), { what: first });
  return somebody;
}

/** What a press came to: a press is acknowledged first and worked on then. */
async function pressed(house: House, person: string, actionId: string, value: string): Promise<string> {
  const somebody = house.slack.as(person);
  const before = somebody.dm.length + somebody.ephemerals.length;
  await send(house, pressBody(person, actionId, value));
  const isTold = async () => {
    await house.delivered();
    return somebody.dm.length + somebody.ephemerals.length > before;
  };
  await house.slack.waitFor(isTold, { what: 'a sentence' });
  return JSON.stringify(lastTold(house, person));
}

async function actorNamed(house: House, person: string): Promise<Actor> {
  const found = await Actor.find(house.db, person);
  if (!found) throw new Error(person);
  return found.actor;
}

/** A report past the form. */
async function report(house: House, person: string, rollCallId: string, center: string, status: object) {
  const latest = (await latestReports(house.db, rollCallId)).find((each) => each.center === center);
  const base = latest?.number ?? 0;
  return reportCenter(scopeAt(house, new Date()), await actorNamed(house, person), {
    rollCallId,
    center,
    base,
    status: { ...UNSAID, ...status },
    note: null,
    submissionKey: crypto.randomUUID(),
  });
}

async function takeovers(): Promise<Record<string, unknown>> {
  const { results } = await env.DB.prepare(
    'SELECT center, substitute, accepted_by, ended_at FROM roll_call_takeover ORDER BY center',
  ).all();
  return Object.fromEntries(
    results.map((row) => [
      String(row.center),
      `${row.substitute}${row.accepted_by === null ? '' : ` by ${row.accepted_by}`}${row.ended_at === null ? '' : ' ended'}`,
    ]),
  );
}

test('a first report is one choice; later ones start from the last; what was typed stands on pages, for those who may read it', async () => {
  const house = await openHouse(withNeighbours);
  const { id, reference } = await begunRollCall(house, new Date());
  const minoru = await openReport(house, PEOPLE.minoru, '東 第1報');
  expect(minoru.filledIn).toMatchObject({
    まとめて: '個別に選ぶ',
    業務: '未確認',
    人的被害: '未確認',
    建物: '未確認',
    電気: '未確認',
  });
  const wrong = await minoru.fillAndSubmit({ まとめて: FINE, 参集人数: '多い' });
  expect(wrong.errors).toEqual({ 参集人数: '0から9999までの整数を書いてください。' });
  await minoru.fillAndSubmit({ 参集人数: '５' });
  expect(minoru.modalText).toContain('東の第1報を送りました');
  expect(await latestReports(house.db, id)).toMatchObject([
    {
      center: 'east',
      centerShort: '東',
      number: 1,
      by: PEOPLE.minoru,
      reporter: 'manager',
      damage: 'none',
      building: 'intact',
      power: 'works',
      service: 'usual',
      gathered: 5,
      checksDone: null,
      needsPeople: false,
      hasNote: false,
    },
  ]);
  // Nothing to act on: nobody is disturbed.
  await house.delivered();
  expect(house.slack.as(PEOPLE.kenta).dm).toEqual([]);

  const hanako = await openReport(house, PEOPLE.hanako, '東 第2報');
  expect(hanako.filledIn).toMatchObject({ 業務: '通常', 電気: '使える', 参集人数: '5' });
  await hanako.fillAndSubmit({
    業務: '縮小',
    電気: '止まっている',
    必要な支援: ['物資', '車両'],
    '優先安否確認 できた数': '3',
    '優先安否確認 全体の数': '１０',
    自由記述: CANARY,
  });
  expect(hanako.modalText).toContain('東の第2報を送りました');
  expect(await listReports(house.db, id)).toMatchObject([
    { number: 1 },
    { number: 2, reporter: 'proxy', service: 'reduced', damage: 'none', needsGoods: true, hasNote: true },
  ]);
  expect((await checksOf(house.db, id)).get('east')).toEqual({
    done: 3,
    total: 10,
    help: null,
    absent: null,
  });
  await house.delivered();
  const alarms = house.slack.as(PEOPLE.kenta).dm;
  expect(alarms).toHaveLength(1);
  expect(alarms[0]?.text).toContain(`【訓練】${reference}`);
  expect(JSON.stringify(alarms)).toContain('必要な支援：物資・車両');

  // The words leave the database nowhere but for the page of those who may read them.
  const stored = JSON.stringify(
    (await env.DB.prepare('SELECT * FROM roll_call_center_report').all()).results,
  );
  const said = JSON.stringify(house.slack.calls().filter(({ method }) => method.startsWith('chat.')));
  for (const text of [stored, said, house.logs.join('\n')]) expect(text).not.toContain(CANARY);
  const page = `/roll-calls/${reference.slice(1)}`;
  for (const [person, reads] of [
    [PEOPLE.hanako, true],
    [PEOPLE.naoko, true],
    [PEOPLE.makoto, true],
    [PEOPLE.ichiro, false],
  ] as const) {
    const { status, body } = await (await Visitor.signedIn(house, person)).get(page);
    expect([person, status, body.includes(CANARY)]).toEqual([person, 200, reads]);
    expect(body).toContain('業務：縮小');
    expect(body.includes('佐藤 花子（代理入力）')).toBe(reads);
  }
  expect((await auditOf('roll-call.read_report_notes')).map(({ actor }) => actor)).toEqual([
    PEOPLE.hanako,
    PEOPLE.naoko,
    PEOPLE.makoto,
  ]);
});

test('the core center reports for any, a deputy for whom she stands in, others for their own; refusals are noted', async () => {
  const house = await openHouse(withNeighbours);
  const { id } = await begunRollCall(house, new Date(), { centers: ['kikan', 'east', 'west'] });
  const kenta = await openReport(house, PEOPLE.kenta, 'どのセンターの報告か');
  expect(kenta.filledIn).toMatchObject({ どのセンターの報告か: '基幹型' });
  await kenta.fillAndSubmit({ どのセンターの報告か: '西' });
  await house.slack.waitFor(() => kenta.modalText.includes('西 第1報'), { what: 'the report' });
  await kenta.fillAndSubmit({ まとめて: FINE });
  expect(kenta.modalText).toContain('西の第1報を送りました');

  await house.db.insert(absence).values({
    id: crypto.randomUUID(),
    person: PEOPLE.minoru,
    deputy: WEST,
    fromOn: japanDate(new Date()),
    untilOn: japanDate(new Date()),
    notedBy: PEOPLE.minoru,
    notedAt: new Date(),
  });
  const deputy = await openReport(house, WEST, 'どのセンターの報告か');
  await deputy.fillAndSubmit({ どのセンターの報告か: '東' });
  await house.slack.waitFor(() => deputy.modalText.includes('東 第1報'), { what: 'the report' });
  await deputy.fillAndSubmit({ まとめて: FINE });
  expect((await latestReports(house.db, id)).map(({ center, reporter }) => [center, reporter])).toEqual([
    ['east', 'deputy'],
    ['west', 'proxy'],
  ]);

  // Not asked; no center of one's own to report for; somebody else's center by a copied form.
  expect(await pressed(house, SOUTH, ACTIONS.centerReport.actionId, id)).toContain(
    '報告できるセンターがありません',
  );
  expect(await pressed(house, PEOPLE.makoto, ACTIONS.centerReport.actionId, id)).toContain(
    '報告できるセンターがありません',
  );
  const forged = (metadata: string) =>
    send(
      house,
      submissionBody(PEOPLE.ichiro, {
        id: `V${crypto.randomUUID()}`,
        callbackId: REPORT_FORM,
        metadata,
        values: { quick: { type: 'static_select', selected_option: { value: 'fine' } } },
      }),
    );
  expect(await forged(`${id} east 1`)).toContain('そのセンターの報告は');
  expect(await forged(`${crypto.randomUUID()} west 0`)).toContain('見つかりません');
  expect(await forged(`${id} nowhere 0`)).toContain('そのセンターの報告は');
  await env.DB.prepare("UPDATE roll_call SET status = 'closed'").run();
  expect(await forged(`${id} west 1`)).toContain('いまは実施していない');
  expect(await pressed(house, PEOPLE.minoru, ACTIONS.centerReport.actionId, id)).toContain(
    'いまは実施していない',
  );
  expect(await listReports(house.db, id)).toHaveLength(2);
  const refusals = (await auditOf('roll-call.report')).filter(({ outcome }) => outcome === 'refused');
  expect(refusals.map(({ actor }) => actor)).toEqual([
    SOUTH,
    PEOPLE.makoto,
    PEOPLE.ichiro,
    PEOPLE.ichiro,
    PEOPLE.ichiro,
    PEOPLE.ichiro,
    PEOPLE.minoru,
  ]);
});

test('of two at once the second is told of the first, keeps what was filled in, and becomes the next number; a form counts once', async () => {
  const house = await openHouse((city) => {
    withNeighbours(city);
    for (let n = 0; n < 12; n += 1)
      city.centers.push({ code: `c${n}`, kind: 'district', name: `第${n}センター`, short: `第${n}` });
  });
  const { id } = await begunRollCall(house, new Date());
  const hanako = await openReport(house, PEOPLE.hanako, '東 第1報');
  const minoru = await openReport(house, PEOPLE.minoru, '東 第1報');
  await minoru.fillAndSubmit({ まとめて: FINE });
  await hanako.fillAndSubmit({ 業務: '縮小', 参集人数: '2' });
  expect(hanako.modalText).toContain('第1報が先に出ています（阿部 実');
  expect(hanako.filledIn).toMatchObject({ 業務: '縮小', 参集人数: '2', 人的被害: '未確認' });
  await hanako.fillAndSubmit({});
  expect(hanako.modalText).toContain('東の第2報を送りました');

  const wanted = {
    rollCallId: id,
    center: 'west',
    base: 0,
    status: UNSAID,
    note: null,
    submissionKey: 'one',
  };
  const scope = scopeAt(house, new Date());
  const west = await actorNamed(house, WEST);
  const outcomes = await Promise.all([
    reportCenter(scope, west, wanted),
    reportCenter(scope, west, wanted),
    reportCenter(scope, await actorNamed(house, PEOPLE.ichiro), { ...wanted, submissionKey: 'other' }),
  ]);
  const numbers = (await listReports(house.db, id)).filter(({ center }) => center === 'west');
  expect(numbers.map(({ number }) => number)).toEqual([1]);
  const refused = outcomes.flatMap((each) => (each.ok ? [] : [each.refusal.reason]));
  expect([['overtaken'], ['overtaken', 'overtaken']]).toContainEqual(refused);

  // Many centers in the same moment do not stand in each other's way.
  const core = await actorNamed(house, PEOPLE.kenta);
  const many = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      reportCenter(scope, core, { ...wanted, center: `c${n}`, submissionKey: `many/${n}` }),
    ),
  );
  expect(many.map((each) => (each.ok ? each.value.number : each.refusal.reason))).toEqual(Array(12).fill(1));
  await house.delivered();
});

test('where typed text stays on pages, the form in chat asks for none and takes none', async () => {
  const house = await openHouse((city) => {
    withNeighbours(city);
    city.personalDataEntry = 'web';
  });
  const { id, reference } = await begunRollCall(house, new Date());
  const minoru = await openReport(house, PEOPLE.minoru, '東 第1報');
  expect(minoru.modalText).toContain('自由記述は、画面の');
  expect(Object.keys(minoru.filledIn)).not.toContain('自由記述');
  await send(
    house,
    submissionBody(PEOPLE.minoru, {
      id: 'VFORGED',
      callbackId: REPORT_FORM,
      metadata: `${id} east 0`,
      values: { note: { type: 'plain_text_input', value: CANARY } },
    }),
  );
  expect(await latestReports(house.db, id)).toMatchObject([{ number: 1, hasNote: false, service: null }]);
  // The page asks for it, and keeps it.
  const browser = new Browser(house);
  await browser.signIn(PEOPLE.minoru);
  const page = await browser.open(`/roll-calls/${reference.slice(1)}`);
  const form = await browser.post('/modal/press', [
    ...formOf(page, '/modal/submit').fields,
    ['press', `${ACTIONS.centerReport.actionId} ${id}`],
  ]);
  expect(form.html).toContain('東 第2報');
  await browser.fillAndSend({ まとめて: FINE, 自由記述: CANARY });
  expect(browser.shown?.html).toContain('第2報');
  expect(browser.shown?.html).toContain(CANARY);
  expect(await latestReports(house.db, id)).toMatchObject([{ number: 2, hasNote: true, service: 'usual' }]);
  expect(JSON.stringify(house.slack.calls())).not.toContain(CANARY);
  await house.delivered();
});

test('a closed center is taken over by its neighbour, once, by who answers for it; a neighbour that closes too is replaced', async () => {
  const house = await openHouse(withNeighbours);
  const { id, reference } = await begunRollCall(house, new Date());
  const minoru = await openReport(house, PEOPLE.minoru, '東 第1報');
  await minoru.fillAndSubmit({ 業務: '停止' });
  await house.delivered();
  expect(await takeovers()).toEqual({ east: 'west' });
  const kenta = house.slack.as(PEOPLE.kenta);
  const west = house.slack.as(WEST);
  expect(kenta.dm.map(({ text }) => text.includes(`【訓練】${reference}`))).toEqual([true, true]);
  const asked = west.dm.at(-1);
  if (!asked) throw new Error('nobody was asked');
  expect(west.offers(asked)).toEqual(['引き受ける']);

  // A copied button in other hands.
  const value = `${id} east`;
  expect(await pressed(house, PEOPLE.hanako, TAKEOVER_ACTIONS.accept, value)).toContain(
    '代替をお願いしたセンターの',
  );
  expect(await pressed(house, PEOPLE.ichiro, TAKEOVER_ACTIONS.accept, value)).toContain(
    '代替をお願いしたセンターの',
  );
  expect(await pressed(house, WEST, TAKEOVER_ACTIONS.accept, `${id} south`)).toContain('見つかりません');
  expect(await pressed(house, WEST, TAKEOVER_ACTIONS.choose, value)).toContain('基幹型の管理者と');
  expect(await takeovers()).toEqual({ east: 'west' });

  await west.click(asked, '引き受ける');
  await told(house, PEOPLE.minoru, '代替を引き受けました');
  expect(await takeovers()).toEqual({ east: `west by ${WEST}` });
  expect(countDms(house, '*西* が *東* の代替を引き受けました')).toEqual({
    [PEOPLE.minoru]: 1,
    [PEOPLE.kenta]: 1,
  });
  expect(await pressed(house, PEOPLE.kenta, TAKEOVER_ACTIONS.accept, value)).toContain(
    'もう引き受けています（西村 進',
  );
  const page = await (await Visitor.signedIn(house, PEOPLE.ichiro)).get(`/roll-calls/${reference.slice(1)}`);
  expect(page.body).toContain('から引き受け');

  // 西 closes, too: 南 is asked for both, of two who accept at once one does.
  await report(house, WEST, id, 'west', { building: 'unusable' });
  expect(await takeovers()).toEqual({ east: 'south', west: 'south' });
  const accepted = await Promise.all(
    [SOUTH, PEOPLE.kenta].map(async (person) =>
      acceptTakeover(scopeAt(house, new Date()), await actorNamed(house, person), {
        rollCallId: id,
        center: 'east',
      }),
    ),
  );
  expect(accepted.map((each) => (each.ok ? 'done' : each.refusal.reason)).sort()).toEqual([
    'accepted',
    'done',
  ]);

  // While Slack is away the page does the same.
  const browser = new Browser(house);
  await browser.signIn(SOUTH);
  const shown = await browser.open(`/roll-calls/${reference.slice(1)}`);
  const afterwards = await browser.post('/modal/press', [
    ...formOf(shown, '/modal/submit').fields,
    ['press', `${TAKEOVER_ACTIONS.accept} ${id} west`],
  ]);
  expect(afterwards.html).toContain('西の代替を引き受けました');
  expect((await takeovers()).west).toBe(`south by ${SOUTH}`);

  // 南 as well: nobody is left, and those who command choose.
  await report(house, SOUTH, id, 'south', { service: 'stopped' });
  await house.delivered();
  expect(Object.values(await takeovers()).every((each) => String(each).endsWith('ended'))).toBe(true);
  const nobody = kenta.dm.findLast(({ text }) => text.includes('*東* が業務を続けられませんが'));
  if (!nobody) throw new Error('nobody was told');
  await kenta.click(nobody, '代替センターを選ぶ');
  await house.slack.waitFor(() => kenta.modalText.includes('代わりを務める'), { what: 'the choice' });
  await kenta.fillAndSubmit({ 代わりを務めるセンター: '基幹型' });
  expect(kenta.modalText).toContain('東の代替を、基幹型にお願いしました');
  expect((await takeovers()).east).toBe('kikan');

  // It works again.
  await report(house, PEOPLE.minoru, id, 'east', { service: 'reduced' });
  await house.delivered();
  expect((await takeovers()).east).toBe('kikan ended');
  expect(countDms(house, '*東* が業務を再開しました')).toEqual({ [PEOPLE.kenta]: 1 });
  expect(await pressed(house, PEOPLE.kenta, TAKEOVER_ACTIONS.accept, value)).toContain('もう終わっています');
  // Every word of all this is a drill's.
  const dms = [PEOPLE.kenta, PEOPLE.minoru, WEST, SOUTH].flatMap((person) =>
    house.slack.as(person).dm.filter(({ text }) => text.includes(reference)),
  );
  expect(dms.length).toBeGreaterThan(8);
  expect(dms.every(({ text }) => text.startsWith('【訓練】'))).toBe(true);
});
