/** 同じ方の相談かもしれません: who is warned of which cases, and that a warning keeps nobody from sending. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { CASE, type Fields, openForm, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const WARNING = '同じ方の相談かもしれません';

/** Fills in the form as `sendConsultation` does; answers the person with the form, if it is still open. */
async function trySending(house: House, fields: Fields, person: string = PEOPLE.hanako) {
  const somebody = await openForm(house, person);
  const { errors } = await somebody.fillAndSubmit({ ...CASE, ...fields });
  expect(errors).toBeUndefined();
  return somebody;
}

const storedCases = () => env.DB.prepare('SELECT count(*) AS n FROM consultation').first<number>('n');

/** Of a resident about whom nothing else is known than what `fields` says. */
const ONLY_NAME = { ふりがな: null, 年齢: null, 住所: null, 電話番号: null, 被保険者番号: null };

test('the warning names the case, keeps what was typed, and sending once more stores it', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const hanako = await trySending(house, { 相談内容: 'また夜に声がしたそうです。' });
  expect(hanako.modalText).toMatch(
    /同じ方の相談かもしれません: \*R8-0001\*（東、受付待ち、\d+月\d+日\(.\)）。/,
  );
  // Near the button that sends, too, which is where the eye is after filling in.
  expect(hanako.modalText).toMatch(
    /被保険者番号[\s\S]*同じ方の相談かもしれません。[\s\S]*R8-0001[\s\S]*開く[\s\S]*相談内容/,
  );
  expect(hanako.modal?.view.submit).toMatchObject({ text: '新規として送る' });
  await hanako.clickInModal('開く');
  await house.slack.waitFor(() => hanako.modalText.includes('相談 R8-0001'));
  await hanako.closeModal();
  expect(await storedCases()).toBe(1);
  expect(hanako.filledIn).toMatchObject({
    対象者の氏名: CASE.対象者の氏名,
    緊急度: '至急',
    分類: CASE.分類,
    相談内容: 'また夜に声がしたそうです。',
  });
  expect(hanako.modal?.view.private_metadata).toBe('R8-0001');
  expect((await hanako.submit()).errors).toBeUndefined();
  expect(hanako.modal).toBeUndefined();
  await house.delivered();
  expect(house.slack.messages(CHANNELS.triage).at(-1)?.text).toContain('R8-0002');
  const { results } = await env.DB.prepare(
    "SELECT actor, outcome, detail FROM audit_entry WHERE action = 'consultation.duplicate_check'",
  ).all();
  expect(results).toEqual(
    Array.from({ length: 2 }, () => ({
      actor: PEOPLE.hanako,
      outcome: 'done',
      detail: '{"opened":1,"found":"R8-0001","hits":1}',
    })),
  );
});

test('what was not warned of is warned of, though something else was', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const hanako = await trySending(house, {});
  expect(hanako.modalText).toContain(WARNING);
  await trySending(house, {}, PEOPLE.minoru).then((minoru) => minoru.submit());
  expect(await storedCases()).toBe(2);
  await hanako.submit();
  expect(hanako.modalText).toMatch(/R8-0002.*R8-0001/s);
  expect(await storedCases()).toBe(2);
  await hanako.submit();
  expect(await storedCases()).toBe(3);
});

test('the same form sent twice at once is stored once, and warns nobody of itself', async () => {
  const house = await openHouse();
  const hanako = await openForm(house);
  await hanako.fill(CASE);
  await Promise.all([hanako.submit(), hanako.submit().catch(() => undefined)]);
  expect(hanako.modal).toBeUndefined();
  expect(await storedCases()).toBe(1);
});

describe('as the same person counts', () => {
  test.each<[string, Fields, Fields]>([
    ['the insured number', {}, { 対象者の氏名: 'たかさき', ふりがな: null, 電話番号: null }],
    [
      'the phone',
      { 電話番号: '０４６３ー２１ー９９８８' },
      { 対象者の氏名: 'T', ふりがな: null, 被保険者番号: null, 電話番号: '0463219988' },
    ],
    ['the name in other shapes', {}, { ...ONLY_NAME, 対象者の氏名: '高崎吉子' }],
    [
      'the name with the same reading',
      ONLY_NAME,
      { ...ONLY_NAME, 対象者の氏名: '髙﨑 𠮷子', ふりがな: 'タカサキ ヨシコ' },
    ],
  ])('%s', async (_, first, second) => {
    const house = await openHouse();
    await sendConsultation(house, first);
    expect((await trySending(house, second)).modalText).toContain(WARNING);
    expect(await storedCases()).toBe(1);
  });

  test.each<[string, Fields, Fields]>([
    ['initials', { ...ONLY_NAME, 対象者の氏名: 'T.K.' }, { ...ONLY_NAME, 対象者の氏名: 'T.K.' }],
    ['a hidden name', { ...ONLY_NAME, 対象者の氏名: '〇〇さん' }, { ...ONLY_NAME, 対象者の氏名: '〇〇さん' }],
    ['不明', { ...ONLY_NAME, 対象者の氏名: '不明' }, { ...ONLY_NAME, 対象者の氏名: '不明' }],
    ['one character', { ...ONLY_NAME, 対象者の氏名: '林' }, { ...ONLY_NAME, 対象者の氏名: '林' }],
    ['the surname alone', {}, { ...ONLY_NAME, 対象者の氏名: '高崎' }],
    ['a namesake with another insured number', {}, { 電話番号: null, 被保険者番号: '0009999999' }],
    [
      'a namesake with another reading',
      { ...ONLY_NAME, ふりがな: 'たかさき よしこ' },
      { ...ONLY_NAME, ふりがな: 'こうさき よしこ' },
    ],
    [
      'somebody else',
      {},
      { 対象者の氏名: '山田 太郎', ふりがな: 'やまだ たろう', 電話番号: null, 被保険者番号: null },
    ],
  ])('not %s', async (_, first, second) => {
    const house = await openHouse();
    await sendConsultation(house, first);
    expect((await trySending(house, second)).modal).toBeUndefined();
    expect(await storedCases()).toBe(2);
  });

  test('not a case of more than three years ago, nor one that was merged', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const old = Date.now() - (3 * 366 + 1) * 86_400_000;
    await env.DB.batch([
      env.DB.prepare('UPDATE consultation SET submitted_at = ?').bind(old),
      env.DB.prepare('UPDATE subject_token SET submitted_at = ?').bind(old),
    ]);
    expect((await trySending(house, {})).modal).toBeUndefined();
    await env.DB.prepare("UPDATE consultation SET status = 'merged'").run();
    expect((await trySending(house, {})).modal).toBeUndefined();
  });
});

describe('what one may not see is not betrayed:', () => {
  test('a case of another center', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    expect((await trySending(house, {}, PEOPLE.ichiro)).modal).toBeUndefined();
    // The core center sees both.
    const naoko = await trySending(house, { 相談元の包括: '南' }, PEOPLE.naoko);
    expect(naoko.modalText).toMatch(/R8-0002\*（西、.*R8-0001\*（東、/);
    expect(naoko.filledIn.相談元の包括).toBe('南');
    expect((await naoko.submit()).errors).toBeUndefined();
    expect(await storedCases()).toBe(3);
  });

  test('a restricted case of a colleague', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    expect((await trySending(house, {}, PEOPLE.minoru)).modal).toBeUndefined();
    expect((await trySending(house, {}, PEOPLE.hanako)).modalText).toContain(WARNING);
  });
});

test('運営・制度 leaves no token, and the database holds neither names nor numbers', async () => {
  const house = await openHouse();
  await sendConsultation(house, { 種別: '運営・制度', 対象者の氏名: null, ...ONLY_NAME });
  expect(await env.DB.prepare('SELECT count(*) AS n FROM subject_token').first('n')).toBe(0);
  await sendConsultation(house);
  const { results } = await env.DB.prepare('SELECT token FROM subject_token').all<{ token: number }>();
  expect(results.length).toBeGreaterThan(10);
  for (const { token } of results) expect(token >= 0 && token < 65_536).toBe(true);
});
