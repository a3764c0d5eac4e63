/** 終結: proposed, confirmed by whoever must, objected to, closed by time, rated, taken up again. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { confirmClosing } from '../../../src/features/consultation/closing/mutations.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { buttonsOf, type Fields } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedCase,
  CLOSED,
  caseId,
  caseRow,
  chosenSome,
  click,
  lastOf,
  latestChange,
  openOperation,
  operate,
  picked,
  press,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
  USUAL,
} from '../../support/operating.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const LESSON = '早めに家族と会うとよかったです。🍵';
const REASON = 'まだ訪問の予定があります。';
const DAY_MS = 86_400_000;
const SOLVED = { outcome: picked('solved') };
const chosenUrgency = (value: string) => ({ urgency: picked(value) });

/** Whose closing 伊藤 直子 has proposed. */
async function proposedCase(house: House, fields: Fields = USUAL) {
  const sent = await acceptedCase(house, fields);
  expect(await submitForged(house, PEOPLE.naoko, 'propose_closing', SOLVED)).toEqual(CLOSED);
  return { ...sent, about: await proposal() };
}

/** As buttons that answer the present proposal carry it. */
async function proposal(): Promise<string> {
  const { id, closing_proposed_at: at } = await caseRow();
  return `${id}/${at}`;
}

async function closedCase(house: House, fields: Fields = USUAL) {
  const sent = await proposedCase(house, fields);
  await press(house, PEOPLE.hanako, 'confirm_closing', sent.about);
  return sent;
}

const closingDueAt = async () =>
  Number(await env.DB.prepare("SELECT due_at AS at FROM deadline WHERE kind = 'closing'").first('at'));

describe('終結を提案する', () => {
  test('the sender is asked, hears when it closes by itself, and confirms; then rates in one tap', async () => {
    const house = await openHouse();
    const { card, centerCard, hanako, naoko } = await acceptedCase(house);
    await naoko.click(card(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'the list of operations' });
    await naoko.clickInModal('終結を提案する');
    await house.slack.waitFor(() => naoko.modalText.includes('地域課題'));
    expect(naoko.modalText).toContain('自動で終結します。');
    expect((await naoko.submit()).errors).toMatchObject({ 結果: expect.any(String) });
    await naoko.fill({
      結果: '継続見守り',
      '気づき・今後に生かすこと': LESSON,
      地域課題: ['孤立・見守り', '介護者支援'],
      よくある質問: ['FAQの下書きにする'],
    });
    expect((await naoko.submit()).errors).toBeUndefined();
    await house.delivered();
    expect(await caseRow()).toMatchObject({
      status: 'closing',
      outcome: 'watching',
      issue_tags: '["isolation","carer"]',
      wants_faq_draft: 1,
    });
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.propose_closing',
      detail: { outcome: 'watching', tags: 'isolation,carer', faq: true },
    });
    const asked = lastOf(hanako.dm);
    expect(asked.text).toContain('（結果：継続見守り）');
    expect(asked.text).toContain('自動で終結します。');
    expect(buttonsOf(asked)).toEqual(['終結を確認する', 'まだ終結しない', '詳細を見る']);
    expect(buttonsOf(centerCard())).toContain('終結を確認する');
    await click(house, PEOPLE.hanako, centerCard(), '終結を確認する');
    expect(await caseRow()).toMatchObject({ status: 'closed', closed_at: expect.any(Number) });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM deadline').first('n')).toBe(0);
    expect(lastOf(naoko.dm).text).toBe(`相談 *R8-0001* の終結を、<@${PEOPLE.hanako}> さんが確認しました。`);
    const rating = lastOf(hanako.dm);
    expect(buttonsOf(rating)).toEqual(['役に立った', '不十分', 'ひとこと添える', '詳細を見る']);
    await click(house, PEOPLE.hanako, rating, '役に立った');
    expect(lastOf(naoko.dm).text).toBe('相談 *R8-0001* の支援に「役に立った」の評価がありました。');
  });

  test('what was written stands in the detail, sealed in the database, and in no message', async () => {
    const house = await openHouse();
    const { centerCard, hanako } = await acceptedCase(house, { ...USUAL, 分類: ['苦情対応'] });
    const prevention = '毎月の会議で確かめます。';
    await submitForged(house, PEOPLE.naoko, 'propose_closing', {
      ...SOLVED,
      lessons: typed(LESSON),
      measures: typed('お詫びしました。'),
      prevention: typed(prevention),
    });
    await hanako.click(centerCard(), '詳細を見る');
    await house.slack.waitFor(() => hanako.modal);
    for (const words of [LESSON, 'お詫びしました。', prevention, '結果：解決', '行った対応', '再発防止'])
      expect(hanako.modalText).toContain(words);
    const report = await env.DB.prepare('SELECT lessons, measures, prevention FROM closing_report').first();
    for (const sealed of Object.values(report ?? {})) expect(sealed).toMatch(/^v1\./);
    const { results } = await env.DB.prepare(
      'SELECT message AS words FROM outbox UNION ALL SELECT detail FROM audit_entry',
    ).all();
    const written = results.map(({ words }) => String(words)).join();
    for (const words of [LESSON, prevention]) expect(written).not.toContain(words.slice(0, 6));
  });

  test('complaints need what was done and what keeps them from happening again', async () => {
    const house = await openHouse();
    await acceptedCase(house, { ...USUAL, 分類: ['カスタマーハラスメント'] });
    expect(await submitForged(house, PEOPLE.naoko, 'propose_closing', SOLVED)).toMatchObject({
      errors: { measures: 'ここは必ず入力してください。', prevention: 'ここは必ず入力してください。' },
    });
    const long = { measures: typed('あ'.repeat(3001)), prevention: typed('い') };
    expect(await submitForged(house, PEOPLE.naoko, 'propose_closing', { ...SOLVED, ...long })).toMatchObject({
      errors: { measures: '3,000文字までです（いま3,001文字）。' },
    });
    expect(await caseRow()).toMatchObject({ status: 'accepted' });
  });

  test('an outcome that is none, and a tag that is none', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const bad = await submitForged(house, PEOPLE.naoko, 'propose_closing', {
      outcome: picked('vanished'),
    });
    expect(bad).toMatchObject({ errors: { outcome: 'どれか1つを選んでください。' } });
    const tags = { type: 'multi_static_select', selected_options: [{ value: 'x' }, { value: 'money' }] };
    await submitForged(house, PEOPLE.naoko, 'propose_closing', { ...SOLVED, issueTags: tags });
    expect(await caseRow()).toMatchObject({ issue_tags: '["money"]' });
  });

  test('sent three times at once it is one proposal', async () => {
    const house = await openHouse();
    const { card, hanako } = await acceptedCase(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'the list of operations' });
    await naoko.clickInModal('終結を提案する');
    await house.slack.waitFor(() => naoko.modalText.includes('地域課題'));
    await naoko.fill({ 結果: '解決' });
    for (const { errors } of await Promise.all([naoko.submit(), naoko.submit(), naoko.submit()]))
      expect(errors).toBeUndefined();
    await house.delivered();
    expect(hanako.dm.filter(({ text }) => text.includes('提案しました'))).toHaveLength(1);
  });

  test('a form whose case became a complaint meanwhile gets the fields that it lacks, and keeps what was typed', async () => {
    const house = await openHouse();
    const { card } = await acceptedCase(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'the list of operations' });
    await naoko.clickInModal('終結を提案する');
    await house.slack.waitFor(() => naoko.modalText.includes('地域課題'));
    await naoko.fill({ 結果: '解決', '気づき・今後に生かすこと': LESSON });
    const complaint = { ...chosenUrgency('normal'), topics: chosenSome('complaint') };
    expect(await submitForged(house, PEOPLE.kenta, 'reclassify', complaint)).toEqual(CLOSED);
    await naoko.submit();
    expect(naoko.modalText).toContain('田中 健太さんが');
    expect(naoko.modalText).toContain('再発防止');
    const { errors } = await naoko.submit();
    expect(Object.keys(errors ?? {})).toHaveLength(2);
    expect(naoko.filledIn).toMatchObject({ '気づき・今後に生かすこと': LESSON });
  });

  test('a form that something happened to says what, and is sent by pressing once more', async () => {
    const house = await openHouse();
    const { card } = await acceptedCase(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'the list of operations' });
    await naoko.clickInModal('終結を提案する');
    await house.slack.waitFor(() => naoko.modalText.includes('地域課題'));
    await naoko.fill({ 結果: '解決', '気づき・今後に生かすこと': LESSON });
    await submitForged(house, PEOPLE.hanako, 'comment', { body: typed('今日も電話がありました。') });
    await naoko.submit();
    expect(naoko.modalText).toContain('佐藤 花子さんが追記しました');
    expect(await caseRow()).toMatchObject({ status: 'accepted' });
    expect((await naoko.submit()).errors).toBeUndefined();
    expect(await caseRow()).toMatchObject({ status: 'closing', outcome: 'solved' });
    expect(await env.DB.prepare('SELECT lessons IS NOT NULL AS kept FROM closing_report').first('kept')).toBe(
      1,
    );
  });
});

describe('至急 and 高齢者虐待', () => {
  const GRAVE: Fields = { 緊急度: '通常', 分類: ['高齢者虐待'] };

  test('a core manager who is not in charge confirms; the sender is informed and may object', async () => {
    const house = await openHouse();
    const { card, centerCard, hanako, naoko, about } = await proposedCase(house, GRAVE);
    const kenta = house.slack.as(PEOPLE.kenta);
    expect(buttonsOf(lastOf(kenta.dm))).toEqual(['終結を確認する', 'まだ終結しない', '詳細を見る']);
    expect(buttonsOf(lastOf(hanako.dm))).toEqual(['まだ終結しない', '詳細を見る']);
    expect(buttonsOf(card())).toContain('終結を確認する');
    expect(buttonsOf(centerCard())).not.toContain('終結を確認する');
    expect(await pressRefused(house, PEOPLE.hanako, 'confirm_closing', about)).toContain(
      '基幹型の管理者です',
    );
    expect(await pressRefused(house, PEOPLE.naoko, 'confirm_closing', about)).toContain('基幹型の管理者です');
    await click(house, PEOPLE.kenta, lastOf(kenta.dm), '終結を確認する');
    expect(await caseRow()).toMatchObject({ status: 'closed' });
    expect(lastOf(hanako.dm).text).toContain('今回の支援はいかがでしたか。');
    expect(lastOf(naoko.dm).text).toContain('確認しました');
  });

  test('the manager in charge may not confirm what she proposed', async () => {
    const house = await openHouse((city) => {
      for (const each of city.staff) if (each.slackUserId === PEOPLE.naoko) each.role = 'manager';
    });
    const { about } = await proposedCase(house, GRAVE);
    expect(await pressRefused(house, PEOPLE.naoko, 'confirm_closing', about)).toContain(
      '担当者ではない基幹型の管理者が確認します',
    );
  });

  test('a closing that nobody could confirm is not proposed', async () => {
    const house = await openHouse();
    await acceptedCase(house, GRAVE);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    const answer = await submitForged(house, PEOPLE.naoko, 'propose_closing', SOLVED);
    expect(answer).toMatchObject({
      errors: { outcome: expect.stringContaining('確認できる管理者がいません') },
    });
    expect(await caseRow()).toMatchObject({ status: 'accepted' });
  });

  test('never closes by itself', async () => {
    const house = await openHouse();
    await proposedCase(house, GRAVE);
    await house.cron(Date.now() + 60 * DAY_MS);
    expect(await caseRow()).toMatchObject({ status: 'closing' });
  });
});

describe('a proposal that nobody answers', () => {
  test('closes at the hour that was promised, once, and asks for a rating', async () => {
    const house = await openHouse();
    const { hanako, naoko } = await proposedCase(house);
    const dueAt = await closingDueAt();
    await house.cron(dueAt - 60_000);
    expect(await caseRow()).toMatchObject({ status: 'closing' });
    await Promise.all([house.cron(dueAt + 3 * 3_600_000), house.cron(dueAt + 3 * 3_600_000)]);
    await house.cron(dueAt + 4 * 3_600_000);
    await house.delivered();
    expect(await caseRow()).toMatchObject({ status: 'closed', outcome: 'solved' });
    expect((await latestChange()).action).toBe('consultation.time_close');
    const told = hanako.dm.filter(({ text }) => text.includes('自動で終結しました'));
    expect(told).toHaveLength(1);
    expect(told[0] && buttonsOf(told[0])).toEqual([
      '役に立った',
      '不十分',
      'ひとこと添える',
      '再開する',
      '詳細を見る',
    ]);
    expect(naoko.dm.filter(({ text }) => text.includes('自動で終結しました'))).toHaveLength(1);
  });

  test('is not closed when somebody objected in time', async () => {
    const house = await openHouse();
    await proposedCase(house);
    const dueAt = await closingDueAt();
    await submitForged(house, PEOPLE.hanako, 'object_closing', { reason: typed(REASON) });
    await house.cron(dueAt + DAY_MS);
    expect(await caseRow()).toMatchObject({ status: 'active' });
  });

  test('asks the managers for the rating when the sender has left', async () => {
    const house = await openHouse();
    const { hanako } = await proposedCase(house);
    await importAgain(house, without(PEOPLE.hanako));
    const before = hanako.dm.length;
    await house.cron((await closingDueAt()) + 60_000);
    await house.delivered();
    expect(hanako.dm).toHaveLength(before);
    expect(lastOf(house.slack.as(PEOPLE.minoru).dm).text).toContain('今回の支援はいかがでしたか。');
  });
});

describe('まだ終結しない', () => {
  test('goes back to 対応中 with a reason that the person in charge reads; a whole span is left until the next contact', async () => {
    const house = await openHouse();
    const { hanako, naoko } = await proposedCase(house);
    const asked = lastOf(hanako.dm);
    await openOperation(house, PEOPLE.hanako, asked, 'まだ終結しない');
    expect(
      await submitForged(house, PEOPLE.hanako, 'object_closing', { reason: typed(' 　') }),
    ).toMatchObject({
      errors: { reason: 'ここは必ず入力してください。' },
    });
    expect((await hanako.fillAndSubmit({ 理由: REASON })).errors).toBeUndefined();
    await house.delivered();
    expect(await caseRow()).toMatchObject({
      status: 'active',
      outcome: null,
      closing_proposed_at: null,
      snoozed_deadline: 'answer',
    });
    const told = lastOf(naoko.dm);
    expect(told.text).toContain(`まだ終結しないと、<@${PEOPLE.hanako}> さんが返事をしました。`);
    await naoko.click(told, '理由を読む');
    await house.slack.waitFor(() => naoko.modal);
    expect(naoko.modalText).toContain(REASON);
    const { detail } = await latestChange();
    expect(detail).toMatchObject({ note: expect.any(String), outcome: 'solved' });
    const due = Number(
      await env.DB.prepare("SELECT due_at AS at FROM deadline WHERE kind = 'answer'").first('at'),
    );
    expect(due).toBeGreaterThan(Date.now());
  });

  test('the person in charge takes the proposal back, and the sender hears of it', async () => {
    const house = await openHouse();
    const { hanako, naoko } = await proposedCase(house);
    const before = naoko.dm.length;
    await submitForged(house, PEOPLE.naoko, 'object_closing', { reason: typed(REASON) });
    expect(lastOf(hanako.dm).text).toContain('取り下げました');
    expect(naoko.dm).toHaveLength(before);
  });

  test('a button of an older proposal neither confirms nor objects to the new one', async () => {
    const house = await openHouse();
    const { about } = await proposedCase(house);
    await submitForged(house, PEOPLE.hanako, 'object_closing', { reason: typed(REASON) });
    expect(await pressRefused(house, PEOPLE.hanako, 'confirm_closing', about)).toContain(
      'いま「対応中」なので、この操作はできません。佐藤 花子さんが終結の提案を戻しました',
    );
    await submitForged(house, PEOPLE.naoko, 'propose_closing', SOLVED);
    for (const operation of ['confirm_closing', 'object_closing'])
      expect(await pressRefused(house, PEOPLE.hanako, operation, about)).toMatch(
        /そのあとに変わっています。佐藤 花子さんが終結の提案を戻しました.*伊藤 直子さんが終結を提案しました/,
      );
    expect(await pressRefused(house, PEOPLE.hanako, 'confirm_closing', await caseId())).toContain(
      '変わっています',
    );
    expect(await caseRow()).toMatchObject({ status: 'closing' });
    expect((await refusalsOf(PEOPLE.hanako)).map(({ reason }) => reason)).toEqual([
      'wrong-state',
      'changed',
      'changed',
      'changed',
    ]);
  });
});

test.each(['accept', 'claim', 'confirm_assignment'])(
  'of a closed case the person in charge, too, hears that %s comes too late',
  async (operation) => {
    const house = await openHouse();
    await closedCase(house);
    expect(await pressRefused(house, PEOPLE.naoko, operation)).toContain('いま「終結」なので');
  },
);

test('a closing leaves no deadline to put off: the form says so, also when it is sent', async () => {
  const house = await openHouse();
  await proposedCase(house);
  expect(await submitForged(house, PEOPLE.naoko, 'snooze', { note: typed('') })).toEqual({
    response_action: 'errors',
    errors: { note: 'いま延ばせる期限はありません。' },
  });
});

test('whoever confirmed is not refused when pressing again; a colleague is told who was first', async () => {
  const house = await openHouse();
  const { id, about } = await closedCase(house);
  const { version } = await caseRow();
  const found = await Actor.find(house.db, PEOPLE.hanako);
  if (!found) throw new Error('no such person');
  const scope = {
    settings: parseSettings(env),
    db: house.db,
    now: new Date(),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  const wish = { id, operation: 'confirm_closing' } as const;
  const again = await confirmClosing(scope, found.actor, wish, about.split('/')[1] ?? '');
  expect(again.ok).toBe(true);
  expect((await caseRow()).version).toBe(version);
  expect(await pressRefused(house, PEOPLE.minoru, 'confirm_closing', about)).toContain(
    '佐藤 花子さんが終結を確認しました',
  );
});

describe('評価する', () => {
  test('is changed by another tap and by the form; the person in charge hears of each new value', async () => {
    const house = await openHouse();
    const { id, centerCard, hanako, naoko } = await closedCase(house);
    await press(house, PEOPLE.hanako, 'rate', `${id}/helpful`);
    await press(house, PEOPLE.hanako, 'rate_insufficient', `${id}/insufficient`);
    expect(await latestChange()).toMatchObject({
      action: 'consultation.rate',
      detail: { from: 'helpful', to: 'insufficient', commented: false },
    });
    const told = naoko.dm.length;
    await operate(house, PEOPLE.hanako, centerCard(), '評価する', { ひとこと: LESSON });
    const row = await env.DB.prepare('SELECT value, comment, rated_by AS person FROM rating').first();
    expect(row).toMatchObject({
      value: 'insufficient',
      person: PEOPLE.hanako,
      comment: expect.stringMatching(/^v1\./),
    });
    expect(naoko.dm.length).toBe(told);
    await press(house, PEOPLE.hanako, 'rate', `${id}/helpful`);
    expect(naoko.dm.length).toBe(told + 1);
    await hanako.click(centerCard(), '詳細を見る');
    await house.slack.waitFor(() => hanako.modal);
    expect(hanako.modalText).toContain('相談元の評価：役に立った');
    expect(hanako.modalText).toContain(LESSON);
  });

  test('3,001 characters and no value are refused beside their fields', async () => {
    const house = await openHouse();
    await closedCase(house);
    const values = {
      comment: typed('😀'.repeat(3001)),
      value: { type: 'radio_buttons', selected_option: null },
    };
    expect(await submitForged(house, PEOPLE.hanako, 'rate', values)).toMatchObject({
      errors: { value: 'どれか1つを選んでください。', comment: '3,000文字までです（いま3,001文字）。' },
    });
  });
});

describe('再開する', () => {
  test('either side reopens with a reason; outcome and closing go into the log, the rating stays', async () => {
    const house = await openHouse();
    const { id, hanako, centerCard, naoko } = await closedCase(house);
    await press(house, PEOPLE.hanako, 'rate', `${id}/helpful`);
    await operate(house, PEOPLE.hanako, centerCard(), '再開する', { 理由: REASON });
    expect(await caseRow()).toMatchObject({
      status: 'active',
      closed_at: null,
      outcome: null,
      person_in_charge: PEOPLE.naoko,
    });
    expect((await latestChange()).detail).toMatchObject({
      note: expect.any(String),
      outcome: 'solved',
      closedAt: expect.any(String),
    });
    expect(await env.DB.prepare('SELECT value FROM rating').first('value')).toBe('helpful');
    expect(lastOf(naoko.dm).text).toContain(`<@${PEOPLE.hanako}> さんが再開しました。`);
    expect(hanako.dm.filter(({ text }) => text.includes('再開しました'))).toHaveLength(0);
    const due = await env.DB.prepare('SELECT min(due_at) AS at FROM deadline').first('at');
    expect(Number(due)).toBeGreaterThan(Date.now());
  });

  test('a case whose person in charge has left waits for somebody to take it on', async () => {
    const house = await openHouse();
    const { card, hanako } = await closedCase(house);
    await importAgain(house, without(PEOPLE.naoko));
    await operate(house, PEOPLE.kenta, card(), '再開する', { 理由: REASON });
    expect(await caseRow()).toMatchObject({
      status: 'active',
      person_in_charge: null,
      released_at: expect.any(Number),
    });
    expect(lastOf(hanako.dm).text).toContain('再開しました');
    const kinds = await env.DB.prepare('SELECT kind FROM deadline').all();
    expect(kinds.results).toContainEqual({ kind: 'claim' });
  });
});

describe('refused and logged:', () => {
  test.each([
    ['another center proposing', PEOPLE.ichiro, 'propose_closing', '見つかりません', 'not-found'],
    ['the sender proposing', PEOPLE.hanako, 'propose_closing', '担当者（伊藤 直子さん）', 'not-in-charge'],
    [
      'a core colleague proposing',
      PEOPLE.takuya,
      'propose_closing',
      '担当者（伊藤 直子さん）',
      'not-in-charge',
    ],
    ['rating what goes on', PEOPLE.hanako, 'rate', 'この操作はできません', 'wrong-state'],
    ['reopening what goes on', PEOPLE.hanako, 'reopen', 'この操作はできません', 'wrong-state'],
    [
      'confirming what was not proposed',
      PEOPLE.hanako,
      'confirm_closing',
      'この操作はできません',
      'wrong-state',
    ],
  ])('%s', async (_, person, operation, sentence, reason) => {
    const house = await openHouse();
    await acceptedCase(house);
    expect(await pressRefused(house, person, operation)).toContain(sentence);
    expect(await refusalsOf(person)).toEqual([{ action: `consultation.${operation}`, reason }]);
  });

  test.each([
    ['another center rating', PEOPLE.ichiro, 'rate', '見つかりません', 'not-found'],
    [
      'the core center rating itself',
      PEOPLE.naoko,
      'rate',
      '相談した方か、相談元の包括の管理者です',
      'not-sender',
    ],
    ['the city section reopening', PEOPLE.makoto, 'reopen', '見つかりません', 'not-found'],
  ])('%s', async (_, person, operation, sentence, reason) => {
    const house = await openHouse();
    const { id } = await closedCase(house);
    expect(await pressRefused(house, person, operation, `${id}/helpful`)).toContain(sentence);
    expect(await refusalsOf(person)).toEqual([{ action: `consultation.${operation}`, reason }]);
  });
});

test('a restricted case says no more than its reference where many read', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
  await submitForged(house, PEOPLE.naoko, 'propose_closing', SOLVED);
  await press(house, PEOPLE.hanako, 'confirm_closing', await proposal());
  for (const channel of [CHANNELS.triage, CHANNELS.east])
    expect(lastOf(house.slack.messages(channel)).text).toBe('R8-0001 閲覧を限定した相談 終結');
  expect(await pressRefused(house, PEOPLE.minoru, 'rate', `${await caseId()}/helpful`)).toContain(
    '見つかりません',
  );
});
