/** 経過を見る and 相談票: all that happened to a case, for whoever may see it, and logged. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { answerConsultation } from '../../../src/features/consultation/answering/mutations.ts';
import { commentOnConsultation } from '../../../src/features/consultation/commenting/mutations.ts';
import { caseSheet, timelineOf } from '../../../src/features/consultation/timeline/mutations.ts';
import { sheetAsText } from '../../../src/features/consultation/timeline/sheet.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import type { Scope } from '../../../src/slack/scope.ts';
import { CASE, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { statePurposes } from '../../support/purpose.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

/** Generous: other tests run at the same time. */
const SOON = { ms: 10_000 };
const ANSWER = '明日の午前に一緒に訪問します。';

function scopeOf({ db }: House): Scope {
  return {
    db,
    now: new Date(),
    settings: parseSettings(env),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
}

async function actorNamed({ db }: House, person: string): Promise<Actor> {
  const found = await Actor.find(db, person);
  if (!found) throw new Error(`${person} is not listed`);
  return found.actor;
}

/** A case that 伊藤 直子 accepted by answering it. */
async function answeredCase() {
  const house = await openHouse();
  const sent = await sendConsultation(house);
  const id = String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
  const naoko = await actorNamed(house, PEOPLE.naoko);
  const stored = await answerConsultation(scopeOf(house), naoko, { id, operation: 'answer' }, ANSWER);
  if (!stored.ok) throw new Error(stored.refusal.reason);
  return { house, ...sent, id };
}

async function comment(house: House, person: string, id: string, body: string): Promise<void> {
  const actor = await actorNamed(house, person);
  const stored = await commentOnConsultation(scopeOf(house), actor, { id, operation: 'comment' }, body);
  if (!stored.ok) throw new Error(stored.refusal.reason);
}

const readings = (what: string) =>
  env.DB.prepare(
    "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read' AND detail->>'what' = ?",
  )
    .bind(what)
    .first('n');

describe('経過を見る', () => {
  test('from the detail modal: who did what when, before and after, what was written; the reading is logged', async () => {
    const { house, hanako, centerCard } = await answeredCase();
    await hanako.click(centerCard(), '詳細を見る');
    await house.slack.waitFor(() => hanako.modal, SOON);
    await hanako.clickInModal('経過を見る');
    await house.slack.waitFor(() => hanako.modals.length === 2, SOON);
    for (const words of [
      '伊藤 直子さんが回答しました',
      '状態：受付待ち → 対応中',
      '担当：伊藤 直子',
      ANSWER,
      '佐藤 花子さんが送信しました',
      String(CASE.相談内容),
    ])
      expect(hanako.modalText).toContain(words);
    expect(hanako.modalText.indexOf('回答しました')).toBeLessThan(hanako.modalText.indexOf('送信しました'));
    expect(await readings('timeline')).toBe(1);
  });

  test('from すべての操作, by whoever may see the case and do nothing with it', async () => {
    const { house, card } = await answeredCase();
    await statePurposes(PEOPLE.takuya);
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.click(card(), 'すべての操作');
    await house.slack.waitFor(() => takuya.modal, SOON);
    await takuya.clickInModal('経過を見る');
    await house.slack.waitFor(() => takuya.modalText.includes(ANSWER), SOON);
  });

  test('by twenty, newest first; further pages take the place of the first, and new events move nothing', async () => {
    const { house, hanako, centerCard, id } = await answeredCase();
    for (let i = 1; i <= 40; i += 1)
      await comment(house, PEOPLE.hanako, id, `追記その${i}。😀`.padEnd(2900, '字'));
    await hanako.click(centerCard(), '詳細を見る');
    await house.slack.waitFor(() => hanako.modal, SOON);
    await hanako.clickInModal('経過を見る');
    await house.slack.waitFor(() => hanako.modals.length === 2, SOON);
    expect(hanako.modalText).toContain('42件のうち 42〜23件目');
    expect(hanako.modalText).toContain('追記その40。');
    expect(hanako.modalText).toContain('続きは「詳細を見る」で読めます');
    expect(hanako.modalText).not.toContain('追記その20。');
    await comment(house, PEOPLE.hanako, id, '間に入った追記');
    await hanako.clickInModal('これより前の経過');
    await house.slack.waitFor(() => hanako.modalText.includes('43件のうち 22〜3件目'), SOON);
    expect(hanako.modals).toHaveLength(2);
    await hanako.clickInModal('これより前の経過');
    await house.slack.waitFor(() => hanako.modalText.includes('43件のうち 2〜1件目'), SOON);
    expect(hanako.modalText).not.toContain('これより前の経過');
    await hanako.clickInModal('最新の経過に戻る');
    await house.slack.waitFor(() => hanako.modalText.includes('間に入った追記'), SOON);
  });

  test.each([
    ['another center', PEOPLE.ichiro],
    ['the city section', PEOPLE.makoto],
  ])('%s finds nothing, and that is logged', async (_, person) => {
    const { house, id } = await answeredCase();
    await house.fetch(
      await signedRequest(pressBody(person, 'consultation.timeline', id), { contentType: FORM }),
    );
    const somebody = house.slack.as(person);
    const told = await house.slack.waitFor(() => somebody.ephemerals.at(-1), SOON);
    expect(told.text).toBe('この相談は見つかりません。');
    expect(somebody.modal).toBeUndefined();
    const refused = await env.DB.prepare("SELECT actor FROM audit_entry WHERE outcome = 'refused'").all();
    expect(refused.results).toEqual([{ actor: person }]);
  });

  test('of a restricted case, whoever is not named finds nothing', async () => {
    const { house, id } = await answeredCase();
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    const [scope, takuya] = [scopeOf(house), await actorNamed(house, PEOPLE.takuya)];
    const seen = await timelineOf(scope, takuya, id);
    const sheet = await caseSheet(scope, takuya, id);
    expect([seen, sheet].map((each) => !each.ok && each.refusal)).toEqual([
      { reason: 'not-found' },
      { reason: 'not-found' },
    ]);
  });
});

describe('相談票', () => {
  test('holds the resident, the question, the course, activities, hand-overs and the outcome, as text', async () => {
    const { house, id } = await answeredCase();
    await comment(house, PEOPLE.hanako, id, '鍵は大家さんが持っています。\n二行目です。');
    const day = Date.UTC(2026, 10, 20, 1);
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO activity (id, consultation_id, kind, state, held_on, starts_at_time, people, bodies, summary, author, created_at, updated_at)
         VALUES ('v1', ?, 'joint_visit', 'done', '2026-11-20', '10:30', '["U0NAOKO"]', '["police"]', NULL, 'U0NAOKO', ?, ?)`,
      ).bind(id, day, day),
      env.DB.prepare(
        `INSERT INTO handover (id, consultation_id, kind, state, from_center, to_center, offered_by, offered_at, expires_at, return_by_on, settled_by, settled_at)
         VALUES ('h1', ?, 'front_support', 'declined', 'east', 'kikan', 'U0HANAKO', ?, ?, '2027-01-31', 'U0KENTA', ?)`,
      ).bind(id, day, day, day),
      env.DB.prepare(
        "UPDATE consultation SET outcome = 'watching', issue_tags = '[\"isolation\"]', is_restricted = 0",
      ),
    ]);
    const sheet = await caseSheet(scopeOf(house), await actorNamed(house, PEOPLE.hanako), id);
    if (!sheet.ok) throw new Error(sheet.refusal.reason);
    const text = sheetAsText(sheet.value);
    expect(text).toMatch(
      /^相談票　R8-0001\n令和\d+年\d+月\d+日 \d+:\d\d 出力（佐藤 花子）\n個人情報を含みます/,
    );
    expect(sheet.value.sections.map(({ heading }) => heading)).toEqual([
      '概要',
      '対象者',
      '相談内容',
      '経過',
      '活動',
      '引継ぎ',
      '終結',
    ]);
    for (const words of [
      '番号：R8-0001',
      '状態：対応中',
      '緊急度：至急',
      '相談元：東　佐藤 花子',
      '担当：伊藤 直子',
      '対象者の氏名：髙﨑 𠮷子',
      '年齢：82歳',
      '分類：高齢者虐待、認知症',
      `相談の内容：${CASE.相談内容}`,
      `　伊藤 直子さんが回答しました\n　状態：受付待ち → 対応中\n　担当：伊藤 直子\n　${ANSWER}`,
      '　鍵は大家さんが持っています。\n　二行目です。',
      '令和8年11月20日 10:30：\n　同行訪問（実施）\n　参加：伊藤 直子\n　関係機関：警察',
      '前方支援：\n　東 → 基幹型（不承諾）\n　申込 令和8年11月20日 10:00\n　返事 令和8年11月20日 10:00\n　返還予定 令和9年1月31日',
      '結果：継続見守り',
      '地域課題：孤立・見守り',
    ])
      expect(text).toContain(words);
    // The question stands once.
    expect(text.split(String(CASE.相談内容))).toHaveLength(2);
    expect(text).not.toMatch(/undefined|null|U0[A-Z]|[a-z]{2,}_[a-z]/);
    expect(await readings('sheet')).toBe(1);
  });

  test('says where nothing was recorded', async () => {
    const { house, id } = await answeredCase();
    const sheet = await caseSheet(scopeOf(house), await actorNamed(house, PEOPLE.naoko), id);
    if (!sheet.ok) throw new Error(sheet.refusal.reason);
    const text = sheetAsText(sheet.value);
    for (const heading of ['活動', '引継ぎ', '終結'])
      expect(text).toContain(`【${heading}】\n記録はありません。`);
  });
});
