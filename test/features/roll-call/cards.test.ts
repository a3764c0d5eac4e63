/** The printed card of a center: who makes and prints it, that its PIN is asked for and locks, and what can be done with it. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { get, hidden, makeKeys, type Page, post } from '../../support/safety.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const CARD = '/roll-calls/cards/east';

interface Printed {
  path: string;
  pin: string;
  html: string;
}

/** Presses the button on the page of a card and reads what is to be printed. */
async function printed(visitor: Visitor): Promise<Printed> {
  const before = await visitor.get(CARD);
  const seen = /name="seen" value="([^"]*)"/.exec(before.body)?.[1] ?? '';
  expect((await visitor.post(CARD, [['seen', seen]])).location).toBe(CARD);
  return readCard((await visitor.get(CARD)).body);
}

function readCard(html: string): Printed {
  return {
    path: /https:\/\/kikan\.test(\/safety\/center\/[\w-]+)/.exec(html)?.[1] ?? '',
    pin: /<strong>(\d{6})<\/strong>/.exec(html)?.[1] ?? '',
    html,
  };
}

const wrongOf = (pin: string) => (pin === '000000' ? '000001' : '000000');

async function unlock(house: House, { path, pin }: Printed): Promise<Page> {
  const page = await post(house, path, { pin });
  expect(page.status).toBe(200);
  return page;
}

test('managers of the center, admins and the core managers make and print it; a new one ends the old one', async () => {
  const house = await openHouse(withDrills);
  const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
  for (const person of [PEOPLE.hanako, PEOPLE.ichiro, 'U0WEST1', PEOPLE.naoko]) {
    const other = await Visitor.signedIn(house, person);
    expect((await other.get(CARD)).status).toBe(404);
    expect((await other.post(CARD, [['seen', '']])).status).toBe(404);
  }
  const card = await printed(minoru);
  expect(card.pin).toMatch(/^\d{6}$/);
  expect(card.html).toContain('<svg width="260"');
  expect(card.html).toContain('東地域包括支援センター');
  for (const person of [PEOPLE.kenta, PEOPLE.makoto])
    expect(readCard((await (await Visitor.signedIn(house, person)).get(CARD)).body).pin).toBe(card.pin);
  const looks = "SELECT count(*) AS n FROM audit_entry WHERE action = 'roll-call.card' AND outcome = 'done'";
  expect(await env.DB.prepare(looks).first('n')).toBe(3);

  // Pressed twice, it is made once.
  const [seen = ''] = await seenOn(minoru);
  await Promise.all([minoru.post(CARD, [['seen', seen]]), minoru.post(CARD, [['seen', seen]])]);
  await minoru.post(CARD, [['seen', seen]]);
  const renewed = readCard((await minoru.get(CARD)).body);
  expect(renewed.path).not.toBe(card.path);
  const made =
    "SELECT count(*) AS n FROM audit_entry WHERE action = 'roll-call.make-card' AND outcome = 'done'";
  expect(await env.DB.prepare(made).first('n')).toBe(2);
  expect((await get(house, card.path)).status).toBe(404);
  expect((await post(house, card.path, { pin: card.pin })).status).toBe(404);
  expect((await get(house, renewed.path)).status).toBe(200);
  const all = JSON.stringify((await env.DB.prepare('SELECT * FROM roll_call_center_card').all()).results);
  expect(all).not.toContain(renewed.pin);
  const list = await minoru.get('/roll-calls/cards');
  expect(list.body).toContain(CARD);
  expect(list.body).not.toContain('/roll-calls/cards/west');
});

async function seenOn(visitor: Visitor): Promise<string[]> {
  return [/name="seen" value="([^"]*)"/.exec((await visitor.get(CARD)).body)?.[1] ?? ''];
}

test('to look records nothing; five wrong PINs lock it for ten minutes, for the right one, too, however they come', async () => {
  const house = await openHouse(withDrills);
  const card = await printed(await Visitor.signedIn(house, PEOPLE.minoru));
  await begunRollCall(house, new Date());
  await makeKeys(house);
  const row = () => env.DB.prepare('SELECT wrong_pins, locked_until FROM roll_call_center_card').first();
  const shown = await get(house, card.path);
  expect(shown.text).toContain('暗証番号');
  expect(shown.text).not.toContain('佐藤');
  expect(shown.bytes).toBeLessThan(30_000);
  expect(await row()).toEqual({ wrong_pins: 0, locked_until: null });

  const wrong = wrongOf(card.pin);
  for (let each = 0; each < 4; each += 1)
    expect((await post(house, card.path, { pin: wrong })).status).toBe(422);
  // The right one begins the row anew; full-width digits are the same.
  const wide = [...card.pin].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
  expect((await post(house, card.path, { pin: wide })).status).toBe(200);
  expect(await row()).toEqual({ wrong_pins: 0, locked_until: null });

  const answers = await Promise.all(Array.from({ length: 12 }, () => post(house, card.path, { pin: wrong })));
  expect(answers.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(4);
  const locked = await post(house, card.path, { pin: wrong });
  const right = await post(house, card.path, { pin: card.pin });
  expect([locked.status, right.status]).toEqual([429, 429]);
  expect(right.text).toBe(locked.text);
  expect(right.text).toContain('10分');
  const noted = "SELECT count(*) AS n FROM audit_entry WHERE actor = 'card:east' AND outcome = 'refused'";
  expect(await env.DB.prepare(noted).first('n')).toBe(9);
  expect(house.logs.join()).not.toContain(card.path.split('/').at(-1) ?? '');

  // Once the ten minutes are over, one wrong PIN does not lock it again.
  await env.DB.prepare('UPDATE roll_call_center_card SET locked_until = ?')
    .bind(Date.now() - 1)
    .run();
  expect((await post(house, card.path, { pin: wrong })).status).toBe(422);
  await unlock(house, card);
});

test('with the PIN one answers for oneself or a colleague of the center, in the real one first; without one no name is said', async () => {
  const house = await openHouse(withDrills);
  const card = await printed(await Visitor.signedIn(house, PEOPLE.minoru));
  const idle = await unlock(house, card);
  expect(idle.text).toContain('いま行われている点呼や訓練はありません');
  expect(idle.text).not.toContain('佐藤');

  const drill = await begunRollCall(house, new Date());
  const actual = await begunRollCall(house, new Date(), { kind: 'actual', note: '橋が通れません' });
  const page = await unlock(house, card);
  expect(page.text.trim().startsWith('【安否確認】')).toBe(true);
  expect(page.text.indexOf(actual.reference)).toBeLessThan(page.text.indexOf(drill.reference));
  expect(page.text).toContain('【訓練】');
  expect(page.text).toContain('佐藤 花子');
  expect(page.text).toContain('橋が通れません');
  expect(page.text).not.toContain('鈴木');
  expect(page.bytes).toBeLessThan(30_000);

  const fields = { pass: hidden(page, 'pass'), rollCall: actual.id, key: 'k1', safety: 'safe' };
  const own = await post(house, card.path, { ...fields, person: PEOPLE.hanako, by: 'self' });
  expect(own.text).toContain('佐藤 花子さんの回答を受け付けました（無事）');
  await post(house, card.path, { ...fields, person: PEOPLE.minoru, by: 'other', safety: 'minor' });
  const roster = await rosterNow(actual.id);
  expect(roster.get(PEOPLE.hanako)).toMatchObject({ way: 'web', answered_by: 'card:east' });
  expect(roster.get(PEOPLE.minoru)).toMatchObject({
    way: 'proxy',
    answered_by: 'card:east',
    safety: 'minor',
  });
  expect((await rosterNow(drill.id)).get(PEOPLE.hanako)?.answered_at).toBeNull();

  for (const [changed, status] of [
    [{ person: PEOPLE.ichiro, by: 'self' }, 422],
    [{ person: PEOPLE.hanako }, 422],
    [{ person: PEOPLE.hanako, by: 'self', safety: '' }, 422],
    [{ person: PEOPLE.hanako, by: 'self', pass: `${Date.now() + 9e6}${fields.pass.slice(13)}` }, 422],
    [{ person: PEOPLE.hanako, by: 'self', pass: '' }, 422],
    [{ person: PEOPLE.hanako, by: 'self', rollCall: 'nowhere' }, 410],
  ] as const)
    expect((await post(house, card.path, { ...fields, key: 'k2', ...changed })).status).toBe(status);
  expect(await env.DB.prepare('SELECT count(*) AS n FROM roll_call_reply').first('n')).toBe(2);

  // An answer in chat afterwards counts; closed, nothing is taken any more.
  await answerOf(house, actual.id, PEOPLE.hanako, new Date());
  expect((await rosterNow(actual.id)).get(PEOPLE.hanako)).toMatchObject({ way: 'chat' });
  await env.DB.prepare("UPDATE roll_call SET status = 'closed', closed_at = 1").run();
  const over = await post(house, card.path, { ...fields, key: 'k3', person: PEOPLE.hanako, by: 'self' });
  expect(over.status).toBe(410);
  expect(over.text).not.toContain('佐藤');
});
