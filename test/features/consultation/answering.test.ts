/** 回答する and 読む: the answer is sealed; Slack hears only that there is one. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { buttonsOf, CASE, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedConsultation } from '../../support/operating.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const ANSWER = '明日の午前に一緒に訪問します。まず鍵の所在を確かめてください。';

/** A colleague who helps with the only case. */
async function nameHelper(person: string): Promise<void> {
  await env.DB.prepare("INSERT INTO member SELECT id, ?, 'U0NAOKO', 1 FROM consultation").bind(person).run();
}

async function versionOf(id: string): Promise<number | null> {
  return env.DB.prepare('SELECT version FROM consultation WHERE id = ?').bind(id).first('version');
}

async function answerIt(house: House, body = ANSWER) {
  const sent = await acceptedConsultation(house);
  await sent.naoko.click(sent.card(), '回答する');
  await house.slack.waitFor(() => sent.naoko.modal);
  const { errors } = await sent.naoko.fillAndSubmit({ 回答: body });
  if (errors) throw new Error(JSON.stringify(errors));
  await house.delivered();
  return sent;
}

test('the question stands above the form, and reading it is logged', async () => {
  const house = await openHouse();
  const { naoko, card } = await acceptedConsultation(house);
  await naoko.click(card(), '回答する');
  await house.slack.waitFor(() => naoko.modal);
  expect(naoko.modalText).toContain(CASE.相談内容);
  const logged = await env.DB.prepare(
    "SELECT actor, detail FROM audit_entry WHERE action = 'consultation.read'",
  ).first();
  expect(logged).toEqual({ actor: PEOPLE.naoko, detail: '{"what":"question"}' });
});

test('an answer tells both threads and the sender; 読む shows it to her', async () => {
  const house = await openHouse();
  const { hanako, card, centerCard } = await answerIt(house);
  for (const each of [card(), centerCard()]) {
    const [reply] = house.slack.thread(each.channel, each.ts);
    if (!reply) throw new Error('no reply');
    expect(reply.text).toBe('回答が1件あります（R8-0001）');
    expect(buttonsOf(reply)).toEqual(['読む']);
    expect(each.text).toContain('対応中');
  }
  const told = hanako.dm.at(-1);
  if (!told) throw new Error('no DM');
  expect(told.text).toBe('相談 *R8-0001* に回答が1件あります。');
  await hanako.click(told, '読む');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain(ANSWER);
  expect(hanako.modalText).toContain('伊藤 直子 さん');
});

test('詳細を見る shows the question, the resident and all answers', async () => {
  const house = await openHouse();
  const { hanako, centerCard } = await answerIt(house);
  await hanako.click(centerCard(), '詳細を見る');
  await house.slack.waitFor(() => hanako.modal);
  for (const words of [
    CASE.対象者の氏名,
    CASE.住所,
    CASE.電話番号,
    CASE.被保険者番号,
    CASE.相談内容,
    ANSWER,
    '82歳',
  ])
    expect(hanako.modalText).toContain(words);
});

test('answering what nobody accepted accepts it', async () => {
  const house = await openHouse();
  const { card } = await sendConsultation(house);
  const kenta = house.slack.as(PEOPLE.kenta);
  await kenta.click(card(), '回答する');
  await house.slack.waitFor(() => kenta.modal);
  expect(kenta.modalText).toContain('あなたが受け付けたことになります');
  await kenta.fillAndSubmit({ 回答: ANSWER });
  await house.delivered();
  expect(await env.DB.prepare('SELECT status, person_in_charge AS person FROM consultation').first()).toEqual(
    { status: 'active', person: PEOPLE.kenta },
  );
});

test('the same answer sent three times at once is one answer and one word in each thread', async () => {
  const house = await openHouse();
  const { naoko, card, hanako } = await acceptedConsultation(house);
  await naoko.click(card(), '回答する');
  await house.slack.waitFor(() => naoko.modal);
  await naoko.fill({ 回答: ANSWER });
  const sent = await Promise.all([naoko.submit(), naoko.submit(), naoko.submit()]);
  for (const { errors } of sent) expect(errors).toBeUndefined();
  await house.delivered();
  expect(await env.DB.prepare('SELECT count(*) AS n FROM answer').first('n')).toBe(1);
  expect(house.slack.thread(CHANNELS.triage, card().ts)).toHaveLength(1);
  expect(hanako.dm.filter(({ text }) => text.includes('回答'))).toHaveLength(1);
});

test('of two answers at once one is stored; the other one’s form says what happened, keeps its text, and is sent by pressing again', async () => {
  const house = await openHouse();
  const { naoko, card } = await acceptedConsultation(house);
  const takuya = house.slack.as(PEOPLE.takuya);
  await nameHelper(PEOPLE.takuya);
  for (const person of [naoko, takuya]) {
    await person.click(card(), '回答する');
    await house.slack.waitFor(() => person.modal);
    await person.fill({ 回答: `${ANSWER}${person.id}` });
  }
  await Promise.all([naoko.submit(), takuya.submit()]);
  const second = naoko.modal ? naoko : takuya;
  expect([naoko, takuya].filter((person) => person.modal)).toHaveLength(1);
  const first = second === naoko ? '原田 拓也' : '伊藤 直子';
  expect(second.modalText).toContain(
    `この画面を開いたあとに、相談が変わりました。${first}さんが回答しました`,
  );
  expect((await second.submit()).errors).toBeUndefined();
  await house.delivered();
  expect(await env.DB.prepare('SELECT answer_count AS n FROM consultation').first('n')).toBe(2);
  expect(house.slack.thread(CHANNELS.triage, card().ts)).toHaveLength(2);
});

test('an empty answer is refused beside its field', async () => {
  const house = await openHouse();
  const { card } = await sendConsultation(house);
  const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
  const values = { body: { type: 'plain_text_input', value: ' 　\n' } };
  const body = submissionBody(PEOPLE.kenta, {
    id: 'V1',
    callbackId: 'consultation.answer',
    metadata: `${id}/${await versionOf(id)}`,
    values,
  });
  const answer = await house.fetch(await signedRequest(body, { contentType: FORM }));
  expect(await answer.json()).toEqual({
    response_action: 'errors',
    errors: { body: 'ここは必ず入力してください。' },
  });
  expect(card().text).toContain('受付待ち');
});

describe('refused, whoever made the button or the form:', () => {
  const seen = '見つかりません';
  test.each([
    ['another center reading', PEOPLE.ichiro, 'consultation.read', seen],
    ['another center answering', PEOPLE.ichiro, 'consultation.answer', seen],
    ['another center reading the answer', PEOPLE.ichiro, 'consultation.read_answer', seen],
    ['the city section reading', PEOPLE.makoto, 'consultation.read', seen],
    [
      'the sender answering',
      PEOPLE.hanako,
      'consultation.answer',
      'この操作ができるのは、担当者（伊藤 直子さん）と協力者です',
    ],
  ])('%s', async (_, person, action, sentence) => {
    const house = await openHouse();
    await answerIt(house);
    const { id, answerId } =
      (await env.DB.prepare('SELECT consultation_id AS id, id AS answerId FROM answer').first<{
        id: string;
        answerId: string;
      }>()) ?? {};
    const value = action === 'consultation.read_answer' ? `${id}/${answerId}` : String(id);
    await house.fetch(await signedRequest(pressBody(person, action, value), { contentType: FORM }));
    const somebody = house.slack.as(person);
    const told = await house.slack.waitFor(() => somebody.ephemerals.at(-1));
    expect(told.text).toContain(sentence);
    expect(somebody.modal).toBeUndefined();
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ?")
        .bind(person)
        .first('n'),
    ).toBe(1);
  });

  test('a form with forged metadata', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
    const values = { body: { type: 'plain_text_input', value: ANSWER } };
    const body = submissionBody(PEOPLE.ichiro, {
      id: 'V1',
      callbackId: 'consultation.answer',
      metadata: `${id}/${await versionOf(id)}`,
      values,
    });
    const answer = await house.fetch(await signedRequest(body, { contentType: FORM }));
    expect(await answer.json()).toEqual({
      response_action: 'errors',
      errors: { body: 'この相談は見つかりません。' },
    });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM answer').first('n')).toBe(0);
  });

  test('an answer of one case through the reference of another', async () => {
    const house = await openHouse();
    await answerIt(house);
    const answerId = await env.DB.prepare('SELECT id FROM answer').first('id');
    await sendConsultation(house);
    const other = await env.DB.prepare("SELECT id FROM consultation WHERE reference = 'R8-0002'").first('id');
    await house.fetch(
      await signedRequest(pressBody(PEOPLE.kenta, 'consultation.read_answer', `${other}/${answerId}`), {
        contentType: FORM,
      }),
    );
    const kenta = house.slack.as(PEOPLE.kenta);
    expect((await house.slack.waitFor(() => kenta.ephemerals.at(-1))).text).toContain(seen);
  });
});

test('an unaccepted case cannot be answered by core staff off duty', async () => {
  const house = await openHouse();
  const { card } = await sendConsultation(house);
  const takuya = house.slack.as(PEOPLE.takuya);
  await takuya.click(card(), '回答する');
  expect((await house.slack.waitFor(() => takuya.ephemerals.at(-1))).text).toContain('まだ受付待ちです');
});

test('a sender who has left hears nothing any more; the thread does', async () => {
  const house = await openHouse();
  const { naoko, card, hanako, centerCard } = await acceptedConsultation(house);
  await house.delivered();
  const before = hanako.dm.length;
  await importAgain(house, without(PEOPLE.hanako));
  await naoko.click(card(), '回答する');
  await house.slack.waitFor(() => naoko.modal);
  await naoko.fillAndSubmit({ 回答: ANSWER });
  await house.delivered();
  expect(hanako.dm).toHaveLength(before);
  expect(house.slack.thread(CHANNELS.east, centerCard().ts)).toHaveLength(1);
});

test('thirty answers of 3,000 characters open in one modal: the latest that fit, and how many more there are', async () => {
  const house = await openHouse();
  const { card, hanako } = await answerIt(house);
  const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
  for (let i = 0; i < 29; i += 1) {
    const values = { body: { type: 'plain_text_input', value: '😀'.repeat(3000) } };
    const body = submissionBody(PEOPLE.naoko, {
      id: `V${i}`,
      callbackId: 'consultation.answer',
      metadata: `${id}/${await versionOf(id)}`,
      values,
    });
    expect(await (await house.fetch(await signedRequest(body, { contentType: FORM }))).json()).toEqual({
      response_action: 'clear',
    });
  }
  await hanako.click(card(), '詳細を見る');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toMatch(/このほかに、前の回答が\d+件あります/);
});
