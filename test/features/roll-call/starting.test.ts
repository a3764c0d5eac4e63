/** Roll-calls start in two taps, in chat and on pages: who may, who is told what and where, once; planned ones begin by themselves. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { START_FORM } from '../../../src/features/roll-call/starting/actions.ts';
import { startingText as text } from '../../../src/features/roll-call/starting/text.ts';
import { rollCallText } from '../../../src/features/roll-call/text.ts';
import { addDays, japanDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { begunRollCall, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const HOUR = 3_600_000;
/** 基幹型 3, 東 2, 西 3, 南 2. */
const EVERYBODY = 10;

type Kind = 'drill' | 'actual';

async function openForm(house: House, person: string, kind: Kind) {
  const somebody = house.slack.as(person);
  while (somebody.modal) await somebody.closeModal();
  await somebody.slash(kind === 'drill' ? '訓練' : '点呼', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the form' });
  return somebody;
}

/** The form, the second look, and the button that starts. */
async function start(
  house: House,
  person: string,
  kind: Kind,
  fields: Record<string, string | string[] | null> = {},
) {
  const somebody = await openForm(house, person, kind);
  const sent = await somebody.fillAndSubmit(fields);
  expect(sent.errors).toBeUndefined();
  if (kind === 'drill') await somebody.submit();
  else {
    await somebody.clickInModal(text.start.actual(EVERYBODY));
    await house.slack.waitFor(() => somebody.modalText.includes(text.started.actual), { what: 'the start' });
  }
  return somebody;
}

async function rollCalls(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT id, reference, kind, scenario, status, is_announced, by_mail, centers, instructions, note, started_at FROM roll_call ORDER BY number',
  ).all();
  return results;
}

/** What the bot said to people and in channels; forms are no messages. */
function posts(house: House) {
  return house.slack
    .calls()
    .filter(({ method }) => ['chat.postMessage', 'chat.update', 'chat.postEphemeral'].includes(method));
}

function directsTo(house: House, person: string) {
  return house.slack.as(person).dm.map((message) => JSON.stringify(message));
}

function cardsIn(house: House, channel: string): string[] {
  return house.slack.messages(channel).map((message) => JSON.stringify(message));
}

test('a drill starts in two taps: everybody is told once, in the channel or one by one, and every message says that it is one', async () => {
  const house = await openHouse(withDrills);
  const kenta = await openForm(house, PEOPLE.kenta, 'drill');
  expect(kenta.filledIn).toMatchObject({ '想定・災害の種類': '地震', いつ: 'すぐに' });
  await kenta.fillAndSubmit({ 連絡文: '佐藤サチエさん宅に集合' });
  // The second look names the people; nothing is told yet.
  expect(kenta.modalText).toContain(`*${EVERYBODY}名*`);
  expect(kenta.filledIn).toMatchObject({ 連絡文: '佐藤サチエさん宅に集合' });
  expect(await rollCalls()).toEqual([]);
  await kenta.submit();
  expect(kenta.modalText).toContain(text.started.drill);
  const [made] = await rollCalls();
  expect(made).toMatchObject({
    kind: 'drill',
    scenario: 'earthquake',
    status: 'running',
    by_mail: 0,
    centers: null,
    instructions: '["report","report-center"]',
  });
  await house.delivered();
  for (const channel of [CHANNELS.triage, CHANNELS.east, CHANNELS.west]) {
    const [card, ...more] = cardsIn(house, channel);
    expect(more).toEqual([]);
    expect(card).toContain('<!channel>');
    for (const label of ['無事', '報告する', 'センターの状況を報告する', '開く', rollCallText.noteOnPage])
      expect(card).toContain(label);
  }
  // The board is in the channel for drills, and rings nobody.
  expect(cardsIn(house, CHANNELS.general)).toHaveLength(1);
  expect(cardsIn(house, CHANNELS.general)[0]).not.toContain('<!channel>');
  // 南 has no channel.
  for (const person of ['U0MISAKI', 'U0SOUTH1']) expect(directsTo(house, person)).toHaveLength(1);
  expect(directsTo(house, PEOPLE.hanako)).toEqual([]);
  await house.cron();
  expect(house.mails).toEqual([]);
  expect(posts(house).map(({ args }) => String(args.text))).toSatisfy((all: string[]) =>
    all.every((each) => each.startsWith('【訓練】')),
  );
  // Typed: sealed, and on the page only.
  expect(JSON.stringify(posts(house))).not.toContain('サチエ');
  expect(String(made?.note)).not.toContain('サチエ');
  expect(house.logs.join('\n')).not.toContain('サチエ');
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  const page = await hanako.get(`/roll-calls/${String(made?.reference).slice(1)}`);
  expect(page.status).toBe(200);
  expect(page.body).toContain('佐藤サチエさん宅に集合');
  expect(page.body).toContain('【訓練】');
});

test('a real one starts by a red button that names the people; all its messages say so, and mail goes out', async () => {
  const house = await openHouse(withDrills);
  const kenta = await openForm(house, PEOPLE.kenta, 'actual');
  expect(kenta.modal?.view.title).toMatchObject({ text: '実際の点呼を始める' });
  await kenta.fillAndSubmit({ '想定・災害の種類': '風水害', 連絡文: '連絡文です' });
  const label = text.start.actual(EVERYBODY);
  expect(JSON.stringify(kenta.modal?.view)).toContain('"style":"danger"');
  expect(kenta.modalText).toContain('これは訓練ではありません');
  // The form's own button leads back, with everything in it.
  await kenta.submit();
  expect(await rollCalls()).toEqual([]);
  expect(kenta.filledIn).toMatchObject({ '想定・災害の種類': '風水害', 連絡文: '連絡文です' });
  await kenta.submit();
  await kenta.clickInModal(label);
  await house.slack.waitFor(() => kenta.modalText.includes(text.started.actual), { what: 'the roll-call' });
  expect(await rollCalls()).toMatchObject([
    { kind: 'actual', scenario: 'storm', status: 'running', by_mail: 1 },
  ]);
  expect(String((await rollCalls())[0]?.note)).not.toBe('null');
  await house.delivered();
  await house.cron();
  expect(house.mails.map(({ to }) => to).toSorted()).toEqual(['kenta@example.jp', 'west@example.jp']);
  const said = [...posts(house).map(({ args }) => args), ...house.mails].map((each) => JSON.stringify(each));
  expect(said.filter((each) => each.includes('訓練】'))).toEqual([]);
  expect(posts(house).every(({ args }) => String(args.text).startsWith('【安否確認】'))).toBe(true);
  expect(house.mails.every(({ subject }) => subject.startsWith('【安否確認】'))).toBe(true);
});

test('others are told in one sentence, see what runs, and are refused and noted whatever they send', async () => {
  const house = await openHouse(withDrills);
  const minoru = house.slack.as(PEOPLE.minoru);
  expect((await minoru.slash('訓練', { channel: CHANNELS.east })).ackBody).toContain('いま行っている');
  expect((await minoru.slash('tenko', { channel: CHANNELS.east })).ackBody).toContain('いま行っている');
  for (const action of ['roll-call.start', 'roll-call.confirm'])
    await send(house, pressBody(PEOPLE.minoru, action, 'actual'));
  const forged = await send(
    house,
    submissionBody(PEOPLE.minoru, { id: 'V1', callbackId: START_FORM, metadata: 'actual', values: {} }),
  );
  expect(forged).toContain(rollCallText.notAllowed);
  const chosen = {
    kind: 'drill',
    scenario: 'earthquake',
    instructions: ['report'],
    centers: null,
    startsAt: null,
    isAnnounced: false,
    byMail: false,
  };
  const metadata = JSON.stringify(chosen);
  await send(
    house,
    submissionBody(PEOPLE.naoko, { id: 'V2', callbackId: 'roll-call.start.confirm', metadata, values: {} }),
  );
  expect(await rollCalls()).toEqual([]);
  expect((await auditOf('roll-call.make-actual')).map(({ actor, outcome }) => [actor, outcome])).toEqual([
    [PEOPLE.minoru, 'refused'],
    [PEOPLE.minoru, 'refused'],
  ]);
  expect(await auditOf('roll-call.make-drill')).toMatchObject([{ actor: PEOPLE.naoko, outcome: 'refused' }]);
  const { reference } = await begunRollCall(house, new Date());
  await minoru.slash('点呼', { channel: CHANNELS.east });
  await house.slack.waitFor(() => minoru.modal, { what: 'what runs' });
  expect(minoru.modalText).toContain(`【訓練】${reference}`);
  expect(minoru.offers(minoru.modal?.view)).toEqual(expect.arrayContaining(['無事', '報告する', '開く']));
  await minoru.openHome();
  await house.slack.waitFor(() => minoru.homeText.includes(`【訓練】${reference}`), { what: 'the home tab' });
  expect(minoru.homeText.indexOf(reference)).toBeLessThan(minoru.homeText.indexOf('何をしますか'));
});

test('two managers at once start one; the other is led to it; the same form twice starts one', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    for (const each of city.staff) if (each.slackUserId === PEOPLE.naoko) each.role = 'manager';
  });
  const [kenta, naoko] = await Promise.all([
    openForm(house, PEOPLE.kenta, 'drill'),
    openForm(house, PEOPLE.naoko, 'drill'),
  ]);
  await Promise.all([kenta.submit(), naoko.submit()]);
  await Promise.all([kenta.submit(), naoko.submit()]);
  const said = [kenta.modalText, naoko.modalText];
  expect(said.filter((each) => each.includes(text.started.drill))).toHaveLength(1);
  expect(said.filter((each) => each.includes('に始めています。新しくは始めませんでした'))).toHaveLength(1);
  expect(await rollCalls()).toHaveLength(1);
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(1);
  // Whoever opens the form later is told before the second look.
  const late = await openForm(house, PEOPLE.naoko, 'drill');
  await late.submit();
  expect(late.modalText).toContain('新しくは始めませんでした');
  // A red button that is pressed twice at once.
  const actual = await openForm(house, PEOPLE.kenta, 'actual');
  await actual.submit();
  await Promise.all([1, 2].map(() => actual.clickInModal(text.start.actual(EVERYBODY))));
  await house.slack.waitFor(() => actual.modalText.includes(text.started.actual), { what: 'the start' });
  await house.delivered();
  expect((await rollCalls()).map(({ kind }) => kind)).toEqual(['drill', 'actual']);
});

test('while a real one runs, the cards of the drill say that it comes first', async () => {
  const house = await openHouse(withDrills);
  await start(house, PEOPLE.kenta, 'drill');
  await house.delivered();
  await start(house, PEOPLE.kenta, 'actual');
  await house.delivered();
  const [drill] = cardsIn(house, CHANNELS.east);
  expect(drill).toContain('実際の点呼が始まっています');
  // The board of the drill says so, too, with the next refreshing at the latest.
  await house.cron(Date.now() + 60_000);
  await house.delivered();
  const boards = cardsIn(house, CHANNELS.general);
  expect(boards.filter((each) => each.includes('【訓練】'))).toEqual([
    expect.stringContaining('実際の点呼が始まっています'),
  ]);
  expect(boards.filter((each) => each.includes('【安否確認】'))).toEqual([
    expect.not.stringContaining('実際の点呼が始まっています'),
  ]);
  expect((await rollCalls()).map(({ status }) => status)).toEqual(['running', 'running']);
});

test('the second look of a real one offers to end the drill that runs', async () => {
  const house = await openHouse(withDrills);
  await start(house, PEOPLE.kenta, 'drill');
  const again = await openForm(house, PEOPLE.kenta, 'actual');
  await again.submit();
  await again.fill({ [text.endDrillLabel]: [text.endDrill] });
  await again.clickInModal(text.start.actual(EVERYBODY));
  await house.slack.waitFor(() => again.modalText.includes(text.drillEnded), {
    what: 'the end of the drill',
  });
  expect((await rollCalls()).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'drill closed',
    'actual running',
  ]);
});

test('a time that is past or too far, a center without people and an empty list are refused beside the field', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    city.centers.push({ code: 'new', kind: 'district', name: '新地域包括支援センター', short: '新' });
  });
  const kenta = await openForm(house, PEOPLE.kenta, 'drill');
  const today = japanDate(new Date());
  const later = { いつ: '日時を決める', 時刻: '10:00' };
  expect((await kenta.fillAndSubmit({ ...later, 日付: addDays(today, -1) })).errors).toEqual({
    日付: text.errors.past,
  });
  expect((await kenta.fillAndSubmit({ ...later, 日付: addDays(today, 400) })).errors).toEqual({
    日付: text.errors.tooFar,
  });
  expect((await kenta.fillAndSubmit({ いつ: 'すぐに', 対象のセンター: ['東', '新'] })).errors).toEqual({
    対象のセンター: text.errors.emptyCenters(['新']),
  });
  expect((await kenta.fillAndSubmit({ 対象のセンター: ['東'], お願いすること: [] })).errors).toEqual({
    お願いすること: expect.any(String),
  });
  await kenta.fillAndSubmit({ お願いすること: ['安否を知らせてください'] });
  expect(kenta.modalText).toContain('*2名*');
  await kenta.submit();
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(1);
  expect(cardsIn(house, CHANNELS.west)).toEqual([]);
  const { results } = await env.DB.prepare('SELECT person FROM roll_call_person ORDER BY person').all();
  expect(results.map(({ person }) => person)).toEqual([PEOPLE.hanako, PEOPLE.minoru]);
  // The centers were closed while the second look lay open.
  const chosen = { scenario: 'earthquake', instructions: ['report'], isAnnounced: false, byMail: false };
  const metadata = JSON.stringify({ ...chosen, kind: 'drill', centers: ['closed'], startsAt: tenOClock(1) });
  const callbackId = 'roll-call.start.confirm';
  const confirmed = submissionBody(PEOPLE.kenta, { id: 'V9', callbackId, metadata, values: {} });
  expect(await send(house, confirmed)).toContain(text.errors.nobody);
  expect(await rollCalls()).toHaveLength(1);
});

test('a drill of Slack’s failure is told by mail alone', async () => {
  const house = await openHouse(withDrills);
  await start(house, PEOPLE.kenta, 'drill', { '想定・災害の種類': 'Slack停止' });
  await house.delivered();
  await house.cron();
  expect(cardsIn(house, CHANNELS.east)).toEqual([]);
  expect(directsTo(house, 'U0MISAKI')).toEqual([]);
  expect(cardsIn(house, CHANNELS.general)).toHaveLength(1);
  expect(house.mails.map(({ to }) => to).toSorted()).toEqual(['kenta@example.jp', 'west@example.jp']);
  expect(house.mails.every(({ subject }) => subject.startsWith('【訓練】'))).toBe(true);
});

test('in a city that keeps typed text on pages, chat asks for no note; the page does, and starts the same way', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    city.personalDataEntry = 'web';
  });
  const kenta = await openForm(house, PEOPLE.kenta, 'drill');
  expect(Object.keys(kenta.filledIn)).not.toContain('連絡文');
  expect(kenta.modalText).toContain(text.noteOnPage);
  await kenta.submit();
  await kenta.submit();
  expect(await rollCalls()).toMatchObject([{ kind: 'drill', status: 'running', note: null }]);
  const visitor = await Visitor.signedIn(house, PEOPLE.kenta);
  const form = await visitor.post('/modal/press', [
    ['press', 'roll-call.start actual'],
    ['back', '/roll-calls'],
  ]);
  expect(form.body).toContain('連絡文');
});

/** 10:00 of the so-manyth day from today. */
function tenOClock(days: number): Date {
  return new Date(startOfJapanDay(addDays(japanDate(new Date()), days)).getTime() + 10 * HOUR);
}

async function plan(house: House, days: number, fields: Record<string, string | string[] | null> = {}) {
  return start(house, PEOPLE.kenta, 'drill', {
    いつ: '日時を決める',
    日付: japanDate(tenOClock(days)),
    時刻: '10:00',
    ...fields,
  });
}

test('an announced one is told when it is planned and on its morning, and begins by itself, late when the cron is late', async () => {
  const house = await openHouse(withDrills);
  const kenta = await plan(house, 3);
  const startsAt = tenOClock(3).getTime();
  expect(kenta.modalText).toContain(text.planned(new Date(startsAt)));
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(1);
  expect(cardsIn(house, CHANNELS.east)[0]).toContain('から訓練を行います');
  expect(directsTo(house, 'U0MISAKI')).toHaveLength(1);
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  const [{ reference = '' } = {}] = await rollCalls();
  expect((await hanako.get(`/roll-calls/${String(reference).slice(1)}`)).status).toBe(200);
  await house.cron(startsAt - 2 * HOUR);
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(1);
  for (const at of [startsAt - HOUR, startsAt - HOUR, startsAt - HOUR / 2]) await house.cron(at);
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(2);
  expect(cardsIn(house, CHANNELS.east)[1]).toContain('今日は訓練の日です');
  expect(await rollCalls()).toMatchObject([{ status: 'scheduled' }]);
  // Five hours late, and twice.
  const late = startsAt + 5 * HOUR;
  await Promise.all([house.cron(late), house.cron(late)]);
  expect(await rollCalls()).toMatchObject([{ status: 'running', started_at: late }]);
  await house.delivered();
  expect(cardsIn(house, CHANNELS.east)).toHaveLength(3);
  expect(cardsIn(house, CHANNELS.east)[2]).toContain('<!channel>');
  expect(posts(house).every(({ args }) => String(args.text).startsWith('【訓練】'))).toBe(true);
});

test('one without notice is seen and told by nobody before it begins; more than twelve hours late it does not begin', async () => {
  const house = await openHouse(withDrills);
  // What is ticked does not count: the scenario itself comes without notice.
  await plan(house, 2, { '想定・災害の種類': '夜間・休日（予告なし）' });
  const [{ reference = '', id = '', is_announced: isAnnounced } = {}] = await rollCalls();
  expect(isAnnounced).toBe(0);
  await house.delivered();
  expect(posts(house)).toEqual([]);
  const path = `/roll-calls/${String(reference).slice(1)}`;
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  expect((await hanako.get(path)).status).toBe(404);
  expect((await hanako.get('/roll-calls')).body).not.toContain(reference);
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  expect((await kenta.get(path)).status).toBe(200);
  expect((await kenta.get('/roll-calls')).body).toContain(reference);
  await send(house, pressBody(PEOPLE.hanako, 'roll-call.open', String(id)));
  const ephemerals = () => JSON.stringify(house.slack.as(PEOPLE.hanako).ephemerals);
  await house.slack.waitFor(() => ephemerals().includes(rollCallText.notFound), { what: 'the refusal' });
  await house.cron(tenOClock(2).getTime() - HOUR / 2);
  await house.cron(tenOClock(2).getTime() + 13 * HOUR);
  await house.delivered();
  expect(await rollCalls()).toMatchObject([{ status: 'cancelled' }]);
  expect(directsTo(house, PEOPLE.kenta)).toHaveLength(1);
  expect(cardsIn(house, CHANNELS.east)).toEqual([]);
});

test('a planned one is moved and called off by those who command, against the version that they saw; those who were told hear of it', async () => {
  const house = await openHouse(withDrills);
  const kenta = await plan(house, 3);
  const [{ id = '' } = {}] = await rollCalls();
  for (const action of ['roll-call.reschedule', 'roll-call.cancel'])
    await send(house, pressBody(PEOPLE.minoru, action, String(id)));
  const stale = { id: 'V1', callbackId: 'roll-call.reschedule.form', metadata: `${String(id)} 9` };
  const values = {
    on: { type: 'datepicker', selected_date: japanDate(tenOClock(6)) },
    at: { type: 'timepicker', selected_time: '10:00' },
  };
  expect(await send(house, submissionBody(PEOPLE.kenta, { ...stale, values }))).toContain(text.errors.stale);
  await send(house, submissionBody(PEOPLE.minoru, { ...stale, metadata: `${String(id)} 1`, values }));
  expect((await auditOf('roll-call.reschedule')).map(({ actor, outcome }) => `${actor} ${outcome}`)).toEqual([
    `${PEOPLE.minoru} refused`,
    `${PEOPLE.kenta} refused`,
    `${PEOPLE.minoru} refused`,
  ]);
  await kenta.clickInModal(text.change);
  await house.slack.waitFor(() => kenta.modals.length === 2, { what: 'the form of the time' });
  await kenta.fillAndSubmit({ 日付: japanDate(tenOClock(4)) });
  expect(kenta.modalText).toContain(text.moved(tenOClock(4)));
  await kenta.clickInModal(text.cancel);
  await house.slack.waitFor(() => kenta.modalText.includes(text.cancelTells), { what: 'the second look' });
  await kenta.submit();
  expect(await rollCalls()).toMatchObject([{ status: 'cancelled' }]);
  await house.delivered();
  const east = cardsIn(house, CHANNELS.east);
  expect(east).toHaveLength(3);
  expect(east[1]).toContain('日時が変わりました');
  expect(east[2]).toContain('取りやめになりました');
  await house.cron(tenOClock(4).getTime());
  expect(await rollCalls()).toMatchObject([{ status: 'cancelled' }]);
});
