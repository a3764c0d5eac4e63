/** 要救助: told at once, kept until it is cleared with a reason, cleared once. And who reads who is silent. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { absence } from '../../../src/features/directory/tables.ts';
import { ACTIONS } from '../../../src/features/roll-call/actions.ts';
import { loadBoard } from '../../../src/features/roll-call/board/data.ts';
import { standInToday } from '../../../src/features/roll-call/data.ts';
import { findStanding } from '../../../src/features/roll-call/ending/data.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { countDms, told } from '../../support/invited.ts';
import { picked, refusalsOf, typed } from '../../support/operating.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';
import { Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;
const ASKED = '*重傷・要救助* の報告がありました';
const CANARY = 'カナリアの脚を折って病院へ';

const SEVERE = {
  safety: 'severe',
  place: 'visiting',
  coming: null,
  comingMinutes: null,
  family: null,
} as const;

async function helpOf(id: string, person: string) {
  const row = (await rosterNow(id)).get(person);
  return { since: Number(row?.help_since), cleared: row?.help_cleared_at, by: row?.help_cleared_by };
}

async function openList(house: House, person: string, label: string) {
  await house.delivered();
  const [board] = house.slack.messages(CHANNELS.general);
  if (!board) throw new Error('no board');
  const somebody = house.slack.as(person);
  await somebody.click(board, label);
  await house.slack.waitFor(() => somebody.modal, { what: label });
  return somebody;
}

function clearing(person: string, metadata: string, reason = CANARY): string {
  const [, whose = ''] = metadata.split('/');
  return submissionBody(person, {
    id: `V${crypto.randomUUID()}`,
    callbackId: 'roll-call.help.clear.form',
    metadata,
    values: { [`reason.${whose}`]: typed(reason) },
  });
}

test('asking for help is told at once to the managers of the center and the core, once; it stays, and is cleared once with a reason', async () => {
  const house = await openHouse(withDrills);
  const now = Date.now() - 20 * MINUTE;
  const { id, reference } = await begunRollCall(house, new Date(now));
  await send(
    house,
    submissionBody(PEOPLE.hanako, {
      id: 'V1',
      callbackId: 'roll-call.answer',
      metadata: `${id}/m`,
      values: { safety: picked('severe'), place: picked('visiting') },
    }),
  );
  await house.delivered();
  expect(countDms(house, ASKED)).toEqual({ [PEOPLE.minoru]: 1, [PEOPLE.kenta]: 1 });
  const dm = JSON.stringify(house.slack.as(PEOPLE.minoru).dm);
  expect(dm).toContain(`【訓練】${reference}`);
  expect(dm).toContain(`<@${PEOPLE.hanako}>`);
  // Said again, another way, and 無事 after it: still the same request. Slight injuries are told by the board alone.
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: SEVERE, way: 'web' });
  await answerOf(house, id, PEOPLE.hanako, new Date());
  await answerOf(house, id, PEOPLE.ichiro, new Date(), { answer: { ...SEVERE, safety: 'minor' } });
  await house.delivered();
  expect(countDms(house, ASKED)).toEqual({ [PEOPLE.minoru]: 1, [PEOPLE.kenta]: 1 });
  const asked = await helpOf(id, PEOPLE.hanako);
  expect(asked).toMatchObject({ cleared: null });
  // Her colleague reads of it and cannot clear it; another center reads that there is somebody.
  const ichiro = await openList(house, PEOPLE.ichiro, '要救助の方');
  expect(ichiro.modalText).toContain('東　1名');
  expect(ichiro.modalText).not.toContain('佐藤');
  const metadata = `${id}/${PEOPLE.hanako}/${asked.since}`;
  for (const person of [PEOPLE.hanako, PEOPLE.naoko, PEOPLE.makoto])
    expect(await send(house, clearing(person, metadata))).toContain('解除できるのは');
  // Who it is, another center does not find out that way, either.
  const tried = await Promise.all(
    [metadata, `${id}/${PEOPLE.minoru}/${asked.since}`].map((of) => send(house, clearing(PEOPLE.ichiro, of))),
  );
  expect(tried[0]).toContain('見つかりません');
  expect(tried[0]?.replace(PEOPLE.hanako, '')).toBe(tried[1]?.replace(PEOPLE.minoru, ''));
  expect(await refusalsOf(PEOPLE.makoto)).toEqual([
    { action: 'roll-call.clear-help', reason: 'not-allowed' },
  ]);
  const minoru = await openList(house, PEOPLE.minoru, '要救助の方');
  expect(minoru.modalText).toContain('佐藤 花子');
  await minoru.clickInModal('解除する');
  await house.slack.waitFor(() => Object.keys(minoru.filledIn).length > 0, { what: 'the form' });
  // Somebody else is faster by a moment.
  await send(house, clearing(PEOPLE.kenta, metadata));
  const late = await minoru.fillAndSubmit({ 解除する理由: '連絡がとれた' });
  expect(JSON.stringify(late.errors)).toContain('先に田中 健太さんが');
  expect(await helpOf(id, PEOPLE.hanako)).toMatchObject({ by: PEOPLE.kenta });
  await told(house, PEOPLE.hanako, 'あなたの要救助を解除しました');
  expect((await auditOf('roll-call.clear-help')).filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  // Asked for anew by a new answer: told anew, and an older form clears nothing.
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: SEVERE });
  await house.delivered();
  expect(countDms(house, ASKED)).toEqual({ [PEOPLE.minoru]: 2, [PEOPLE.kenta]: 2 });
  expect(await send(house, clearing(PEOPLE.minoru, metadata))).toContain('新しい要救助の報告');
  // What was typed stands sealed in the database and on pages alone.
  expect(JSON.stringify(await house.slack.traffic)).not.toContain(CANARY);
  const { results } = await env.DB.prepare('SELECT * FROM roll_call_person').all();
  expect(JSON.stringify(results)).not.toContain('カナリア');
});

test('two clear at once: one does; the reason is read on the page by those who may, and in strict cities typed there only', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    city.personalDataEntry = 'web';
  });
  const { id, reference } = await begunRollCall(house, new Date(Date.now() - 20 * MINUTE));
  await answerOf(house, id, PEOPLE.ichiro, new Date(), { answer: SEVERE });
  const { since } = await helpOf(id, PEOPLE.ichiro);
  const metadata = `${id}/${PEOPLE.ichiro}/${since}`;
  const answers = await Promise.all(
    [PEOPLE.kenta, 'U0WEST1'].map((person) => send(house, clearing(person, metadata))),
  );
  expect(answers.filter((answer) => answer.includes('先に'))).toHaveLength(1);
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: SEVERE });
  // A copied button of another center.
  const { since: hers } = await helpOf(id, PEOPLE.hanako);
  await send(house, pressBody('U0WEST1', 'roll-call.help.clear', `${id}/${PEOPLE.hanako}/${hers}`));
  await told(house, 'U0WEST1', '【訓練】見つかりません');
  const kenta = await openList(house, PEOPLE.kenta, '要救助の方');
  expect(kenta.modalText).not.toContain('カナリア');
  await kenta.clickInModal('解除する');
  await house.slack.waitFor(() => kenta.modalText.includes('ページ'), { what: 'the link' });
  expect(Object.keys(kenta.filledIn)).toEqual([]);
  const page = async (person: string) => {
    const visitor = await Visitor.signedIn(house, person);
    const press = `${ACTIONS.help.actionId} ${id}`;
    return (
      await visitor.post('/modal/press', [
        ['press', press],
        ['back', '/roll-calls'],
      ])
    ).body;
  };
  expect(await page(PEOPLE.kenta)).toContain(CANARY);
  expect(await page('U0WEST1')).toContain(CANARY);
  expect(await page(PEOPLE.hanako)).not.toContain(CANARY);
  const section = async (person: string) =>
    (await (await Visitor.signedIn(house, person)).get(`/roll-calls/${reference.slice(1)}`)).body;
  expect(await section(PEOPLE.makoto)).toContain(CANARY);
  expect(await section(PEOPLE.hanako)).not.toContain('鈴木 一郎');
  expect(await auditOf('roll-call.read_help_reasons')).toHaveLength(3);
});

test('help that is asked for anew while it is being cleared is open afterwards, and told, or was cleared with it', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - 20 * MINUTE));
  const people = [PEOPLE.ichiro, PEOPLE.guest, 'U0MISAKI', 'U0SOUTH1'];
  for (const person of people) await answerOf(house, id, person, new Date(), { answer: SEVERE });
  const rows = await rosterNow(id);
  await Promise.all(
    people.flatMap((person) => [
      send(house, clearing(PEOPLE.kenta, `${id}/${person}/${rows.get(person)?.help_since}`)),
      answerOf(house, id, person, new Date(), { answer: { ...SEVERE, place: 'home' } }),
    ]),
  );
  await house.delivered();
  for (const person of people) {
    const order = "SELECT action FROM audit_entry WHERE chain = ? AND outcome = 'done' ORDER BY seq";
    const { results } = await env.DB.prepare(order).bind(`reply:${id}/${person}`).all<{ action: string }>();
    const isClearedLast = results.at(-1)?.action === 'roll-call.clear-help';
    expect((await helpOf(id, person)).cleared === null).toBe(!isClearedLast);
    expect(results).toHaveLength(3);
  }
  const open = [...(await rosterNow(id)).values()].filter(
    (row) => row.help_since !== null && row.help_cleared_at === null,
  );
  expect(countDms(house, ASKED)[PEOPLE.kenta]).toBe(people.length + open.length);
});

test('who is silent is read by name in one’s own center, by the core and the city; of others the count', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - 20 * MINUTE), { kind: 'actual' });
  await answerOf(house, id, PEOPLE.hanako, new Date());
  const hanako = await openList(house, PEOPLE.hanako, '未回答の方');
  expect(hanako.modalText).toContain('阿部 実');
  expect(hanako.modalText).toContain('*西*　3名／3名');
  expect(hanako.modalText).not.toContain('鈴木 一郎');
  expect(hanako.modalText).not.toContain('佐藤 花子');
  for (const person of [PEOPLE.naoko, PEOPLE.makoto])
    expect((await openList(house, person, '未回答の方')).modalText).toContain('鈴木 一郎');
  for (const action of [ACTIONS.silent, ACTIONS.help]) {
    await send(house, pressBody(PEOPLE.minoru, action.actionId, 'nothing'));
    await told(house, PEOPLE.minoru, '見つかりません');
    await house.slack.waitFor(
      async () => (await refusalsOf(PEOPLE.minoru)).at(-1)?.action === action.actionId,
    );
  }
});

test('whoever left stands in for nobody, nor for the core center whoever moved away: the manager herself is told', async () => {
  const house = await openHouse(withDrills);
  const now = new Date();
  const { id } = await begunRollCall(house, now);
  const today = japanDate(now);
  const away = { fromOn: today, untilOn: addDays(today, 1), notedBy: PEOPLE.kenta, notedAt: now };
  await house.db.insert(absence).values([
    { id: 'a', person: PEOPLE.kenta, deputy: PEOPLE.takuya, ...away },
    { id: 'b', person: PEOPLE.minoru, deputy: PEOPLE.hanako, ...away },
  ]);
  expect((await standInToday(house.db, PEOPLE.takuya, now)).forCore).toBe(true);
  await importAgain(house, (city) => {
    for (const each of city.staff) if (each.slackUserId === PEOPLE.takuya) each.center = 'west';
    without(PEOPLE.hanako)(city);
  });
  expect(await standInToday(house.db, PEOPLE.takuya, now)).toEqual({ forCore: false, forCenters: [] });
  await answerOf(house, id, PEOPLE.minoru, now, { answer: SEVERE, by: PEOPLE.naoko, way: 'proxy' });
  await answerOf(house, id, PEOPLE.ichiro, now, { answer: SEVERE });
  await house.delivered();
  expect(countDms(house, ASKED)).toMatchObject({ [PEOPLE.kenta]: 2 });
  expect(Object.keys(countDms(house, ASKED))).not.toContain(PEOPLE.hanako);
  expect(Object.keys(countDms(house, ASKED))).not.toContain(PEOPLE.takuya);
});

test('whoever leaves the directory meanwhile still needs help: listed, on the board, before the end, until it is cleared', async () => {
  const house = await openHouse(withDrills);
  const now = new Date(Date.now() - 20 * MINUTE);
  const { id } = await begunRollCall(house, now);
  await answerOf(house, id, PEOPLE.hanako, now, { answer: SEVERE });
  await importAgain(house, without(PEOPLE.hanako));
  await house.cron(now.getTime() + MINUTE);
  expect((await rosterNow(id)).get(PEOPLE.hanako)).toMatchObject({ left_at: now.getTime() + MINUTE });
  expect((await loadBoard(house.db, id))?.totals).toMatchObject({
    roster: 9,
    answered: 0,
    severe: 0,
    help: 1,
  });
  expect(await findStanding(house.db, id)).toMatchObject({ roster: 9, answered: 0, openHelp: 1 });
  const minoru = await openList(house, PEOPLE.minoru, '要救助の方');
  expect(minoru.modalText).toContain('佐藤 花子');
  const { since } = await helpOf(id, PEOPLE.hanako);
  await send(house, clearing(PEOPLE.minoru, `${id}/${PEOPLE.hanako}/${since}`));
  expect((await loadBoard(house.db, id))?.totals.help).toBe(0);
});
