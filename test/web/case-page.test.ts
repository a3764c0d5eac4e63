/** The page of a case and its sheet: what waits for the reader on top, what is planned, how the case went, and who may print it. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { handover } from '../../src/features/consultation/handover/tables.ts';
import { OPERATIONS } from '../../src/features/consultation/operating/words.ts';
import { waitingFor } from '../../src/features/consultation/pages/case/rules.ts';
import { type Browser, browserOf } from '../support/browser.ts';
import { sendConsultation } from '../support/consulting.ts';
import { openHouse } from '../support/house.ts';
import { acceptedCase } from '../support/operating.ts';
import { PEOPLE } from '../support/small-city.ts';

const CASE_PATH = '/cases/R8-0001';
const HOUR = 3_600_000;

/** The texts of the page's headings, in their order. */
function headings({ shown }: Browser): string[] {
  return [...(shown?.html ?? '').matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, heading = '']) => heading);
}

/** The labels of the links to operations, in their order. */
function operations({ shown }: Browser): string[] {
  return [...(shown?.html ?? '').matchAll(/href="\/cases\/R8-0001\/do\/[^"]*">([^<]*)</g)].map(
    ([, label = '']) => label,
  );
}

test('each thing that waits is answered by its own buttons, the likely one first', () => {
  expect(waitingFor(['accept', 'decline', 'answer'], false)).toEqual([
    { wait: 'accept', operations: ['accept', 'answer'] },
  ]);
  expect(waitingFor(['confirm_assignment', 'refuse_assignment', 'record'], false)).toEqual([
    { wait: 'assignment', operations: ['confirm_assignment', 'refuse_assignment'] },
  ]);
  expect(waitingFor(['object_closing', 'comment'], false)).toEqual([]);
  expect(waitingFor(['rate'], false)).toHaveLength(1);
  expect(waitingFor(['rate'], true)).toEqual([]);
  expect(waitingFor(OPERATIONS, false).map(({ wait }) => wait)).toEqual([
    'accept',
    'assignment',
    'offer',
    'reply',
    'closing',
    'rating',
  ]);
});

test('a new case waits for those on duty; its sender finds nothing that waits for her', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open(CASE_PATH);
  expect(headings(naoko)[0]).toBe('受付を待っています');
  expect(operations(naoko).slice(0, 2)).toEqual(['受け付ける', '回答する']);
  expect(operations(naoko).filter((label) => label === '受け付ける')).toHaveLength(1);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open(CASE_PATH);
  expect(headings(hanako)[0]).toBe('できること');
});

test('a question stands on top for the sender, with the words that were asked', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open(`${CASE_PATH}/do/ask`);
  await naoko.fillAndSend({ 質問: 'ご家族と連絡は\nつきますか。' });
  const hanako = await browserOf(house, PEOPLE.hanako);
  const { text } = await hanako.open(CASE_PATH);
  expect(headings(hanako)[0]).toBe('基幹型からの質問に、返事を待っています');
  expect(operations(hanako)[0]).toBe('質問に答える');
  const above = text.slice(0, text.indexOf('できること'));
  expect(above).toContain('ご家族と連絡は\nつきますか。');
  expect(above).toContain('伊藤 直子さん');
  await hanako.open(`${CASE_PATH}/do/reply`);
  await hanako.fillAndSend({ 返事: '長女の方と話せます。' });
  await hanako.open(CASE_PATH);
  expect(headings(hanako)[0]).toBe('できること');
  await house.delivered();
});

test('an offered hand-over: whoever answers has the buttons on top, everybody else reads that it is on its way', async () => {
  const house = await openHouse();
  const { id } = await acceptedCase(house);
  await house.db.insert(handover).values({
    id: 'offer-1',
    consultationId: id,
    kind: 'front_support',
    state: 'offered',
    fromCenter: 'east',
    toCenter: 'kikan',
    offeredBy: PEOPLE.hanako,
    offeredAt: new Date(),
    expiresAt: new Date(Date.now() + HOUR),
    returnByOn: '2026-12-24',
  });
  const naoko = await browserOf(house, PEOPLE.naoko);
  const page = await naoko.open(CASE_PATH);
  expect(headings(naoko)[0]).toBe('引継ぎの返事を待っています');
  expect(page.text).toMatch(/東 から 基幹型 へ（前方支援）。返事の期限は .+ です。返還の予定は 12月24日/);
  expect(operations(naoko).slice(0, 2)).toEqual(['承諾する', '承諾しない']);
  expect(page.html).toContain('/do/accept_offer?about=offer-1');
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open(CASE_PATH);
  expect(headings(hanako)[0]).toBe('引継ぎを申し込んでいます');
  expect(operations(hanako)).toContain('申込を取り消す');
  expect(operations(hanako)).not.toContain('承諾する');
});

test('what is planned stands above the course, with the way to record it; what is done does not', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  for (const [state, summary] of [
    ['予定する', '長女の方と三人で話す。'],
    ['実施した', '電話で様子を聞いた。'],
  ] as const) {
    await naoko.open(`${CASE_PATH}/do/record`);
    await naoko.fillAndSend({ 活動の種類: '面談', 実施か予定か: state, 内容: summary });
  }
  const { text } = await naoko.open(CASE_PATH);
  const planned = text.slice(text.indexOf('予定している活動'), text.indexOf('概要'));
  expect(planned).toContain('面談');
  expect(planned).toContain('長女の方と三人で話す。');
  expect(planned).not.toContain('電話で様子を聞いた。');
  expect(planned).toContain('予定の実施・変更・中止を記録する');
  await house.delivered();
});

test('of a long course the latest stands in the open, the rest folded', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  for (let count = 1; count <= 20; count += 1) {
    await naoko.open(`${CASE_PATH}/do/comment`);
    await naoko.fillAndSend({ 追記: `${count}回目の追記` });
  }
  const { html } = await naoko.open(CASE_PATH);
  const [open = '', folded = ''] = html.slice(html.indexOf('id="course"')).split('<details');
  expect(open).toContain('20回目の追記');
  expect(open.indexOf('20回目の追記')).toBeLessThan(open.indexOf('19回目の追記'));
  expect(folded).toContain('これより前の経過（2件）');
  expect(open.split('<li>').length - 1 + folded.split('<li>').length - 1).toBe(22);
  await house.delivered();
});

test('a restricted case says so, and who may see it', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
  const naoko = await browserOf(house, PEOPLE.naoko);
  const { html, text } = await naoko.open(CASE_PATH);
  expect(html).toContain('<span class="tag restricted">閲覧限定</span>');
  expect(text).toContain('名前を挙げた方だけ');
});

test('the sheet holds the whole case and who opened it when, stays in no cache, and is logged as a reading', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  const sheet = await naoko.open(`${CASE_PATH}/print`);
  expect(sheet.status).toBe(200);
  expect(sheet.text).toMatch(/相談票　R8-0001/);
  expect(sheet.text).toMatch(/令和\d+年\d+月\d+日 \d+:\d\d 出力（伊藤 直子）/);
  for (const words of ['髙﨑 𠮷子', '0463-21-9988', '夜に大きな声がすると', '個人情報を含みます'])
    expect(sheet.text).toContain(words);
  expect(sheet.headers.get('cache-control')).toContain('no-store');
  expect(sheet.html).toContain('class="notice no-print"');
  const reading = `SELECT actor FROM audit_entry WHERE action = 'consultation.read' AND outcome = ? AND detail->>'what' = 'sheet'`;
  expect(await env.DB.prepare(reading).bind('done').first('actor')).toBe(PEOPLE.naoko);

  const ichiro = await browserOf(house, PEOPLE.ichiro);
  const [hidden, missing] = [
    await ichiro.open(`${CASE_PATH}/print`),
    await ichiro.open('/cases/R8-0099/print'),
  ];
  expect([hidden.status, hidden.html]).toEqual([404, missing.html]);
  const refused = `SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read' AND outcome = 'refused' AND actor = ?`;
  expect(await env.DB.prepare(refused).bind(PEOPLE.ichiro).first('n')).toBe(2);
});

test('each role finds its own menu', async () => {
  const house = await openHouse();
  const menuOf = async (person: string) => {
    const { shown } = await browserOf(house, person);
    const [, menu = ''] = (shown?.html ?? '').split('<nav');
    return new Set([...menu.matchAll(/<a href="([^"]+)"/g)].map(([, path]) => path));
  };
  for (const person of [PEOPLE.hanako, PEOPLE.naoko, PEOPLE.kenta]) {
    const menu = await menuOf(person);
    for (const path of ['/', '/cases', '/cases/new', '/shared'])
      expect([person, menu.has(path)]).toEqual([person, true]);
  }
  const menu = await menuOf(PEOPLE.makoto);
  expect([menu.has('/'), menu.has('/shared')]).toEqual([true, true]);
  expect([...menu].filter((path) => path?.startsWith('/cases'))).toEqual([]);
});
