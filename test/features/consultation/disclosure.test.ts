/** 開示・訂正・利用停止の請求: noted, tracked, settled; and the copy that is made for a resident. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { marksIn } from '../../../src/features/consultation/disclosure/export/rules.ts';
import { dueDay, extendedDay, isReminderDue } from '../../../src/features/consultation/disclosure/rules.ts';
import { japanDate } from '../../../src/lib/jst.ts';
import { loadDetector } from '../../../src/vault/personal-data/detector.ts';
import { closedDaysAgo, noonIn } from '../../support/aging.ts';
import { type Browser, browserOf, formOf } from '../../support/browser.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, caseRow, latestChange, refusalsOf } from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

async function noteRequest(browser: Browser, kind: string, fields: Record<string, string> = {}) {
  await browser.open('/requests');
  return browser.fillAndSend({ 相談の番号: 'R8-0001', 請求の種類: kind, ...fields }, '/requests');
}

async function requestRow(): Promise<Record<string, unknown>> {
  return (await env.DB.prepare('SELECT * FROM resident_request').first()) ?? {};
}

async function openCase(): Promise<{ house: House; kenta: Browser }> {
  const house = await openHouse();
  await acceptedCase(house);
  await statePurposes(PEOPLE.kenta);
  return { house, kenta: await browserOf(house, PEOPLE.kenta) };
}

describe('the days', () => {
  test('a request is to be settled in 30 days, and may be put off by 30', () => {
    expect(dueDay('2026-11-22')).toBe('2026-12-22');
    expect(extendedDay('2026-12-22')).toBe('2027-01-21');
  });

  test('reminded 7 days and 1 day before and on the day, also when the cron was down, and never twice', () => {
    const request = { dueOn: '2026-12-22', notedOn: '2026-11-22' };
    const days = ['2026-12-14', '2026-12-15', '2026-12-16', '2026-12-21', '2026-12-22', '2026-12-23'];
    let last: string | undefined;
    const given = days.filter((today) => {
      const isDue = isReminderDue(request, last, today);
      if (isDue) last = today;
      return isDue;
    });
    expect(given).toEqual(['2026-12-15', '2026-12-21', '2026-12-22']);
    expect(isReminderDue(request, '2026-12-15', '2026-12-24')).toBe(true);
    expect(isReminderDue({ ...request, notedOn: '2026-12-18' }, undefined, '2026-12-18')).toBe(false);
  });
});

describe('the tracker', () => {
  test('a request is noted, extended with its reason, and settled', async () => {
    const { house, kenta } = await openCase();
    const noted = await noteRequest(kenta, '訂正請求', { メモ: 'カナリアの請求人' });
    expect(noted.text).toContain('請求を記録しました');
    expect(noted.text).toContain('R8-0001');
    expect(noted.text).toContain('あと30日');
    expect(await latestChange()).toMatchObject({ action: 'consultation.note_request', actor: PEOPLE.kenta });
    const { id, due_on: dueOn } = await requestRow();
    expect(dueOn).toBe(dueDay(japanDate(new Date())));
    const page = await kenta.open(`/requests/${id}`);
    expect(page.text).toContain('カナリアの請求人');
    expect(page.headers.get('cache-control')).toContain('no-store');
    const extended = await kenta.fillAndSend(
      { 延長する理由: '調べるのに時間がかかる' },
      `/requests/${id}/extend`,
    );
    expect(extended.text).toContain('期限を延長しました');
    expect(await requestRow()).toMatchObject({ state: 'extended', due_on: extendedDay(String(dueOn)) });
    expect((await kenta.open('/cases/R8-0001')).text).toContain('調べるのに時間がかかる');
    expect((await kenta.open('/cases/R8-0001')).text).toContain('訂正請求あり');
    expect((await kenta.open(`/requests/${id}`)).text).not.toContain('延長は1回だけ');
    const unsaid = await kenta.fillAndSend({ 対応の結果: '応じなかった' }, `/requests/${id}/settle`);
    expect(unsaid.status).toBe(422);
    expect(unsaid.text).toContain('理由を書いてください');
    const settled = await kenta.fillAndSend(
      { 対応の結果: '応じた', 対応の内容: '住所を直した' },
      `/requests/${id}/settle`,
    );
    expect(settled.text).toContain('対応を記録しました');
    expect(await requestRow()).toMatchObject({ state: 'granted', settled_by: PEOPLE.kenta });
    expect((await kenta.open('/cases/R8-0001')).text).not.toContain('訂正請求あり');
    expect(await everythingStored()).not.toMatch(/カナリア|住所を直した|時間がかかる/);
    expect(house.logs.join('\n')).not.toMatch(/カナリア|住所を直した|時間がかかる/);
  });

  test('pressing twice notes, extends and settles once, and is answered as the first time', async () => {
    const { kenta } = await openCase();
    await kenta.open('/requests');
    const twice = (fields: Record<string, string>, form: string) =>
      Promise.all([kenta.fillAndSend(fields, form), kenta.fillAndSend(fields, form)]);
    const noted = await twice({ 相談の番号: 'R8-0001', 請求の種類: '訂正請求', メモ: 'メモ' }, '/requests');
    for (const { text } of noted) expect(text).toContain('請求を記録しました');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM resident_request').first('n')).toBe(1);
    const path = `/requests/${(await requestRow()).id}`;
    await kenta.open(path);
    for (const { text } of await twice({ 延長する理由: '文書が多いため' }, `${path}/extend`))
      expect(text).toContain('期限を延長しました');
    await kenta.open(path);
    for (const { text } of await twice({ 対応の結果: '応じた' }, `${path}/settle`))
      expect(text).toContain('対応を記録しました');
    const changes = await env.DB.prepare(
      "SELECT action, count(*) AS n FROM audit_entry WHERE outcome = 'done' AND action LIKE '%_request' AND action <> 'consultation.read_request' GROUP BY action",
    ).all();
    expect(changes.results).toEqual([
      { action: 'consultation.extend_request', n: 1 },
      { action: 'consultation.note_request', n: 1 },
      { action: 'consultation.settle_request', n: 1 },
    ]);
  });

  test('the same form sent again with other words notes nothing more, and says that it was noted', async () => {
    const { kenta } = await openCase();
    const page = await kenta.open('/requests');
    const fields = formOf(page, '/requests').fields.filter(
      ([name]) => !['reference', 'kind', 'note'].includes(name),
    );
    const send = (note: string) =>
      kenta.post('/requests', [...fields, ['reference', 'R8-0001'], ['kind', 'correction'], ['note', note]]);
    expect((await send('メモ')).text).toContain('請求を記録しました');
    const again = await send('別のメモ');
    expect(again.status).toBe(422);
    expect(again.text).toContain('先に請求を記録しました');
    expect(again.html).toContain('別のメモ');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM resident_request').first('n')).toBe(1);
    expect(await refusalsOf(PEOPLE.kenta)).toEqual([
      { action: 'consultation.note_request', reason: 'sent-before' },
    ]);
  });

  test('two requests of the same kind are two, and an old form notes nothing about another case', async () => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '訂正請求');
    await noteRequest(kenta, '訂正請求');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM resident_request').first('n')).toBe(2);
    expect(house.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });

  test('settled by two at once, the second hears that somebody was first, and keeps her words', async () => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '開示請求');
    const { id } = await requestRow();
    const minoru = await browserOf(house, PEOPLE.minoru);
    await kenta.open(`/requests/${id}`);
    await minoru.open(`/requests/${id}`);
    await kenta.fillAndSend({ 対応の結果: '応じた' }, `/requests/${id}/settle`);
    const second = await minoru.fillAndSend(
      { 対応の結果: '応じなかった', 対応の内容: '不存在' },
      `/requests/${id}/settle`,
    );
    expect(second.status).toBe(422);
    expect(second.text).toContain('ほかの方が先に記録しました');
    expect(second.text).toContain('不存在');
    expect(await requestRow()).toMatchObject({ state: 'granted' });
  });

  test('a granted use-stop warns on the case and where an activity is recorded', async () => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '利用停止請求');
    const { id } = await requestRow();
    await kenta.open(`/requests/${id}`);
    await kenta.fillAndSend({ 対応の結果: '応じた' }, `/requests/${id}/settle`);
    expect((await kenta.open('/cases/R8-0001')).text).toContain('利用停止の請求に応じた記録です');
    const naoko = await browserOf(house, PEOPLE.naoko);
    expect((await naoko.open('/cases/R8-0001/do/record')).text).toContain('利用停止の請求に応じた記録です');
  });

  test.each([
    ['district staff', PEOPLE.hanako, 404],
    ['core staff', PEOPLE.naoko, 404],
    ['the city section', PEOPLE.makoto, 404],
    ['the manager of the sending center', PEOPLE.minoru, 200],
  ])('%s', async (_who, person, status) => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '開示請求');
    const { id } = await requestRow();
    const browser = await browserOf(house, person);
    expect((await browser.open('/requests')).status).toBe(status);
    expect((await browser.open(`/requests/${id}`)).status).toBe(status);
    expect((await browser.open('/cases/R8-0001/disclosure')).status).toBe(404);
  });

  test('a manager of another center can neither see nor note requests of the case', async () => {
    const house = await openHouse((city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.ichiro) person.role = 'manager';
    });
    await acceptedCase(house);
    const ichiro = await browserOf(house, PEOPLE.ichiro);
    const refused = await noteRequest(ichiro, '開示請求');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('見つかりません');
    await noteRequest(await browserOf(house, PEOPLE.kenta), '開示請求');
    expect((await ichiro.open('/requests')).text).not.toContain('R8-0001');
    expect((await ichiro.open(`/requests/${(await requestRow()).id}`)).status).toBe(404);
  });

  test('those who may settle it are reminded, by reference, once a day at most', async () => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '開示請求');
    for (const day of [22, 23, 24, 29, 30]) await house.cron(noonIn(day));
    await house.cron(noonIn(30));
    await house.delivered();
    const told = (person: string) =>
      house.slack.as(person).dm.filter(({ text }) => text.includes('本人からの請求で'));
    expect(told(PEOPLE.kenta)).toHaveLength(3);
    expect(told(PEOPLE.minoru)).toHaveLength(3);
    expect(told(PEOPLE.kenta).at(-1)?.text).toContain('R8-0001 開示請求');
    expect(told(PEOPLE.naoko)).toEqual([]);
  });

  test('a case is not erased while a request of its resident is open', async () => {
    const { house, kenta } = await openCase();
    await noteRequest(kenta, '開示請求');
    await closedDaysAgo(2000);
    await house.cron(noonIn(0));
    await house.cron(noonIn(40));
    expect((await caseRow()).erased_at).toBeNull();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM erasure_warning').first('n')).toBe(0);
  });
});

describe('the copy', () => {
  test('needs a request, names the cases of the same resident, marks others and is noted with the request', async () => {
    const house = await openHouse();
    await sendConsultation(house, {
      相談内容: '民生委員の山本 太郎さんから電話がありました。息子の高﨑 一郎様の携帯は090-1234-5678です。',
    });
    const second = await sendConsultation(house, {
      緊急度: '通常',
      分類: ['認知症'],
      相談内容: '二つ目です。',
    });
    // The form warns of the first one.
    await second.hanako.submit();
    await house.delivered();
    await sendConsultation(house, {
      緊急度: '通常',
      分類: ['認知症'],
      対象者の氏名: '別人 花子',
      ふりがな: 'べつじん はなこ',
      電話番号: null,
      被保険者番号: '0009999999',
    });
    const kenta = await browserOf(house, PEOPLE.kenta);
    expect((await kenta.open('/cases/R8-0001/disclosure')).text).toContain('先に請求を記録してください');
    await noteRequest(kenta, '開示請求');
    const { id } = await requestRow();
    const form = await kenta.open(`/cases/R8-0001/disclosure?request=${id}`);
    expect(form.text).toContain('R8-0002');
    expect(form.text).not.toContain('R8-0003');
    const copy = await kenta.fillAndSend(
      { 写しに含める相談: ['R8-0001', 'R8-0002'] },
      '/cases/R8-0001/disclosure',
    );
    expect(copy.status).toBe(200);
    expect(copy.headers.get('cache-control')).toContain('no-store');
    expect(copy.text).toContain('二つ目です。');
    expect(copy.text).toContain('通報者を特定できる情報は開示できません');
    expect(copy.html).toMatch(/<mark data-kind="reporter"[^>]*>[^<]*山本 太郎さんから電話/);
    expect(copy.html).toMatch(/<mark data-kind="contact"[^>]*>090-1234-5678/);
    expect(copy.html).toMatch(/<mark data-kind="staff"[^>]*>佐藤 花子/);
    const { results } = await env.DB.prepare(
      "SELECT detail->>'request' AS request FROM audit_entry WHERE action = 'consultation.disclose' AND outcome = 'done'",
    ).all();
    expect(results).toEqual([{ request: id }, { request: id }]);
  });

  test('as a file it has the marks as ranges', async () => {
    const { kenta } = await openCase();
    await noteRequest(kenta, '開示請求');
    const { id } = await requestRow();
    await kenta.open(`/cases/R8-0001/disclosure?request=${id}`);
    const file = await kenta.fillAndSend({ 形式: 'ファイル（JSON）' }, '/cases/R8-0001/disclosure');
    expect(file.headers.get('content-type')).toContain('application/json');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="R8-0001-disclosure.json"');
    expect(file.headers.get('cache-control')).toContain('no-store');
    const document = JSON.parse(file.html);
    expect(document).toMatchObject({ request: id, cases: [{ reference: 'R8-0001', files: [] }] });
    const marked = document.cases[0].sections
      .flatMap(
        ({ entries }: { entries: { value: string; marks: { start: number; end: number }[] }[] }) => entries,
      )
      .flatMap(({ value, marks }: { value: string; marks: { start: number; end: number }[] }) =>
        marks.map(({ start, end }) => value.slice(start, end)),
      );
    expect(marked).toContain('佐藤 花子');
  });

  test('a case that the form did not offer is not given out', async () => {
    const { house, kenta } = await openCase();
    await sendConsultation(house, {
      対象者の氏名: '別人 花子',
      ふりがな: 'べつじん はなこ',
      被保険者番号: '0009999999',
      電話番号: null,
    });
    await noteRequest(kenta, '開示請求');
    const { id } = await requestRow();
    await kenta.open(`/cases/R8-0001/disclosure?request=${id}`);
    const shown = await kenta.fillAndSend({ 写しに含める相談: ['R8-0002'] }, '/cases/R8-0001/disclosure');
    expect(shown.status).toBe(422);
    expect(shown.text).not.toContain('別人');
  });
});

describe('marks', () => {
  const around = {
    subject: { subjectName: '髙﨑 𠮷子', subjectKana: 'たかさき よしこ', subjectPhone: '0463-21-9988' },
    staffNames: ['田中 健太'],
    isAbuse: false,
  };
  async function marked(text: string, isAbuse = false) {
    const detector = await loadDetector();
    return marksIn(text, (each) => detector.find(each), { ...around, isAbuse }).map(
      ({ kind, start, end }) => [kind, text.slice(start, end)] as const,
    );
  }

  test('the resident herself is not marked, others are', async () => {
    expect(await marked('髙﨑 𠮷子さんの電話は0463-21-9988、隣の鈴木さんは0463-22-0001です。')).toEqual([
      ['person', '鈴木'],
      ['contact', '0463-22-0001'],
    ]);
  });

  test('staff are marked as staff, with a space or without', async () => {
    expect(await marked('田中健太が伺い、田中 健太が記録した。')).toEqual([
      ['staff', '田中健太'],
      ['staff', '田中 健太'],
    ]);
  });

  test('a sentence that may tell of a reporter is marked whole, in cases of abuse any source', async () => {
    expect(await marked('昨日のことです。隣の方が通報しました。')).toEqual([
      ['reporter', '隣の方が通報しました。'],
    ]);
    const source = '近所の方から話がありました。';
    expect(await marked(source)).toEqual([]);
    expect(await marked(source, true)).toEqual([['reporter', source]]);
  });
});
