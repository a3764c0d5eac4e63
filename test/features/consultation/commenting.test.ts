/** 追記する: sealed, told to the person in charge only, and shown in the case's course in its order. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { buttonsOf, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, caseId, typed } from '../../support/operating.ts';
import { send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const COMMENT = '昨日、娘さんから電話がありました。📞';

/** A consultation of 佐藤 花子, accepted by 伊藤 直子 unless told otherwise. */
async function consultation(house: House, isAccepted = true) {
  const fields = { 緊急度: '通常' };
  if (isAccepted) return acceptedCase(house, fields);
  const sent = await sendConsultation(house, fields);
  return { ...sent, id: await caseId() };
}

const version = () => env.DB.prepare('SELECT version FROM consultation').first('version');
const countNotes = () => env.DB.prepare('SELECT count(*) AS n FROM note').first('n');

async function comment(
  house: House,
  person: string,
  id: string,
  body = COMMENT,
  view = 'V1',
): Promise<string> {
  const metadata = `${id}/${await version()}`;
  const values = { body: typed(body) };
  return send(
    house,
    submissionBody(person, { id: view, callbackId: 'consultation.comment', metadata, values }),
  );
}

test('the sender’s comment is sealed, told to the person in charge, read by a button and stands in the case', async () => {
  const house = await openHouse();
  const { hanako, card, centerCard } = await consultation(house);
  const naoko = house.slack.as(PEOPLE.naoko);
  await hanako.click(centerCard(), '追記する');
  await house.slack.waitFor(() => hanako.modal);
  expect((await hanako.fillAndSubmit({ 追記: COMMENT })).errors).toBeUndefined();
  await house.delivered();
  expect(await env.DB.prepare('SELECT kind, author, body FROM note').first()).toEqual({
    kind: 'comment',
    author: PEOPLE.hanako,
    body: expect.stringMatching(/^v1\./),
  });
  expect(await env.DB.prepare('SELECT status, answer_count AS answers FROM consultation').first()).toEqual({
    status: 'accepted',
    answers: 0,
  });
  const told = naoko.dm.at(-1);
  if (!told) throw new Error('no DM');
  expect(told.text).toBe('相談 *R8-0001* に追記が1件あります。');
  expect(buttonsOf(told)).toEqual(['読む']);
  for (const each of [card(), centerCard()]) expect(house.slack.thread(each.channel, each.ts)).toEqual([]);
  await naoko.click(told, '読む');
  await house.slack.waitFor(() => naoko.modal);
  expect(naoko.modalText).toContain(COMMENT);
  expect(naoko.modalText).toContain('佐藤 花子 さん');
  await naoko.closeModal();
  await naoko.click(card(), '詳細を見る');
  await house.slack.waitFor(() => naoko.modal);
  expect(naoko.modalText).toContain(COMMENT);
});

test('the person in charge is not told of her own comment, and nobody of one to a case without anyone in charge', async () => {
  const house = await openHouse();
  const { id } = await consultation(house);
  const before = await env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE kind = 'direct'").first('n');
  expect(await comment(house, PEOPLE.naoko, id)).toContain('clear');
  await env.DB.prepare('UPDATE consultation SET person_in_charge = NULL').run();
  expect(await comment(house, PEOPLE.hanako, id, COMMENT, 'V2')).toContain('clear');
  expect(await countNotes()).toBe(2);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE kind = 'direct'").first('n')).toBe(
    before,
  );
});

test('before it is accepted the sender may add to it', async () => {
  const house = await openHouse();
  const { id } = await consultation(house, false);
  expect(await comment(house, PEOPLE.minoru, id)).toContain('clear');
  expect(await countNotes()).toBe(1);
});

describe('refused and logged:', () => {
  test.each([
    ['another center', PEOPLE.ichiro, '見つかりません'],
    ['the city section', PEOPLE.makoto, '見つかりません'],
    ['a core colleague who is not part of it', PEOPLE.takuya, '担当者（伊藤 直子さん）と協力者です'],
  ])('%s', async (_, person, sentence) => {
    const house = await openHouse();
    const { id } = await consultation(house);
    expect(await comment(house, person, id)).toContain(sentence);
    await send(house, pressBody(person, 'consultation.comment', id));
    const somebody = house.slack.as(person);
    expect((await house.slack.waitFor(() => somebody.ephemerals.at(-1))).text).toContain(sentence);
    expect(await countNotes()).toBe(0);
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ?")
        .bind(person)
        .first('n'),
    ).toBe(2);
  });
});

test.each([
  ['nothing', ' 　\n', 'ここは必ず入力してください。'],
  ['3,001 characters', '𠮷'.repeat(3001), '3,000文字までです（いま3,001文字）。'],
])('a comment of %s is refused beside its field', async (_, body, sentence) => {
  const house = await openHouse();
  const { id } = await consultation(house);
  expect(JSON.parse(await comment(house, PEOPLE.hanako, id, body))).toEqual({
    response_action: 'errors',
    errors: { body: sentence },
  });
  expect(await countNotes()).toBe(0);
});

test('sent twice at once it is one comment; two different ones at once are both kept', async () => {
  const house = await openHouse();
  const { id } = await consultation(house);
  const sent = await Promise.all([comment(house, PEOPLE.hanako, id), comment(house, PEOPLE.hanako, id)]);
  for (const answer of sent) expect(answer).toContain('clear');
  expect(await countNotes()).toBe(1);
  await Promise.all([
    comment(house, PEOPLE.hanako, id, '一つ目', 'V2'),
    comment(house, PEOPLE.hanako, id, '二つ目', 'V3'),
  ]);
  expect(await countNotes()).toBe(3);
});

test('written while somebody else changed the case, the form says what changed and keeps the text', async () => {
  const house = await openHouse();
  const { hanako, centerCard, id } = await consultation(house);
  await hanako.click(centerCard(), '追記する');
  await house.slack.waitFor(() => hanako.modal);
  expect(await comment(house, PEOPLE.naoko, id)).toContain('clear');
  await hanako.fillAndSubmit({ 追記: '電話の件' });
  expect(hanako.modalText).toContain('伊藤 直子さんが追記しました');
  expect(hanako.filledIn).toEqual({ 追記: '電話の件' });
  await hanako.submit();
  expect(hanako.modal).toBeUndefined();
  expect(await countNotes()).toBe(2);
});

test('long comments open in one modal of what Slack takes: the latest, and how many more there are', async () => {
  const house = await openHouse();
  const { id, hanako, centerCard } = await consultation(house);
  for (let i = 0; i < 25; i += 1)
    expect(await comment(house, PEOPLE.hanako, id, `${i}番目${'𠮷'.repeat(2900)}`, `V${i}`)).toContain(
      'clear',
    );
  await hanako.click(centerCard(), '詳細を見る');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toMatch(/このほかに、前の追記が\d+件あります。/);
  expect(hanako.modalText).toContain('24番目');
  expect(hanako.modalText).not.toContain('\n0番目');
});

test('in a restricted case nobody who is not named can add or read; channels hear nothing', async () => {
  const house = await openHouse();
  const { id, card } = await consultation(house);
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
  expect(await comment(house, PEOPLE.hanako, id)).toContain('clear');
  expect(await comment(house, PEOPLE.minoru, id, COMMENT, 'V2')).toContain('見つかりません');
  await house.delivered();
  expect(house.slack.thread(CHANNELS.triage, card().ts)).toEqual([]);
  expect(await countNotes()).toBe(1);
});
