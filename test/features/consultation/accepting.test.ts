/** 受け付ける: one winner, and everybody knows who. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { buttonsOf, cardIn, readable, sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import { FORM, pressBody, signedRequest } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

test('whoever presses it is in charge: both cards say so, and the sender is told', async () => {
  const house = await openHouse();
  const { hanako, card, centerCard } = await sendConsultation(house);
  await house.slack.as(PEOPLE.naoko).click(card(), '受け付ける');
  await house.slack.waitFor(() => card().text.includes('受付済'));
  await house.delivered();
  for (const each of [card(), centerCard()]) expect(readable(each)).toContain(`<@${PEOPLE.naoko}>`);
  expect(buttonsOf(card())).toEqual(['回答する', '詳細を見る', '活動を記録する']);
  expect(hanako.dm.at(-1)?.text).toBe(
    `相談 *R8-0001* を、基幹型の <@${PEOPLE.naoko}> さんが受け付けました。`,
  );
});

test('of two who press at once one wins; the other is told who, and both cards name the winner', async () => {
  const house = await openHouse();
  const { card } = await sendConsultation(house);
  const [kenta, naoko] = [house.slack.as(PEOPLE.kenta), house.slack.as(PEOPLE.naoko)];
  const stale = card();
  await Promise.all([kenta.click(stale, '受け付ける'), naoko.click(stale, '受け付ける')]);
  const told = await house.slack.waitFor(() => kenta.ephemerals.at(-1) ?? naoko.ephemerals.at(-1));
  await house.delivered();
  const winner = readable(card()).includes(PEOPLE.kenta) ? PEOPLE.kenta : PEOPLE.naoko;
  const loser = winner === PEOPLE.kenta ? naoko : kenta;
  expect(readable(card()).includes(PEOPLE.kenta)).not.toBe(readable(card()).includes(PEOPLE.naoko));
  const name = winner === PEOPLE.kenta ? '田中 健太' : '伊藤 直子';
  expect(told.text).toContain(`R8-0001 は ${name}さんが先に受け付けました`);
  expect(loser.ephemerals).toHaveLength(1);
});

test('of fifty presses at once one wins, and the audit chain stays whole', async () => {
  const house = await openHouse((city) => {
    for (let i = 0; i < 50; i += 1) {
      city.staff.push({
        slackUserId: `U0CORE${i}`,
        name: `基幹 ${i}`,
        center: 'kikan',
        profession: '保健師',
        role: 'staff',
        admin: false,
        duty: true,
      });
    }
  });
  await sendConsultation(house);
  const id = await env.DB.prepare('SELECT id FROM consultation').first<string>('id');
  const presses = await Promise.all(
    Array.from({ length: 50 }, async (_, i) =>
      house.fetch(
        await signedRequest(pressBody(`U0CORE${i}`, 'consultation.accept', id ?? ''), { contentType: FORM }),
      ),
    ),
  );
  expect(presses.map(({ status }) => status)).toEqual(presses.map(() => 200));
  const isSettled = async () =>
    (await env.DB.prepare(
      "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.accept'",
    ).first<number>('n')) === 50;
  await house.slack.waitFor(isSettled, { ms: 15_000, what: '50 audit entries' });
  const { results } = await env.DB.prepare(
    'SELECT seq, outcome, previous_hash, hash FROM audit_entry WHERE chain = ? ORDER BY seq',
  )
    .bind(`case:${id}`)
    .all<{ seq: number; outcome: string; previous_hash: string; hash: string }>();
  expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect(results.map(({ seq }) => seq)).toEqual(results.map((_, i) => i + 1));
  expect(results.slice(1).map((entry) => entry.previous_hash)).toEqual(
    results.slice(0, -1).map((entry) => entry.hash),
  );
  const { version, person } =
    (await env.DB.prepare('SELECT version, person_in_charge AS person FROM consultation').first<{
      version: number;
      person: string;
    }>()) ?? {};
  expect(version).toBe(2);
  await house.slack.waitFor(() => readable(cardIn(house, CHANNELS.triage)).includes(String(person)), {
    ms: 10_000,
  });
  // What the fifty are told must not reach the next test's house.
  await house.delivered();
});

test('pressing again changes nothing and says nothing', async () => {
  const house = await openHouse();
  const { card } = await sendConsultation(house);
  const naoko = house.slack.as(PEOPLE.naoko);
  const stale = card();
  await naoko.click(stale, '受け付ける');
  await house.slack.waitFor(() => card().text.includes('受付済'));
  await naoko.click(stale, '受け付ける');
  await house.delivered();
  expect(await env.DB.prepare('SELECT version FROM consultation').first('version')).toBe(2);
  expect(naoko.ephemerals).toEqual([]);
  expect(house.slack.as(PEOPLE.hanako).dm).toHaveLength(2);
});

describe('refused:', () => {
  test.each([
    ['core staff off duty', PEOPLE.takuya, /受付当番か管理者/],
    ['the sender herself', PEOPLE.hanako, /受付当番か管理者/],
    ['her manager', PEOPLE.minoru, /受付当番か管理者/],
    ['staff of another center', PEOPLE.ichiro, /^この相談は見つかりません。$/],
    ['the city section', PEOPLE.makoto, /^この相談は見つかりません。$/],
  ])('%s, in words and in the audit log', async (_, person, sentence) => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    const somebody = house.slack.as(person);
    await somebody.click(card(), '受け付ける');
    expect((await house.slack.waitFor(() => somebody.ephemerals.at(-1))).text).toMatch(sentence);
    expect(await env.DB.prepare('SELECT status FROM consultation').first('status')).toBe('submitted');
    const logged = await env.DB.prepare(
      "SELECT actor, action FROM audit_entry WHERE outcome = 'refused'",
    ).first();
    expect(logged).toEqual({ actor: person, action: 'consultation.accept' });
  });

  test('what does not exist is answered as what one may not see', async () => {
    const house = await openHouse();
    for (const value of ['', 'no-such-id', "' OR 1=1 --", '../..']) {
      await house.fetch(
        await signedRequest(pressBody(PEOPLE.kenta, 'consultation.accept', value), { contentType: FORM }),
      );
    }
    const kenta = house.slack.as(PEOPLE.kenta);
    await house.slack.waitFor(() => kenta.ephemerals.length === 4);
    expect(new Set(kenta.ephemerals.map(({ text }) => text))).toEqual(
      new Set(['この相談は見つかりません。']),
    );
  });
});
