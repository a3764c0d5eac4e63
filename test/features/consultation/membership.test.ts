/** 協力者 and 限定: who is named in a case, and that nobody else learns anything of one that is closed to them. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { buttonsOf, CASE, readable } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import {
  acceptedConsultation,
  CLOSED,
  caseRow,
  chosenSome,
  isNews,
  latestChange,
  openFromList,
  pressRefused,
  refusalsOf,
  submitForged,
  typed,
} from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const NOT_FOUND = 'この相談は見つかりません。';
const TAKUYA = '原田 拓也（基幹型）';

async function membersOf(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT slack_user_id AS id FROM member ORDER BY id').all<{
    id: string;
  }>();
  return results.map(({ id }) => id);
}

async function name(...people: string[]): Promise<void> {
  for (const person of people)
    await env.DB.prepare('INSERT INTO member SELECT id, ?, ?, 1 FROM consultation')
      .bind(person, PEOPLE.naoko)
      .run();
}

/** A case that 伊藤 直子 has in charge and closed to all but those named. */
async function restrictedConsultation(house: House, ...members: string[]) {
  const sent = await acceptedConsultation(house);
  expect(
    await submitForged(house, PEOPLE.naoko, 'restrict', {
      members: chosenSome(...members),
      reason: typed('職員の親族の相談のため'),
    }),
  ).toEqual(CLOSED);
  return sent;
}

/** Whether a person gets to read the case's content; whoever does not must hear what is said of cases that do not exist. */
async function mayRead(house: House, person: string): Promise<boolean> {
  await statePurposes(person);
  const somebody = house.slack.as(person);
  const before = somebody.ephemerals.length;
  const [card] = house.slack.messages(CHANNELS.triage).slice(-1);
  if (!card) throw new Error('no card');
  await somebody.click(card, '詳細を見る');
  await house.slack.waitFor(() => somebody.modal !== undefined || somebody.ephemerals.length > before);
  if (somebody.modalText.includes(String(CASE.相談内容))) return true;
  expect(somebody.modal).toBeUndefined();
  expect(somebody.ephemerals.at(-1)?.text).toBe(NOT_FOUND);
  return false;
}

describe('協力者を決める', () => {
  test('names colleagues of the core center and of the sending one; those who are new are told', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    await name(PEOPLE.kenta);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '協力者を決める');
    expect(naoko.filledIn).toEqual({ 協力者: ['田中 健太（基幹型）'] });
    expect((await naoko.fillAndSubmit({ 協力者: [TAKUYA, '阿部 実（東）'] })).errors).toBeUndefined();
    await house.delivered();
    expect(await membersOf()).toEqual([PEOPLE.minoru, PEOPLE.takuya]);
    for (const person of [PEOPLE.takuya, PEOPLE.minoru]) {
      const told = house.slack.as(person).dm.at(-1);
      expect(told?.text).toBe(`<@${PEOPLE.naoko}> さんが、あなたを相談 *R8-0001* の協力者にしました。`);
      expect(told && buttonsOf(told)).toEqual(['詳細を見る']);
    }
    expect(house.slack.as(PEOPLE.kenta).dm.filter(isNews)).toEqual([]);
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.name_members',
      detail: { added: `${PEOPLE.takuya},${PEOPLE.minoru}`, removed: PEOPLE.kenta },
    });
  });

  test('a helper of the core center may answer from then on, and no longer once the name is taken away', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const answer = () => submitForged(house, PEOPLE.takuya, 'answer', { body: typed('電話します') });
    expect(await answer()).toHaveProperty('errors.body');
    expect(
      await submitForged(house, PEOPLE.naoko, 'name_members', { members: chosenSome(PEOPLE.takuya) }),
    ).toEqual(CLOSED);
    expect(await answer()).toEqual(CLOSED);
    expect(card().text).toContain('対応中');
    expect(await submitForged(house, PEOPLE.kenta, 'name_members', { members: chosenSome() })).toEqual(
      CLOSED,
    );
    expect(await membersOf()).toEqual([]);
    expect(await answer()).toHaveProperty('errors.body');
  });

  test('the same members again change nothing and disturb nobody', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await name(PEOPLE.takuya);
    await submitForged(house, PEOPLE.naoko, 'name_members', { members: chosenSome(PEOPLE.takuya) });
    expect((await caseRow()).version).toBe(2);
    expect(house.slack.as(PEOPLE.takuya).dm).toEqual([]);
  });

  test('nobody of another center can be named, nor a stranger, nor who has left', async () => {
    const house = await openHouse();
    await acceptedConsultation(house);
    await importAgain(house, without(PEOPLE.takuya));
    for (const person of [PEOPLE.ichiro, PEOPLE.makoto, PEOPLE.stranger, PEOPLE.takuya])
      expect(
        await submitForged(house, PEOPLE.naoko, 'name_members', {
          members: chosenSome(PEOPLE.kenta, person),
        }),
      ).toEqual({
        response_action: 'errors',
        errors: { members: '基幹型か、相談元・主担当機関の職員から選んでください。' },
      });
    expect(await membersOf()).toEqual([]);
  });

  test('two hundred colleagues can be chosen from', async () => {
    const house = await openHouse((city) => {
      for (let i = 0; i < 200; i += 1)
        city.staff.push({
          slackUserId: `U0EAST${i}`,
          name: `職員 ${i}番`,
          center: 'east',
          profession: '保健師',
          role: 'staff',
          admin: false,
          duty: false,
        });
    });
    const { card } = await acceptedConsultation(house);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '協力者を決める');
    await naoko.fillAndSubmit({ 協力者: ['職員 199番（東）'] });
    expect(await membersOf()).toEqual(['U0EAST199']);
  });

  test('a case that changed meanwhile says what first, keeps the names, and stores them by pressing once more', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '協力者を決める');
    await submitForged(house, PEOPLE.kenta, 'name_members', { members: chosenSome(PEOPLE.minoru) });
    await naoko.fillAndSubmit({ 協力者: [TAKUYA] });
    expect(naoko.modalText).toContain('田中 健太さんが協力者を変えました');
    expect(naoko.filledIn).toEqual({ 協力者: [TAKUYA] });
    expect(await membersOf()).toEqual([PEOPLE.minoru]);
    await naoko.submit();
    expect(await membersOf()).toEqual([PEOPLE.takuya]);
  });

  test('the same form three times at once tells once', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '協力者を決める');
    await naoko.fill({ 協力者: [TAKUYA] });
    const sent = await Promise.all([naoko.submit(), naoko.submit(), naoko.submit()]);
    for (const { errors } of sent) expect(errors).toBeUndefined();
    await house.delivered();
    expect(house.slack.as(PEOPLE.takuya).dm).toHaveLength(1);
    expect((await caseRow()).version).toBe(3);
  });

  test.each([
    ['a colleague', PEOPLE.takuya, '担当者（伊藤 直子さん）'],
    ['the sender', PEOPLE.hanako, '担当者（伊藤 直子さん）'],
    ['another center', PEOPLE.ichiro, NOT_FOUND],
    ['the city section', PEOPLE.makoto, NOT_FOUND],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await pressRefused(house, person, 'name_members')).toContain(sentence);
    expect(await refusalsOf(person)).toHaveLength(1);
  });
});

describe('限定', () => {
  test('the form says what it means and who is named anyway', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    await name(PEOPLE.minoru);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '閲覧を限定する');
    for (const words of [
      '次の方と、下で選んだ方だけ',
      '佐藤 花子 さん（相談した方）',
      '伊藤 直子 さん（担当）',
    ])
      expect(naoko.modalText).toContain(words);
    expect(naoko.modalText).not.toContain('基幹型の管理者');
    expect(naoko.filledIn).toEqual({ 'ほかに見られる方（協力者）': ['阿部 実（東）'], 理由: null });
  });

  test('closes the case to all but those named; cards show its reference and nothing of it', async () => {
    const house = await openHouse();
    const { card, centerCard, hanako } = await restrictedConsultation(house, PEOPLE.takuya);
    for (const each of [card(), centerCard()]) {
      expect(readable(each)).toContain('R8-0001');
      expect(readable(each)).not.toMatch(/虐待|認知症|至急|個別ケース|同行訪問|<@|東/);
    }
    expect(hanako.dm.at(-1)?.text).toBe(
      `<@${PEOPLE.naoko}> さんが、相談 *R8-0001* の閲覧を限定しました。見られるのは、名前を挙げられた方だけです。`,
    );
    expect(house.slack.as(PEOPLE.takuya).dm).toHaveLength(1);
    expect(house.slack.as(PEOPLE.naoko).dm.filter(isNews)).toEqual([]);
    const note = await env.DB.prepare('SELECT id, body FROM note').first<{ id: string; body: string }>();
    expect(note?.body).toMatch(/^v1\./);
    expect(await latestChange()).toEqual({
      actor: PEOPLE.naoko,
      action: 'consultation.restrict',
      detail: { added: PEOPLE.takuya, removed: null, note: note?.id },
    });
  });

  test('the person in charge, the sender and a member read it; a colleague, a manager and the sender’s manager do not', async () => {
    const house = await openHouse();
    await restrictedConsultation(house, PEOPLE.takuya);
    for (const person of [PEOPLE.naoko, PEOPLE.hanako, PEOPLE.takuya])
      expect(await mayRead(house, person)).toBe(true);
    for (const person of [PEOPLE.kenta, PEOPLE.minoru, PEOPLE.ichiro, PEOPLE.makoto]) {
      expect(await mayRead(house, person)).toBe(false);
      expect(await refusalsOf(person)).toEqual([{ action: 'consultation.read', reason: 'not-found' }]);
    }
    const { id } = await caseRow();
    const { results } = await env.DB.prepare(
      "SELECT actor FROM audit_entry WHERE action = 'consultation.read' AND outcome = 'refused' AND case_id = ? ORDER BY actor",
    )
      .bind(id)
      .all<{ actor: string }>();
    expect(results).toHaveLength(4);
  });

  test('whoever is not named can do nothing with it, whatever the button, and hears that there is none', async () => {
    const house = await openHouse();
    await restrictedConsultation(house);
    const operations = ['claim', 'assign', 'release', 'reclassify', 'name_members', 'unrestrict', 'answer'];
    for (const operation of operations)
      expect(await pressRefused(house, PEOPLE.kenta, operation)).toBe(NOT_FOUND);
    expect(await refusalsOf(PEOPLE.kenta)).toHaveLength(operations.length);
    expect(await submitForged(house, PEOPLE.kenta, 'unrestrict', { reason: typed('見たい') })).toEqual({
      response_action: 'errors',
      errors: { reason: NOT_FOUND },
    });
    expect((await caseRow()).is_restricted).toBe(1);
  });

  test('while nobody is in charge, core managers see it, and staff on duty do not', async () => {
    const house = await openHouse((city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.takuya) person.duty = true;
    });
    await restrictedConsultation(house);
    expect(await mayRead(house, PEOPLE.kenta)).toBe(false);
    await submitForged(house, PEOPLE.naoko, 'release', { reason: typed('休職のため') });
    expect(await mayRead(house, PEOPLE.kenta)).toBe(true);
    for (const person of [PEOPLE.takuya, PEOPLE.naoko]) expect(await mayRead(house, person)).toBe(false);
  });

  test('a member who has moved to another center reads it no longer', async () => {
    const house = await openHouse();
    await restrictedConsultation(house, PEOPLE.minoru);
    expect(await mayRead(house, PEOPLE.minoru)).toBe(true);
    await house.slack.as(PEOPLE.minoru).closeModal();
    await importCity(
      house.db,
      {
        ...house.city,
        staff: house.city.staff.map((each) =>
          each.slackUserId === PEOPLE.minoru ? { ...each, center: 'west' } : each,
        ),
      },
      'command',
      new Date(),
    );
    expect(await mayRead(house, PEOPLE.minoru)).toBe(false);
  });

  test('the sender may ask for it herself', async () => {
    const house = await openHouse();
    const { hanako, centerCard } = await acceptedConsultation(house);
    await openFromList(house, PEOPLE.hanako, centerCard(), '閲覧を限定する');
    expect((await hanako.fillAndSubmit({})).errors).toBeUndefined();
    await house.delivered();
    expect((await caseRow()).is_restricted).toBe(1);
    expect(house.slack.as(PEOPLE.naoko).dm.at(-1)?.text).toContain('閲覧を限定しました');
    expect((await latestChange()).detail).toEqual({ added: null, removed: null, note: null });
  });

  test('a manager who closes a colleague’s case is chosen beforehand, so as not to close herself out unawares', async () => {
    const house = await openHouse();
    const { card } = await acceptedConsultation(house);
    const kenta = await openFromList(house, PEOPLE.kenta, card(), '閲覧を限定する');
    expect(kenta.filledIn['ほかに見られる方（協力者）']).toEqual(['田中 健太（基幹型）']);
    expect((await kenta.submit()).errors).toBeUndefined();
    await house.delivered();
    expect(await mayRead(house, PEOPLE.kenta)).toBe(true);
    expect(house.slack.as(PEOPLE.kenta).dm.filter(isNews)).toEqual([]);
  });

  test('is not done twice, nor undone twice', async () => {
    const house = await openHouse();
    await restrictedConsultation(house);
    expect(await pressRefused(house, PEOPLE.naoko, 'restrict')).toContain('すでに限定されています');
    expect(await submitForged(house, PEOPLE.naoko, 'unrestrict', { reason: typed('') })).toEqual(CLOSED);
    expect(await pressRefused(house, PEOPLE.naoko, 'unrestrict')).toContain('限定されていません');
  });

  test('undone, the case is its centers’ again: cards show it, the sender is told', async () => {
    const house = await openHouse();
    const { card, hanako } = await restrictedConsultation(house, PEOPLE.takuya);
    const naoko = await openFromList(house, PEOPLE.naoko, card(), '閲覧の限定を解く');
    expect(naoko.modalText).toContain('基幹型の職員と、相談元・主担当機関の包括の職員が見られる');
    await naoko.fillAndSubmit({ 理由: '事情が変わったため 😀' });
    await house.delivered();
    expect(readable(card())).toContain('高齢者虐待');
    expect(hanako.dm.at(-1)?.text).toContain('閲覧の限定を解きました');
    expect(await membersOf()).toEqual([PEOPLE.takuya]);
    expect(await mayRead(house, PEOPLE.kenta)).toBe(true);
    expect((await latestChange()).detail).toEqual({ note: expect.any(String) });
  });

  test.each([
    ['too long a reason', { members: chosenSome(), reason: typed('あ'.repeat(3001)) }, 'reason'],
    ['a member of another center', { members: chosenSome(PEOPLE.ichiro) }, 'members'],
  ])('%s is refused beside its field', async (_, values, field) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await submitForged(house, PEOPLE.naoko, 'restrict', values)).toHaveProperty(`errors.${field}`);
    expect((await caseRow()).is_restricted).toBe(0);
  });

  test.each([
    ['a colleague', PEOPLE.takuya, '担当者（伊藤 直子さん）'],
    ['the sender’s manager', PEOPLE.minoru, '担当者（伊藤 直子さん）'],
    ['another center', PEOPLE.ichiro, NOT_FOUND],
  ])('%s may not', async (_, person, sentence) => {
    const house = await openHouse();
    await acceptedConsultation(house);
    expect(await pressRefused(house, person, 'restrict')).toContain(sentence);
  });

  test('an answer to it is told in channels by its reference alone', async () => {
    const house = await openHouse();
    const { card, centerCard } = await restrictedConsultation(house);
    await submitForged(house, PEOPLE.naoko, 'answer', { body: typed('訪問します') });
    for (const each of [card(), centerCard()]) {
      const said = [each, ...house.slack.thread(each.channel, each.ts)].map((message) => readable(message));
      expect(said.join('\n')).toContain('R8-0001');
      expect(said.join('\n')).not.toMatch(/虐待|認知症|至急|個別ケース|同行訪問|<@|東/);
    }
  });
});
