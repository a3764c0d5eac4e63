/** 統合 and つながり: two cases in one batch, no circles, nothing said of what one may not see. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  CLOSED,
  caseRow,
  isNews,
  openOperation,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const REASON = '同じ方の相談でした <!channel> 🐤';

/** R8-0001 and R8-0002, both of 佐藤 花子 (東). */
async function twoCases(house: House) {
  await sendConsultation(house);
  await sendConsultation(house, { 対象者の氏名: '田中 花', 電話番号: null, 被保険者番号: null });
  return { one: () => cardOf(house, 'R8-0001'), other: () => cardOf(house, 'R8-0002') };
}

function cardOf({ slack }: House, reference: string, channel: string = CHANNELS.triage): Message {
  const card = slack.messages(channel).find(({ text }) => text.startsWith(reference));
  if (!card) throw new Error(`no card of ${reference}`);
  return card;
}

interface CaseRow {
  id: string;
  status: string;
  mergedInto: string | null;
  dueAt: number | null;
  version: number;
}

async function rowOf(reference: string): Promise<CaseRow> {
  const row = await env.DB.prepare(
    'SELECT id, status, merged_into AS mergedInto, due_at AS dueAt, version FROM consultation WHERE reference = ?',
  )
    .bind(reference)
    .first<CaseRow>();
  if (!row) throw new Error(`no ${reference}`);
  return row;
}

async function eventsOf(reference: string): Promise<{ action: string; detail: Record<string, unknown> }[]> {
  const { id } = await rowOf(reference);
  const { results } = await env.DB.prepare(
    'SELECT action, detail FROM audit_entry WHERE chain = ? AND seq > 1 ORDER BY seq',
  )
    .bind(`case:${id}`)
    .all<{ action: string; detail: string }>();
  return results.map(({ action, detail }) => {
    const { version: _version, status: _status, was: _was, ...rest } = JSON.parse(detail);
    return { action, detail: rest };
  });
}

/** Opens the form of an operation, from the card's menu or, where it is not there, with a copied button. */
async function openFormOf(house: House, person: string, card: Message, label: string) {
  const somebody = house.slack.as(person);
  await somebody.click(card, 'すべての操作…');
  await house.slack.waitFor(() => somebody.modal);
  await somebody.clickInModal(label);
  await house.slack.waitFor(() => somebody.modal?.view.submit !== undefined, { what: label });
  return somebody;
}

async function merge(house: House, card: Message, into: string, person: string = PEOPLE.kenta) {
  const kenta = await openFormOf(house, person, card, 'ほかの相談に統合する');
  const sent = await kenta.fillAndSubmit({ 統合先の番号: into, 理由: REASON });
  await house.delivered();
  return sent;
}

async function link(
  house: House,
  card: Message,
  fields: Record<string, string>,
  person: string = PEOPLE.takuya,
) {
  const takuya = await openFormOf(house, person, card, '関連する相談をつなぐ');
  const sent = await takuya.fillAndSubmit(fields);
  await house.delivered();
  return sent;
}

async function readDetail(house: House, person: string, card: Message): Promise<string> {
  await statePurposes(person);
  const somebody = house.slack.as(person);
  await somebody.click(card, '詳細を見る');
  await house.slack.waitFor(() => somebody.modalText.includes('相談内容'));
  return somebody.modalText;
}

describe('統合', () => {
  test('ends the case in the other one; both chains have it, its deadlines end, sender and the other’s person in charge hear of it', async () => {
    const house = await openHouse();
    const { one, other } = await twoCases(house);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(one(), '受け付ける');
    await house.slack.waitFor(() => one().text.includes('受付済'));
    expect((await merge(house, other(), 'ｒ８ー１')).errors).toBeUndefined();
    const [target, merged] = [await rowOf('R8-0001'), await rowOf('R8-0002')];
    expect(merged).toMatchObject({ status: 'merged', mergedInto: target.id, dueAt: null });
    const [note] = (await env.DB.prepare("SELECT id, body FROM note WHERE kind = 'reason'").all()).results;
    expect(await eventsOf('R8-0002')).toEqual([
      { action: 'consultation.merge', detail: { into: target.id, note: note?.id } },
    ]);
    expect((await eventsOf('R8-0001')).at(-1)).toEqual({
      action: 'consultation.merged_from',
      detail: { from: merged.id },
    });
    expect(String(note?.body)).not.toContain(REASON);
    const deadlines = env.DB.prepare('SELECT count(*) AS n FROM deadline WHERE consultation_id = ?').bind(
      merged.id,
    );
    expect(await deadlines.first('n')).toBe(0);
    expect(cardOf(house, 'R8-0002', CHANNELS.east).text).toContain('統合');
    const sentence = '続きは R8-0001 で行います。';
    expect(naoko.dm.at(-1)?.text).toContain(sentence);
    expect(house.slack.as(PEOPLE.hanako).dm.at(-1)?.text).toContain(sentence);
    expect(await readDetail(house, PEOPLE.hanako, other())).toContain('R8-0001 に統合');
    expect(await readDetail(house, PEOPLE.naoko, one())).toContain('ここに統合された相談：R8-0002');
    expect(JSON.stringify(house.slack.messages(CHANNELS.triage))).not.toContain('同じ方の相談でした');
  });

  test('of A into B and B into A at once one is done: no circle', async () => {
    const house = await openHouse((city) => {
      city.staff = city.staff.map((each) =>
        each.slackUserId === PEOPLE.takuya ? { ...each, role: 'manager' } : each,
      );
    });
    const { one, other } = await twoCases(house);
    const kenta = await openFormOf(house, PEOPLE.kenta, one(), 'ほかの相談に統合する');
    const takuya = await openFormOf(house, PEOPLE.takuya, other(), 'ほかの相談に統合する');
    await kenta.fill({ 統合先の番号: 'R8-0002' });
    await takuya.fill({ 統合先の番号: 'R8-0001' });
    await Promise.all([kenta.submit(), takuya.submit()]);
    const loser = kenta.modalText.includes('そのあと') || kenta.modal?.view.submit ? kenta : takuya;
    const [first, second] = [await rowOf('R8-0001'), await rowOf('R8-0002')];
    expect([first.status, second.status].sort()).toEqual(['merged', 'submitted']);
    expect(loser.modalText).toContain('この画面を開いたあとに、相談が変わりました');
    expect((await loser.submit()).errors?.統合先の番号).toContain('統合先にできません');
    const afterwards = [await rowOf('R8-0001'), await rowOf('R8-0002')];
    expect(afterwards).toEqual([first, second]);
    await house.delivered();
  });

  test('is refused into itself, into what has ended, into what is not there and for what is no reference', async () => {
    const house = await openHouse();
    const { one, other } = await twoCases(house);
    expect((await merge(house, one(), 'R8-1')).errors?.統合先の番号).toContain('この相談の番号です');
    await env.DB.exec("UPDATE consultation SET status = 'declined' WHERE reference = 'R8-0002'");
    const kenta = house.slack.as(PEOPLE.kenta);
    const again = async (into: string) =>
      (await kenta.fillAndSubmit({ 統合先の番号: into })).errors?.統合先の番号;
    expect(await again('R8-0002')).toContain('「受付不可」なので、統合先にできません');
    expect(await again('R8-0099')).toBe('R8-0099 は見つかりません。');
    expect(await again('田中さんの相談')).toContain('「R8-0042」の形で');
    expect((await rowOf('R8-0001')).status).toBe('submitted');
    expect(other().text).toContain('受付待ち');
  });

  test('says 見つかりません of a 限定 case that the manager is not named in, and logs it', async () => {
    const house = await openHouse();
    const { one } = await twoCases(house);
    await env.DB.exec(
      "UPDATE consultation SET is_restricted = 1, person_in_charge = 'U0NAOKO' WHERE reference = 'R8-0002'",
    );
    expect((await merge(house, one(), 'R8-0002')).errors).toEqual({
      統合先の番号: 'R8-0002 は見つかりません。',
    });
    expect(await refusalsOf(PEOPLE.kenta)).toContainEqual({
      action: 'consultation.merge',
      reason: 'not-found',
    });
    const { id } = await rowOf('R8-0002');
    const logged = env.DB.prepare(
      "SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND case_id = ?",
    );
    expect(await logged.bind(id).first('n')).toBe(1);
  });

  test('does not tell a sender of a case that she may not see', async () => {
    const house = await openHouse();
    const { other } = await twoCases(house);
    await env.DB.exec(
      "UPDATE consultation SET sending_center = 'west', responsible_center = 'west', sender = 'U0ICHIRO' WHERE reference = 'R8-0001'",
    );
    expect((await merge(house, other(), 'R8-0001')).errors).toBeUndefined();
    const told = house.slack.as(PEOPLE.hanako).dm.at(-1)?.text ?? '';
    expect(told).toContain('ほかの相談に統合されました');
    expect(told).not.toContain('R8-0001');
    const seen = await readDetail(house, PEOPLE.hanako, cardOf(house, 'R8-0002', CHANNELS.east));
    expect(seen).toContain('ほかの相談に統合');
    expect(seen).not.toContain('R8-0001');
    expect(await readDetail(house, PEOPLE.kenta, other())).toContain('R8-0001 に統合');
  });

  test('names neither case to the other one’s person in charge who may not see it', async () => {
    const house = await openHouse();
    const { one } = await twoCases(house);
    await env.DB.exec(
      "UPDATE consultation SET status = 'active', person_in_charge = 'U0NAOKO' WHERE reference = 'R8-0001'",
    );
    await env.DB.exec(
      "UPDATE consultation SET status = 'active', person_in_charge = 'U0TAKUYA', is_restricted = 1 WHERE reference = 'R8-0002'",
    );
    const { id } = await rowOf('R8-0002');
    await env.DB.exec(
      `INSERT INTO member (consultation_id, slack_user_id, added_by, added_at) VALUES ('${id}', 'U0KENTA', 'U0KENTA', 1)`,
    );
    expect((await merge(house, one(), 'R8-0002')).errors).toBeUndefined();
    const told = (person: string) =>
      house.slack
        .as(person)
        .dm.filter(isNews)
        .map(({ text }) => text);
    expect(told(PEOPLE.naoko).join()).toContain('R8-0001');
    expect(told(PEOPLE.naoko).join()).not.toContain('R8-0002');
    expect(told(PEOPLE.takuya).join()).toContain('R8-0001');
  });

  test.each([
    ['core staff', PEOPLE.naoko, '基幹型の管理者です'],
    ['the sender', PEOPLE.hanako, '基幹型の管理者です'],
    ['another center', PEOPLE.ichiro, '見つかりません'],
    ['the city section', PEOPLE.makoto, '見つかりません'],
  ])('is refused to %s', async (_, person, sentence) => {
    const house = await openHouse();
    await sendConsultation(house);
    const { id } = await rowOf('R8-0001');
    expect(await pressRefused(house, person, 'merge', id)).toContain(sentence);
    expect((await refusalsOf(person)).map(({ action }) => action)).toEqual(['consultation.merge']);
  });

  test('takes a form’s second press for the first', async () => {
    const house = await openHouse();
    const { one } = await twoCases(house);
    const kenta = await openFormOf(house, PEOPLE.kenta, one(), 'ほかの相談に統合する');
    await kenta.fill({ 統合先の番号: '　r8-0002 ' });
    const sent = await Promise.all([kenta.submit(), kenta.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    expect(await eventsOf('R8-0002')).toHaveLength(1);
    await house.delivered();
  });
});

test('a reason may have 3,000 characters, emoji counted as one, and not one more', async () => {
  const house = await openHouse();
  await twoCases(house);
  const into = (await caseRow()).reference === 'R8-0001' ? 'R8-0002' : 'R8-0001';
  const send = (reason: string) =>
    submitForged(house, PEOPLE.kenta, 'merge', { into: typed(into), reason: typed(reason) });
  expect(await send('😀'.repeat(3001))).toEqual({
    response_action: 'errors',
    errors: { reason: '3,000文字までです（いま3,001文字）。' },
  });
  expect(await send('😀'.repeat(3000))).toEqual(CLOSED);
});

describe('統合の取り消し', () => {
  test('brings a waiting case back as it was, and tells sender and persons in charge', async () => {
    const house = await openHouse();
    const { one, other } = await twoCases(house);
    await env.DB.exec(
      "UPDATE consultation SET status = 'waiting', waited_for = 'body', waiting_until_on = '2099-01-01', person_in_charge = 'U0NAOKO' WHERE reference = 'R8-0002'",
    );
    await merge(house, other(), 'R8-0001');
    const kenta = await openOperation(house, PEOPLE.kenta, other(), '統合を取り消す');
    expect(kenta.modalText).toContain('「回答待ち」に戻ります');
    expect((await kenta.submit()).errors).toBeUndefined();
    await house.delivered();
    const back = await env.DB.prepare(
      "SELECT status, waited_for, waiting_until_on, merged_into, status_before_merge FROM consultation WHERE reference = 'R8-0002'",
    ).first();
    expect(back).toEqual({
      status: 'waiting',
      waited_for: 'body',
      waiting_until_on: '2099-01-01',
      merged_into: null,
      status_before_merge: null,
    });
    const [target, merged] = [await rowOf('R8-0001'), await rowOf('R8-0002')];
    expect((await eventsOf('R8-0002')).at(-1)).toEqual({
      action: 'consultation.unmerge',
      detail: { from: target.id },
    });
    expect((await eventsOf('R8-0001')).at(-1)).toEqual({
      action: 'consultation.unmerged_from',
      detail: { from: merged.id },
    });
    for (const person of [PEOPLE.hanako, PEOPLE.naoko])
      expect(house.slack.as(person).dm.at(-1)?.text).toContain('統合が取り消され、「回答待ち」に戻りました');
    expect(await readDetail(house, PEOPLE.naoko, one())).not.toContain('統合された相談');
  });

  test('gives a case whose time ran out meanwhile a whole span again', async () => {
    const house = await openHouse();
    const { other } = await twoCases(house);
    await merge(house, other(), 'R8-0001');
    await env.DB.exec("UPDATE consultation SET submitted_at = 1000 WHERE reference = 'R8-0002'");
    const kenta = await openOperation(house, PEOPLE.kenta, other(), '統合を取り消す');
    const before = Date.now();
    await kenta.submit();
    await house.delivered();
    const { status, dueAt } = await rowOf('R8-0002');
    expect(status).toBe('submitted');
    // 至急: half an hour by the clock.
    expect(dueAt).toBeGreaterThanOrEqual(before + 30 * 60_000);
  });

  test('is refused while the case is not merged', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const { id } = await rowOf('R8-0001');
    expect(await pressRefused(house, PEOPLE.kenta, 'unmerge', id)).toContain('「受付待ち」なので');
  });
});

describe('つながり', () => {
  test('stands in both chains and in both details, once, and is taken away again', async () => {
    const house = await openHouse();
    const { one, other } = await twoCases(house);
    for (const _ of [1, 2])
      expect((await link(house, one(), { つなぐ相談の番号: 'R8-2' })).errors).toBeUndefined();
    expect((await link(house, other(), { つなぐ相談の番号: 'R8-0001' })).errors).toBeUndefined();
    const [first, second] = [await rowOf('R8-0001'), await rowOf('R8-0002')];
    expect(await eventsOf('R8-0001')).toEqual([
      { action: 'consultation.link', detail: { other: second.id } },
    ]);
    expect(await eventsOf('R8-0002')).toEqual([
      { action: 'consultation.linked', detail: { other: first.id } },
    ]);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation_link').first('n')).toBe(1);
    expect(await readDetail(house, PEOPLE.hanako, other())).toContain('関連する相談：R8-0001');
    expect((await link(house, other(), { つながりを外す相談: 'R8-0001' })).errors).toBeUndefined();
    expect((await eventsOf('R8-0001')).at(-1)?.action).toBe('consultation.unlinked');
    expect((await eventsOf('R8-0002')).at(-1)?.action).toBe('consultation.unlink');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation_link').first('n')).toBe(0);
    expect(await readDetail(house, PEOPLE.naoko, one())).not.toContain('関連する相談');
  });

  test('is shown to those only who may see the other case', async () => {
    const house = await openHouse();
    const { one, other } = await twoCases(house);
    await link(house, one(), { つなぐ相談の番号: 'R8-0002' });
    await env.DB.exec(
      "UPDATE consultation SET is_restricted = 1, person_in_charge = 'U0NAOKO' WHERE reference = 'R8-0002'",
    );
    expect(await readDetail(house, PEOPLE.minoru, one())).not.toContain('R8-0002');
    expect(await readDetail(house, PEOPLE.naoko, one())).toContain('関連する相談：R8-0002');
    const takuya = await openFormOf(house, PEOPLE.takuya, one(), '関連する相談をつなぐ');
    expect(takuya.modalText).not.toContain('R8-0002');
    expect(other().text).not.toContain('R8-0001');
  });

  test('cannot be made and taken away in one go, nor with nothing chosen', async () => {
    const house = await openHouse();
    const { one } = await twoCases(house);
    expect((await link(house, one(), {})).errors?.つなぐ相談の番号).toContain('必ず入力');
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.fillAndSubmit({ つなぐ相談の番号: 'R8-0002' });
    await house.delivered();
    const both = { つなぐ相談の番号: 'R8-0002', つながりを外す相談: 'R8-0002' };
    expect((await link(house, one(), both)).errors?.つなぐ相談の番号).toContain('どちらか1つ');
  });

  test('is not for the sender', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const { id } = await rowOf('R8-0001');
    expect(await pressRefused(house, PEOPLE.hanako, 'link', id)).toContain('基幹型の職員です');
  });
});
