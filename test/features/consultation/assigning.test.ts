/** 担当: one person has charge of a case, nobody has it against her will, and nobody takes it along who leaves. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { CityFile } from '../../../src/features/directory/schema.ts';
import { buttonsOf, readable } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedConsultation,
  CLOSED,
  caseId,
  caseRow,
  chosen,
  deadlines,
  isNews,
  latestChange,
  openFromList,
  openOperation,
  operate,
  press,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const REASON = '家族に知り合いがいるためです <!channel>';
const TAKUYA = '原田 拓也';

/** A second manager of the core center, and more staff on duty. */
function addCoreManager(city: CityFile): void {
  city.staff.push({
    slackUserId: 'U0YUKO',
    name: '小林 裕子',
    center: 'kikan',
    profession: '保健師',
    role: 'manager',
    admin: false,
    duty: false,
  });
}

async function releasedConsultation(house: House) {
  const sent = await acceptedConsultation(house);
  const naoko = await openFromList(house, PEOPLE.naoko, sent.card(), '担当を外れる');
  const { errors } = await naoko.fillAndSubmit({ 理由: REASON });
  if (errors) throw new Error(JSON.stringify(errors));
  await house.delivered();
  return sent;
}

/** 田中 健太 asks somebody of the core center to take charge. */
async function propose(house: House, sent: Awaited<ReturnType<typeof acceptedConsultation>>, name = TAKUYA) {
  await operate(house, PEOPLE.kenta, sent.card(), '担当を決める', { 担当にする方: name });
}

describe('担当を外れる', () => {
  test('leaves the case to whoever takes new ones: they are told with a button, the reason stays sealed', async () => {
    const house = await openHouse(addCoreManager);
    const { card, naoko, hanako } = await releasedConsultation(house);
    expect(await caseRow()).toMatchObject({ status: 'accepted', person_in_charge: null });
    expect(Number((await caseRow()).released_at)).toBeGreaterThan(0);
    expect((await caseRow()).accepted_at).not.toBeNull();
    expect(await deadlines()).toContain('claim');
    const sentence = `相談 *R8-0001* の担当を、<@${PEOPLE.naoko}> さんが外れました。担当になれる方は「担当になる」を押してください。`;
    for (const person of [PEOPLE.kenta, 'U0YUKO']) {
      const told = house.slack.as(person).dm.at(-1);
      expect(told?.text).toBe(sentence);
      expect(told && buttonsOf(told)).toEqual(['担当になる', '詳細を見る']);
    }
    for (const person of [naoko, house.slack.as(PEOPLE.takuya)]) expect(person.dm.filter(isNews)).toEqual([]);
    expect(hanako.dm.at(-1)?.text).toContain('受け付けました');
    const [reply] = house.slack.thread(CHANNELS.triage, card().ts);
    expect(reply?.text).toBe('R8-0001 の担当がいません。担当になれる方を待っています。');
    expect(readable(card())).toContain('未定');
    const note = await env.DB.prepare('SELECT id, body FROM note').first<{ id: string; body: string }>();
    expect(note?.body).toMatch(/^v1\./);
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.release',
      detail: { from: PEOPLE.naoko, to: null, note: note?.id },
    });
    expect(await pressRefused(house, PEOPLE.naoko, 'release')).toContain('いまは未定');
  });

  test.each([
    ['no reason', '', 'ここは必ず入力してください。'],
    ['3,001 characters', 'あ'.repeat(3001), '3,000文字までです（いま3,001文字）。'],
  ])('%s is refused beside the field', async (_, text, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await submitForged(house, PEOPLE.naoko, 'release', { reason: typed(text) })).toEqual({
      response_action: 'errors',
      errors: { reason: sentence },
    });
    expect((await caseRow()).person_in_charge).toBe(PEOPLE.naoko);
  });

  test('by the deputy of an absent person: she is told', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await env.DB.prepare(
      "INSERT INTO absence (id, person, deputy, from_on, until_on, noted_by, noted_at) VALUES ('A1', ?, ?, '2020-01-01', '2040-01-01', ?, 1)",
    )
      .bind(PEOPLE.naoko, PEOPLE.takuya, PEOPLE.naoko)
      .run();
    expect(await submitForged(house, PEOPLE.takuya, 'release', { reason: typed('x') })).toEqual(CLOSED);
    expect(
      house.slack
        .as(PEOPLE.naoko)
        .dm.filter(isNews)
        .map(({ text }) => text),
    ).toEqual([`相談 *R8-0001* のあなたの担当を、代理の <@${PEOPLE.takuya}> さんが外しました。`]);
    expect(house.slack.as(PEOPLE.takuya).dm.filter(isNews)).toEqual([]);
  });

  test.each([
    ['a colleague', PEOPLE.takuya, '担当者（伊藤 直子さん）と協力者'],
    ['the sender', PEOPLE.hanako, '担当者（伊藤 直子さん）と協力者'],
    ['another center', PEOPLE.ichiro, 'この相談は見つかりません。'],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await pressRefused(house, person, 'release')).toContain(sentence);
    expect(await refusalsOf(person)).toHaveLength(1);
  });

  test('of a 限定 case only those are asked who may see it, and the thread names nobody', async () => {
    const house = await openHouse((city) => {
      addCoreManager(city);
      for (const person of city.staff) if (person.slackUserId === PEOPLE.takuya) person.duty = true;
    });
    const { card } = await acceptedConsultation(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    expect(await submitForged(house, PEOPLE.naoko, 'release', { reason: typed('x') })).toEqual(CLOSED);
    expect(house.slack.as(PEOPLE.kenta).dm.filter(isNews)).toHaveLength(1);
    expect(house.slack.as(PEOPLE.takuya).dm.filter(isNews)).toEqual([]);
    const replies = house.slack.thread(CHANNELS.triage, card().ts).map((each) => readable(each));
    expect(replies.join()).not.toMatch(/<@|東|虐待|至急/);
    expect(await pressRefused(house, PEOPLE.takuya, 'claim')).toBe('この相談は見つかりません。');
  });
});

describe('担当になる', () => {
  test('by any colleague gives the case its person again; whoever was asked for it is told', async () => {
    const house = await openHouse(addCoreManager);
    const sent = await releasedConsultation(house);
    await propose(house, sent, '小林 裕子');
    const accepted = (await caseRow()).accepted_at;
    await press(house, PEOPLE.takuya, 'claim');
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.takuya,
      released_at: null,
      proposed_person: null,
      proposed_at: null,
      accepted_at: accepted,
    });
    expect(await deadlines()).not.toContain('claim');
    for (const each of [sent.card(), sent.centerCard()])
      expect(readable(each)).toContain(`<@${PEOPLE.takuya}>`);
    expect(house.slack.as('U0YUKO').dm.at(-1)?.text).toBe(
      '相談 *R8-0001* の担当をお願いしていましたが、その必要はなくなりました。',
    );
    expect(await latestChange()).toEqual({
      actor: PEOPLE.takuya,
      action: 'consultation.claim',
      detail: { from: null, to: PEOPLE.takuya },
    });
  });

  test('of many at once one wins, the others are told who', async () => {
    const house = await openHouse();
    const { card } = await releasedConsultation(house);
    const [reply] = house.slack.thread(CHANNELS.triage, card().ts);
    if (!reply) throw new Error('no reply');
    const people = [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya].map((person) => house.slack.as(person));
    await Promise.all(people.map((person) => person.click(reply, '担当になる')));
    await house.slack.waitFor(() => people.flatMap(({ ephemerals }) => ephemerals).length === 2);
    await house.delivered();
    const winner = people.find(({ ephemerals }) => ephemerals.length === 0);
    expect((await caseRow()).person_in_charge).toBe(winner?.id);
    const names: Record<string, string> = {
      [PEOPLE.kenta]: '田中 健太',
      [PEOPLE.naoko]: '伊藤 直子',
      [PEOPLE.takuya]: TAKUYA,
    };
    for (const loser of people.filter((person) => person !== winner))
      expect(loser.ephemerals[0]?.text).toContain(`担当は ${names[winner?.id ?? '']}さん です`);
  });

  test('pressed again in a direct message changes nothing and says the same', async () => {
    const house = await openHouse();
    await releasedConsultation(house);
    const kenta = house.slack.as(PEOPLE.kenta);
    const told = kenta.dm.at(-1);
    if (!told) throw new Error('no DM');
    await kenta.click(told, '担当になる');
    await house.slack.waitFor(async () => (await caseRow()).person_in_charge === PEOPLE.kenta);
    await kenta.click(told, '担当になる');
    await house.delivered();
    expect((await caseRow()).version).toBe(4);
    const done = 'R8-0001：担当になりました。';
    expect(
      kenta.dm
        .filter(isNews)
        .slice(1)
        .map(({ text }) => text),
    ).toEqual([done, done]);
  });

  test.each([
    ['the sender', PEOPLE.hanako, '基幹型の職員です'],
    ['another center', PEOPLE.ichiro, 'この相談は見つかりません。'],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await releasedConsultation(house);
    expect(await pressRefused(house, person, 'claim')).toContain(sentence);
  });
});

describe('担当を決める', () => {
  test('for herself takes effect at once, and the former person in charge is told', async () => {
    const house = await openHouse();
    const { card, naoko } = await acceptedConsultation(house);
    await operate(house, PEOPLE.kenta, card(), '担当を決める', { 担当にする方: '田中 健太' });
    expect((await caseRow()).person_in_charge).toBe(PEOPLE.kenta);
    expect(naoko.dm.filter(isNews).map(({ text }) => text)).toEqual([
      `相談 *R8-0001* の担当は、<@${PEOPLE.kenta}> さんに替わりました。`,
    ]);
    expect(house.slack.as(PEOPLE.kenta).dm.filter(isNews)).toEqual([]);
    expect((await latestChange()).detail).toEqual({ from: PEOPLE.naoko, to: PEOPLE.kenta });
  });

  test('for a colleague asks her; she has it once she says yes, and everybody concerned is told', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    const takuya = house.slack.as(PEOPLE.takuya);
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.naoko,
      proposed_person: PEOPLE.takuya,
    });
    expect(await deadlines()).toContain('assignment');
    expect(readable(sent.card())).toContain(`<@${PEOPLE.naoko}> → <@${PEOPLE.takuya}> に依頼中`);
    expect((await latestChange()).detail).toEqual({
      from: PEOPLE.naoko,
      proposed: PEOPLE.takuya,
      wasProposed: null,
    });
    const asked = takuya.dm.at(-1);
    if (!asked) throw new Error('no DM');
    expect(asked.text).toContain(`<@${PEOPLE.kenta}> さんから、相談 *R8-0001* の担当を頼まれました。`);
    expect(buttonsOf(asked)).toEqual(['担当を引き受ける', '引き受けられない', '詳細を見る']);
    await takuya.click(asked, '担当を引き受ける');
    await house.slack.waitFor(async () => (await caseRow()).person_in_charge === PEOPLE.takuya);
    await takuya.click(asked, '担当を引き受ける');
    await house.delivered();
    expect(await caseRow()).toMatchObject({ proposed_person: null, proposed_at: null, version: 4 });
    expect(
      house.slack
        .as(PEOPLE.kenta)
        .dm.filter(isNews)
        .map(({ text }) => text),
    ).toEqual([`<@${PEOPLE.takuya}> さんが、相談 *R8-0001* の担当を引き受けました。`]);
    expect(sent.naoko.dm.filter(isNews).map(({ text }) => text)).toEqual([
      `相談 *R8-0001* の担当は、<@${PEOPLE.takuya}> さんに替わりました。`,
    ]);
    expect(takuya.ephemerals).toEqual([]);
    expect(await deadlines()).not.toContain('assignment');
  });

  test('she may say no, with a reason that stays sealed; who asked is told, and may ask again', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    const takuya = house.slack.as(PEOPLE.takuya);
    const first = takuya.dm.at(-1);
    if (!first) throw new Error('no DM');
    await operate(house, PEOPLE.takuya, first, '引き受けられない', { 理由: REASON });
    expect(await caseRow()).toMatchObject({ person_in_charge: PEOPLE.naoko, proposed_person: null });
    const told = house.slack.as(PEOPLE.kenta).dm.at(-1);
    expect(told?.text).toBe(
      `<@${PEOPLE.takuya}> さんは、相談 *R8-0001* の担当を引き受けられません。別の方を決めてください。`,
    );
    expect(told && buttonsOf(told)).toEqual(['詳細を見る', '担当を決める']);
    expect((await latestChange()).detail).toEqual({
      wasProposed: PEOPLE.takuya,
      note: expect.any(String),
    });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM note').first('n')).toBe(1);

    await propose(house, sent);
    for (const label of ['担当を引き受ける', '引き受けられない']) {
      const before = takuya.ephemerals.length + takuya.dm.length;
      await takuya.click(first, label);
      await house.slack.waitFor(() => takuya.ephemerals.length + takuya.dm.length > before);
      expect([...takuya.dm, ...takuya.ephemerals].at(-1)?.text).toContain('そのあとに変わっています');
    }
    expect(takuya.modal).toBeUndefined();
    expect((await refusalsOf(PEOPLE.takuya)).map(({ reason }) => reason)).toEqual(['changed', 'changed']);
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.naoko,
      proposed_person: PEOPLE.takuya,
    });
  });

  test('through すべての操作 she answers just the request that is open', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.click(sent.card(), 'すべての操作…');
    await house.slack.waitFor(() => takuya.modal);
    await takuya.clickInModal('担当を引き受ける');
    await house.slack.waitFor(() => takuya.modalText.includes('R8-0001：担当を引き受けました。'));
    expect((await caseRow()).person_in_charge).toBe(PEOPLE.takuya);
  });

  test('another choice takes the request back from whoever was asked first', async () => {
    const house = await openHouse(addCoreManager);
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    const takuya = house.slack.as(PEOPLE.takuya);
    const first = takuya.dm.at(-1);
    await propose(house, sent, '小林 裕子');
    expect((await caseRow()).proposed_person).toBe('U0YUKO');
    expect(takuya.dm.at(-1)?.text).toContain('その必要はなくなりました');
    expect(first).toBeDefined();
    const { proposed_at: asked } = await caseRow();
    const id = await caseId();
    expect(await pressRefused(house, PEOPLE.takuya, 'confirm_assignment', `${id}/${asked}`)).toContain(
      'いまあなたに頼まれていません',
    );
  });

  test('choosing who has it says so; while somebody is asked, it takes that back', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    const kenta = await openOperation(house, PEOPLE.kenta, sent.card(), '担当を決める');
    expect((await kenta.fillAndSubmit({ 担当にする方: '伊藤 直子' })).errors?.担当にする方).toContain(
      'すでにこの方が担当しています',
    );
    expect((await kenta.fillAndSubmit({ 担当にする方: TAKUYA })).errors).toBeUndefined();
    await house.delivered();
    const again = await openOperation(house, PEOPLE.kenta, sent.card(), '担当を決める');
    expect(again.modalText).toContain('いまは 原田 拓也 さんに頼んでいます');
    expect((await again.fillAndSubmit({ 担当にする方: TAKUYA })).errors?.担当にする方).toContain(
      'すでにこの方に頼んでいます',
    );
    await again.fillAndSubmit({ 担当にする方: '伊藤 直子' });
    await house.delivered();
    expect(await caseRow()).toMatchObject({ person_in_charge: PEOPLE.naoko, proposed_person: null });
    expect(house.slack.as(PEOPLE.takuya).dm.at(-1)?.text).toContain('その必要はなくなりました');
  });

  test('nobody outside the core center can be chosen, nor who has left', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await importAgain(house, without(PEOPLE.takuya));
    for (const person of [PEOPLE.hanako, PEOPLE.makoto, PEOPLE.stranger, PEOPLE.takuya, ''])
      expect(await submitForged(house, PEOPLE.kenta, 'assign', { person: chosen(person) })).toEqual({
        response_action: 'errors',
        errors: { person: '基幹型の職員から選んでください。' },
      });
    expect((await caseRow()).proposed_person).toBeNull();
  });

  test('a case that changed meanwhile says what first, keeps the choice, and is given by pressing once more', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const kenta = await openOperation(house, PEOPLE.kenta, card(), '担当を決める');
    expect(await submitForged(house, PEOPLE.naoko, 'release', { reason: typed('x') })).toEqual(CLOSED);
    await kenta.fillAndSubmit({ 担当にする方: TAKUYA });
    expect(kenta.modalText).toContain('伊藤 直子さんが担当を外れました');
    expect(kenta.filledIn).toEqual({ 担当にする方: TAKUYA });
    await kenta.submit();
    await house.delivered();
    expect(await caseRow()).toMatchObject({ person_in_charge: null, proposed_person: PEOPLE.takuya });
  });

  test('the same form sent three times at once asks once', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const kenta = await openOperation(house, PEOPLE.kenta, card(), '担当を決める');
    await kenta.fill({ 担当にする方: TAKUYA });
    const sent = await Promise.all([kenta.submit(), kenta.submit(), kenta.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    await house.delivered();
    expect(house.slack.as(PEOPLE.takuya).dm).toHaveLength(1);
    expect((await caseRow()).version).toBe(3);
  });

  test.each([
    ['the person in charge, who is no manager', PEOPLE.naoko, '基幹型の管理者です'],
    ['the sending center’s manager', PEOPLE.minoru, '基幹型の管理者です'],
    ['another center', PEOPLE.ichiro, 'この相談は見つかりません。'],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await pressRefused(house, person, 'assign')).toContain(sentence);
    expect(await refusalsOf(person)).toHaveLength(1);
  });
});

describe('who leaves', () => {
  test('leaves the case to a manager on duty, who is told once, however often the cron runs', async () => {
    const house = await openHouse(addCoreManager);
    const { card } = await acceptedConsultation(house);
    await importAgain(house, (city) => {
      without(PEOPLE.naoko)(city);
      // 小林 裕子, who is not on duty, comes first in the file.
      city.staff.reverse();
    });
    await house.cron();
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({ person_in_charge: PEOPLE.kenta, released_at: null, version: 3 });
    const kenta = house.slack.as(PEOPLE.kenta);
    const told = kenta.dm.filter(({ text }) => text.includes('異動・退職'));
    expect(told.map(({ text }) => text)).toEqual([
      '相談 *R8-0001* の担当者が異動・退職したため、あなたが担当になりました。ほかの方に任せるときは「担当を決める」を押してください。',
    ]);
    expect(told[0] && buttonsOf(told[0])).toEqual(['詳細を見る', '担当を決める']);
    expect(house.slack.as('U0YUKO').dm).toEqual([]);
    expect(house.slack.thread(CHANNELS.triage, card().ts).map(({ text }) => text)).toEqual([
      'R8-0001 の担当者が異動・退職したため、担当が替わりました。',
    ]);
    expect(readable(card())).toContain(`<@${PEOPLE.kenta}>`);
    expect(await latestChange()).toEqual({
      actor: 'job:person-left',
      action: 'consultation.person_left',
      detail: { from: PEOPLE.naoko, to: PEOPLE.kenta, wasProposed: null },
    });
  });

  test('with twenty-five cases leaves all of them to the manager within three minutes, ten a minute', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    const columns = Object.keys(await caseRow()).filter(
      (column) => column !== 'id' && column !== 'reference',
    );
    await env.DB.prepare(
      `INSERT INTO consultation (id, reference, ${columns.join()}) SELECT 'copy-' || value, 'R8-1' || value, ${columns.map((column) => `c.${column}`).join()} FROM consultation c, json_each(?)`,
    )
      .bind(JSON.stringify(Array.from({ length: 24 }, (_, i) => 100 + i)))
      .run();
    await importAgain(house, without(PEOPLE.naoko));
    const left = () =>
      env.DB.prepare('SELECT count(*) AS n FROM consultation WHERE person_in_charge = ?')
        .bind(PEOPLE.naoko)
        .first('n');
    const counts = [];
    for (let minute = 0; minute < 3; minute += 1) {
      await house.cron();
      counts.push(await left());
    }
    expect(counts).toEqual([15, 5, 0]);
  });

  test('for a district center has left, too; whoever was asked may still say yes', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    await importAgain(house, (city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.naoko) person.center = 'west';
    });
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.kenta,
      proposed_person: PEOPLE.takuya,
    });
    const asked = house.slack.as(PEOPLE.takuya).dm.at(-1);
    if (!asked) throw new Error('no DM');
    await house.slack.as(PEOPLE.takuya).click(asked, '担当を引き受ける');
    await house.slack.waitFor(async () => (await caseRow()).person_in_charge === PEOPLE.takuya);
  });

  test('is asked no longer, and who asked is told', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    await importAgain(house, without(PEOPLE.takuya));
    await house.cron();
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.naoko,
      proposed_person: null,
      proposed_at: null,
      version: 4,
    });
    const told = house.slack.as(PEOPLE.kenta).dm.filter(({ text }) => text.includes('異動・退職'));
    expect(told).toHaveLength(1);
    expect(told[0] && buttonsOf(told[0])).toEqual(['詳細を見る', '担当を決める']);
    expect(await latestChange()).toEqual({
      actor: 'job:person-left',
      action: 'consultation.proposed_left',
      detail: { wasProposed: PEOPLE.takuya },
    });
  });

  test('together with whoever was asked leaves nothing of either', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await propose(house, sent);
    await importAgain(house, without(PEOPLE.takuya, PEOPLE.naoko));
    await house.cron();
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({
      person_in_charge: PEOPLE.kenta,
      proposed_person: null,
      version: 4,
    });
    expect((await latestChange()).detail).toEqual({
      from: PEOPLE.naoko,
      to: PEOPLE.kenta,
      wasProposed: PEOPLE.takuya,
    });
  });

  test('where no manager is there leaves it to whoever is on duty', async () => {
    const house = await openHouse();
    const sent = await acceptedConsultation(house);
    await importAgain(house, (city) => {
      without(PEOPLE.naoko, PEOPLE.kenta)(city);
      for (const person of city.staff) if (person.slackUserId === PEOPLE.takuya) person.duty = true;
    });
    await house.cron();
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({ person_in_charge: null, version: 3 });
    expect(Number((await caseRow()).released_at)).toBeGreaterThan(0);
    expect(await deadlines()).toContain('claim');
    const told = house.slack.as(PEOPLE.takuya).dm.filter(({ text }) => text.includes('異動・退職'));
    expect(told).toHaveLength(1);
    expect(told[0] && buttonsOf(told[0])).toEqual(['担当になる', '詳細を見る']);
    expect(house.slack.thread(CHANNELS.triage, sent.card().ts)).toHaveLength(1);
  });

  test.each(['closed', 'withdrawn', 'merged'])('keeps a case that is %s', async (status) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await env.DB.prepare('UPDATE consultation SET status = ?, proposed_person = ?')
      .bind(status, PEOPLE.takuya)
      .run();
    await importAgain(house, without(PEOPLE.naoko, PEOPLE.takuya));
    await house.cron();
    await house.delivered();
    expect(await caseRow()).toMatchObject({ person_in_charge: PEOPLE.naoko, version: 2 });
  });

  test('of a 限定 case leaves it to the manager, who then sees it; the thread names nobody', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    await importAgain(house, without(PEOPLE.naoko));
    await house.cron();
    await house.delivered();
    const kenta = house.slack.as(PEOPLE.kenta);
    const told = kenta.dm.find(({ text }) => text.includes('あなたが担当'));
    if (!told) throw new Error('no DM');
    await kenta.click(told, '詳細を見る');
    await house.slack.waitFor(() => kenta.modalText.includes('夜に大きな声'));
    const replies = house.slack.thread(CHANNELS.triage, card().ts).map((each) => readable(each));
    expect(replies.join()).not.toMatch(/<@|東|虐待/);
  });
});
