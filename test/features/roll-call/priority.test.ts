/** 優先安否確認 through the front door: the number, the list in the vault, ticks that belong to one roll-call, and who sees what. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../src/features/roll-call/actions.ts';
import { PRIORITY_FORM } from '../../../src/features/roll-call/priority/actions.ts';
import { checksOf } from '../../../src/features/roll-call/priority/data.ts';
import { readLines, readTotal } from '../../../src/features/roll-call/priority/schema.ts';
import { Browser, formOf } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { lastTold, linksIn } from '../../support/strict.ts';
import { refusalsOnPages, Visitor } from '../../support/visitor.ts';

const PAGE = '/roll-calls/priority';
const NAMES = ['髙﨑 𠮷子カナリア', 'カナリア町の梅', 'カナリア丁目の桜'] as const;
const CONTACT = 'カナリア町九丁目9-99、0463-21-9988';
const LINES = `${NAMES[0]}、${CONTACT}\r\n\r\n${NAMES[1]}\n${NAMES[2]}, 隣の鈴木さん`;
const CANARIES = [...NAMES, 'カナリア町九丁目9-99', '0463-21-9988'];

const OUTSIDERS = [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.makoto];

const adding = (lines: string, form: string = crypto.randomUUID()) =>
  [
    ['do', 'add'],
    ['lines', lines],
    ['form', form],
  ] as const;

async function told(house: House, person: string, actionId: string, value: string) {
  const somebody = house.slack.as(person);
  const before = somebody.dm.length + somebody.ephemerals.length;
  await send(house, pressBody(person, actionId, value));
  const isTold = async () => {
    await house.delivered();
    return somebody.dm.length + somebody.ephemerals.length > before;
  };
  await house.slack.waitFor(isTold, { what: 'a sentence' });
  return lastTold(house, person);
}

async function residents(): Promise<Record<string, unknown>[]> {
  const sql = 'SELECT id, center, name, contact, removed_at FROM priority_resident ORDER BY position';
  return (await env.DB.prepare(sql).all()).results;
}

/** Everything that the database holds, as text. */
async function wholeDatabase(): Promise<string> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)));
  return JSON.stringify(tables.map((table) => table.results));
}

test('a center keeps a number, in chat or on its page; somebody else’s change is told first; others keep none', async () => {
  const house = await openHouse(withDrills);
  const minoru = house.slack.as(PEOPLE.minoru);
  await minoru.slash('訓練', { channel: CHANNELS.general });
  await house.slack.waitFor(() => minoru.ephemerals.length > 0, { what: 'the menu' });
  const menu = minoru.ephemerals.at(-1);
  if (!menu) throw new Error('no menu');
  expect(minoru.offers(menu)).toEqual(['優先安否確認の準備']);
  await minoru.click(menu, '優先安否確認の準備');
  await house.slack.waitFor(() => minoru.modal, { what: 'the form' });
  expect((await minoru.fillAndSubmit({ はじめに確かめる住民の数: '十' })).errors).toEqual({
    はじめに確かめる住民の数: '0から9999までの整数を書いてください。',
  });
  await minoru.fillAndSubmit({ はじめに確かめる住民の数: '１２' });
  expect(minoru.modalText).toContain('12名で保存しました');

  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  expect((await hanako.get(PAGE)).body).toContain('いまの登録：12名（阿部 実');
  const number = (total: string, seen: string) =>
    hanako.post(PAGE, [
      ['do', 'number'],
      ['total', total],
      ['seen', seen],
    ]);
  const stale = await number('20', '0');
  expect([stale.status, stale.body.includes('先に12名に変えています')]).toEqual([422, true]);
  expect(stale.body).toContain('value="20"');
  expect((await number('x', '1')).status).toBe(422);
  expect((await number('20', '1')).location).toBe(`${PAGE}?done=number&n=20`);
  expect((await number('20', '1')).status).toBe(303);
  expect(await env.DB.prepare('SELECT center, total, version FROM priority_count').first()).toEqual({
    center: 'east',
    total: 20,
    version: 2,
  });
  // A drill counts it, before anybody reported.
  const { id } = await begunRollCall(house, new Date());
  expect(await checksOf(house.db, id)).toEqual(
    new Map([['east', { done: 0, total: 20, help: null, absent: null }]]),
  );

  for (const person of OUTSIDERS) {
    const visitor = await Visitor.signedIn(house, person);
    expect((await visitor.get(PAGE)).status).toBe(404);
    expect((await visitor.post(PAGE, adding('山田'))).status).toBe(404);
    expect(JSON.stringify(await told(house, person, PRIORITY_FORM, 'own'))).toContain('地区のセンターの方');
    const forged = { id: 'V1', callbackId: PRIORITY_FORM, metadata: '0' };
    const values = { total: { type: 'plain_text_input', value: '3' } };
    expect(await send(house, submissionBody(person, { ...forged, values }))).toContain('地区のセンターの方');
    expect((await refusalsOnPages()).get(person)).toBe(2);
  }
  expect(await env.DB.prepare('SELECT count(*) AS n FROM priority_count').first('n')).toBe(1);
});

test('a list lies sealed, is read by its own center alone, is added once a form, and leaves nothing when somebody is taken off', async () => {
  const house = await openHouse(withDrills);
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  const form = crypto.randomUUID();
  const added = await Promise.all([
    hanako.post(PAGE, adding(LINES, form)),
    hanako.post(PAGE, adding(LINES, form)),
  ]);
  expect(added.map(({ location }) => location)).toEqual(Array(2).fill(`${PAGE}?done=added&n=3`));
  expect(await residents()).toHaveLength(3);
  const own = await hanako.get(PAGE);
  expect(foundIn([...NAMES, CONTACT, '隣の鈴木さん'], own.body)).toHaveLength(5);
  expect(own.headers.get('cache-control')).toContain('no-store');
  const west = await Visitor.signedIn(house, PEOPLE.ichiro);
  expect(foundIn(CANARIES, (await west.get(PAGE)).body)).toEqual([]);

  // What is wrong is told by its line; what was typed stays.
  const nameless = await hanako.post(PAGE, adding('田中 一\n、電話だけ'));
  expect([nameless.status, nameless.body.includes('2行目に名前がありません')]).toEqual([422, true]);
  expect(nameless.body).toContain('、電話だけ');
  expect((await hanako.post(PAGE, adding(' \n'))).status).toBe(422);
  const many = await hanako.post(PAGE, adding('名\n'.repeat(498)));
  expect(many.body).toContain('あと497名を追加できます');
  expect(await residents()).toHaveLength(3);
  expect((await hanako.post(PAGE, adding('名\n'.repeat(497)))).status).toBe(303);
  expect((await hanako.post(PAGE, adding('もう一人'))).body).toContain('あと0名');

  const [first] = await residents();
  const removing = [
    ['do', 'remove'],
    ['resident', String(first?.id)],
  ] as const;
  expect((await west.post(PAGE, removing)).status).toBe(404);
  expect((await residents())[0]).toMatchObject({ removed_at: null });
  expect((await hanako.post(PAGE, removing)).status).toBe(303);
  expect((await hanako.post(PAGE, removing)).status).toBe(303);
  expect((await residents())[0]).toMatchObject({ name: '', contact: null });
  expect((await hanako.get(PAGE)).body).not.toContain(NAMES[0]);
  expect((await auditOf('roll-call.remove_resident')).map(({ outcome }) => outcome).sort()).toEqual([
    'done',
    'refused',
  ]);
  expect(foundIn(CANARIES, await wholeDatabase())).toEqual([]);
  expect(foundIn(CANARIES, house.logs.join('\n'))).toEqual([]);
});

test('on a phone a center ticks off its list; the last word counts; the board and chat know figures only; a drill’s ticks are its own', async () => {
  const house = await openHouse(withDrills);
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  await hanako.post(PAGE, adding(LINES));
  const [one, two, three] = (await residents()).map(({ id }) => String(id));
  const drill = await begunRollCall(house, new Date());
  const actual = await begunRollCall(house, new Date(), { kind: 'actual' });
  const path = `/roll-calls/${drill.reference.slice(1)}/checks`;
  const tick = (resident: string | undefined, found: string, visitor = hanako) =>
    visitor.post(path, [
      ['resident', resident ?? ''],
      ['found', found],
    ]);

  const offered = await told(house, PEOPLE.hanako, ACTIONS.checks.actionId, drill.id);
  expect(linksIn(offered)).toEqual([path]);
  expect(JSON.stringify(offered)).toContain('0／3');

  const browser = new Browser(house);
  await browser.signIn(PEOPLE.hanako);
  // On the page of the roll-call, the button leads there.
  const shown = await browser.open(`/roll-calls/${drill.reference.slice(1)}`);
  expect(foundIn(CANARIES, shown.html)).toEqual([]);
  const page = await browser.post('/modal/press', [
    ...formOf(shown, '/modal/submit').fields,
    ['press', `${ACTIONS.checks.actionId} ${drill.id}`],
  ]);
  expect(page.html).toContain('訓練です');
  expect(foundIn([...NAMES], page.html)).toHaveLength(3);
  await browser.post(path, [...formOf(page, path).fields, ['found', 'safe']]);
  expect(browser.shown?.html).toContain('無事（佐藤 花子');
  expect((await tick(two, 'absent')).location).toBe(`${path}?done=1#r-${two}`);
  // Both at once; the same word again is none.
  await Promise.all([tick(three, 'help'), tick(three, 'help')]);
  const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
  await tick(two, 'safe', minoru);
  expect((await hanako.get(path)).body).toContain('無事（阿部 実');
  await tick(two, 'absent');
  expect((await checksOf(house.db, drill.id)).get('east')).toEqual({ done: 2, total: 3, help: 1, absent: 1 });
  expect((await checksOf(house.db, actual.id)).get('east')).toEqual({
    done: 0,
    total: 3,
    help: 0,
    absent: 0,
  });
  expect(await auditOf('roll-call.check_resident')).toHaveLength(5);

  // The report of the center starts with it.
  const slack = house.slack.as(PEOPLE.minoru);
  await env.DB.prepare("UPDATE roll_call SET status = 'scheduled' WHERE kind = 'actual'").run();
  await slack.slash('訓練', { channel: CHANNELS.general });
  await house.slack.waitFor(() => slack.modal, { what: 'the menu' });
  await slack.clickInModal('センターの状況を報告する');
  await house.slack.waitFor(() => slack.modalText.includes('東 第1報'), { what: 'the report' });
  await env.DB.prepare("UPDATE roll_call SET status = 'running' WHERE kind = 'actual'").run();
  expect(slack.filledIn).toMatchObject({ '優先安否確認 できた数': '2', '優先安否確認 全体の数': '3' });

  // Others: another district, the core center, the city; a resident of somebody else; no word of ours.
  const west = await Visitor.signedIn(house, PEOPLE.ichiro);
  await west.post(PAGE, adding('西の人'));
  expect(foundIn(CANARIES, (await west.get(path)).body)).toEqual([]);
  expect((await tick(one, 'absent', west)).status).toBe(404);
  for (const person of OUTSIDERS) {
    const visitor = await Visitor.signedIn(house, person);
    expect([(await visitor.get(path)).status, (await tick(one, 'absent', visitor)).status]).toEqual([
      404, 404,
    ]);
    expect(JSON.stringify(await told(house, person, ACTIONS.checks.actionId, drill.id))).toContain(
      '地区のセンターの方',
    );
  }
  expect((await hanako.get('/roll-calls/R8-99/checks')).status).toBe(404);
  expect((await tick(one, 'dead')).status).toBe(200);
  expect((await checksOf(house.db, drill.id)).get('east')).toMatchObject({ done: 2, absent: 1 });

  // Who is taken off afterwards stays counted in what is over; ticks end with the roll-call.
  await env.DB.prepare("UPDATE roll_call SET status = 'closed', closed_at = ? WHERE id = ?")
    .bind(Date.now(), drill.id)
    .run();
  expect((await tick(one, 'absent')).location).toBe(path);
  expect((await hanako.get(path)).body).toContain('結果はもう変えられません');
  expect(JSON.stringify(await told(house, PEOPLE.hanako, ACTIONS.checks.actionId, drill.id))).toContain(
    'いまは実施していない',
  );
  await new Promise((resolve) => setTimeout(resolve, 2));
  await hanako.post(PAGE, [
    ['do', 'remove'],
    ['resident', one ?? ''],
  ]);
  expect((await checksOf(house.db, drill.id)).get('east')).toMatchObject({ done: 2, total: 3 });
  expect((await checksOf(house.db, actual.id)).get('east')).toMatchObject({ done: 0, total: 2 });

  await house.delivered();
  const left = JSON.stringify([house.slack.calls(), house.mails]);
  expect(foundIn(CANARIES, left)).toEqual([]);
  expect(foundIn(CANARIES, await wholeDatabase())).toEqual([]);
  expect(foundIn(CANARIES, house.logs.join('\n'))).toEqual([]);
});

test('lines and numbers are read in any width', () => {
  expect(readLines('山田　太郎，電話\t家族\n佐藤')).toEqual({
    ok: true,
    value: [
      { name: '山田　太郎', contact: '電話、家族' },
      { name: '佐藤', contact: null },
    ],
  });
  expect(readLines(`${'名'.repeat(61)}`).ok).toBe(false);
  expect(readLines(`名、${'先'.repeat(201)}`).ok).toBe(false);
  expect(['０', '9999', '10000', '-1', '', '1.5'].map(readTotal)).toEqual([
    0,
    9999,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
