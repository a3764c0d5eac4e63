/** How long cases are kept, who is told before they are erased, and what keeps them longer. */

import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { holdCase, liftHold } from '../../../src/features/consultation/retention/holding/mutations.ts';
import {
  announcedUpTo,
  eraseDay,
  keptUntil,
  readRetention,
} from '../../../src/features/consultation/retention/rules.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { STANDARD_RETENTION } from '../../../src/features/directory/handling/rules.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import { formatLongDate, japanDate } from '../../../src/lib/jst.ts';
import { refused } from '../../../src/lib/result.ts';
import { closedDaysAgo, noonIn } from '../../support/aging.ts';
import { type Browser, browserOf } from '../../support/browser.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import { acceptedCase, latestChange, refusalsOf } from '../../support/operating.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';

const FIVE_YEARS = 1827;

/** 原田 拓也 is a manager of the core center, too. */
function houseWithTwoManagers() {
  return openHouse((city) => {
    for (const person of city.staff) if (person.slackUserId === PEOPLE.takuya) person.role = 'manager';
  });
}

async function warnings(): Promise<{ erase_on: string }[]> {
  const { results } = await env.DB.prepare('SELECT erase_on FROM erasure_warning').all<{
    erase_on: string;
  }>();
  return results;
}

describe('the years', () => {
  test('a case of 22 November 2026 is kept through 22 November 2031', () => {
    const endedAt = new Date('2026-11-22T15:00:00+09:00');
    expect(keptUntil('individual', endedAt, STANDARD_RETENTION)).toBe('2031-11-23');
    expect(keptUntil('operation', endedAt, { individual: 5, operation: 1 })).toBe('2027-11-23');
  });

  test('what ended on 29 February is kept until 1 March', () => {
    const endedAt = new Date('2028-02-29T10:00:00+09:00');
    expect(keptUntil('individual', endedAt, { individual: 1, operation: 1 })).toBe('2029-03-02');
  });

  test('it is announced 30 days before, and erased no sooner than 30 days after it was announced', () => {
    const endedAt = new Date('2026-11-22T15:00:00+09:00');
    expect(announcedUpTo('individual', STANDARD_RETENTION, '2031-10-24')).toBe('2026-11-22');
    expect(announcedUpTo('individual', STANDARD_RETENTION, '2031-10-23')).toBe('2026-11-21');
    expect(eraseDay('individual', endedAt, STANDARD_RETENTION, '2031-10-24')).toBe('2031-11-23');
    expect(eraseDay('individual', endedAt, STANDARD_RETENTION, '2034-01-01')).toBe('2034-01-31');
  });

  test('a city may choose its years by kind', () => {
    expect(readRetention(null)).toEqual({ individual: 5, operation: 5 });
    expect(readRetention('{"individual":10}')).toEqual({ individual: 10, operation: 5 });
    expect(() => readRetention('{"individual":0}')).toThrow();
  });
});

test('the managers of the sending center and of the core center are told once, by reference, 30 days before', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  await closedDaysAgo(FIVE_YEARS - 28);
  await house.cron(noonIn(0));
  await house.cron(noonIn(0));
  await house.cron(noonIn(1));
  await house.delivered();
  const told = (person: string) =>
    house.slack.as(person).dm.filter(({ text }) => text.includes('保存期間が終わる'));
  expect(told(PEOPLE.kenta)).toHaveLength(1);
  expect(told(PEOPLE.minoru)).toHaveLength(1);
  expect(told(PEOPLE.minoru)[0]?.text).toContain('R8-0001');
  expect(told(PEOPLE.minoru)[0]?.text).toContain('https://kikan.test/retention');
  expect(told(PEOPLE.naoko)).toEqual([]);
  expect(told(PEOPLE.ichiro)).toEqual([]);
  expect(await warnings()).toHaveLength(1);
});

test('many at once are one message that names twenty', async () => {
  const house = await openHouse();
  const { aCase, storeCases } = await import('../../support/stored-cases.ts');
  const closedAt = new Date(Date.now() - FIVE_YEARS * 86_400_000);
  await storeCases(
    house.db,
    Array.from({ length: 23 }, () => aCase({ status: 'closed', closedAt, submittedAt: closedAt })),
  );
  await house.cron(noonIn(0));
  await house.delivered();
  const told = house.slack.as(PEOPLE.minoru).dm.filter(({ text }) => text.includes('保存期間が終わる'));
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('23件');
  expect(told[0]?.text.match(/T1-\d{4}/g)).toHaveLength(20);
  expect(told[0]?.text).toContain('ほか3件');
  expect(await warnings()).toHaveLength(23);
});

test('nobody is told at night, nor of a case that is not near its end', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  await closedDaysAgo(FIVE_YEARS - 40);
  await house.cron(noonIn(0));
  expect(await warnings()).toEqual([]);
  await house.cron(noonIn(20) - 10 * 3_600_000);
  expect(await warnings()).toEqual([]);
  await house.cron(noonIn(20));
  expect(await warnings()).toHaveLength(1);
});

test('a withdrawn case counts from its withdrawal, and an open one is never announced', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  await env.DB.prepare('UPDATE consultation SET submitted_at = 1').run();
  await house.cron(noonIn(0));
  expect(await warnings()).toEqual([]);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open('/cases/R8-0001/do/withdraw');
  await hanako.fillAndSend({ 理由: '相談がなくなりました。' });
  await house.cron(noonIn(0));
  expect(await warnings()).toEqual([]);
  await house.cron(noonIn(FIVE_YEARS));
  expect(await warnings()).toHaveLength(1);
});

describe('保留', () => {
  test('a held case is not announced; released, it is announced anew', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    await closedDaysAgo(FIVE_YEARS);
    await house.cron(noonIn(0));
    expect(await warnings()).toHaveLength(1);
    const kenta = await browserOf(house, PEOPLE.kenta);
    expect((await kenta.open('/retention')).text).toContain('R8-0001');
    await kenta.open('/retention/R8-0001');
    const held = await kenta.fillAndSend({ 保留する理由: '訴訟のため' }, '/retention/R8-0001/hold');
    expect(held.text).toContain('消去を保留にしました');
    expect(await latestChange()).toMatchObject({ action: 'consultation.hold', actor: PEOPLE.kenta });
    expect(await warnings()).toEqual([]);
    await house.cron(noonIn(40));
    await house.cron(noonIn(80));
    expect(await env.DB.prepare('SELECT erased_at FROM consultation').first('erased_at')).toBeNull();
    expect((await kenta.open('/retention/R8-0001')).text).toContain('訴訟のため');
    const lifted = await kenta.fillAndSend({}, '/retention/R8-0001/lift');
    expect(lifted.text).toContain('保留を解きました');
    await house.cron(noonIn(80));
    expect(await warnings()).toHaveLength(1);
  });

  test('two holds at the same time are one', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    const makoto = await browserOf(house, PEOPLE.makoto);
    await Promise.all(
      [kenta, makoto].map(async (browser) => {
        await browser.open('/retention/R8-0001');
        await browser.fillAndSend({ 保留する理由: '監査のため' }, '/retention/R8-0001/hold');
      }),
    );
    expect(await env.DB.prepare('SELECT count(*) AS n FROM legal_hold').first('n')).toBe(1);
  });

  test('whoever comes second hears that it is held, and keeps the reason; pressing twice is answered as the first time', async () => {
    const house = await houseWithTwoManagers();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    const takuya = await browserOf(house, PEOPLE.takuya);
    for (const browser of [kenta, takuya]) await browser.open('/retention/R8-0001');
    const hold = (browser: Browser, reason: string) =>
      browser.fillAndSend({ 保留する理由: reason }, '/retention/R8-0001/hold');
    const twice = await Promise.all([hold(kenta, '訴訟のため'), hold(kenta, '訴訟のため')]);
    for (const { text } of twice) expect(text).toContain('消去を保留にしました');
    const second = await hold(takuya, '監査のため');
    expect(second.status).toBe(409);
    expect(second.text).toContain('ほかの方が先に保留にしました');
    expect(second.text).toContain('訴訟のため');
    expect(second.text).toContain('監査のため');
    expect(await refusalsOf(PEOPLE.takuya)).toEqual([{ action: 'consultation.hold', reason: 'held' }]);
  });

  test('an admin who does not see the case knows that it is held, since when and by whom, and not why; and may lift it', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open('/retention/R8-0001');
    await kenta.fillAndSend({ 保留する理由: '訴訟のため' }, '/retention/R8-0001/hold');
    const makoto = await browserOf(house, PEOPLE.makoto);
    const shown = await makoto.open('/retention/R8-0001');
    expect(shown.text).toContain('田中 健太 さん');
    expect(shown.text).toContain(formatLongDate(japanDate(new Date())));
    expect(shown.text).toContain('理由は、相談を見られる方だけが読めます。');
    expect(shown.html).not.toContain('訴訟のため');
    expect(await auditOf('consultation.read_hold')).toEqual([]);
    expect((await kenta.open('/retention/R8-0001')).text).toContain('訴訟のため');
    expect(await auditOf('consultation.read_hold')).toEqual([
      expect.objectContaining({ actor: PEOPLE.kenta, outcome: 'done' }),
    ]);
    const lifted = await makoto.fillAndSend({}, '/retention/R8-0001/lift');
    expect(lifted.text).toContain('保留を解きました');
    expect(await latestChange()).toMatchObject({ action: 'consultation.lift_hold', actor: PEOPLE.makoto });
  });

  test.each([
    ['core staff', PEOPLE.naoko],
    ['the manager of the sending center', PEOPLE.minoru],
    ['a core manager who is not named in a 限定 case', PEOPLE.takuya],
  ])('holding and lifting ask the rules themselves: %s is refused, and noted', async (_who, person) => {
    const house = await houseWithTwoManagers();
    const { id } = await acceptedCase(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    const found = await Actor.find(house.db, person);
    if (!found) throw new Error('not listed');
    const scope = {
      settings: parseSettings(env),
      db: house.db,
      now: new Date(),
      origin: { surface: 'web' as const },
      wakeCourier: () => undefined,
      wakeIndexer: () => undefined,
    };
    expect(await holdCase(scope, found.actor, id, '訴訟のため')).toEqual(refused({ reason: 'not-found' }));
    expect(await liftHold(scope, found.actor, id)).toEqual(refused({ reason: 'not-found' }));
    expect(await env.DB.prepare('SELECT count(*) AS n FROM legal_hold').first('n')).toBe(0);
    expect(await refusalsOf(person)).toEqual([
      { action: 'consultation.hold', reason: 'not-found' },
      { action: 'consultation.lift_hold', reason: 'not-found' },
    ]);
  });

  test('a case that was erased while the form was open is not said to be held', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open('/retention/R8-0001');
    await env.DB.prepare('UPDATE consultation SET erased_at = ?').bind(Date.now()).run();
    const late = await kenta.fillAndSend({ 保留する理由: '訴訟のため' }, '/retention/R8-0001/hold');
    expect(late.status).toBe(404);
    expect(late.text).not.toContain('保留にしました');
  });

  test('a hold without anything to read in it is none', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open('/retention/R8-0001');
    const empty = await kenta.fillAndSend({ 保留する理由: '\u3000\u200b\u2060' }, '/retention/R8-0001/hold');
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('理由を書いてください');
  });

  test('a hold needs a reason, and what was typed stays', async () => {
    const house = await openHouse();
    await acceptedCase(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open('/retention/R8-0001');
    const long = await kenta.fillAndSend({ 保留する理由: 'あ'.repeat(501) }, '/retention/R8-0001/hold');
    expect(long.status).toBe(422);
    expect(long.text).toContain('500字まで');
    expect(long.text).toContain('あ'.repeat(501));
    expect(await env.DB.prepare('SELECT count(*) AS n FROM legal_hold').first('n')).toBe(0);
  });

  test.each([
    ['district staff', PEOPLE.hanako, 404, 404],
    ['core staff', PEOPLE.naoko, 404, 404],
    ['the manager of the sending center', PEOPLE.minoru, 200, 404],
    ['a core manager', PEOPLE.kenta, 200, 200],
    ['an admin of the city', PEOPLE.makoto, 200, 200],
  ])('%s', async (_who, person, list, hold) => {
    const house = await openHouse();
    await sendConsultation(house);
    const browser = await browserOf(house, person);
    expect((await browser.open('/retention')).status).toBe(list);
    expect((await browser.open('/retention/R8-0001')).status).toBe(hold);
    expect((await browser.open('/retention/R8-0099')).status).toBe(404);
  });

  test('a manager of another center sees nothing of it', async () => {
    const house = await openHouse((city) => {
      for (const person of city.staff) if (person.slackUserId === PEOPLE.ichiro) person.role = 'manager';
    });
    await acceptedCase(house);
    await closedDaysAgo(FIVE_YEARS);
    await house.cron(noonIn(0));
    const ichiro = await browserOf(house, PEOPLE.ichiro);
    const page = await ichiro.open('/retention');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('R8-0001');
  });
});
