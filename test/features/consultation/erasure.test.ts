/** 消去: the key, all that was typed and the messages go; statistics and the proof stay; nothing breaks where the case was. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { listDueErasures } from '../../../src/features/consultation/retention/data.ts';
import { eraseCase } from '../../../src/features/consultation/retention/mutations.ts';
import { STANDARD_RETENTION } from '../../../src/features/directory/handling/rules.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { japanDate } from '../../../src/lib/jst.ts';
import { closedDaysAgo, noonIn } from '../../support/aging.ts';
import { browserOf, formOf } from '../../support/browser.ts';
import { cardIn, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, caseId, caseRow, operate, pressRefused } from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const DAY_MS = 24 * 60 * 60_000;
const FIVE_YEARS = 1827;
const SENTENCE = '保存期間が過ぎたため';

/** Of a case about the running of a center. */
const NOBODY = {
  対象者の氏名: null,
  ふりがな: null,
  年齢: null,
  住所: null,
  電話番号: null,
  被保険者番号: null,
};

/** A case with something typed in every place that a case has, closed five years ago and announced. */
async function announcedCase(house: House) {
  const { card } = await acceptedCase(house);
  await operate(house, PEOPLE.naoko, card(), '回答する', { 回答: '一緒に伺いましょう。' });
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases/R8-0001/do/comment');
  await naoko.fillAndSend({ 追記: '電話がありました。' });
  await naoko.open('/cases/R8-0001/do/record');
  await naoko.fillAndSend({ 活動の種類: '電話', 内容: '娘さんと話しました。' });
  await house.delivered();
  await closedDaysAgo(FIVE_YEARS);
  await house.cron(noonIn(0));
  await house.delivered();
}

async function count(table: string): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? 0;
}

/** Messages that the bot wrote and that still stand. */
function standing(house: House): string[] {
  const channels = [CHANNELS.triage, CHANNELS.east, CHANNELS.west];
  const people = [PEOPLE.hanako, PEOPLE.naoko, PEOPLE.kenta, PEOPLE.minoru];
  return [
    ...channels.flatMap((channel) =>
      house.slack
        .messages(channel)
        .flatMap((message) => [message, ...house.slack.thread(channel, message.ts)])
        .map(({ text }) => text),
    ),
    ...people.flatMap((person) => house.slack.as(person).dm.map(({ text }) => text)),
  ];
}

test('what was typed, its key and the messages are gone; statistics and a proof stay', async () => {
  const house = await openHouse();
  await announcedCase(house);
  expect(standing(house).filter((text) => text.includes('R8-0001')).length).toBeGreaterThan(4);
  const before = await caseRow();
  await house.cron(noonIn(29));
  expect((await caseRow()).erased_at).toBeNull();
  await house.cron(noonIn(30));
  await house.delivered();

  const stored = await everythingStored();
  expect(stored).not.toMatch(/"v1\.case\./);
  for (const table of [
    'consultation_content',
    'answer',
    'note',
    'submission',
    'subject_token',
    'deadline',
    'thread_message',
  ])
    expect([table, await count(table)]).toEqual([table, 0]);
  expect(
    await env.DB.prepare('SELECT count(*) AS n FROM case_key WHERE case_id = ?').bind(before.id).first('n'),
  ).toBe(0);
  expect(standing(house).filter((text) => text.includes('R8-0001'))).toEqual([]);
  expect(await count('posted_message')).toBe(0);

  const after = await caseRow();
  for (const field of ['reference', 'kind', 'status', 'urgency', 'topics', 'sending_center', 'closed_at'])
    expect(after[field]).toEqual(before[field]);
  expect(await env.DB.prepare('SELECT kind, summary FROM activity').first()).toEqual({
    kind: 'telephone',
    summary: null,
  });
  const proof = await env.DB.prepare(
    "SELECT actor, seq, detail FROM audit_entry WHERE action = 'consultation.erase'",
  ).first<{ actor: string; seq: number; detail: string }>();
  expect(proof?.actor).toBe('job:erase-due');
  expect(proof?.seq).toBe(after.version);
  expect(JSON.parse(proof?.detail ?? '')).toMatchObject({
    reference: 'R8-0001',
    contents: 7,
    answers: 1,
    notes: 1,
    activities: 1,
    ciphertexts: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a message that arrives in Slack while its case is erased is deleted afterwards', async () => {
  const house = await openHouse();
  await announcedCase(house);
  await house.cron(noonIn(30));
  await house.delivered();
  const late = await house.slack.handle(
    new Request('https://slack.test/api/chat.postMessage', {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json' },
      body: JSON.stringify({ channel: CHANNELS.triage, text: 'R8-0001 late' }),
    }),
  );
  const { ts } = await late.json<{ ts: string }>();
  await env.DB.prepare('INSERT INTO posted_message (channel, ts, about) VALUES (?, ?, ?)')
    .bind(CHANNELS.triage, ts, await caseId())
    .run();
  await house.cron(noonIn(30) + 60_000);
  await house.delivered();
  expect(standing(house)).not.toContain('R8-0001 late');
  await house.cron(noonIn(30) + 2 * 3_600_000);
  expect(await count('erasure_warning')).toBe(0);
});

test('run twice at the same time, and again, it erases once', async () => {
  const house = await openHouse();
  await announcedCase(house);
  await Promise.all([house.cron(noonIn(31)), house.cron(noonIn(31))]);
  await house.cron(noonIn(32));
  await house.delivered();
  const sql = "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.erase'";
  expect(await env.DB.prepare(sql).first('n')).toBe(1);
});

test.each(['hold', 'request'])(
  'a %s that comes just after the job looked still keeps the case',
  async (what) => {
    const house = await openHouse();
    await announcedCase(house);
    const scope = {
      db: house.db,
      now: new Date(noonIn(31)),
      settings: parseSettings(env),
      origin: { surface: 'job' as const },
      wakeCourier: () => undefined,
      wakeIndexer: () => undefined,
    };
    const [due] = await listDueErasures(house.db, japanDate(scope.now), 1);
    if (!due) throw new Error('nothing is due');
    await statePurposes(PEOPLE.kenta);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open(what === 'hold' ? '/retention/R8-0001' : '/requests');
    if (what === 'hold') await kenta.fillAndSend({ 保留する理由: '訴訟のため' }, '/retention/R8-0001/hold');
    else await kenta.fillAndSend({ 相談の番号: 'R8-0001', 請求の種類: '開示請求' }, '/requests');
    expect(await eraseCase(scope, due, STANDARD_RETENTION)).toBe(false);
    expect((await caseRow()).erased_at).toBeNull();
  },
);

test('a case that was taken up again is not erased, and is announced anew when it has ended again', async () => {
  const house = await openHouse();
  await announcedCase(house);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open('/cases/R8-0001/do/reopen');
  await hanako.fillAndSend({ 理由: 'また心配です。' });
  expect((await caseRow()).status).toBe('active');
  await house.cron(noonIn(60));
  expect(await caseRow()).toMatchObject({ erased_at: null });
  expect(await count('erasure_warning')).toBe(0);
  await env.DB.prepare("UPDATE consultation SET status = 'closed', closed_at = ?").bind(Date.now()).run();
  await house.cron(noonIn(FIVE_YEARS - 100));
  expect(await count('erasure_warning')).toBe(0);
  await house.cron(noonIn(FIVE_YEARS));
  expect(await count('erasure_warning')).toBe(1);
});

describe('where an erased case was', () => {
  async function erasedCase() {
    const house = await openHouse();
    await announcedCase(house);
    const [card] = [cardIn(house, CHANNELS.triage)];
    await house.cron(noonIn(30));
    await house.delivered();
    return { house, card };
  }

  test('its page says so to whoever might see it, and to nobody else', async () => {
    const { house } = await erasedCase();
    for (const path of ['/cases/R8-0001', '/cases/R8-0001/print']) {
      const page = await (await browserOf(house, PEOPLE.hanako)).open(path);
      expect([path, page.status]).toEqual([path, 410]);
      expect(page.text).toContain(SENTENCE);
    }
    const kenta = await browserOf(house, PEOPLE.kenta);
    expect((await kenta.open('/cases/R8-0001/do/record')).text).toContain(SENTENCE);
    expect((await kenta.open('/retention')).text).toContain('R8-0001');
    expect((await kenta.open('/retention/R8-0001')).status).toBe(404);
    const ichiro = await browserOf(house, PEOPLE.ichiro);
    expect((await ichiro.open('/cases/R8-0001')).status).toBe(404);
  });

  test('every button of chat answers with that sentence', async () => {
    const { house } = await erasedCase();
    for (const operation of ['read', 'timeline', 'answer', 'reopen', 'claim', 'record', 'rate', 'link'])
      expect([operation, await pressRefused(house, PEOPLE.naoko, operation)]).toEqual([
        operation,
        expect.stringContaining(SENTENCE),
      ]);
    const other = await pressRefused(house, PEOPLE.ichiro, 'read');
    expect(other).not.toContain(SENTENCE);
    await house.fetch(
      await signedRequest(pressBody(PEOPLE.naoko, 'consultation.all', await caseId()), { contentType: FORM }),
    );
    await house.delivered();
    expect(house.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });

  test('lists, search and the home tab leave it out, and do not break', async () => {
    const { house } = await erasedCase();
    const naoko = await browserOf(house, PEOPLE.naoko);
    for (const path of ['/', '/cases', '/cases?status=closed', '/cases?view=all'])
      expect([path, (await naoko.open(path)).text.includes('R8-0001')]).toEqual([path, false]);
    const person = house.slack.as(PEOPLE.naoko);
    await person.openHome();
    await person.slash('一覧', { channel: CHANNELS.general });
    await house.slack.waitFor(() => person.modal, { what: 'the list' });
    expect(person.modalText).not.toContain('R8-0001');
    expect(house.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });

  test('a message in the thread of its card says nothing and breaks nothing', async () => {
    const { house, card } = await erasedCase();
    const hanako = house.slack.as(PEOPLE.hanako);
    const before = hanako.ephemerals.length;
    await hanako.say(CHANNELS.triage, '0463-21-9988 です。', card.ts).catch(() => undefined);
    await house.delivered();
    expect(hanako.ephemerals).toHaveLength(before);
    expect(house.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });
});

test('a case that ended is erased by its own day, however many runs come late', async () => {
  const house = await openHouse();
  await announcedCase(house);
  await house.cron(noonIn(400));
  expect((await caseRow()).erased_at).toBe(noonIn(400));
  expect(noonIn(400) - noonIn(0)).toBe(400 * DAY_MS);
});

test('files go with their case, and so do those of its objects that have no row', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  const page = await naoko.open('/cases/R8-0001');
  const { action, fields } = formOf(page, '/cases/R8-0001/files');
  const pdf = new File(['%PDF-1.4\n%%EOF\n'], 'カナリア.pdf', { type: 'application/pdf' });
  await naoko.post(action, [...fields.filter(([name]) => name !== 'file'), ['file', pdf]]);
  expect(await count('case_file')).toBe(1);
  const id = await caseId();
  await env.FILES?.put(`${id}/orphan`, 'x');
  await closedDaysAgo(FIVE_YEARS);
  await house.cron(noonIn(0));
  await house.cron(noonIn(30));
  expect((await caseRow()).erased_at).not.toBeNull();
  expect(await count('case_file')).toBe(0);
  expect((await env.FILES?.list({ prefix: `${id}/` }))?.objects).toEqual([]);
});

test('a case that was merged into an open one waits for it; erased, it stays its related case and can be told apart', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const first = await caseId();
  await sendConsultation(house, { 種別: '運営・制度', 緊急度: '通常', 分類: ['その他'], ...NOBODY });
  await statePurposes(PEOPLE.kenta);
  const kenta = await browserOf(house, PEOPLE.kenta);
  await kenta.open('/cases/R8-0001/do/merge');
  await kenta.fillAndSend({ 統合先の番号: 'R8-0002' });
  await house.delivered();
  const erasedAt = () =>
    env.DB.prepare('SELECT erased_at FROM consultation WHERE id = ?').bind(first).first('erased_at');
  await house.cron(noonIn(FIVE_YEARS));
  await house.cron(noonIn(FIVE_YEARS + 30));
  expect(await erasedAt()).toBeNull();
  await env.DB.prepare("UPDATE consultation SET status = 'closed', closed_at = ? WHERE id <> ?")
    .bind(noonIn(FIVE_YEARS), first)
    .run();
  await house.cron(noonIn(FIVE_YEARS + 31));
  await house.cron(noonIn(FIVE_YEARS + 61));
  await house.delivered();
  expect(await erasedAt()).not.toBeNull();
  expect((await kenta.open('/cases/R8-0002')).text).toContain('R8-0001');
  expect((await kenta.open('/cases/R8-0001')).text).toContain(SENTENCE);
  const before = standing(house).length;
  await kenta.open('/cases/R8-0002/do/link');
  const linked = await kenta.fillAndSend({ つなぐ相談の番号: 'R8-0001' });
  expect(linked.text).toContain('見つかりません');
  await house.delivered();
  expect(standing(house)).toHaveLength(before);
});

test('a shared note goes with the case whose key seals it, and its posts in all centers, too', async () => {
  const house = await openHouse();
  await acceptedCase(house, { 種別: '運営・制度', 緊急度: '通常', 分類: ['苦情対応'], ...NOBODY });
  await statePurposes(PEOPLE.kenta);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases/R8-0001/do/share');
  await naoko.fillAndSend({
    何があったか: '電話が長く続いた。',
    行った対応: '二人で対応した。',
    再発防止: '手順を決めた。',
  });
  const kenta = await browserOf(house, PEOPLE.kenta);
  await kenta.open('/cases/R8-0001/do/settle_sharing');
  await kenta.fillAndSend({ どうしますか: '承認' });
  await house.delivered();
  expect(house.slack.messages(CHANNELS.west)).toHaveLength(1);
  await closedDaysAgo(FIVE_YEARS);
  await house.cron(noonIn(0));
  await house.cron(noonIn(30));
  await house.delivered();
  expect(await count('shared_note')).toBe(0);
  expect(house.slack.messages(CHANNELS.west)).toEqual([]);
});
