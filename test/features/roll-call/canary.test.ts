/**
 * A city that keeps typed text on its pages: every text of 点呼 is typed there. Then all that went between Slack and the Worker, mails,
 * logs, addresses and the database are searched for it.
 */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../src/features/roll-call/actions.ts';
import { LESSON_ACTIONS } from '../../../src/features/roll-call/lessons/blocks.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { PRESS_SEPARATOR } from '../../../src/web/modal/blocks.tsx';
import { type Browser, browserOf, type Shown } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { answerOf } from '../../support/roll-call.ts';
import { get, pathOfLink, withMail } from '../../support/safety.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const NOTE = '北の橋は渡らないことカナリア壱';
const REPORT = '停電のため窓口を玄関に移したカナリア弐';
const REASON = '救急車が着いたことを確かめたカナリア参';
const LESSON = '連絡網の紙が古かったカナリア肆';
const PROMISE = '連絡網の紙を月初に刷り直すカナリア伍';
const RESIDENT = 'カナリア陸の松子';
const CONTACT = 'カナリア漆町8-88';
const TYPED = [NOTE, REPORT, REASON, LESSON, PROMISE, RESIDENT, CONTACT];

async function tokenOf(browser: Browser, path: string): Promise<string> {
  return /name="form_token" value="([^"]*)"/.exec((await browser.open(path)).html)?.[1] ?? '';
}

async function press(browser: Browser, path: string, actionId: string, value: string): Promise<Shown> {
  return browser.post('/modal/press', [
    ['form_token', await tokenOf(browser, path)],
    ['back', path],
    ['press', `${actionId}${PRESS_SEPARATOR}${value}`],
  ]);
}

async function theOne(): Promise<{ id: string; reference: string }> {
  const row = await env.DB.prepare('SELECT id, reference FROM roll_call').first<{
    id: string;
    reference: string;
  }>();
  if (!row) throw new Error('nothing was started');
  return row;
}

/** Everybody presses what the newest messages offer. */
async function pressAll(house: House): Promise<number> {
  let pressed = 0;
  for (const person of [PEOPLE.kenta, PEOPLE.hanako, PEOPLE.minoru, PEOPLE.ichiro]) {
    const somebody = house.slack.as(person);
    const seen = [CHANNELS.general, CHANNELS.east, somebody.dmId].flatMap((id) => somebody.messages(id));
    const offers = new Map(
      seen.flatMap((message) => somebody.offers(message).map((label) => [label, message])),
    );
    for (const [label, message] of offers) {
      await somebody.click(message, label);
      await house.slack.settled();
      pressed += 1;
    }
    while (somebody.modal) await somebody.closeModal();
    await somebody.openHome();
    for (const word of ['訓練', '点呼']) await somebody.slash(word, { channel: CHANNELS.general });
    await house.slack.settled();
  }
  return pressed;
}

test('what is typed for a roll-call is on pages alone: not in Slack, in either direction, mails, logs, addresses or the database', async () => {
  const house = await openHouse((city) => {
    withMail(city);
    city.personalDataEntry = 'web';
  });
  const [kenta, hanako, minoru] = await Promise.all(
    [PEOPLE.kenta, PEOPLE.hanako, PEOPLE.minoru].map((person) => browserOf(house, person)),
  );
  if (!kenta || !hanako || !minoru) throw new Error('nobody');
  await press(kenta, '/roll-calls', 'roll-call.start', 'drill');
  await kenta.fillAndSend({ 連絡文: NOTE });
  await kenta.fillAndSend({});
  const { id, reference } = await theOne();
  const path = `/roll-calls/${reference.slice(1)}`;
  expect((await hanako.open(path)).text).toContain(NOTE);
  expect((await get(house, await pathOfLink(house, id, PEOPLE.hanako))).text).toContain(NOTE);

  await press(minoru, path, ACTIONS.centerReport.actionId, id);
  await minoru.fillAndSend({ まとめて: 'すべて異常なし', 自由記述: REPORT });
  expect((await minoru.open(path)).text).toContain(REPORT);

  const priority = '/roll-calls/priority';
  await minoru.post(priority, [
    ['form_token', await tokenOf(minoru, priority)],
    ['do', 'add'],
    ['lines', `${RESIDENT}、${CONTACT}`],
    ['form', crypto.randomUUID()],
  ]);
  expect((await minoru.open(`${path}/checks`)).text).toContain(RESIDENT);

  const severe = { safety: 'severe', place: null, coming: null, comingMinutes: null, family: null } as const;
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: severe });
  const since = await env.DB.prepare(
    'SELECT help_since FROM roll_call_person WHERE help_since IS NOT NULL',
  ).first('help_since');
  await press(kenta, path, 'roll-call.help.clear', `${id}/${PEOPLE.hanako}/${String(since)}`);
  await kenta.fillAndSend({ 解除する理由: REASON });
  expect((await kenta.open(path)).text).toContain(REASON);
  await house.delivered();
  const whileRunning = await pressAll(house);

  // Slack fails for a while: the mails hold no note either.
  house.slack.faults = { faults: [{ method: '*', kind: 'server-error' }], enforceRates: false };
  for (const minute of [1, 2, 3, 4]) await house.cron(Date.now() + minute * 60_000);
  expect(house.mails.length).toBeGreaterThan(3);
  house.slack.faults = { faults: [], enforceRates: false };
  await house.delivered();

  await press(kenta, path, ACTIONS.end.actionId, id);
  await kenta.fillAndSend({});
  await house.cron(Date.now() + 12 * 60_000);
  await press(hanako, path, ACTIONS.lesson.actionId, id);
  await hanako.fillAndSend({ '気づいたこと・改善したいこと': LESSON });
  const lesson = await env.DB.prepare('SELECT id, version FROM roll_call_lesson').first();
  await press(kenta, path, LESSON_ACTIONS.promise, String(lesson?.id));
  const due = addDays(japanDate(new Date()), 3);
  await kenta.fillAndSend({ すること: PROMISE, 担当する方: '東　佐藤 花子', いつまでに: due });
  expect((await kenta.open('/roll-calls/improvements')).text).toContain(PROMISE);
  expect((await kenta.open(path)).text).toContain(LESSON);
  await house.cron(Date.now() + 24 * 60 * 60_000);
  await house.delivered();
  expect(whileRunning + (await pressAll(house))).toBeGreaterThan(20);
  await house.delivered();

  const { traffic } = house.slack;
  expect(traffic.length).toBeGreaterThan(100);
  const places = { traffic, mails: house.mails, logs: house.logs, stored: await everythingStored() };
  for (const [place, held] of Object.entries(places))
    expect([place, foundIn(TYPED, JSON.stringify(held))]).toEqual([place, []]);
  const views = house.slack.calls().filter(({ method }) => method.startsWith('views.'));
  expect(views.length).toBeGreaterThan(10);
  expect(JSON.stringify(views)).not.toContain('"multiline":true');
  // What opens by itself is told to its receiver alone.
  const token = (await pathOfLink(house, id, PEOPLE.hanako)).slice('/safety/'.length);
  expect(JSON.stringify([traffic, house.logs, places.stored]).includes(token)).toBe(false);
}, 90_000);
