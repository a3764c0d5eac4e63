/** Answers through the front door: one tap, the form, and answers entered for others. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../src/features/roll-call/actions.ts';
import { type House, openHouse } from '../../support/house.ts';
import { told } from '../../support/invited.ts';
import { chosen, picked } from '../../support/operating.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const MINUTE = 60_000;

async function replies(id: string): Promise<number> {
  const sql = 'SELECT count(*) AS n FROM roll_call_reply WHERE roll_call_id = ?';
  return (await env.DB.prepare(sql).bind(id).first<number>('n')) ?? 0;
}

function tap(person: string, id: string): string {
  return pressBody(person, ACTIONS.safe.actionId, id);
}

async function counted(id: string, person: string): Promise<Record<string, unknown>> {
  const row = (await rosterNow(id)).get(person);
  if (!row) throw new Error(`${person} is not on the roster`);
  return row;
}

async function tapped(house: House, person: string, id: string): Promise<string> {
  const before = house.slack.as(person).ephemerals.length;
  await send(house, tap(person, id));
  await house.slack.waitFor(
    async () => {
      await house.delivered();
      return house.slack.as(person).ephemerals.length > before;
    },
    { what: 'a receipt' },
  );
  return JSON.stringify(house.slack.as(person).ephemerals.at(-1));
}

test('one tap is an answer; the same tap again, replayed after another answer, changes nothing', async () => {
  const house = await openHouse(withDrills);
  const { id, reference } = await begunRollCall(house, new Date(Date.now() - 10 * MINUTE));
  const first = tap(PEOPLE.hanako, id);
  // Both at once, as a finger that taps twice; and the very same request again.
  await Promise.all([first, first, tap(PEOPLE.hanako, id)].map((body) => send(house, body)));
  await told(house, PEOPLE.hanako, '無事と受け付けました');
  await told(house, PEOPLE.hanako, 'もう受け付けています');
  expect(await replies(id)).toBe(1);
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'safe', way: 'chat' });
  const said = JSON.stringify(house.slack.as(PEOPLE.hanako).ephemerals);
  expect(said).toContain(`【訓練】${reference}`);
  expect(said).toContain('報告する');
  const minor = { safety: 'minor', place: 'home', coming: null, comingMinutes: null, family: null } as const;
  await answerOf(house, id, PEOPLE.hanako, new Date(), { answer: minor });
  await send(house, first);
  await told(house, PEOPLE.hanako, 'すでに新しい回答を受け付けています');
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'minor', place: 'home' });
  // So does the second tap of a finger that tapped twice, which left nothing of its own: Slack says when it was.
  const [earlier, later] = [5_000, 4_000].map((ago) =>
    tap(PEOPLE.ichiro, id).replace('action_ts%22%3A%221.1', `action_ts%22%3A%22${(Date.now() - ago) / 1000}`),
  );
  for (const body of [earlier, later]) await send(house, body ?? '');
  await answerOf(house, id, PEOPLE.ichiro, new Date(), { answer: minor });
  await send(house, later ?? '');
  await told(house, PEOPLE.ichiro, 'すでに新しい回答を受け付けています');
  expect(await counted(id, PEOPLE.ichiro)).toMatchObject({ safety: 'minor' });
  // A new tap is a new answer, and keeps what was said beside.
  expect(await tapped(house, PEOPLE.hanako, id)).toContain('無事と受け付けました');
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'safe', place: 'home' });
});

test('a tap into what does not run, or from outside of the roster, gets a sentence and stores nothing', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - MINUTE), { kind: 'actual' });
  expect(await tapped(house, PEOPLE.makoto, id)).toContain('対象ではないため');
  expect(await tapped(house, PEOPLE.hanako, crypto.randomUUID())).toContain('見つかりません');
  await env.DB.prepare("UPDATE roll_call SET status = 'closed'").run();
  expect(await tapped(house, PEOPLE.hanako, id)).toContain('もう終わっています');
  await env.DB.prepare("UPDATE roll_call SET status = 'scheduled'").run();
  expect(await tapped(house, PEOPLE.hanako, id)).toContain('見つかりません');
  expect(await replies(id)).toBe(0);
  expect((await auditOf(ACTIONS.safe.actionId)).map(({ actor, outcome }) => [actor, outcome])).toEqual([
    [PEOPLE.makoto, 'refused'],
    [PEOPLE.hanako, 'refused'],
  ]);
});

async function openFromBoard(
  house: House,
  person: string,
  label: string,
  kind: 'drill' | 'actual' = 'drill',
) {
  await house.delivered();
  const prefix = kind === 'drill' ? '【訓練】' : '【安否確認】';
  const board = house.slack
    .messages(CHANNELS.general)
    .find((message) => JSON.stringify(message).includes(prefix));
  if (!board) throw new Error('no board');
  const somebody = house.slack.as(person);
  await somebody.click(board, label);
  await house.slack.waitFor(() => somebody.modal, { what: label });
  return somebody;
}

test('the form starts from what counts, takes full-width minutes, and says beside the field what is wrong', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - 5 * MINUTE));
  const hanako = await openFromBoard(house, PEOPLE.hanako, '報告する');
  expect(hanako.filledIn).toMatchObject({ 居場所: '答えない', センターに来られますか: '答えない' });
  expect((await hanako.submit()).errors).toHaveProperty('安否');
  const wrong = async (fields: Record<string, string | null>) =>
    (await hanako.fillAndSubmit({ 安否: '軽傷', ...fields })).errors;
  const minutes = '何分後に着きますか（「可」のとき）';
  expect(await wrong({ センターに来られますか: '可（来られます）' })).toHaveProperty(minutes);
  for (const typed of ['0', '601', '半時間', '1.5'])
    expect(await wrong({ [minutes]: typed })).toEqual({ [minutes]: '1〜600の数字で入力してください。' });
  expect(await wrong({ センターに来られますか: '答えない', [minutes]: '30' })).toHaveProperty(
    'センターに来られますか',
  );
  expect(await replies(id)).toBe(0);
  const submitted = await hanako.fillAndSubmit({
    居場所: '自宅',
    センターに来られますか: '可（来られます）',
    [minutes]: '３０分',
    家族: '無事',
  });
  expect(submitted.errors).toBeUndefined();
  expect(hanako.modalText).toContain('受け付けました');
  expect(hanako.modalText).toContain('軽傷、自宅、参集 可（30分）、家族 無事');
  const stored = { safety: 'minor', place: 'home', coming: 'able', coming_minutes: 30, family: 'safe' };
  expect(await counted(id, PEOPLE.hanako)).toMatchObject(stored);
  // In the same view once more: a new answer, not the form before.
  await hanako.clickInModal('報告する');
  await house.slack.waitFor(() => Object.keys(hanako.filledIn).length > 0, { what: 'the form again' });
  expect(hanako.filledIn).toMatchObject({ 安否: '軽傷', [minutes]: '30', 家族: '無事' });
  await hanako.fillAndSubmit({ 安否: '無事', センターに来られますか: '不可', 家族: '答えない' });
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({
    safety: 'safe',
    coming: 'unable',
    coming_minutes: null,
    family: null,
  });
  expect(await replies(id)).toBe(2);
});

test('the same form sent twice is stored once; one that comes after the end is not, and says so', async () => {
  const house = await openHouse(withDrills);
  const { id } = await begunRollCall(house, new Date(Date.now() - 5 * MINUTE));
  const body = (safety: string) =>
    submissionBody(PEOPLE.hanako, {
      id: 'V1',
      callbackId: 'roll-call.answer',
      metadata: `${id}/mark`,
      values: { safety: picked(safety) },
    });
  await send(house, body('minor'));
  await answerOf(house, id, PEOPLE.hanako, new Date());
  await send(house, body('minor'));
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'safe' });
  expect(await replies(id)).toBe(2);
  const outside = submissionBody(PEOPLE.makoto, {
    id: 'V3',
    callbackId: 'roll-call.answer',
    metadata: `${id}/mark`,
    values: { safety: picked('safe') },
  });
  expect(await send(house, outside)).toContain('対象ではないため');
  await env.DB.prepare("UPDATE roll_call SET status = 'closed'").run();
  expect(await send(house, body('severe').replace('V1', 'V2'))).toContain('もう終わっています');
  expect(await replies(id)).toBe(2);
});

test('colleagues and the core center enter for others, who are told; nobody else does', async () => {
  const house = await openHouse(withDrills);
  const { id, reference } = await begunRollCall(house, new Date(Date.now() - 5 * MINUTE));
  await answerOf(house, id, PEOPLE.minoru, new Date());
  const minoru = await openFromBoard(house, PEOPLE.minoru, '開く');
  await minoru.clickInModal('代わりに入力する');
  await house.slack.waitFor(() => Object.keys(minoru.filledIn).length > 0, { what: 'the form' });
  const who = '誰の回答ですか';
  await expect(minoru.fill({ [who]: '鈴木 一郎（未回答）' })).rejects.toThrow();
  await minoru.fillAndSubmit({ [who]: '佐藤 花子（未回答）', 安否: '軽傷', 居場所: '訪問先' });
  expect(minoru.modalText).toContain('佐藤 花子さんの回答を受け付けました');
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({
    safety: 'minor',
    way: 'proxy',
    answered_by: PEOPLE.minoru,
  });
  await told(house, PEOPLE.hanako, '代わりに入力しました');
  const dm = JSON.stringify(house.slack.as(PEOPLE.hanako).dm);
  expect(dm).toContain(`<@${PEOPLE.minoru}>`);
  expect(dm).toContain('軽傷、訪問先');
  expect(dm).toContain(`【訓練】${reference}`);
  // The core center enters for all; whoever answered stands after those who did not.
  const naoko = await openFromBoard(house, PEOPLE.naoko, '開く');
  await naoko.clickInModal('代わりに入力する');
  await house.slack.waitFor(() => Object.keys(naoko.filledIn).length > 0, { what: 'the form' });
  await naoko.fillAndSubmit({ [who]: '鈴木 一郎（未回答）', 安否: '無事' });
  expect(await counted(id, PEOPLE.ichiro)).toMatchObject({ safety: 'safe', way: 'proxy' });
  // A form of one's own making.
  const forged = (by: string, person: string) =>
    submissionBody(by, {
      id: `V${crypto.randomUUID()}`,
      callbackId: 'roll-call.answer-for',
      metadata: `${id}/x`,
      values: { person: chosen(person), safety: picked('severe') },
    });
  for (const [by, person] of [
    [PEOPLE.ichiro, PEOPLE.hanako],
    [PEOPLE.makoto, PEOPLE.hanako],
    [PEOPLE.minoru, PEOPLE.stranger],
  ] as const)
    expect(await send(house, forged(by, person))).toContain('代わりに入力できるのは');
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'minor' });
  expect(await auditOf('roll-call.reply-for')).toHaveLength(3);
  await send(house, pressBody(PEOPLE.makoto, ACTIONS.replyFor.actionId, id));
  await told(house, PEOPLE.makoto, '代わりに入力できるのは');
});

test('where a city has more people than a form takes, the core center chooses the center first', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    for (let n = 0; n < 130; n += 1)
      city.staff.push({
        slackUserId: `U0X${n}`,
        name: `職員 ${n}`,
        center: n < 120 ? 'west' : 'south',
        profession: '保健師',
        role: 'staff',
        admin: false,
        duty: false,
      });
  });
  const { id } = await begunRollCall(house, new Date(Date.now() - 5 * MINUTE), { kind: 'actual' });
  const naoko = await openFromBoard(house, PEOPLE.naoko, '開く', 'actual');
  await naoko.clickInModal('代わりに入力する');
  await house.slack.waitFor(() => Object.keys(naoko.filledIn).length > 0, { what: 'the centers' });
  await naoko.fillAndSubmit({ どのセンターの方ですか: '西（未回答 123名／123名）' });
  expect(Object.keys(naoko.filledIn)).toContain('安否');
  await naoko.fillAndSubmit({ 誰の回答ですか: '職員 119（未回答）', 安否: '無事' });
  expect(await counted(id, 'U0X119')).toMatchObject({ way: 'proxy', answered_by: PEOPLE.naoko });
});

test('all of it works on pages, too: a tap, the form, and a form sent twice', async () => {
  const house = await openHouse(withDrills);
  const { id, reference } = await begunRollCall(house, new Date(Date.now() - 5 * MINUTE));
  const page = `/roll-calls/${reference.slice(1)}`;
  const visitor = await Visitor.signedIn(house, PEOPLE.hanako);
  const shown = await visitor.get(page);
  expect(shown.body).toContain('未回答');
  const press = (actionId: string) =>
    visitor.post('/modal/press', [
      ['press', `${actionId} ${id}`],
      ['back', page],
    ]);
  expect((await press(ACTIONS.safe.actionId)).body).toContain('無事と受け付けました');
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'safe', way: 'web' });
  const form = await press(ACTIONS.reply.actionId);
  const hidden = [...form.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, unescaped(value)] as const,
  );
  const answer = [...hidden, ['field:safety', 'minor'], ['field:place', 'moving']] as const;
  const submitted = await visitor.post('/modal/submit', answer);
  expect(submitted.body).toContain('軽傷、移動中');
  await answerOf(house, id, PEOPLE.hanako, new Date());
  await visitor.post('/modal/submit', answer);
  expect(await counted(id, PEOPLE.hanako)).toMatchObject({ safety: 'safe', way: 'chat' });
  expect(await replies(id)).toBe(3);
});

function unescaped(value: string): string {
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
