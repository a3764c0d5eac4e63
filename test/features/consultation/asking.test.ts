/** 質問する, 質問に答える, 回答待ちにする, 再開する: who is waited for, and how a case goes on. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { waitedOut } from '../../../src/features/consultation/asking/data.ts';
import { usualUntil } from '../../../src/features/consultation/asking/schema.ts';
import { calendarOf } from '../../../src/lib/business-time.ts';
import { addDays, formatDate, japanDate } from '../../../src/lib/jst.ts';
import { buttonsOf, type Fields } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, day, lastOf, picked, typed } from '../../support/operating.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const QUESTION = '鍵はどなたがお持ちですか。🔑';
const REPLY = '大家さんがお持ちです。';
const TODAY = japanDate(new Date());
const UNTIL = addDays(TODAY, 5);
const jst = (text: string) => new Date(`${text}:00+09:00`).getTime();

/** A consultation that 伊藤 直子 accepted. */
const accepted = (house: House, fields: Fields = { 緊急度: '通常' }) => acceptedCase(house, fields);

async function press(house: House, person: string, action: string, value: string): Promise<void> {
  await house.fetch(await signedRequest(pressBody(person, action, value), { contentType: FORM }));
}

/** Sends a form as Slack would, whatever its client lets through. */
async function submit(
  house: House,
  person: string,
  operation: string,
  { id, view = 'V1', values }: { id: string; view?: string; values: Record<string, object> },
) {
  const version = await env.DB.prepare('SELECT version FROM consultation WHERE id = ?')
    .bind(id)
    .first('version');
  const body = submissionBody(person, {
    id: view,
    callbackId: `consultation.${operation}`,
    metadata: `${id}/${version}`,
    values,
  });
  const answer = await house.fetch(await signedRequest(body, { contentType: FORM }));
  return answer.json<{ response_action: string; errors?: Record<string, string> }>();
}

function caseRow() {
  return env.DB.prepare(
    'SELECT status, waited_for AS waitedFor, waiting_until_on AS until, has_open_question AS isOpen FROM consultation',
  ).first();
}

async function changes(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT action, detail FROM audit_entry WHERE chain LIKE 'case:%' ORDER BY seq",
  ).all<{ action: string; detail: string }>();
  return results.map(({ action }) => action);
}

async function ask(house: House, id: string, view = 'V1') {
  const answer = await submit(house, PEOPLE.naoko, 'ask', {
    id,
    view,
    values: { body: typed(QUESTION), until: day(UNTIL) },
  });
  expect(answer).toEqual({ response_action: 'clear' });
}

test('a question reaches the sender and her center, is sealed, and her reply brings the case back', async () => {
  const house = await openHouse();
  const { hanako, naoko, card, centerCard, id } = await accepted(house);
  await naoko.click(card(), '相談元に質問する');
  await house.slack.waitFor(() => naoko.modal);
  const calendar = calendarOf(house.city);
  expect(naoko.filledIn).toEqual({ 質問: null, 返事がほしい日: usualUntil(calendar, TODAY) });
  expect((await naoko.fillAndSubmit({ 質問: QUESTION, 返事がほしい日: UNTIL })).errors).toBeUndefined();
  await house.delivered();
  expect(await caseRow()).toEqual({ status: 'waiting', waitedFor: 'sender', until: UNTIL, isOpen: 1 });
  expect(await env.DB.prepare('SELECT kind, author, body FROM note').first()).toEqual({
    kind: 'question',
    author: PEOPLE.naoko,
    body: expect.stringMatching(/^v1\./),
  });
  for (const each of [card(), centerCard()]) expect(each.text).toContain('回答待ち');
  expect(buttonsOf(centerCard())).toContain('質問に答える');
  const told = lastOf(hanako.dm);
  expect(told.text).toBe(
    `相談 *R8-0001* について、基幹型から質問が1件あります。${formatDate(UNTIL)}までにお答えください。`,
  );
  expect(buttonsOf(told)).toEqual(['質問に答える', '読む']);
  expect(house.slack.thread(CHANNELS.east, centerCard().ts).map(({ text }) => text)).toEqual([
    `質問が1件あります（R8-0001）。返事の期日は ${formatDate(UNTIL)} です。`,
  ]);
  expect(house.slack.thread(CHANNELS.triage, card().ts)).toEqual([]);

  await hanako.click(told, '読む');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain(QUESTION);
  expect(hanako.modalText).toContain('伊藤 直子 さん');
  await hanako.closeModal();
  await hanako.click(told, '質問に答える');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain(QUESTION);
  expect(
    await env.DB.prepare(
      'SELECT count(*) AS n FROM audit_entry WHERE action = \'consultation.read\' AND actor = ? AND detail LIKE \'{"what":"note"%\'',
    )
      .bind(PEOPLE.hanako)
      .first('n'),
  ).toBe(2);
  expect((await hanako.fillAndSubmit({ 返事: REPLY })).errors).toBeUndefined();
  await house.delivered();
  expect(await caseRow()).toEqual({ status: 'active', waitedFor: null, until: null, isOpen: 0 });
  const heard = lastOf(naoko.dm);
  expect(heard.text).toBe('相談 *R8-0001* に、質問への返事が1件あります。');
  expect(buttonsOf(heard)).toEqual(['読む', '回答する']);
  await naoko.click(heard, '読む');
  await house.slack.waitFor(() => naoko.modal);
  expect(naoko.modalText).toContain(REPLY);
  expect(await changes()).toEqual([
    'consultation.submit',
    'consultation.accept',
    'consultation.ask',
    'consultation.reply',
  ]);
  const note = await env.DB.prepare("SELECT id FROM note WHERE kind = 'reply'").first('id');
  const entry = await env.DB.prepare(
    "SELECT detail FROM audit_entry WHERE action = 'consultation.reply'",
  ).first('detail');
  expect(JSON.parse(String(entry))).toMatchObject({
    note,
    waitedFor: 'sender',
    was: 'waiting',
    status: 'active',
  });
  await naoko.closeModal();
  await naoko.click(card(), '詳細を見る');
  await house.slack.waitFor(() => naoko.modal);
  const text = naoko.modalText;
  expect(text.indexOf(QUESTION)).toBeGreaterThan(0);
  expect(text.indexOf(REPLY)).toBeGreaterThan(text.indexOf(QUESTION));
  expect(id).not.toBe('');
});

describe('a form with what it cannot take stays open, and nothing is stored:', () => {
  const long = 'あ'.repeat(3001);
  const required = 'ここは必ず入力してください。';
  const past = '今日より前の日付です。今日か、それより後の日付を選んでください。';
  test.each<[string, string, Record<string, object>, Record<string, string>]>([
    ['an empty question', 'ask', { body: typed(' 　'), until: day(UNTIL) }, { body: required }],
    [
      'one character too many',
      'ask',
      { body: typed(long), until: day(UNTIL) },
      { body: '3,000文字までです（いま3,001文字）。' },
    ],
    ['yesterday', 'ask', { body: typed('あ'), until: day(addDays(TODAY, -1)) }, { until: past }],
    ['no day', 'ask', { body: typed('あ'), until: day(null) }, { until: '日付を選んでください。' }],
    [
      'no day of the calendar',
      'ask',
      { body: typed('あ'), until: day('2026-02-30') },
      { until: '日付を選んでください。' },
    ],
    [
      'two years ahead',
      'wait',
      { waitedFor: picked('body'), until: day(addDays(TODAY, 730)) },
      { until: '1年以内の日付を選んでください。' },
    ],
    [
      'an unknown word',
      'wait',
      { waitedFor: picked('nobody'), until: day(UNTIL) },
      { waitedFor: 'どれか1つを選んでください。' },
    ],
  ])('%s', async (_, operation, values, errors) => {
    const house = await openHouse();
    const { id } = await accepted(house);
    expect(await submit(house, PEOPLE.naoko, operation, { id, values })).toEqual({
      response_action: 'errors',
      errors,
    });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM note').first('n')).toBe(0);
    expect(await caseRow()).toMatchObject({ status: 'accepted' });
  });
});

test('a question of 3,000 emoji for today is taken', async () => {
  const house = await openHouse();
  const { id } = await accepted(house);
  const values = { body: typed('🔑'.repeat(3000)), until: day(TODAY) };
  expect(await submit(house, PEOPLE.naoko, 'ask', { id, values })).toEqual({ response_action: 'clear' });
  expect(await caseRow()).toMatchObject({ status: 'waiting', until: TODAY });
});

describe('refused and logged:', () => {
  test.each([
    ['the sender asking', PEOPLE.hanako, 'ask', 'この操作ができるのは、担当者（伊藤 直子さん）と協力者です'],
    ['a core colleague asking', PEOPLE.takuya, 'ask', '担当者（伊藤 直子さん）と協力者です'],
    ['another center asking', PEOPLE.ichiro, 'ask', '見つかりません'],
    ['the city section replying', PEOPLE.makoto, 'reply', '見つかりません'],
    ['the core center replying', PEOPLE.naoko, 'reply', '相談元の包括の職員です'],
    ['the sender waiting', PEOPLE.hanako, 'wait', '担当者（伊藤 直子さん）と協力者です'],
    ['the sender resuming', PEOPLE.hanako, 'resume', '担当者（伊藤 直子さん）と協力者です'],
  ])('%s', async (_, person, operation, sentence) => {
    const house = await openHouse();
    const { id } = await accepted(house);
    await ask(house, id);
    await press(house, person, `consultation.${operation}`, id);
    const somebody = house.slack.as(person);
    const told = await house.slack.waitFor(() => somebody.ephemerals.at(-1));
    expect(told.text).toContain(sentence);
    expect(somebody.modal).toBeUndefined();
    expect(
      await env.DB.prepare(
        "SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ? AND action = ?",
      )
        .bind(person, `consultation.${operation}`)
        .first('n'),
    ).toBe(1);
  });

  test('a reply where no question is open, and the reading of a note through another case', async () => {
    const house = await openHouse();
    const { id, hanako } = await accepted(house);
    await press(house, PEOPLE.hanako, 'consultation.reply', id);
    expect((await house.slack.waitFor(() => hanako.ephemerals.at(-1))).text).toContain(
      '返事を待っている質問はありません',
    );
    await ask(house, id);
    const note = await env.DB.prepare('SELECT id FROM note').first('id');
    const ichiro = house.slack.as(PEOPLE.ichiro);
    await press(house, PEOPLE.ichiro, 'consultation.read_note', `${id}/${note}`);
    expect((await house.slack.waitFor(() => ichiro.ephemerals.at(-1))).text).toContain('見つかりません');
    await press(house, PEOPLE.naoko, 'consultation.read_note', `${id}/${crypto.randomUUID()}`);
    const naoko = house.slack.as(PEOPLE.naoko);
    expect((await house.slack.waitFor(() => naoko.ephemerals.at(-1))).text).toContain('見つかりません');
  });
});

test('the same question sent three times at once is one question; a changed one is not stored silently', async () => {
  const house = await openHouse();
  const { id, hanako } = await accepted(house);
  const values = { body: typed(QUESTION), until: day(UNTIL) };
  const version = await env.DB.prepare('SELECT version FROM consultation').first('version');
  const body = (text: string) =>
    submissionBody(PEOPLE.naoko, {
      id: 'V1',
      callbackId: 'consultation.ask',
      metadata: `${id}/${version}`,
      values: { ...values, body: typed(text) },
    });
  const send = async (text: string) =>
    (await house.fetch(await signedRequest(body(text), { contentType: FORM }))).json();
  const answers = await Promise.all([send(QUESTION), send(QUESTION), send(QUESTION)]);
  for (const answer of answers) expect(answer).toEqual({ response_action: 'clear' });
  expect(await send('別の質問')).toMatchObject({
    response_action: 'errors',
    errors: { body: expect.stringContaining('先に送信済み') },
  });
  await house.delivered();
  expect(await env.DB.prepare('SELECT count(*) AS n FROM note').first('n')).toBe(1);
  expect(hanako.dm.filter(({ text }) => text.includes('質問'))).toHaveLength(1);
});

test('a reply written while the case changed says what changed, keeps the text and is sent by pressing again', async () => {
  const house = await openHouse();
  const { id, hanako, centerCard } = await accepted(house);
  await ask(house, id);
  await house.delivered();
  await hanako.click(centerCard(), '質問に答える');
  await house.slack.waitFor(() => hanako.modal);
  await hanako.fill({ 返事: REPLY });
  const wait = { waitedFor: picked('sender'), until: day(addDays(TODAY, 9)) };
  expect(await submit(house, PEOPLE.naoko, 'wait', { id, view: 'V2', values: wait })).toEqual({
    response_action: 'clear',
  });
  await hanako.submit();
  expect(hanako.modalText).toContain('伊藤 直子さんが回答待ちにしました');
  expect(hanako.filledIn).toEqual({ 返事: REPLY });
  await hanako.submit();
  expect(hanako.modal).toBeUndefined();
  expect(await caseRow()).toEqual({ status: 'active', waitedFor: null, until: null, isOpen: 0 });
});

test('two open questions stand above the reply; an answered one does not', async () => {
  const house = await openHouse();
  const { id, hanako, centerCard } = await accepted(house);
  await ask(house, id, 'V1');
  expect(
    await submit(house, PEOPLE.hanako, 'reply', { id, view: 'V2', values: { body: typed(REPLY) } }),
  ).toEqual({ response_action: 'clear' });
  for (const [view, text] of [
    ['V3', '二つ目の質問'],
    ['V4', '三つ目の質問'],
  ] as const)
    await submit(house, PEOPLE.naoko, 'ask', { id, view, values: { body: typed(text), until: day(UNTIL) } });
  await house.delivered();
  await hanako.click(centerCard(), '質問に答える');
  await house.slack.waitFor(() => hanako.modal);
  expect(hanako.modalText).toContain('二つ目の質問');
  expect(hanako.modalText).toContain('三つ目の質問');
  expect(hanako.modalText).not.toContain(QUESTION);
});

test('where the sender has left, her center’s manager is asked and may reply', async () => {
  const house = await openHouse();
  const { id, hanako } = await accepted(house);
  const before = hanako.dm.length;
  await importAgain(house, without(PEOPLE.hanako));
  await ask(house, id);
  await house.delivered();
  expect(hanako.dm).toHaveLength(before);
  expect(lastOf(house.slack.as(PEOPLE.minoru).dm).text).toContain('質問が1件あります');
  expect(
    await submit(house, PEOPLE.minoru, 'reply', { id, view: 'V2', values: { body: typed(REPLY) } }),
  ).toEqual({ response_action: 'clear' });
});

test('in a restricted case the thread holds the reference only, and who is not named sees nothing of the question', async () => {
  const house = await openHouse();
  const { id, centerCard } = await accepted(house);
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
  await ask(house, id);
  await house.delivered();
  const [reply] = house.slack.thread(CHANNELS.east, centerCard().ts);
  expect(reply?.text).toBe(`質問が1件あります（R8-0001）。返事の期日は ${formatDate(UNTIL)} です。`);
  const note = await env.DB.prepare('SELECT id FROM note').first('id');
  for (const person of [PEOPLE.takuya, PEOPLE.kenta, PEOPLE.minoru]) {
    await press(house, person, 'consultation.read_note', `${id}/${note}`);
    const somebody = house.slack.as(person);
    expect((await house.slack.waitFor(() => somebody.ephemerals.at(-1))).text).toContain('見つかりません');
  }
});

test('a case waits for a body until a day, then until another; the sender hears only when it is her', async () => {
  const house = await openHouse();
  const { id, naoko, hanako, card } = await accepted(house);
  const before = hanako.dm.length;
  await naoko.click(card(), '回答待ちにする');
  await house.slack.waitFor(() => naoko.modal);
  await naoko.fillAndSubmit({ 何を待っていますか: '関係機関・庁内課からの返事', いつまで待ちますか: UNTIL });
  expect(await caseRow()).toEqual({ status: 'waiting', waitedFor: 'body', until: UNTIL, isOpen: 0 });
  const later = addDays(TODAY, 20);
  await submit(house, PEOPLE.naoko, 'wait', {
    id,
    view: 'V2',
    values: { waitedFor: picked('course'), until: day(later) },
  });
  await house.delivered();
  expect(hanako.dm).toHaveLength(before);
  expect(card().text).toContain('回答待ち');
  await submit(house, PEOPLE.naoko, 'wait', {
    id,
    view: 'V3',
    values: { waitedFor: picked('sender'), until: day(later) },
  });
  await house.delivered();
  expect(lastOf(hanako.dm).text).toBe(
    `相談 *R8-0001* は、相談元からの返事を待っています（${formatDate(later)}まで）。`,
  );
  expect(buttonsOf(lastOf(hanako.dm))).toEqual(['追記する']);
  const entries = await env.DB.prepare(
    "SELECT detail FROM audit_entry WHERE action = 'consultation.wait' ORDER BY seq",
  ).all<{ detail: string }>();
  expect(JSON.parse(String(entries.results[1]?.detail))).toMatchObject({
    waitedFor: 'course',
    until: later,
    from: 'body',
    fromUntil: UNTIL,
  });
});

test('resumed twice at once it is resumed once, and nobody is refused; an old button is told what happened', async () => {
  const house = await openHouse();
  const { id, naoko } = await accepted(house);
  await ask(house, id);
  await Promise.all([
    press(house, PEOPLE.naoko, 'consultation.resume', id),
    press(house, PEOPLE.naoko, 'consultation.resume', id),
  ]);
  await house.delivered();
  // The question stays open: she may still reply.
  expect(await caseRow()).toEqual({ status: 'active', waitedFor: null, until: null, isOpen: 1 });
  expect((await changes()).filter((action) => action === 'consultation.resume')).toHaveLength(1);
  expect(naoko.ephemerals).toEqual([]);
  await submit(house, PEOPLE.hanako, 'reply', { id, view: 'V2', values: { body: typed(REPLY) } });
  await press(house, PEOPLE.naoko, 'consultation.resume', id);
  expect((await house.slack.waitFor(() => naoko.ephemerals.at(-1))).text).toContain(
    '佐藤 花子さんが質問に答えました',
  );
});

test('the job that looks for them reads the index of their dates', async () => {
  const house = await openHouse();
  const { sql, params } = waitedOut(house.db, '2026-12-07', 10).toSQL();
  const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  expect(plan.results.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('INDEX consultation_waiting'),
  ]);
});

describe('when the day has passed,', () => {
  /** Friday; the offices open again on Monday at 8:30. */
  const friday = '2026-12-04';

  async function waitingUntilFriday(house: House) {
    const asked = await accepted(house);
    await ask(house, asked.id);
    await house.delivered();
    await env.DB.prepare(
      'UPDATE consultation SET waiting_until_on = ?, first_answered_at = ?, last_contact_at = ?',
    )
      .bind(friday, jst('2026-11-20T10:00'), jst('2026-11-20T10:00'))
      .run();
    return asked;
  }

  test('the case goes on at the next opening, once, and both sides hear of it', async () => {
    const house = await openHouse();
    const { naoko, hanako, card } = await waitingUntilFriday(house);
    for (const closed of ['2026-12-04T17:00', '2026-12-05T10:00', '2026-12-07T08:29']) {
      await house.cron(jst(closed));
      expect(await caseRow()).toMatchObject({ status: 'waiting' });
    }
    const monday = jst('2026-12-07T08:31');
    await Promise.all([house.cron(monday), house.cron(monday)]);
    await house.cron(monday + 60_000);
    await house.delivered();
    expect(await caseRow()).toEqual({ status: 'active', waitedFor: null, until: null, isOpen: 1 });
    expect(card().text).toContain('対応中');
    const ofNaoko = naoko.dm.filter(({ text }) => text.includes('「対応中」に戻りました'));
    expect(ofNaoko.map(({ text }) => text)).toEqual([
      '相談 *R8-0001* は、待っていた期日（相談元からの返事）を過ぎたので「対応中」に戻りました。次の連絡をお願いします。',
    ]);
    expect(buttonsOf(lastOf(ofNaoko))).toEqual(['回答する', '回答待ちにする']);
    const ofHanako = hanako.dm.filter(({ text }) => text.includes('返事の期日を過ぎました'));
    expect(ofHanako.map(buttonsOf)).toEqual([['質問に答える']]);
    expect(
      await env.DB.prepare(
        "SELECT actor, detail FROM audit_entry WHERE action = 'consultation.time_resume'",
      ).all(),
    ).toMatchObject({
      results: [{ actor: 'job:time_resume', detail: expect.stringContaining('"fromUntil":"2026-12-04"') }],
    });
    // Ten business days after 20 November: 7 December it is, which is the closing time of that day.
    expect(await env.DB.prepare("SELECT due_at AS at FROM deadline WHERE kind = 'contact'").first('at')).toBe(
      jst('2026-12-07T17:15'),
    );
  });

  test('a contact that was due while it waited is due that day, even when the cron comes late', async () => {
    const house = await openHouse();
    await waitingUntilFriday(house);
    await env.DB.prepare('UPDATE consultation SET last_contact_at = ?').bind(jst('2026-11-02T10:00')).run();
    await house.cron(jst('2026-12-07T18:40'));
    expect(await caseRow()).toMatchObject({ status: 'active' });
    expect(await env.DB.prepare("SELECT due_at AS at FROM deadline WHERE kind = 'contact'").first('at')).toBe(
      jst('2026-12-08T17:15'),
    );
  });

  test('a case that nobody is in charge of says so in the triage thread', async () => {
    const house = await openHouse();
    const { card } = await waitingUntilFriday(house);
    await env.DB.prepare(
      "UPDATE consultation SET person_in_charge = NULL, released_at = 1, waited_for = 'course'",
    ).run();
    await house.cron(jst('2026-12-07T08:31'));
    await house.delivered();
    const thread = house.slack.thread(CHANNELS.triage, card().ts).map(({ text }) => text);
    expect(
      thread.filter((text) => text.includes('待っていた期日（経過を見ている）を過ぎたので')),
    ).toHaveLength(1);
  });
});
