/** 相談を送る: the form, what it refuses, and that it is stored once. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { japanDate } from '../../../src/lib/jst.ts';
import { buttonsOf, CASE, cardIn, openForm, readable, sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import { FORM, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

async function countOf(table: string): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? 0;
}

test('a consultation becomes a card in both channels and a DM to its sender', async () => {
  const house = await openHouse();
  const { hanako, card, centerCard } = await sendConsultation(house);
  expect(card().text).toBe('R8-0001 至急 個別ケース（東） 受付待ち');
  expect(buttonsOf(card())).toEqual(['受け付ける', '詳細を見る', '回答する']);
  expect(buttonsOf(centerCard())).toEqual(['追記する', '詳細を見る']);
  for (const words of ['高齢者虐待、認知症', '同行訪問', '個別ケース', `<@${PEOPLE.hanako}>`])
    expect(readable(card())).toContain(words);
  expect(hanako.dm.at(-1)?.text).toMatch(
    /^相談 \*R8-0001\* を基幹型に送りました。受付の期限は \d+月\d+日\(.\) \d+:\d\d です。命に関わるときは、先に110番・119番へお願いします。$/u,
  );
  expect(hanako.modal).toBeUndefined();
});

test('numbers follow each other, and the fiscal year of 運営・制度 is the same', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const hanako = await openForm(house);
  expect(
    await hanako.fillAndSubmit({ 種別: '運営・制度', 緊急度: '通常', 相談内容: '委託契約の様式について' }),
  ).not.toHaveProperty('errors');
  await house.delivered();
  expect(cardIn(house, CHANNELS.triage).text).toBe('R8-0002 通常 運営・制度（東） 受付待ち');
});

test('a center without a channel gets the DM only', async () => {
  const house = await openHouse();
  const misaki = await openForm(house, 'U0MISAKI');
  await misaki.fillAndSubmit(CASE);
  await house.delivered();
  expect(house.slack.calls('chat.postMessage').map(({ args }) => args.channel)).toEqual(
    expect.arrayContaining([CHANNELS.triage, 'U0MISAKI']),
  );
  // The card, the sender, and the two on duty, since it is 至急.
  expect(house.slack.calls('chat.postMessage')).toHaveLength(4);
});

describe('core staff enter for a center that called', () => {
  test('and must say which', async () => {
    const house = await openHouse();
    const naoko = await openForm(house, PEOPLE.naoko);
    expect(naoko.filledIn).toHaveProperty('相談元の包括', null);
    expect((await naoko.fillAndSubmit({ ...CASE, 相談元の包括: '西' })).errors).toBeUndefined();
    await house.delivered();
    expect(cardIn(house, CHANNELS.triage).text).toContain('（西）');
    expect(house.slack.messages(CHANNELS.west)).toHaveLength(1);
  });
});

describe('beside the field it says what is wrong, and everything typed stays:', () => {
  test.each<[string, Record<string, string | string[] | null>, string, RegExp]>([
    ['個別ケース without a name', { 対象者の氏名: null }, '対象者の氏名', /氏名かイニシャル/],
    ['a name of spaces', { 対象者の氏名: '　 ' }, '対象者の氏名', /氏名かイニシャル/],
    ['a name of 61 letters', { 対象者の氏名: '髙'.repeat(61) }, '対象者の氏名', /60文字まで/],
    ['a date in the past', { 希望回答日: '2020-01-01' }, '希望回答日', /今日より前/],
    ['kana in kanji', { ふりがな: '高崎' }, 'ふりがな', /ひらがな/],
    ['an age in words', { 年齢: '八十' }, '年齢', /数字/],
    ['an age of 126', { 年齢: '126' }, '年齢', /数字/],
    ['a negative age', { 年齢: '-1' }, '年齢', /数字/],
    ['a phone without area code', { 電話番号: '21-9988' }, '電話番号', /市外局番/],
    ['a phone of letters', { 電話番号: 'なし' }, '電話番号', /市外局番/],
    ['被保険者番号 of 9 digits', { 被保険者番号: '123456789' }, '被保険者番号', /10桁/],
    ['被保険者番号 with a letter', { 被保険者番号: 'H123456789' }, '被保険者番号', /10桁/],
    ['an address of 201 letters', { 住所: '町'.repeat(201) }, '住所', /200文字まで/],
    [
      '運営・制度 with a name',
      { 種別: '運営・制度', 電話番号: null, ふりがな: null, 年齢: null, 住所: null, 被保険者番号: null },
      '対象者の氏名',
      /個人情報を入れられません/,
    ],
  ])('%s', async (_, fields, label, sentence) => {
    const house = await openHouse();
    const hanako = await openForm(house);
    const { errors } = await hanako.fillAndSubmit({ ...CASE, ...fields });
    expect(errors).toEqual({ [label]: expect.stringMatching(sentence) });
    expect(hanako.filledIn.相談内容).toBe(CASE.相談内容);
    expect(await countOf('consultation')).toBe(0);
  });

  test('several fields at once', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    const { errors } = await hanako.fillAndSubmit({ ...CASE, 年齢: 'x', ふりがな: 'x', 電話番号: 'x' });
    expect(Object.keys(errors ?? {}).sort()).toEqual(['ふりがな', '年齢', '電話番号'].sort());
  });
});

test.each<[string, Record<string, string | string[] | null>]>([
  ['an initial', { 対象者の氏名: 'T' }],
  [
    'only what is needed',
    { 分類: [], 求める支援: [], ふりがな: null, 年齢: null, 住所: null, 電話番号: null, 被保険者番号: null },
  ],
  [
    'full-width figures',
    { 年齢: '８２歳', 電話番号: '０４６３ー２１ー９９８８', 被保険者番号: '０００１２３４５６７' },
  ],
  ['half-width kana', { ふりがな: 'ﾀｶｻｷ ﾖｼｺ' }],
  ['today as the wished date', { 希望回答日: japanDate(new Date()) }],
  ['a mobile phone without hyphens', { 電話番号: '09012345678' }],
  ['3,000 characters', { 相談内容: '𠮷'.repeat(1500) }],
  ['text that would ring', { 相談内容: '<!channel> <@U0KENTA> &amp; *太字* `x`' }],
  ['emoji, line breaks and joiners', { 相談内容: '👨‍👩‍👧‍👦\n\n\tテスト\u200b' }],
])('%s is taken', async (_, fields) => {
  const house = await openHouse();
  const { hanako, card } = await sendConsultation(house, fields);
  await hanako.click(card(), '詳細を見る');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText.replaceAll(/\s/g, '')).toContain(
    String({ ...CASE, ...fields }.相談内容).replaceAll(/\s/g, ''),
  );
});

test('3,000 characters outside the basic plane are shown whole, in pieces that Slack takes', async () => {
  const house = await openHouse();
  // Slack's own client counts UTF-16 units and would not let it through: the server decides.
  const text = (value: string) => ({ type: 'plain_text_input', value });
  const choice = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });
  const values = {
    kind: choice('individual'),
    urgency: choice('soon'),
    subjectName: text('K'),
    body: text('𠮷'.repeat(3000)),
  };
  const body = submissionBody(PEOPLE.hanako, { id: 'V1', callbackId: 'consultation.send', values });
  const answer = await house.fetch(await signedRequest(body, { contentType: FORM }));
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  await house.delivered();
  const hanako = house.slack.as(PEOPLE.hanako);
  await hanako.click(cardIn(house, CHANNELS.triage), '詳細を見る');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText.match(/𠮷/gu)).toHaveLength(3000);
});

test('3,001 characters are refused with their number', async () => {
  const house = await openHouse();
  const values = { body: { type: 'plain_text_input', value: 'あ'.repeat(3001) } };
  const body = submissionBody(PEOPLE.hanako, { id: 'V1', callbackId: 'consultation.send', values });
  const answer = await house.fetch(await signedRequest(body, { contentType: FORM }));
  const { errors } = await answer.json<{ errors: Record<string, string> }>();
  expect(errors).toEqual({
    kind: 'どれか1つを選んでください。',
    urgency: 'どれか1つを選んでください。',
    body: '3,000文字までです（いま3,001文字）。',
  });
});

describe('the same form sent three times at once', () => {
  test('is one consultation, though Slack answers 429 and 500', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    house.slack.faults = {
      faults: [
        { method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 1, times: 2 },
        { method: 'chat.postMessage', kind: 'server-error', times: 2 },
      ],
      enforceRates: false,
    };
    await hanako.fill(CASE);
    const sent = await Promise.all([hanako.submit(), hanako.submit(), hanako.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    await house.delivered();
    expect([
      await countOf('consultation'),
      await countOf("case_key WHERE case_id NOT LIKE 'house:%'"),
      await countOf('reference_number'),
    ]).toEqual([1, 1, 1]);
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
    expect(house.slack.messages(CHANNELS.east)).toHaveLength(1);
    expect(hanako.dm).toHaveLength(1);
  });
});

test('when the database fails, the form stays open with everything in it, and sending again works', async () => {
  const house = await openHouse();
  const hanako = await openForm(house);
  await env.DB.prepare('ALTER TABLE consultation_content RENAME TO away').run();
  const { errors } = await hanako.fillAndSubmit(CASE);
  expect(errors).toEqual({ 相談内容: expect.stringContaining('保存できませんでした') });
  await env.DB.prepare('ALTER TABLE away RENAME TO consultation_content').run();
  expect((await hanako.submit()).errors).toBeUndefined();
  await house.delivered();
  expect(cardIn(house, CHANNELS.triage).text).toContain('R8-0001');
  expect(house.logs.join('\n')).not.toMatch(/髙﨑|近所|0463/);
});

test('two people who send at the same time get two numbers', async () => {
  const house = await openHouse();
  const everybody = await Promise.all(
    [PEOPLE.hanako, PEOPLE.minoru, PEOPLE.ichiro, 'U0MISAKI'].map((person) => openForm(house, person)),
  );
  // Initials, and no numbers: of one and the same resident the second sender would be warned.
  const somebody = { ...CASE, 対象者の氏名: 'T', ふりがな: null, 電話番号: null, 被保険者番号: null };
  for (const person of everybody) await person.fill(somebody);
  await Promise.all(everybody.map((person) => person.submit()));
  await house.delivered();
  const { results } = await env.DB.prepare('SELECT reference FROM consultation ORDER BY reference').all<{
    reference: string;
  }>();
  expect(results.map(({ reference }) => reference)).toEqual(['R8-0001', 'R8-0002', 'R8-0003', 'R8-0004']);
});

test('a form that was changed and sent again says that the change was not stored', async () => {
  const house = await openHouse();
  const text = (value: string) => ({ type: 'plain_text_input', value });
  const choice = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });
  const send = async (body: string) => {
    const values = {
      kind: choice('individual'),
      urgency: choice('soon'),
      subjectName: text('K'),
      body: text(body),
    };
    const sent = submissionBody(PEOPLE.hanako, { id: 'V1', callbackId: 'consultation.send', values });
    return (await house.fetch(await signedRequest(sent, { contentType: FORM }))).text();
  };
  expect(await send('はじめの内容')).toBe('');
  expect(await send('はじめの内容')).toBe('');
  expect(await send('直した内容')).toContain('R8-0001 には先に送信済みです');
  expect(await countOf('consultation')).toBe(1);
});

test('line breaks, ampersands and tags in the name of a center ring nobody', async () => {
  const house = await openHouse((city) => {
    const east = city.centers.find(({ code }) => code === 'east');
    if (east) east.short = '<!channel>東';
  });
  const { card } = await sendConsultation(house);
  expect(JSON.stringify(card())).not.toContain('<!channel>');
});

test('至急 reaches those on duty at once, by reference, with the button that takes it on; other urgencies wait in the channel', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const [kenta, naoko, takuya] = [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya].map((id) => house.slack.as(id));
  for (const person of [kenta, naoko]) {
    const told = person?.dm.at(-1);
    if (!told) throw new Error('no DM');
    expect(told.text).toContain('至急の相談 *R8-0001* が届きました（東）');
    expect(buttonsOf(told)).toEqual(['受け付ける', '詳細を見る']);
  }
  expect(takuya?.dm).toEqual([]);
  await sendConsultation(house, {
    緊急度: '通常',
    対象者の氏名: '別の方',
    ふりがな: null,
    電話番号: null,
    被保険者番号: null,
  });
  expect(naoko?.dm).toHaveLength(1);
});
