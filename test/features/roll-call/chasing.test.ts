/** Chasing: the silent only, once each, however the cron runs; then their managers, then whoever commands. */
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { chaseSilent } from '../../../src/features/roll-call/chasing/jobs.ts';
import { parseChaseMinutes } from '../../../src/features/roll-call/chasing/schema.ts';
import { type House, openHouse } from '../../support/house.ts';
import { countDms } from '../../support/invited.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, withDrills } from '../../support/roll-call.ts';
import { auditOf, openSection, openSettings } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';

const MINUTE = 60_000;
const ASKED = 'まだあなたの回答がありません';
const MANAGER = 'まだ回答のない方がいます';
const CORE = '管理者の回答もまだないセンターがあります';

/** Whole minutes, as the cron's. */
function startOf(minutesAgo: number): Date {
  return new Date(Math.floor(Date.now() / MINUTE - minutesAgo) * MINUTE);
}

async function cronAt(house: House, start: Date, minutes: number): Promise<void> {
  await house.cron(start.getTime() + minutes * MINUTE);
  await house.delivered();
}

/** The job alone, at a minute. */
async function chaseAt(house: House, start: Date, minutes: number): Promise<void> {
  await chaseSilent(scopeAt(house, new Date(start.getTime() + minutes * MINUTE)));
  await house.delivered();
}

test('asks the silent only, once a step, also when the cron runs twice or misses ten minutes; then managers and the core hear', async () => {
  const house = await openHouse(withDrills);
  const start = startOf(90);
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const { id, reference } = await begunRollCall(house, start);
  await answerOf(house, id, PEOPLE.hanako, at(2));
  await answerOf(house, id, PEOPLE.takuya, at(3));
  await chaseAt(house, start, 4);
  expect(countDms(house, ASKED)).toEqual({});
  await Promise.all([house.cron(at(5).getTime()), house.cron(at(5).getTime())]);
  await chaseAt(house, start, 6);
  const silent = [
    PEOPLE.minoru,
    PEOPLE.ichiro,
    PEOPLE.kenta,
    PEOPLE.naoko,
    'U0MISAKI',
    'U0WEST1',
    'U0SOUTH1',
    PEOPLE.guest,
  ];
  expect(countDms(house, ASKED)).toEqual(Object.fromEntries(silent.map((person) => [person, 1])));
  const [dm] = house.slack.as(PEOPLE.minoru).dm;
  expect(house.slack.as(PEOPLE.minoru).offers(dm)).toEqual(['無事', '報告する']);
  expect(JSON.stringify(dm)).toContain(`【訓練】${reference}`);
  // One tap in it is the answer.
  if (!dm) throw new Error('no message');
  await house.slack.as(PEOPLE.minoru).click(dm, '無事');
  await house.slack.settled();
  for (const person of [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.guest]) await answerOf(house, id, person, at(7));
  // The steps at 15 and 30 were both missed: asked once for them, and not again later.
  await cronAt(house, start, 31);
  await chaseAt(house, start, 31);
  expect(countDms(house, '30分がたちました')).toEqual({
    [PEOPLE.ichiro]: 1,
    U0MISAKI: 1,
    U0WEST1: 1,
    U0SOUTH1: 1,
  });
  expect(countDms(house, '15分がたちました')).toEqual({});
  expect(countDms(house, MANAGER)).toEqual({});
  await cronAt(house, start, 32);
  await chaseAt(house, start, 32);
  await chaseAt(house, start, 33);
  // 東 and 基幹型 have answered. Managers hear of others, not of themselves.
  expect(countDms(house, MANAGER)).toEqual({ U0WEST1: 1, U0SOUTH1: 1 });
  const west = house.slack.as('U0WEST1').dm.find((message) => JSON.stringify(message).includes(MANAGER));
  expect(JSON.stringify(west)).toContain(`<@${PEOPLE.ichiro}>`);
  expect(house.slack.as('U0WEST1').offers(west)).toEqual(['未回答の方', '代わりに入力する', '開く']);
  // The manager of 西 answers: her center is hers to look after.
  await answerOf(house, id, 'U0WEST1', at(35));
  await chaseAt(house, start, 41);
  expect(countDms(house, CORE)).toEqual({});
  await cronAt(house, start, 42);
  await chaseAt(house, start, 55);
  expect(countDms(house, CORE)).toEqual({ [PEOPLE.kenta]: 1 });
  const core = house.slack.as(PEOPLE.kenta).dm.find((message) => JSON.stringify(message).includes(CORE));
  expect(JSON.stringify(core)).toContain('*南*　未回答 2名／2名');
  expect(JSON.stringify(core)).not.toContain('西');
  expect(await auditOf('roll-call.chase')).toHaveLength(4);
});

test('an answer takes back what waits to be sent; a later step takes the place of an earlier one; after the end nobody is asked', async () => {
  const house = await openHouse(withDrills);
  const start = startOf(60);
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const drill = await begunRollCall(house, start);
  const actual = await begunRollCall(house, start, { kind: 'actual', centers: ['west', 'south'] });
  await env.DB.prepare("UPDATE roll_call_person SET left_at = 1 WHERE person = 'U0MISAKI'").run();
  // Joined a moment ago: told then, and not asked in the same breath.
  await env.DB.prepare('UPDATE roll_call_person SET joined_at = ? WHERE person = ?')
    .bind(at(12).getTime(), 'U0SOUTH1')
    .run();
  // As when Slack takes nothing: what is stored waits.
  await chaseSilent(scopeAt(house, at(5)));
  await chaseSilent(scopeAt(house, at(15)));
  await answerOf(house, drill.id, PEOPLE.ichiro, at(16));
  await house.delivered();
  const asked = countDms(house, ASKED);
  expect(asked).toMatchObject({ [PEOPLE.hanako]: 1, U0WEST1: 2, [PEOPLE.ichiro]: 1 });
  expect(asked).not.toHaveProperty('U0MISAKI');
  expect(asked).not.toHaveProperty('U0SOUTH1');
  // He answered the drill; the real one still asks him.
  const ichiro = JSON.stringify(house.slack.as(PEOPLE.ichiro).dm);
  expect(ichiro).toContain(`【安否確認】${actual.reference}`);
  expect(ichiro).not.toContain('【訓練】');
  await env.DB.prepare("UPDATE roll_call SET status = 'closed' WHERE kind = 'drill'").run();
  await env.DB.prepare('UPDATE roll_call_person SET answered_at = 1 WHERE roll_call_id = ?')
    .bind(actual.id)
    .run();
  await cronAt(house, start, 30);
  await cronAt(house, start, 45);
  expect(countDms(house, ASKED)).toEqual(asked);
  expect(countDms(house, MANAGER)).toEqual({});
});

test('many silent people are asked by few statements, and of a large center a count is told instead of names', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    for (let n = 0; n < 300; n += 1)
      city.staff.push({
        slackUserId: `U0X${n}`,
        name: `職員 ${n}`,
        center: n < 200 ? 'west' : 'south',
        profession: '保健師',
        role: 'staff',
        admin: false,
        duty: false,
      });
  });
  const start = startOf(60);
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const { id } = await begunRollCall(house, start);
  await env.DB.prepare("UPDATE city SET chase_minutes = '[1]'").run();
  const queries = vi.spyOn(env.DB, 'prepare');
  await chaseSilent(scopeAt(house, at(1)));
  expect(queries.mock.calls.length).toBeLessThanOrEqual(15);
  queries.mockRestore();
  const waiting = "SELECT count(*) AS n FROM outbox WHERE kind = 'direct' AND about = ?";
  expect(await env.DB.prepare(waiting).bind(id).first('n')).toBe(310);
  await chaseSilent(scopeAt(house, at(2)));
  const toManager =
    "SELECT message FROM outbox WHERE kind = 'direct' AND about IS NULL AND channel = 'U0WEST1'";
  const message = String(await env.DB.prepare(toManager).first('message'));
  expect(message).toContain('*西*　203名');
  expect(message).not.toContain('<@');
});

test('催促の間隔 is set by the core center’s managers and admins, and holds from the next minute on', async () => {
  const house = await openHouse(withDrills);
  const hanako = await openSettings(house, PEOPLE.hanako);
  expect(hanako.modalText).not.toContain('催促の間隔');
  const start = startOf(60);
  await begunRollCall(house, start);
  const makoto = await openSection(house, PEOPLE.makoto, '催促の間隔');
  const field = '開始から何分後（「、」で区切る）';
  for (const typed of ['0', '5、5', '15、5', '1、2、3、4、5、6', '241', 'すぐ'])
    expect((await makoto.fillAndSubmit({ [field]: typed })).errors).toHaveProperty(field);
  expect((await makoto.fillAndSubmit({ [field]: '３分、１０分' })).errors).toBeUndefined();
  expect(makoto.modalText).toContain('いまの設定: 3、10分');
  expect(await env.DB.prepare('SELECT chase_minutes AS m FROM city').first('m')).toBe('[3,10]');
  await cronAt(house, start, 3);
  expect(countDms(house, '3分がたちました')).toMatchObject({ [PEOPLE.hanako]: 1 });
  // Somebody who looks at an older form is told who was first.
  const kenta = await openSection(house, PEOPLE.kenta, '催促の間隔');
  await makoto.fillAndSubmit({ [field]: '' });
  await kenta.fillAndSubmit({ [field]: '20' });
  expect(kenta.modalText).toContain('渡辺 誠さん');
  expect(await env.DB.prepare('SELECT chase_minutes AS m FROM city').first('m')).toBeNull();
  expect((await auditOf('roll-call.change-chasing')).map(({ outcome }) => outcome)).toEqual([
    'done',
    'done',
    'refused',
  ]);
});

test('where the drill is that Slack does not work, the silent are asked by mail, each once a step', async () => {
  const house = await openHouse(withDrills);
  const start = startOf(60);
  await begunRollCall(house, start, { scenario: 'slack-outage' });
  await cronAt(house, start, 5);
  await cronAt(house, start, 6);
  expect(countDms(house, ASKED)).toEqual({});
  expect(house.mails.map(({ to }) => to).sort()).toEqual(['kenta@example.jp', 'west@example.jp']);
  await cronAt(house, start, 30);
  expect(house.mails).toHaveLength(4);
  // Those without an address, too, are told of.
  await cronAt(house, start, 31);
  expect(countDms(house, MANAGER)).toMatchObject({ [PEOPLE.minoru]: 1 });
});

test('what people type of minutes is read in any width and with any mark between', () => {
  expect(parseChaseMinutes('5、15、30')).toEqual([5, 15, 30]);
  expect(parseChaseMinutes('５分，１５分　３０分')).toEqual([5, 15, 30]);
  expect(parseChaseMinutes(null)).toBeNull();
  for (const typed of ['', '-5', '5.5', '5、abc', '99999']) expect(parseChaseMinutes(typed)).toBeUndefined();
});
