/** 共有: what all centers may read of a case, only after a manager's check that it names nobody. */
import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import type { Person } from '../../../dev/slack/people/person.ts';
import { sharedNotesButton } from '../../../src/features/consultation/sharing/blocks.ts';
import { listSharedNotes } from '../../../src/features/consultation/sharing/data.ts';
import { formatQuery, readQuery } from '../../../src/features/consultation/sharing/schema.ts';
import { runBatch } from '../../../src/lib/db.ts';
import { enqueue } from '../../../src/slack/outbox.ts';
import { CASE, type Fields, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  chosen,
  latestChange,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { auditOf } from '../../support/settings.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const QUESTION: Fields = {
  種別: '運営・制度',
  緊急度: '通常',
  分類: ['人材育成・職員体制'],
  対象者の氏名: null,
  ふりがな: null,
  年齢: null,
  住所: null,
  電話番号: null,
  被保険者番号: null,
  相談内容: '初任者の研修の受け方を教えてください 🐤',
};
const INCIDENT: Fields = { 緊急度: '通常', 分類: ['苦情対応'] };
const ANSWER = '年度の初めに申し込みます 🐦';
const LEARNT = {
  何があったか: '電話の対応が冷たいと言われました 🐤',
  行った対応: '管理者が会って話を聞きました 🐦',
  再発防止: '電話の受け方を確かめ合います 🦉',
};

const Answer = v.object({ errors: v.record(v.string(), v.string()) });

interface Start {
  fields: Fields;
  /** Beside 田中 健太. */
  otherManager?: boolean;
}

/** A case in the hands of 伊藤 直子, with its cards posted. */
async function openCase({ fields, otherManager = false }: Start) {
  const house = await openHouse((city) => {
    if (otherManager)
      city.staff = city.staff.map((each) =>
        each.slackUserId === PEOPLE.takuya ? { ...each, role: 'manager' } : each,
      );
  });
  await sendConsultation(house, fields);
  await env.DB.exec("UPDATE consultation SET status = 'active', person_in_charge = 'U0NAOKO'");
  return house;
}

/** Opens the form of an operation from the list of all that the person may do. */
async function openFormOf(house: House, person: string, label: string): Promise<Person> {
  const somebody = house.slack.as(person);
  await somebody.click(cardOf(house), 'すべての操作…');
  await house.slack.waitFor(() => somebody.modal);
  await somebody.clickInModal(label);
  await house.slack.waitFor(() => somebody.modal?.view.submit !== undefined, { what: label });
  return somebody;
}

function cardOf({ slack }: House): Message {
  const card = slack.messages(CHANNELS.triage).find(({ text }) => text.startsWith('R8-0001'));
  if (!card) throw new Error('no card');
  return card;
}

async function propose(house: House, texts: Record<string, string>, person: string = PEOPLE.naoko) {
  const somebody = await openFormOf(house, person, '共有の案を作る');
  const sent = await somebody.fillAndSubmit(texts);
  await house.delivered();
  return { somebody, errors: sent.errors };
}

/** Opens the form that the latest DM leads to. */
async function openProposal(house: House, person: string): Promise<Person> {
  const somebody = house.slack.as(person);
  const told = somebody.dm.at(-1);
  if (!told) throw new Error('no DM');
  await somebody.click(told, '共有の案を確認する');
  await house.slack.waitFor(() => somebody.modal, { what: 'the proposal' });
  return somebody;
}

async function settle(house: House, person: string, fields: Record<string, string>) {
  const somebody = await openFormOf(house, person, '共有の案を確認する');
  const sent = await somebody.fillAndSubmit(fields);
  await house.delivered();
  return sent;
}

async function approvedIncident(): Promise<House> {
  const house = await openCase({ fields: INCIDENT });
  expect((await propose(house, LEARNT)).errors).toBeUndefined();
  expect((await settle(house, PEOPLE.kenta, { どうしますか: '承認' })).errors).toBeUndefined();
  return house;
}

async function noteRow(): Promise<Record<string, unknown>> {
  return (await env.DB.prepare('SELECT * FROM shared_note').first()) ?? {};
}

/** What a person reads who presses a copied 読む. */
async function pressReadRefused(house: House, person: string): Promise<string> {
  return pressRefused(house, person, 'read_shared', String((await noteRow()).id));
}

describe('the proposal', () => {
  test('of a question begins with the question and its answers, and is sealed; core managers are told by reference', async () => {
    const house = await openCase({ fields: QUESTION });
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(cardOf(house), '回答する');
    await house.slack.waitFor(() => naoko.modal);
    await naoko.fillAndSubmit({ 回答: ANSWER });
    await openFormOf(house, PEOPLE.naoko, '共有の案を作る');
    expect(naoko.filledIn).toMatchObject({ 質問: QUESTION.相談内容, 回答: ANSWER });
    expect((await naoko.submit()).errors).toBeUndefined();
    await house.delivered();
    const note = await noteRow();
    expect(note).toMatchObject({
      kind: 'qa',
      state: 'proposed',
      version: 1,
      proposed_by: PEOPLE.naoko,
      prevention: null,
    });
    expect(JSON.stringify(note)).not.toContain('研修');
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.share',
      detail: { sharing: note.id, from: null, to: 'proposed' },
    });
    const told = house.slack.as(PEOPLE.kenta).dm.at(-1);
    expect(told?.text).toContain('R8-0001* の共有の案（質問と回答）');
    expect(house.slack.messages(CHANNELS.west)).toHaveLength(0);
  });

  test('of a complaint asks for 何があったか, 行った対応 and 再発防止, begun with what the closing said', async () => {
    const house = await openCase({ fields: INCIDENT });
    const naoko = await openFormOf(house, PEOPLE.naoko, '終結を提案する');
    await naoko.fillAndSubmit({ 結果: '解決', 行った対応: '謝りました', 再発防止: '研修をします' });
    await openFormOf(house, PEOPLE.naoko, '共有の案を作る');
    expect(naoko.filledIn).toEqual({
      何があったか: null,
      行った対応: '謝りました',
      再発防止: '研修をします',
    });
    await house.delivered();
  });

  test.each([
    ['a phone number', '0463-21-9989 に電話しました', '電話番号：「0463-21-9989」'],
    ['the resident’s name in another spelling', '高崎さんのご家族です', '対象者の情報：「高崎'],
    ['an insured number', '番号はＨ０００１２３４５６８です', '被保険者番号'],
  ])('never passes with %s, confirmed or not', async (_, words, sentence) => {
    const house = await openCase({ fields: INCIDENT });
    const { somebody, errors } = await propose(house, { ...LEARNT, 行った対応: words });
    expect(errors?.行った対応).toContain(sentence);
    expect(Object.keys(errors ?? {})).toEqual(['行った対応']);
    await somebody.closeModal();
    const forged = await submitForged(house, PEOPLE.naoko, 'share', {
      matter: typed(words),
      response: typed('x'),
      prevention: typed('x'),
      confirmed: checked('confirmed'),
    });
    expect(JSON.stringify(forged)).toContain('個人情報が入っています');
    expect(await noteRow()).toEqual({});
  });

  test.each([
    ['who might propose but did not say what for', PEOPLE.kenta, /先に目的の入力が必要です/],
    ['who may not', PEOPLE.minoru, /担当/],
  ])('tells nobody %s whether a word is the resident’s', async (_, person, sentence) => {
    const house = await openCase({ fields: INCIDENT });
    const guess = (words: string) =>
      submitForged(house, person, 'share', {
        matter: typed(words),
        response: typed('x'),
        prevention: typed('x'),
      });
    const right = await guess('高崎さんのご家族です');
    const [message = ''] = Object.values(v.parse(Answer, right).errors);
    expect(message).toMatch(sentence);
    expect(await guess('研修に申し込みました')).toEqual(right);
    expect(await auditOf('consultation.sharing_check')).toEqual([]);
    expect(await noteRow()).toEqual({});
  });

  test('with what may be a name passes once its author has confirmed that it is none', async () => {
    const house = await openCase({ fields: INCIDENT });
    const { somebody: naoko, errors } = await propose(house, {
      ...LEARNT,
      行った対応: '小林さんという店の話です',
    });
    expect(errors).toBeUndefined();
    expect(naoko.modalText).toContain('氏名：「小林');
    expect(naoko.filledIn).toMatchObject({ 行った対応: '小林さんという店の話です' });
    expect(await noteRow()).toEqual({});
    await naoko.submit();
    expect(await noteRow()).toEqual({});
    await naoko.fillAndSubmit({
      個人情報かもしれない言葉があります: ['確かめました。個人情報ではありません'],
    });
    await house.delivered();
    expect(await noteRow()).toMatchObject({ state: 'proposed' });
    const kenta = await openProposal(house, PEOPLE.kenta);
    expect(kenta.modalText).toContain('【小林');
  });

  test('says what is missing or too long, beside each field', async () => {
    const house = await openCase({ fields: INCIDENT });
    const sent = await submitForged(house, PEOPLE.naoko, 'share', {
      matter: typed(' 　'),
      response: typed('😀'.repeat(3001)),
      prevention: typed('😀'.repeat(3000)),
    });
    expect(sent).toEqual({
      response_action: 'errors',
      errors: {
        matter: 'ここは必ず入力してください。',
        response: '3,000文字までです（いま3,001文字）。',
      },
    });
  });

  test('sent twice at once is one; sent again later it is written anew', async () => {
    const house = await openCase({ fields: INCIDENT });
    const naoko = await openFormOf(house, PEOPLE.naoko, '共有の案を作る');
    await naoko.fill(LEARNT);
    const sent = await Promise.all([naoko.submit(), naoko.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    const first = await noteRow();
    expect(first.version).toBe(1);
    await openFormOf(house, PEOPLE.naoko, '共有の案を作る');
    expect(naoko.filledIn).toEqual(LEARNT);
    await naoko.fillAndSubmit({ 何があったか: '言葉づかいについて言われました' });
    await house.delivered();
    expect(await noteRow()).toMatchObject({ id: first.id, version: 2, state: 'proposed' });
  });

  test.each([
    ['the sender', PEOPLE.hanako, INCIDENT, '担当者（伊藤 直子さん）と協力者です'],
    ['core staff with no part in it', PEOPLE.takuya, INCIDENT, '担当者（伊藤 直子さん）と協力者です'],
    ['another center', PEOPLE.ichiro, INCIDENT, '見つかりません'],
    ['the city section', PEOPLE.makoto, INCIDENT, '見つかりません'],
    ['anybody, of a resident’s case that is no complaint', PEOPLE.naoko, {}, '共有できません'],
  ])('is refused to %s', async (_, person, fields, sentence) => {
    const house = await openCase({ fields });
    expect(await pressRefused(house, person, 'share')).toContain(sentence);
    expect((await refusalsOf(person)).map(({ action }) => action)).toEqual(['consultation.share']);
  });
});

describe('the check', () => {
  test('approves: one post in each district center’s channel, and 読む shows it to another center and to the city section', async () => {
    const house = await approvedIncident();
    const note = await noteRow();
    expect(note).toMatchObject({ state: 'approved', settled_by: PEOPLE.kenta, version: 2 });
    for (const channel of [CHANNELS.east, CHANNELS.west]) {
      const posts = house.slack.messages(channel).filter(({ text }) => text.includes('共有されました'));
      expect(posts.map(({ text }) => text)).toEqual([
        ':loudspeaker: 相談の記録が共有されました：*R8-0001*　苦情・カスハラの再発防止（苦情対応）',
      ]);
    }
    expect(house.slack.as(PEOPLE.naoko).dm.at(-1)?.text).toContain('承認され');
    const [post] = house.slack.messages(CHANNELS.west);
    if (!post) throw new Error('no post');
    for (const person of [PEOPLE.ichiro, PEOPLE.makoto]) {
      const somebody = house.slack.as(person);
      await somebody.click(post, '読む');
      await house.slack.waitFor(() => somebody.modal);
      for (const words of Object.values(LEARNT)) expect(somebody.modalText).toContain(words);
      const logged = env.DB.prepare(
        "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read_shared' AND outcome = 'done' AND actor = ?",
      );
      expect(await logged.bind(person).first('n')).toBe(1);
    }
  });

  test('what is proposed, sent back, taken back or proposed anew other centers do not find', async () => {
    const house = await openCase({ fields: INCIDENT });
    const notFound = '見つかりません';
    await propose(house, LEARNT);
    expect(await pressReadRefused(house, PEOPLE.ichiro)).toContain(notFound);
    await settle(house, PEOPLE.kenta, { どうしますか: '差し戻す', 理由: '時期を書き直してください' });
    expect(await pressReadRefused(house, PEOPLE.ichiro)).toContain(notFound);
    await propose(house, {});
    await settle(house, PEOPLE.kenta, { どうしますか: '承認' });
    const posts = () => house.slack.messages(CHANNELS.west).map(({ text }) => text);
    const gone = ['相談の記録 *R8-0001* は、いまは共有していません。'];
    expect(posts()).toEqual([expect.stringContaining('共有されました')]);
    await propose(house, { 何があったか: 'あとから直した文です' });
    expect(posts()).toEqual(gone);
    expect(await pressReadRefused(house, PEOPLE.ichiro)).toContain(notFound);
    await settle(house, PEOPLE.kenta, { どうしますか: '承認' });
    expect(posts()).toEqual([expect.stringContaining('共有されました')]);
    await settle(house, PEOPLE.kenta, { どうしますか: '共有をやめる' });
    expect(posts()).toEqual(gone);
    expect(await pressReadRefused(house, PEOPLE.ichiro)).toContain(notFound);
    expect(await refusalsOf(PEOPLE.ichiro)).toEqual(
      Array(4).fill({ action: 'consultation.read_shared', reason: 'not-found' }),
    );
    expect(await noteRow()).toMatchObject({ state: 'withdrawn' });
  });

  test('sends back with a reason only, which the proposer reads by her button', async () => {
    const house = await openCase({ fields: INCIDENT });
    await propose(house, LEARNT);
    const kenta = await openProposal(house, PEOPLE.kenta);
    const without = await kenta.fillAndSubmit({ どうしますか: '差し戻す' });
    expect(without.errors).toEqual({ 理由: '差し戻す理由を入力してください。' });
    await kenta.fillAndSubmit({ 理由: '時期を書き直してください 🦊' });
    await house.delivered();
    const naoko = house.slack.as(PEOPLE.naoko);
    const told = naoko.dm.at(-1);
    if (!told) throw new Error('no DM');
    expect(told.text).toContain('差し戻されました');
    expect(naoko.offers(told)).toEqual(['理由を読む', '案を直す']);
    await naoko.click(told, '理由を読む');
    await house.slack.waitFor(() => naoko.modal);
    expect(naoko.modalText).toContain('時期を書き直してください 🦊');
    expect(house.slack.messages(CHANNELS.west)).toHaveLength(0);
    expect(await pressRefused(house, PEOPLE.kenta, 'settle_sharing')).toContain('いま決めることはありません');
  });

  test('by two managers at once is done once; the other one reads what happened', async () => {
    const house = await openCase({ fields: INCIDENT, otherManager: true });
    await propose(house, LEARNT);
    const kenta = await openProposal(house, PEOPLE.kenta);
    const takuya = await openProposal(house, PEOPLE.takuya);
    await kenta.fill({ どうしますか: '承認' });
    await takuya.fill({ どうしますか: '差し戻す', 理由: '時期を書き直してください' });
    await Promise.all([kenta.submit(), takuya.submit()]);
    const open = [kenta, takuya].filter(({ modal }) => modal);
    expect(open).toHaveLength(1);
    expect(open[0]?.modalText).toContain('共有の案を確認しました');
    const settled = await noteRow();
    expect(settled.version).toBe(2);
    const again = await open[0]?.submit();
    expect(again?.errors ?? again?.problem).toBeDefined();
    expect(await noteRow()).toEqual(settled);
    await house.delivered();
  });

  test('of a proposal that was changed meanwhile shows the new texts first', async () => {
    const house = await openCase({ fields: INCIDENT });
    await propose(house, LEARNT);
    const kenta = await openProposal(house, PEOPLE.kenta);
    await propose(house, { 何があったか: 'あとから直した文です' });
    await kenta.fillAndSubmit({ どうしますか: '承認' });
    expect(kenta.modalText).toContain('この画面を開いたあとに');
    expect(kenta.modalText).toContain('あとから直した文です');
    expect(await noteRow()).toMatchObject({ state: 'proposed' });
    expect((await kenta.submit()).errors).toBeUndefined();
    await house.delivered();
    expect(await noteRow()).toMatchObject({ state: 'approved' });
  });

  test('of her own proposal a manager leaves to another one; the only manager may do it', async () => {
    const house = await openCase({ fields: INCIDENT, otherManager: true });
    await statePurposes(PEOPLE.kenta);
    await propose(house, LEARNT, PEOPLE.kenta);
    const refused = await settle(house, PEOPLE.kenta, { どうしますか: '承認' });
    expect(Object.values(refused.errors ?? {})).toEqual(['ご自分の案は、ほかの基幹型の管理者が承認します。']);
    expect(await noteRow()).toMatchObject({ state: 'proposed' });
    await env.DB.exec("UPDATE staff SET role = 'staff' WHERE slack_user_id = 'U0TAKUYA'");
    const kenta = house.slack.as(PEOPLE.kenta);
    expect((await kenta.submit()).errors).toBeUndefined();
    await house.delivered();
    expect(await noteRow()).toMatchObject({ state: 'approved' });
  });

  test.each([
    ['whoever proposed it', PEOPLE.naoko, '基幹型の管理者です'],
    ['the sender’s manager', PEOPLE.minoru, '基幹型の管理者です'],
    ['another center', PEOPLE.ichiro, '見つかりません'],
    ['the city section', PEOPLE.makoto, '見つかりません'],
  ])('is refused to %s', async (_, person, sentence) => {
    const house = await openCase({ fields: INCIDENT });
    await propose(house, LEARNT);
    expect(await pressRefused(house, person, 'settle_sharing')).toContain(sentence);
    expect((await refusalsOf(person)).map(({ action }) => action)).toEqual(['consultation.settle_sharing']);
    const forged = await submitForged(house, person, 'settle_sharing', {
      decision_approve_return: chosen('approve'),
    });
    expect(JSON.stringify(forged)).toContain(sentence);
    expect(await noteRow()).toMatchObject({ state: 'proposed' });
  });

  test('of a 限定 case is asked of the managers who are named in it; where none is, the proposal is refused', async () => {
    const house = await openCase({ fields: INCIDENT });
    await env.DB.exec('UPDATE consultation SET is_restricted = 1');
    const { somebody, errors } = await propose(house, LEARNT);
    expect(errors?.何があったか).toContain('確認できる基幹型の管理者がいません');
    await env.DB.exec("INSERT INTO member SELECT id, 'U0KENTA', 'U0NAOKO', 1 FROM consultation");
    expect((await somebody.submit()).errors).toBeUndefined();
    await house.delivered();
    expect(house.slack.as(PEOPLE.kenta).dm.at(-1)?.text).toContain('共有の案');
  });
});

test('nothing of the texts leaves but in modals, nor stands in the database or in a log', async () => {
  const house = await openCase({ fields: INCIDENT });
  await propose(house, LEARNT);
  await settle(house, PEOPLE.kenta, { どうしますか: '差し戻す', 理由: '差し戻しのカナリア 🐤' });
  await propose(house, {});
  await settle(house, PEOPLE.kenta, { どうしますか: '承認' });
  const posted = house.slack.calls().filter(({ method }) => !method.startsWith('views.'));
  const { results: outbox } = await env.DB.prepare('SELECT * FROM outbox').all();
  const stored = await Promise.all(
    ['shared_note', 'note', 'audit_entry', 'submission'].map((table) =>
      env.DB.prepare(`SELECT * FROM ${table}`).all(),
    ),
  );
  const everything = JSON.stringify([posted, outbox, stored.map(({ results }) => results), house.logs]);
  expect(posted.length).toBeGreaterThan(5);
  for (const words of [...Object.values(LEARNT), '差し戻しのカナリア', String(CASE.対象者の氏名)])
    expect(everything).not.toContain(words);
});

test('the list shows what is approved, the latest first, ten a page, by topic', async () => {
  const house = await approvedIncident();
  // Copies of the only one, each with a case of its own.
  for (let i = 1; i <= 11; i += 1) {
    const id = `00000000-0000-4000-8000-0000000000${String(i).padStart(2, '0')}`;
    await copyCase(id, `R8-1${String(i).padStart(3, '0')}`);
    await env.DB.prepare(
      `INSERT INTO shared_note SELECT ?1, ?1, kind, ?2, ?3, matter, response, prevention, version, proposed_by, proposed_at, settled_by, settled_at - ?4 FROM shared_note WHERE consultation_id NOT LIKE '00000000%'`,
    )
      .bind(id, i === 11 ? 'proposed' : 'approved', i === 3 ? '["dementia"]' : '["complaint"]', i * 1000)
      .run();
  }
  const ichiro = house.slack.as(PEOPLE.ichiro);
  const page = await listSharedNotes(house.db);
  expect(page.notes.map(({ reference }) => reference)).toEqual([
    'R8-0001',
    ...Array.from({ length: 9 }, (_, i) => `R8-100${i + 1}`),
  ]);
  expect(page.notes[0]?.settledAt).toBeInstanceOf(Date);
  const second = await listSharedNotes(house.db, page.next);
  expect(second.notes.map(({ reference }) => reference)).toEqual(['R8-1010']);
  expect(second.next).toBeUndefined();
  const ofTopic = await listSharedNotes(house.db, { topic: 'dementia' });
  expect(ofTopic.notes.map(({ reference }) => reference)).toEqual(['R8-1003']);
  expect(readQuery(formatQuery(page.next ?? {}))).toEqual(page.next);

  const opening = { text: 'x', blocks: [{ type: 'actions', elements: [sharedNotesButton()] }] };
  await runBatch(house.db, [
    enqueue(house.db, [{ kind: 'direct', person: PEOPLE.ichiro, message: opening }], new Date()),
  ]);
  await house.cron();
  await house.delivered();
  const [message] = ichiro.dm;
  if (!message) throw new Error('no DM');
  await ichiro.click(message, '共有された記録');
  await house.slack.waitFor(() => ichiro.modalText.includes('R8-0001'));
  expect(ichiro.modalText).not.toContain('R8-1010');
  await ichiro.clickInModal('次の10件');
  await house.slack.waitFor(() => ichiro.modalText.includes('R8-1010'));
  expect(ichiro.modalText).not.toContain('R8-0001');
  await ichiro.clickInModal('最初に戻る');
  await house.slack.waitFor(() => ichiro.modalText.includes('R8-0001'));
  await ichiro.clickInModal('読む', undefined, { beside: 'R8-0001' });
  await house.slack.waitFor(() => ichiro.modalText.includes(LEARNT.再発防止));
  await ichiro.closeModal();
  await ichiro.clickInModal('分類で絞る', '認知症');
  await house.slack.waitFor(() => !ichiro.modalText.includes('R8-0001'));
  expect(ichiro.modalText).toContain('R8-1003');
  expect(ichiro.modals).toHaveLength(1);
});

async function copyCase(id: string, reference: string): Promise<void> {
  const row = await env.DB.prepare("SELECT * FROM consultation WHERE reference = 'R8-0001'").first();
  const copy = { ...row, id, reference };
  const columns = Object.keys(copy);
  await env.DB.prepare(
    `INSERT INTO consultation (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  )
    .bind(...Object.values(copy))
    .run();
}

function checked(value: string): object {
  return { type: 'checkboxes', selected_options: [{ value, text: { type: 'plain_text', text: 'x' } }] };
}
