/** 引継ぎ: an offer that somebody must accept; until then, and when nobody answers, the giver stays responsible. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { acceptOffer } from '../../../src/features/consultation/handover/mutations.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { buttonsOf, readable } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedCase,
  caseId,
  caseRow,
  click,
  lastOf,
  latestChange,
  openOperation,
  operate,
  press,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const NOTE = '夜間の連絡先は別紙のとおりです。🚪';
const REASON = '来月まで職員が足りません。';
const TODAY = japanDate(new Date());
const MISAKI = 'U0MISAKI';
const DAY_MS = 86_400_000;

interface OfferRow {
  id: string;
  kind: string;
  state: string;
  fromCenter: string;
  toCenter: string;
  settledBy: string | null;
}

async function offers(): Promise<OfferRow[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, kind, state, from_center AS fromCenter, to_center AS toCenter, settled_by AS settledBy
     FROM handover ORDER BY offered_at, rowid`,
  ).all<OfferRow>();
  return results;
}

async function latestOffer(): Promise<OfferRow> {
  const offer = (await offers()).at(-1);
  if (!offer) throw new Error('no offer');
  return offer;
}

/** みどり市 whose 西 has a manager, 鈴木 一郎, and a colleague of his; nobody works in 南. */
function openCity(): Promise<House> {
  return openHouse((city) => {
    for (const each of city.staff) {
      if (each.slackUserId === PEOPLE.ichiro) each.role = 'manager';
      if (each.slackUserId === MISAKI) each.center = 'west';
    }
  });
}

const FRONT = { 引継ぎの種類: '前方支援', 返還予定日: addDays(TODAY, 60) };
const TO_WEST = { 引継ぎの種類: '移管', 申込先の包括: '西' };

async function offered(house: House, fields: Record<string, string> = FRONT) {
  const sent = await acceptedCase(house);
  await operate(house, PEOPLE.hanako, sent.centerCard(), '引継ぎを申し込む', fields);
  return { ...sent, offer: await latestOffer() };
}

/** Opens the case's detail. */
async function read(house: House, person: string, message: Message): Promise<void> {
  const somebody = house.slack.as(person);
  await somebody.click(message, '詳細を見る');
  await house.slack.waitFor(() => somebody.modal, { what: 'the detail' });
  await somebody.closeModal();
}

/** Makes the core center responsible, as an accepted 前方支援 of a center leaves it. */
async function heldInFront(from: string): Promise<void> {
  const id = await caseId();
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO handover (id, consultation_id, kind, state, from_center, to_center, offered_by, offered_at, expires_at, settled_by, settled_at)
       VALUES ('H-FRONT', ?, 'front_support', 'accepted', ?, 'kikan', ?, 1, 2, ?, 2)`,
    ).bind(id, from, PEOPLE.hanako, PEOPLE.naoko),
    env.DB.prepare("UPDATE consultation SET responsible_center = 'kikan', return_by_on = ?").bind(
      addDays(TODAY, 30),
    ),
  ]);
}

describe('前方支援', () => {
  test('the offer waits at the core center: the thread and whoever is on duty hear of it, responsibility stays', async () => {
    const house = await openCity();
    const { naoko, card, centerCard, offer } = await offered(house, { ...FRONT, 申込先に伝えること: NOTE });
    expect(offer).toMatchObject({
      kind: 'front_support',
      state: 'offered',
      fromCenter: 'east',
      toCenter: 'kikan',
    });
    expect(await caseRow()).toMatchObject({ responsible_center: 'east', return_by_on: null });
    const dm = lastOf(naoko.dm);
    expect(dm.text).toContain('相談 *R8-0001* の引継ぎ（前方支援）の申込が、東からあります。');
    expect(buttonsOf(dm)).toEqual(['承諾する', '承諾しない', '伝言を読む', '詳細を見る']);
    expect(house.slack.thread(CHANNELS.triage, card().ts).at(-1)?.text).toBe(dm.text);
    expect(house.slack.as(PEOPLE.takuya).dm).toHaveLength(0);
    for (const each of [card(), centerCard()]) expect(readable(each)).toContain('前方支援の申込中');
    const change = await latestChange();
    expect(change).toMatchObject({ actor: PEOPLE.hanako, action: 'consultation.offer' });
    expect(change.detail).toMatchObject({
      handover: offer.id,
      kind: 'front_support',
      from: 'east',
      to: 'kikan',
      returnOn: FRONT.返還予定日,
    });
    expect(JSON.stringify(change)).not.toContain(NOTE);
    await naoko.click(dm, '伝言を読む');
    await house.slack.waitFor(() => naoko.modal);
    expect(naoko.modalText).toContain(NOTE);
  });

  test('accepted, the core center answers for the case until the day of return, and both sides know', async () => {
    const house = await openCity();
    const { naoko, card, centerCard, hanako, offer } = await offered(house);
    const kenta = house.slack.as(PEOPLE.kenta);
    await click(house, PEOPLE.kenta, lastOf(kenta.dm), '承諾する');
    expect(await latestOffer()).toMatchObject({ state: 'accepted', settledBy: PEOPLE.kenta });
    expect(await caseRow()).toMatchObject({ responsible_center: 'kikan', return_by_on: FRONT.返還予定日 });
    for (const each of [card(), centerCard()]) {
      expect(readable(each)).toContain('基幹型（返還予定');
      expect(readable(each)).not.toContain('申込中');
    }
    for (const person of [hanako, naoko])
      expect(lastOf(person.dm).text).toContain(`基幹型の <@${PEOPLE.kenta}> さんが承諾しました。`);
    expect(hanako.dm.filter(({ text }) => text.includes('承諾しました'))).toHaveLength(1);
    // She reads what she did where she pressed, and no news of it.
    const heard = kenta.dm.filter(({ text }) => text.includes('承諾しました'));
    expect(heard.map(({ text }) => text)).toEqual(['R8-0001：引継ぎを承諾しました。']);
    expect(await latestChange()).toMatchObject({
      actor: PEOPLE.kenta,
      action: 'consultation.accept_offer',
      detail: { handover: offer.id, kind: 'front_support', from: 'east', to: 'kikan' },
    });
    const due = await env.DB.prepare('SELECT kind FROM deadline ORDER BY kind').all();
    expect(due.results).toContainEqual({ kind: 'return' });
    expect(due.results).not.toContainEqual({ kind: 'handover' });
  });

  test.each([
    ['no day', {}, { 返還予定日: '前方支援のときは、返還予定日を選んでください。' }],
    ['today', { 返還予定日: TODAY }, { 返還予定日: '返還予定日は、明日から1年以内の日付を選んでください。' }],
    [
      'a day past a year',
      { 返還予定日: addDays(TODAY, 366) },
      { 返還予定日: '返還予定日は、明日から1年以内の日付を選んでください。' },
    ],
    [
      '移管 without a center',
      { 引継ぎの種類: '移管' },
      { 申込先の包括: '移管のときは、申込先の包括を選んでください。' },
    ],
  ])('the form refuses %s beside its field', async (_, fields, errors) => {
    const house = await openCity();
    const { centerCard } = await acceptedCase(house);
    const hanako = await openOperation(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む');
    const sent = await hanako.fillAndSubmit({ 引継ぎの種類: '前方支援', ...fields });
    expect(sent.errors).toEqual(errors);
    expect(await offers()).toEqual([]);
  });

  test('the form refuses what no choice of it sends', async () => {
    const house = await openCity();
    await acceptedCase(house);
    const radio = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });
    const bad = await submitForged(house, PEOPLE.hanako, 'offer', { kind: radio('return') });
    expect(bad).toMatchObject({ errors: { kind: 'どれか1つを選んでください。' } });
    for (const center of ['east', 'kikan', 'city', 'nowhere']) {
      const answer = await submitForged(house, PEOPLE.hanako, 'offer', {
        kind: radio('transfer'),
        center: { type: 'static_select', selected_option: { value: center } },
      });
      expect(answer).toMatchObject({ errors: { kind: 'この申込先は選べません。もう一度選んでください。' } });
    }
    const long = await submitForged(house, PEOPLE.hanako, 'offer', {
      kind: radio('front_support'),
      returnByOn: { type: 'datepicker', selected_date: FRONT.返還予定日 },
      message: typed('😀'.repeat(3001)),
    });
    expect(long).toMatchObject({ errors: { message: '3,000文字までです（いま3,001文字）。' } });
    expect(await offers()).toEqual([]);
  });
});

describe('返還', () => {
  test('goes back to the center that gave it in front, not to the one that sent it', async () => {
    const house = await openCity();
    const { card: triageCard } = await acceptedCase(house);
    await heldInFront('west');
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(triageCard(), 'すべての操作…');
    await house.slack.waitFor(() => naoko.modal, { what: 'the list of operations' });
    await naoko.clickInModal('引継ぎを申し込む');
    await house.slack.waitFor(() => naoko.modalText.includes('引継ぎの種類'));
    expect(naoko.modalText).toContain('主担当を西に返します。');
    await naoko.fillAndSubmit({ 引継ぎの種類: '返還' });
    await house.delivered();
    expect(await latestOffer()).toMatchObject({ kind: 'return', fromCenter: 'kikan', toCenter: 'west' });
    const post = lastOf(house.slack.messages(CHANNELS.west));
    expect(buttonsOf(post)).toEqual(['承諾する', '承諾しない', '詳細を見る']);
    const ichiro = house.slack.as(PEOPLE.ichiro);
    expect(lastOf(ichiro.dm).text).toBe(post.text);
    await click(house, PEOPLE.ichiro, post, '承諾する');
    expect(await caseRow()).toMatchObject({ responsible_center: 'west', return_by_on: null });
    const [settled, card] = house.slack.messages(CHANNELS.west);
    expect(settled?.ts).toBe(post.ts);
    expect(settled?.text).toContain('基幹型 → 西）：承諾');
    expect(settled && buttonsOf(settled)).toEqual([]);
    expect(card && buttonsOf(card)).toEqual(['追記する', '詳細を見る', '引継ぎを申し込む']);
  });

  test('goes to the sending center when no accepted offer tells otherwise', async () => {
    const house = await openCity();
    await acceptedCase(house);
    await env.DB.prepare("UPDATE consultation SET responsible_center = 'kikan'").run();
    const radio = { type: 'radio_buttons', selected_option: { value: 'return' } };
    await submitForged(house, PEOPLE.takuya, 'offer', { kind: radio });
    expect(await latestOffer()).toMatchObject({ kind: 'return', toCenter: 'east' });
    expect(lastOf(house.slack.as(PEOPLE.minoru).dm).text).toContain(
      '引継ぎ（返還）の申込が、基幹型からあります。',
    );
  });
});

describe('an offer that is no longer open', () => {
  test('cannot be accepted any more, also while another one is open', async () => {
    const house = await openCity();
    const { naoko, centerCard, offer } = await offered(house);
    const older = lastOf(naoko.dm);
    await press(house, PEOPLE.minoru, 'revoke_offer', `${await caseId()}/${offer.id}`);
    expect(lastOf(naoko.dm).text).toContain('東が取り消しました');
    expect(lastOf(house.slack.as(PEOPLE.kenta).dm).text).toContain('東が取り消しました');
    await naoko.click(older, '承諾する');
    await house.slack.waitFor(() => lastOf(naoko.dm).text.includes('変わっています'));
    expect(lastOf(naoko.dm).text).toMatch(
      /そのあとに変わっています。阿部 実さんが引継ぎの申込を取り消しました/,
    );
    await operate(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む', FRONT);
    const newer = await latestOffer();
    expect(newer.id).not.toBe(offer.id);
    for (const operation of ['accept_offer', 'refuse_offer']) {
      expect(await pressRefused(house, PEOPLE.naoko, operation, `${await caseId()}/${offer.id}`)).toContain(
        '阿部 実さんが引継ぎの申込を取り消しました',
      );
    }
    expect(
      await pressRefused(house, PEOPLE.hanako, 'revoke_offer', `${await caseId()}/${offer.id}`),
    ).toContain('阿部 実さんが引継ぎの申込を取り消しました');
    expect(naoko.modal).toBeUndefined();
    expect(await offers()).toMatchObject([{ state: 'revoked' }, { id: newer.id, state: 'offered' }]);
    expect((await refusalsOf(PEOPLE.naoko)).map(({ action }) => action)).toEqual([
      'consultation.accept_offer',
      'consultation.accept_offer',
      'consultation.refuse_offer',
    ]);
  });

  test('cannot be revoked after it was accepted', async () => {
    const house = await openCity();
    const { id, offer } = await offered(house);
    await press(house, PEOPLE.naoko, 'accept_offer', `${id}/${offer.id}`);
    expect(await pressRefused(house, PEOPLE.hanako, 'revoke_offer', `${id}/${offer.id}`)).toContain(
      '伊藤 直子さんが引継ぎを承諾しました',
    );
    expect(await latestOffer()).toMatchObject({ state: 'accepted' });
    expect(await caseRow()).toMatchObject({ responsible_center: 'kikan' });
  });

  test('a button without an offer answers none', async () => {
    const house = await openCity();
    const { id } = await offered(house);
    expect(await pressRefused(house, PEOPLE.naoko, 'accept_offer', id)).toContain('そのあとに変わっています');
    expect(await latestOffer()).toMatchObject({ state: 'offered' });
  });
});

describe('承諾しない', () => {
  test('with a reason that the giver can read; the receiving center sees the case no more', async () => {
    const house = await openCity();
    const { id, hanako, naoko, offer } = await offered(house, TO_WEST);
    const ichiro = house.slack.as(PEOPLE.ichiro);
    const post = lastOf(house.slack.messages(CHANNELS.west));
    await read(house, PEOPLE.ichiro, post);
    await openOperation(house, PEOPLE.ichiro, post, '承諾しない');
    expect(ichiro.modalText).toContain('移管');
    expect(await submitForged(house, PEOPLE.ichiro, 'refuse_offer', { reason: typed(' 　') })).toMatchObject({
      errors: { reason: 'ここは必ず入力してください。' },
    });
    expect((await ichiro.fillAndSubmit({ 理由: REASON })).errors).toBeUndefined();
    await house.delivered();
    expect(await latestOffer()).toMatchObject({ state: 'declined', settledBy: PEOPLE.ichiro });
    expect(await caseRow()).toMatchObject({ responsible_center: 'east' });
    for (const person of [hanako, naoko]) {
      const dm = lastOf(person.dm);
      expect(dm.text).toContain('承諾しませんでした。主担当機関は変わりません。');
      expect(buttonsOf(dm)).toEqual(['理由を読む', '詳細を見る']);
    }
    await hanako.click(lastOf(hanako.dm), '理由を読む');
    await house.slack.waitFor(() => hanako.modal);
    expect(hanako.modalText).toContain(REASON);
    expect(buttonsOf(lastOf(house.slack.messages(CHANNELS.west)))).toEqual([]);
    expect(await pressRefused(house, PEOPLE.ichiro, 'read', id)).toContain('見つかりません');
    expect(await pressRefused(house, PEOPLE.ichiro, 'accept_offer', `${id}/${offer.id}`)).toContain(
      '見つかりません',
    );
    const typedSomewhere = await env.DB.prepare(
      'SELECT count(*) AS n FROM outbox WHERE message LIKE ?1 UNION ALL SELECT count(*) FROM audit_entry WHERE detail LIKE ?1',
    )
      .bind(`%${REASON.slice(0, 4)}%`)
      .all();
    expect(typedSomewhere.results.every(({ n }) => n === 0)).toBe(true);
  });

  test('sent three times at once it is one refusal, and nobody reads that it failed', async () => {
    const house = await openCity();
    const { hanako } = await offered(house, TO_WEST);
    const ichiro = await openOperation(
      house,
      PEOPLE.ichiro,
      lastOf(house.slack.messages(CHANNELS.west)),
      '承諾しない',
    );
    await ichiro.fill({ 理由: REASON });
    const sent = await Promise.all([ichiro.submit(), ichiro.submit(), ichiro.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    await house.delivered();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM note WHERE kind = 'reason'").first('n')).toBe(1);
    expect(hanako.dm.filter(({ text }) => text.includes('承諾しませんでした'))).toHaveLength(1);
  });
});

test('of fifteen who accept at once one wins and the others hear who', async () => {
  const people = Array.from({ length: 15 }, (_, i) => `U0CORE${i}`);
  const house = await openHouse((city) => {
    const [naoko] = city.staff.filter(({ slackUserId }) => slackUserId === PEOPLE.naoko);
    for (const slackUserId of people)
      if (naoko)
        city.staff.push({ ...naoko, slackUserId, name: `職員 ${slackUserId.slice(-1)}`, duty: false });
  });
  const { id, offer } = await offered(house);
  const bodies = people.map((person) => pressBody(person, 'consultation.accept_offer', `${id}/${offer.id}`));
  await Promise.all(
    bodies.map(async (body) => house.fetch(await signedRequest(body, { contentType: FORM }))),
  );
  const heard = () => people.flatMap((person) => house.slack.as(person).ephemerals);
  await house.slack.waitFor(() => heard().length === people.length - 1, {
    ms: 15_000,
    what: 'fourteen refusals',
  });
  expect(heard().every(({ text }) => text.includes('引継ぎを承諾しました'))).toBe(true);
  expect(people).toContain((await latestOffer()).settledBy);
  expect(await caseRow()).toMatchObject({ responsible_center: 'kikan' });
});

test('whoever pressed before is not refused when pressing again, and nothing changes', async () => {
  const house = await openCity();
  const { id, offer } = await offered(house);
  await press(house, PEOPLE.naoko, 'accept_offer', `${id}/${offer.id}`);
  const { version } = await caseRow();
  const found = await Actor.find(house.db, PEOPLE.naoko);
  if (!found) throw new Error('no such person');
  const scope = {
    settings: parseSettings(env),
    db: house.db,
    now: new Date(),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  const again = await acceptOffer(scope, found.actor, { id, operation: 'accept_offer' }, offer.id);
  expect(again.ok).toBe(true);
  expect((await caseRow()).version).toBe(version);
  expect(await refusalsOf(PEOPLE.naoko)).toEqual([]);
});

test('two colleagues who offer at once make one offer; the second is told of the first', async () => {
  const house = await openCity();
  const { centerCard } = await acceptedCase(house);
  const [hanako, minoru] = [house.slack.as(PEOPLE.hanako), house.slack.as(PEOPLE.minoru)];
  for (const person of [PEOPLE.hanako, PEOPLE.minoru]) {
    const somebody = await openOperation(house, person, centerCard(), '引継ぎを申し込む');
    await somebody.fill(FRONT);
  }
  const sent = await Promise.all([hanako.submit(), minoru.submit()]);
  await house.delivered();
  expect(await offers()).toHaveLength(1);
  const errors = sent.flatMap(({ errors: beside }) => Object.values(beside ?? {}));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('R8-0001 は引継ぎの申込中です。');
});

test('a form that something happened to says what, keeps what was chosen, and is sent by pressing once more', async () => {
  const house = await openCity();
  const { centerCard } = await acceptedCase(house);
  const hanako = await openOperation(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む');
  await hanako.fill({ ...FRONT, 申込先に伝えること: NOTE });
  await submitForged(house, PEOPLE.naoko, 'answer', { body: typed('明日伺います。') });
  await hanako.submit();
  expect(hanako.modalText).toContain('伊藤 直子さんが回答しました');
  expect(await offers()).toEqual([]);
  expect((await hanako.submit()).errors).toBeUndefined();
  expect(await latestOffer()).toMatchObject({ kind: 'front_support', state: 'offered' });
});

describe('an offer that nobody answers', () => {
  test('expires once, changes nothing else, and both centers hear of it; the receiver sees the case no more', async () => {
    const house = await openCity();
    const { id, hanako } = await offered(house, TO_WEST);
    const later = Date.now() + 30 * DAY_MS;
    const expiresAt = Number(await env.DB.prepare('SELECT expires_at AS at FROM handover').first('at'));
    await house.cron(expiresAt - 60_000);
    expect(await latestOffer()).toMatchObject({ state: 'offered' });
    await Promise.all([house.cron(later), house.cron(later)]);
    await house.cron(later + 60_000);
    await house.delivered();
    expect(await latestOffer()).toMatchObject({ state: 'expired' });
    expect(await caseRow()).toMatchObject({ responsible_center: 'east' });
    const minoru = house.slack.as(PEOPLE.minoru);
    const ichiro = house.slack.as(PEOPLE.ichiro);
    for (const person of [hanako, minoru, ichiro])
      expect(person.dm.filter(({ text }) => text.includes('期限切れになりました'))).toHaveLength(1);
    expect(
      await env.DB.prepare(
        "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.time_expire'",
      ).first('n'),
    ).toBe(1);
    expect(lastOf(house.slack.messages(CHANNELS.west)).text).toContain('期限切れ');
    expect(await pressRefused(house, PEOPLE.ichiro, 'read', id)).toContain('見つかりません');
  });

  test('gives its managers the word when the one who offered it has left', async () => {
    const house = await openCity();
    const { offer } = await offered(house, TO_WEST);
    await importAgain(house, without(PEOPLE.hanako));
    const { id, hanako } = { id: await caseId(), hanako: house.slack.as(PEOPLE.hanako) };
    const before = hanako.dm.length;
    await press(house, PEOPLE.ichiro, 'accept_offer', `${id}/${offer.id}`);
    expect(hanako.dm).toHaveLength(before);
    expect(lastOf(house.slack.as(PEOPLE.minoru).dm).text).toContain('承諾しました');
  });
});

test('a withdrawn case takes its offer along: the post says so, and the receiver sees the case no more', async () => {
  const house = await openCity();
  const { id, offer } = await offered(house, TO_WEST);
  await submitForged(house, PEOPLE.hanako, 'withdraw', { note: typed('') });
  await house.slack.waitFor(async () => (await caseRow()).status === 'withdrawn');
  await house.delivered();
  expect(await latestOffer()).toMatchObject({ state: 'revoked' });
  expect(house.slack.messages(CHANNELS.west).map(buttonsOf)).toEqual([[]]);
  expect(buttonsOf(lastOf(house.slack.as(PEOPLE.ichiro).dm))).toEqual([]);
  expect(await pressRefused(house, PEOPLE.ichiro, 'accept_offer', `${id}/${offer.id}`)).toContain(
    '見つかりません',
  );
  expect(await pressRefused(house, PEOPLE.minoru, 'revoke_offer', `${id}/${offer.id}`)).toContain(
    '佐藤 花子さんが取り下げました',
  );
});

describe('閲覧を限定した相談', () => {
  test('its channels hear the reference only; the managers answer, and whoever accepted it is named', async () => {
    const house = await openCity();
    const { id, centerCard } = await acceptedCase(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    await operate(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む', TO_WEST);
    const post = lastOf(house.slack.messages(CHANNELS.west));
    expect(post.text).toBe('相談 *R8-0001* に、引継ぎの申込があります。');
    expect(house.slack.as(MISAKI).dm).toHaveLength(0);
    const { id: offerId } = await latestOffer();
    expect(await pressRefused(house, MISAKI, 'accept_offer', `${id}/${offerId}`)).toContain('見つかりません');
    expect(await latestOffer()).toMatchObject({ state: 'offered' });
    await press(house, PEOPLE.ichiro, 'accept_offer', `${id}/${offerId}`);
    expect(await caseRow()).toMatchObject({ responsible_center: 'west' });
    expect((await latestChange()).detail).toMatchObject({ added: PEOPLE.ichiro });
    const [settled, card] = house.slack.messages(CHANNELS.west);
    expect(settled?.text).toBe('相談 *R8-0001* の引継ぎの申込は「承諾」になりました。');
    if (!card) throw new Error('no card');
    await read(house, PEOPLE.ichiro, card);
  });

  test('that nobody answered is told to those only who may see the case', async () => {
    const house = await openCity();
    const { centerCard, hanako } = await acceptedCase(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    await operate(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む', TO_WEST);
    await house.cron(Date.now() + 30 * DAY_MS);
    await house.delivered();
    expect(hanako.dm.filter(({ text }) => text.includes('期限切れになりました'))).toHaveLength(1);
    expect(house.slack.as(PEOPLE.minoru).dm).toEqual([]);
  });

  test('is not offered where no manager could answer', async () => {
    const house = await openCity();
    const { centerCard } = await acceptedCase(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    const hanako = await openOperation(house, PEOPLE.hanako, centerCard(), '引継ぎを申し込む');
    const { errors } = await hanako.fillAndSubmit({ ...TO_WEST, 申込先の包括: '南' });
    expect(errors?.引継ぎの種類).toContain('名簿に管理者がいません');
    expect(await offers()).toEqual([]);
  });

  test('a center that hands it on is not named in it any more', async () => {
    const house = await openCity();
    const { id } = await acceptedCase(house);
    await env.DB.batch([
      env.DB.prepare("UPDATE consultation SET is_restricted = 1, responsible_center = 'west'"),
      env.DB.prepare('INSERT INTO member VALUES (?, ?, ?, 1)').bind(id, PEOPLE.ichiro, PEOPLE.ichiro),
    ]);
    const transfer = {
      kind: { type: 'radio_buttons', selected_option: { value: 'front_support' } },
      returnByOn: { type: 'datepicker', selected_date: FRONT.返還予定日 },
    };
    await submitForged(house, PEOPLE.ichiro, 'offer', transfer);
    await press(house, PEOPLE.kenta, 'accept_offer', `${id}/${(await latestOffer()).id}`);
    expect((await latestChange()).detail).toMatchObject({ added: PEOPLE.kenta, removed: PEOPLE.ichiro });
    const members = await env.DB.prepare('SELECT slack_user_id AS person FROM member').all();
    expect(members.results).toEqual([{ person: PEOPLE.kenta }]);
  });
});

describe('refused and logged:', () => {
  test.each([
    ['another center offering', PEOPLE.ichiro, 'offer', '見つかりません', 'not-found'],
    [
      'the core center offering what is not its own',
      PEOPLE.kenta,
      'offer',
      'いまの主担当機関の職員です',
      'not-giver',
    ],
    ['the city section offering', PEOPLE.makoto, 'offer', '見つかりません', 'not-found'],
  ])('%s', async (_, person, operation, sentence, reason) => {
    const house = await openCity();
    await acceptedCase(house);
    expect(await pressRefused(house, person, operation)).toContain(sentence);
    expect(await refusalsOf(person)).toEqual([{ action: `consultation.${operation}`, reason }]);
  });

  test.each([
    ['the giver accepting', PEOPLE.hanako, 'accept_offer', '申込先の職員です', 'not-receiver'],
    ['the giver refusing', PEOPLE.minoru, 'refuse_offer', '申込先の職員です', 'not-receiver'],
    ['the receiver revoking', PEOPLE.naoko, 'revoke_offer', 'いまの主担当機関の職員です', 'not-giver'],
    ['another center accepting', PEOPLE.ichiro, 'accept_offer', '見つかりません', 'not-found'],
    ['the giver offering twice', PEOPLE.hanako, 'offer', '引継ぎの申込中です', 'offer-open'],
    ['proposing to close meanwhile', PEOPLE.naoko, 'propose_closing', '引継ぎの申込中です', 'offer-open'],
  ])('%s', async (_, person, operation, sentence, reason) => {
    const house = await openCity();
    const { id, offer } = await offered(house);
    expect(await pressRefused(house, person, operation, `${id}/${offer.id}`)).toContain(sentence);
    expect(await refusalsOf(person)).toEqual([{ action: `consultation.${operation}`, reason }]);
    expect(await latestOffer()).toMatchObject({ state: 'offered' });
  });
});
