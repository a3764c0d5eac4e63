/** The home tab: what to do today, how many cases stand where, and the buttons that lead there. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { aCase, storeCases } from '../../support/stored-cases.ts';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

async function openHome({ slack }: House, person: string) {
  const somebody = slack.as(person);
  const published = () => slack.calls('views.publish').length;
  const before = published();
  await somebody.openHome();
  await slack.waitFor(() => published() > before, { what: 'the home tab' });
  return somebody;
}

function blocksOf(home: object | undefined): unknown[] {
  if (!home || !('blocks' in home) || !Array.isArray(home.blocks)) throw new Error('no blocks');
  return home.blocks;
}

const count = (text: string, view: string) => new RegExp(`\\*${view}\\*　(\\S+件(?:以上)?)`).exec(text)?.[1];

test('a core worker sees what is due today, late ones first, and counts of what she may see', async () => {
  const house = await openHouse();
  const mine = { personInCharge: PEOPLE.naoko };
  const late = aCase({ ...mine, dueAt: ago(30) });
  const today = aCase({ ...mine, dueAt: ago(1) });
  const nextWeek = aCase({ ...mine, dueAt: ago(-7 * 24) });
  const submitted = aCase({ status: 'submitted', dueAt: ago(-48) });
  const hidden = aCase({ isRestricted: true, status: 'waiting', personInCharge: PEOPLE.takuya });
  await storeCases(house.db, [nextWeek, today, late, submitted, hidden, aCase({ status: 'closing' })]);
  const naoko = await openHome(house, PEOPLE.naoko);
  const references = [...naoko.homeText.matchAll(/\*(T1-\d+)\*/g)].map(([, reference]) => reference);
  expect(references).toEqual([late.reference, today.reference]);
  expect(
    ['受付待ち', '自分の担当', '期限切れ', '回答待ち', '引継ぎの申込', '終結の確認待ち'].map((view) =>
      count(naoko.homeText, view),
    ),
  ).toEqual(['1件', '3件', '2件', '0件', '0件', '1件']);
});

test('its buttons open the list of that view, and the case itself', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const kenta = await openHome(house, PEOPLE.kenta);
  await kenta.clickInHome('一覧を開く', undefined, { beside: '受付待ち' });
  await house.slack.waitFor(() => kenta.modal);
  expect(kenta.modalText).toContain('*受付待ち*');
  expect(kenta.modalText).toContain('*R8-0001*');
  await kenta.closeModal();
  await env.DB.prepare("UPDATE consultation SET person_in_charge = ?, due_at = 1, status = 'active'")
    .bind(PEOPLE.kenta)
    .run();
  await openHome(house, PEOPLE.kenta);
  await kenta.clickInHome('開く', undefined, { beside: 'R8-0001' });
  await house.slack.waitFor(() => kenta.modalText.includes('髙﨑 𠮷子'));
  await kenta.closeModal();
  await kenta.clickInHome('一覧を見る');
  await house.slack.waitFor(() => kenta.modalText.includes('*自分の担当*'));
  await kenta.closeModal();
  await kenta.clickInHome('相談する');
  await house.slack.waitFor(() => kenta.modalText.includes('基幹型への相談'));
});

test('a sender is asked for what waits for her: questions, and closings that she confirms', async () => {
  const house = await openHouse();
  const asked = aCase({ hasOpenQuestion: true, status: 'waiting' });
  const closing = aCase({ status: 'closing' });
  const byManager = aCase({ status: 'closing', urgency: 'urgent' });
  const abuse = aCase({ status: 'closing', topics: ['elder_abuse'] });
  const others = aCase({ hasOpenQuestion: true, status: 'waiting', sender: PEOPLE.minoru });
  const west = aCase({
    status: 'waiting',
    sendingCenter: 'west',
    responsibleCenter: 'west',
    sender: PEOPLE.ichiro,
  });
  await storeCases(house.db, [asked, closing, byManager, abuse, others, west, aCase()]);
  const hanako = await openHome(house, PEOPLE.hanako);
  for (const each of [asked, closing]) expect(hanako.homeText).toContain(each.reference);
  for (const each of [byManager, abuse, others, west]) expect(hanako.homeText).not.toContain(each.reference);
  expect(count(hanako.homeText, '自分が送った相談')).toBe('5件');
  expect(count(hanako.homeText, '回答待ち')).toBe('2件');
});

test('the city section sees numbers by state, of restricted cases too, and no reference', async () => {
  const house = await openHouse();
  await storeCases(house.db, [
    aCase({ status: 'waiting' }),
    aCase({ status: 'waiting', isRestricted: true }),
    aCase({ status: 'closed' }),
  ]);
  const makoto = await openHome(house, PEOPLE.makoto);
  expect(makoto.homeText).toContain(
    '受付待ち: 0件\n受付済: 0件\n対応中: 0件\n回答待ち: 2件\n終結確認中: 0件',
  );
  expect(makoto.homeText).not.toMatch(/T1-|終結: /);
  expect(makoto.offers(makoto.home)).not.toContain('一覧を開く');
});

test('a hundred and more cases are counted no further, and the tab keeps within what Slack takes', async () => {
  const house = await openHouse();
  const cases = Array.from({ length: 120 }, (_, i) =>
    aCase({ personInCharge: PEOPLE.naoko, dueAt: ago(i + 1), status: 'submitted' }),
  );
  await storeCases(house.db, cases);
  const naoko = await openHome(house, PEOPLE.naoko);
  for (const view of ['受付待ち', '自分の担当', '期限切れ'])
    expect(count(naoko.homeText, view)).toBe('100件以上');
  expect(naoko.homeText).toContain('ほかにもあります');
  expect(naoko.offers(naoko.home).filter((label) => label === '開く')).toHaveLength(10);
  expect(blocksOf(naoko.home).length).toBeLessThan(100);
});

test('with nothing to do it says so', async () => {
  const house = await openHouse();
  expect((await openHome(house, PEOPLE.takuya)).homeText).toContain('今日することはありません');
});
