/** 受付不可, 取下げ and 緊急度・分類: how a case ends before its time, and what it is about, put right. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { buttonsOf, readable, sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import {
  acceptedConsultation,
  CLOSED,
  caseRow,
  chosen,
  chosenSome,
  deadlines,
  latestChange,
  openOperation,
  operate,
  press,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const DECLINE = '受付不可にする';
const RECLASSIFY = '緊急度・分類を直す';

async function restrictIt(): Promise<void> {
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
}

/** An open 前方支援 of the only case, from 東 to the core center. */
async function offerIt(): Promise<void> {
  await env.DB.prepare(
    "INSERT INTO handover (id, consultation_id, kind, state, from_center, to_center, offered_by, offered_at, expires_at) SELECT 'O1', id, 'front_support', 'offered', 'east', 'kikan', 'U0HANAKO', 1, 9e12 FROM consultation",
  ).run();
}

describe('受付不可', () => {
  test('tells the sender and her center’s thread the reason in chosen words; nothing is due any more', async () => {
    const house = await openHouse();
    const { hanako, card, centerCard } = await sendConsultation(house);
    expect(await deadlines()).toEqual(['accept']);
    await operate(house, PEOPLE.naoko, card(), DECLINE, {
      理由: '他の窓口が担当',
      説明: '高齢福祉課の窓口へ <!channel>',
    });
    for (const each of [card(), centerCard()]) expect(each.text).toContain('受付不可');
    expect(hanako.dm.at(-1)?.text).toBe(
      '相談 *R8-0001* は、基幹型で受付不可になりました。理由: 他の窓口が担当',
    );
    const told = hanako.dm.at(-1);
    expect(told && buttonsOf(told)).toEqual(['詳細を見る']);
    expect(house.slack.thread(CHANNELS.east, centerCard().ts).map(({ text }) => text)).toEqual([
      'R8-0001 は受付不可になりました。理由: 他の窓口が担当',
    ]);
    expect(house.slack.thread(CHANNELS.triage, card().ts)).toEqual([]);
    expect(await deadlines()).toEqual([]);
    const note = await env.DB.prepare('SELECT id, kind, author, body FROM note').first<{ id: string }>();
    expect(note).toMatchObject({
      kind: 'reason',
      author: PEOPLE.naoko,
      body: expect.stringMatching(/^v1\./),
    });
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.decline',
      detail: { reason: 'other_office', note: note?.id },
    });
  });

  test('その他 needs an explanation, and keeps the form open until there is one', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    const naoko = await openOperation(house, PEOPLE.naoko, card(), DECLINE);
    expect((await naoko.fillAndSubmit({ 理由: 'その他', 説明: ' 　' })).errors).toEqual({
      説明: '理由が「その他」のときは、説明を書いてください。',
    });
    expect((await caseRow()).status).toBe('submitted');
    expect((await naoko.fillAndSubmit({ 説明: '😀'.repeat(1500) })).errors).toBeUndefined();
    expect((await caseRow()).status).toBe('declined');
  });

  test.each([
    ['no reason', { note: typed('x') }, { reason: 'どれか1つを選んでください。' }],
    ['an unknown reason', { reason: chosen('whim') }, { reason: 'どれか1つを選んでください。' }],
    [
      '3,001 characters',
      { reason: chosen('duplicate'), note: typed('あ'.repeat(3001)) },
      { note: '3,000文字までです（いま3,001文字）。' },
    ],
  ])('%s is refused beside its field', async (_, values, errors) => {
    const house = await openHouse();
    await sendConsultation(house);
    expect(await submitForged(house, PEOPLE.naoko, 'decline', values)).toEqual({
      response_action: 'errors',
      errors,
    });
    expect((await caseRow()).status).toBe('submitted');
  });

  test.each([
    ['core staff off duty', PEOPLE.takuya, /受付当番か管理者/, 'not-on-duty'],
    ['the sender', PEOPLE.hanako, /受付当番か管理者/, 'not-on-duty'],
    ['another center', PEOPLE.ichiro, /^この相談は見つかりません。$/, 'not-found'],
    ['the city section', PEOPLE.makoto, /^この相談は見つかりません。$/, 'not-found'],
  ])('%s may not, at the button and at the form', async (_, person, sentence, reason) => {
    const house = await openHouse();
    await sendConsultation(house);
    expect(await pressRefused(house, person, 'decline')).toMatch(sentence);
    const answer = await submitForged(house, person, 'decline', { reason: chosen('duplicate') });
    expect(answer).toEqual({
      response_action: 'errors',
      errors: { reason: expect.stringMatching(sentence) },
    });
    expect((await caseRow()).status).toBe('submitted');
    expect(await refusalsOf(person)).toEqual([
      { action: 'consultation.decline', reason },
      { action: 'consultation.decline', reason },
    ]);
  });

  test('a case that was accepted meanwhile is not declined; what was typed stays in the form', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    const kenta = await openOperation(house, PEOPLE.kenta, card(), DECLINE);
    await press(house, PEOPLE.naoko, 'accept');
    const { errors } = await kenta.fillAndSubmit({ 理由: '内容が足りない', 説明: '電話番号がない' });
    expect(errors?.理由).toContain('伊藤 直子さんが受け付けました');
    expect(kenta.filledIn.説明).toBe('電話番号がない');
    expect((await caseRow()).status).toBe('accepted');
  });

  test('a case that was put right meanwhile says so first, keeps the text, and is declined by pressing once more', async () => {
    const house = await openHouse();
    const { card, hanako } = await sendConsultation(house);
    const kenta = await openOperation(house, PEOPLE.kenta, card(), DECLINE);
    await operate(house, PEOPLE.naoko, card(), RECLASSIFY, { 緊急度: '通常' });
    await kenta.fillAndSubmit({ 理由: 'その他', 説明: '窓口が違う' });
    expect(kenta.modalText).toContain('伊藤 直子さんが緊急度・分類を直しました');
    expect(kenta.filledIn).toEqual({ 理由: 'その他', 説明: '窓口が違う' });
    expect((await caseRow()).status).toBe('submitted');
    expect((await kenta.submit()).errors).toBeUndefined();
    await house.delivered();
    expect((await caseRow()).status).toBe('declined');
    expect(hanako.dm.filter(({ text }) => text.includes('受付不可'))).toHaveLength(1);
  });

  test('the same form three times at once declines once', async () => {
    const house = await openHouse();
    const { card, hanako } = await sendConsultation(house);
    const naoko = await openOperation(house, PEOPLE.naoko, card(), DECLINE);
    await naoko.fill({ 理由: 'その他', 説明: '窓口が違う' });
    const sent = await Promise.all([naoko.submit(), naoko.submit(), naoko.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    await house.delivered();
    expect((await caseRow()).version).toBe(2);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM note').first('n')).toBe(1);
    expect(hanako.dm.filter(({ text }) => text.includes('受付不可'))).toHaveLength(1);
  });

  test('of a 限定 case the channel hears no reason; the sender does', async () => {
    const house = await openHouse();
    const { card, centerCard, hanako } = await sendConsultation(house);
    await restrictIt();
    await operate(house, PEOPLE.kenta, card(), DECLINE, { 理由: '同じ相談がすでにある' });
    expect(readable(centerCard())).not.toContain('同じ相談');
    expect(house.slack.thread(CHANNELS.east, centerCard().ts).map(({ text }) => text)).toEqual([
      'R8-0001 は受付不可になりました。',
    ]);
    expect(hanako.dm.at(-1)?.text).toContain('同じ相談がすでにある');
  });
});

describe('取下げ', () => {
  test('by a colleague of the sender tells the person in charge and the sender, and ends an open hand-over', async () => {
    const house = await openHouse();
    const { hanako, naoko, card, centerCard } = await acceptedConsultation(house);
    await offerIt();
    const minoru = await operate(house, PEOPLE.minoru, centerCard(), '取り下げる', { 理由: '解決しました' });
    const sentence = `相談 *R8-0001* を、東の <@${PEOPLE.minoru}> さんが取り下げました。`;
    for (const person of [hanako, naoko, house.slack.as(PEOPLE.kenta)])
      expect(person.dm.at(-1)?.text).toBe(sentence);
    expect(minoru.dm).toEqual([]);
    for (const each of [card(), centerCard()]) expect(each.text).toContain('取下げ');
    expect(readable(card())).not.toContain('申込中');
    expect(await env.DB.prepare('SELECT state, settled_by AS by FROM handover').first()).toEqual({
      state: 'revoked',
      by: PEOPLE.minoru,
    });
    expect(await deadlines()).toEqual([]);
    expect(await latestChange()).toEqual({
      actor: PEOPLE.minoru,
      action: 'consultation.withdraw',
      detail: { note: expect.any(String), offer: 'O1' },
    });
  });

  test('needs no reason, and leaves nobody waiting or asked', async () => {
    const house = await openHouse();
    const { hanako, centerCard } = await acceptedConsultation(house);
    await env.DB.prepare(
      "UPDATE consultation SET status = 'waiting', waited_for = 'sender', waiting_until_on = '2030-01-01', has_open_question = 1, proposed_person = 'U0TAKUYA', proposed_at = 1, snoozed_deadline = 'answer', snoozed_until = 9e12",
    ).run();
    const before = hanako.dm.length;
    await operate(house, PEOPLE.hanako, centerCard(), '取り下げる');
    expect(await caseRow()).toMatchObject({
      status: 'withdrawn',
      person_in_charge: PEOPLE.naoko,
      waited_for: null,
      waiting_until_on: null,
      has_open_question: 0,
      proposed_person: null,
      snoozed_deadline: null,
      due_at: null,
    });
    expect(hanako.dm).toHaveLength(before);
    expect(house.slack.as(PEOPLE.takuya).dm.at(-1)?.text).toContain('取り下げました');
    expect((await latestChange()).detail).toEqual({ note: null, offer: null });
  });

  test.each([
    ['the person in charge', PEOPLE.naoko, '相談元の包括の職員です'],
    ['another center', PEOPLE.ichiro, 'この相談は見つかりません。'],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await pressRefused(house, person, 'withdraw')).toContain(sentence);
    expect((await caseRow()).status).toBe('accepted');
    expect(await refusalsOf(person)).toHaveLength(1);
  });

  test.each(['closing', 'closed', 'declined', 'withdrawn'])('not of a case that is %s', async (status) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await env.DB.prepare('UPDATE consultation SET status = ?').bind(status).run();
    expect(await pressRefused(house, PEOPLE.hanako, 'withdraw')).toContain('この操作はできません');
    expect((await caseRow()).status).toBe(status);
  });
});

describe('緊急度・分類', () => {
  test('the form holds what stands; another urgency moves the deadline, drops a put-off one, and is told to the sender', async () => {
    const house = await openHouse();
    const { hanako, card, centerCard } = await sendConsultation(house);
    await env.DB.prepare("UPDATE consultation SET snoozed_deadline = 'accept', snoozed_until = 9e12").run();
    const due = (await caseRow()).due_at;
    const naoko = await openOperation(house, PEOPLE.naoko, card(), RECLASSIFY);
    expect(naoko.filledIn).toEqual({
      緊急度: '至急',
      分類: ['高齢者虐待', '認知症'],
      求める支援: ['同行訪問'],
    });
    await naoko.fillAndSubmit({ 緊急度: '早め', 分類: ['認知症'], 求める支援: [] });
    await house.delivered();
    for (const each of [card(), centerCard()]) expect(each.text).toContain('早め');
    expect(await caseRow()).toMatchObject({
      urgency: 'soon',
      topics: '["dementia"]',
      supports: '[]',
      snoozed_deadline: null,
      status: 'submitted',
    });
    expect(Number((await caseRow()).due_at)).toBeGreaterThan(Number(due));
    expect(hanako.dm.at(-1)?.text).toBe(
      `相談 *R8-0001* の緊急度を、基幹型の <@${PEOPLE.naoko}> さんが「至急」から「早め」に直しました。`,
    );
    expect((await latestChange()).detail).toEqual({
      from: 'urgent',
      to: 'soon',
      fromTopics: 'elder_abuse,dementia',
      toTopics: 'dementia',
      fromSupports: 'joint_visit',
      toSupports: '',
    });
  });

  test('other topics alone disturb nobody; the same again changes nothing', async () => {
    const house = await openHouse();
    const { hanako, card } = await sendConsultation(house);
    const before = hanako.dm.length;
    await operate(house, PEOPLE.naoko, card(), RECLASSIFY, { 分類: ['その他'] });
    await operate(house, PEOPLE.naoko, card(), RECLASSIFY, {});
    expect(hanako.dm).toHaveLength(before);
    expect((await caseRow()).version).toBe(2);
    expect((await latestChange()).detail).toEqual({ fromTopics: 'elder_abuse,dementia', toTopics: 'other' });
  });

  test('after acceptance it is the person in charge’s and the core manager’s, nobody else’s', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const values = { urgency: chosen('normal'), topics: chosenSome(), supports: chosenSome() };
    for (const person of [PEOPLE.takuya, PEOPLE.hanako, PEOPLE.ichiro]) {
      expect(await submitForged(house, person, 'reclassify', values)).toHaveProperty('errors.urgency');
      expect(await refusalsOf(person)).toHaveLength(1);
    }
    expect((await caseRow()).urgency).toBe('urgent');
    expect(await submitForged(house, PEOPLE.kenta, 'reclassify', values)).toEqual(CLOSED);
    expect(await caseRow()).toMatchObject({ urgency: 'normal', topics: '[]' });
    expect(
      await submitForged(house, PEOPLE.naoko, 'reclassify', {
        ...values,
        urgency: chosen('sometime'),
      }),
    ).toEqual({ response_action: 'errors', errors: { urgency: 'どれか1つを選んでください。' } });
  });

  test('of two at once on the same card both are heard: the second one learns of the first and presses again', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    const [kenta, naoko] = [
      await openOperation(house, PEOPLE.kenta, card(), RECLASSIFY),
      await openOperation(house, PEOPLE.naoko, card(), RECLASSIFY),
    ];
    await kenta.fill({ 緊急度: '早め' });
    await naoko.fill({ 緊急度: '通常' });
    await Promise.all([kenta.submit(), naoko.submit()]);
    const second = kenta.modal ? kenta : naoko;
    expect([kenta.modal, naoko.modal].filter((open) => open)).toHaveLength(1);
    expect(second.modalText).toContain('緊急度・分類を直しました');
    await second.submit();
    expect((await caseRow()).urgency).toBe(second === kenta ? 'soon' : 'normal');
    expect((await caseRow()).version).toBe(3);
  });
});
