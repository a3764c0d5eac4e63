/** Days of the audit log: each is closed once, and what was changed afterwards is found and told. */
import { env } from 'cloudflare:workers';
import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Database, runBatch } from '../../src/lib/db.ts';
import { addDays, japanDate, startOfJapanDay } from '../../src/lib/jst.ts';
import { hashOfEntry, recordAlone } from '../../src/vault/audit.ts';
import { daysDueAt, findBrokenDays, findBrokenDaysOfMinute } from '../../src/vault/audit-check.ts';
import { closeEndedDays } from '../../src/vault/audit-digest.ts';
import { auditDigest, auditEntry } from '../../src/vault/tables.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const NOW = new Date('2026-10-20T00:00:00Z');

/** The check as its job runs it: what it finds is marked. */
async function checkDays(db: Database, now: Date): Promise<string[]> {
  const { days, marks } = await findBrokenDays(db, now);
  await runBatch(db, marks);
  return days;
}

/** Something that a person read at an instant. */
function read(db: Database, at: Date, actor: string = PEOPLE.hanako): Promise<void> {
  return recordAlone(db, {
    at,
    actor,
    action: 'consultation.read',
    outcome: 'done',
    surface: 'slack',
    caseId: 'c',
  });
}

function noonOf(day: string): Date {
  return new Date(startOfJapanDay(day).getTime() + 12 * 60 * 60_000);
}

function digests({ db }: House) {
  return db.select().from(auditDigest).orderBy(asc(auditDigest.day));
}

/** A house whose log holds two people's reading on each of five days, closed; its last closed day is 5 October. */
async function closedHouse(): Promise<House> {
  const house = await openHouse();
  for (let day = 1; day <= 5; day += 1) {
    for (const actor of [PEOPLE.hanako, PEOPLE.ichiro, PEOPLE.hanako])
      await read(house.db, noonOf(`2026-10-0${day}`), actor);
  }
  await closeEndedDays(house.db, '2026-10-06', NOW);
  return house;
}

/** What somebody could do who has the database in their hands. */
async function withoutTriggers(...statements: string[]): Promise<void> {
  const { results } = await env.DB.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{
    name: string;
    sql: string;
  }>();
  for (const { name } of results) await env.DB.prepare(`DROP TRIGGER ${name}`).run();
  for (const statement of statements) await env.DB.prepare(statement).run();
  for (const { sql } of results) await env.DB.prepare(sql).run();
}

const ofDay = (day: string) => {
  const from = startOfJapanDay(day).getTime();
  return `at >= ${from} AND at < ${from + 86_400_000}`;
};

describe('an ended day', () => {
  test('is closed with the number of its entries, chained to the day before', async () => {
    const rows = await digests(await closedHouse());
    expect(rows.map(({ day, entries }) => [day, entries])).toEqual(
      ['01', '02', '03', '04', '05'].map((day) => [`2026-10-${day}`, 3]),
    );
    expect(rows.map(({ previousDigest }) => previousDigest)).toEqual(
      ['', ...rows.map(({ digest }) => digest)].slice(0, -1),
    );
    expect(new Set(rows.map(({ digest }) => digest)).size).toBe(5);
    for (const { digest, closedAt, brokenAt } of rows)
      expect([digest.length, closedAt, brokenAt]).toEqual([64, NOW, null]);
  });

  test('is closed once: closing again, later and in twos changes nothing', async () => {
    const house = await closedHouse();
    const before = await digests(house);
    await closeEndedDays(house.db, '2026-10-06', new Date());
    await Promise.all([1, 2, 3].map(() => closeEndedDays(house.db, '2026-10-06', new Date())));
    expect(await digests(house)).toEqual(before);
  });

  test('is closed once when several runs begin at the same moment', async () => {
    const house = await openHouse();
    for (let day = 1; day <= 5; day += 1) await read(house.db, noonOf(`2026-10-0${day}`));
    await Promise.all(Array.from({ length: 4 }, () => closeEndedDays(house.db, '2026-10-06', NOW)));
    const rows = await digests(house);
    expect(rows.map(({ day }) => day)).toEqual(['01', '02', '03', '04', '05'].map((day) => `2026-10-${day}`));
    expect(rows.map(({ previousDigest }) => previousDigest)).toEqual(
      ['', ...rows.map(({ digest }) => digest)].slice(0, -1),
    );
    expect(await checkDays(house.db, NOW)).toEqual([]);
  });

  test('ends at midnight in Japan, not in Greenwich', async () => {
    const house = await openHouse();
    await read(house.db, new Date('2026-10-01T14:59:59.999Z'));
    await read(house.db, new Date('2026-10-01T15:00:00.000Z'));
    await closeEndedDays(house.db, '2026-10-03', NOW);
    expect((await digests(house)).map(({ day, entries }) => [day, entries])).toEqual([
      ['2026-10-01', 1],
      ['2026-10-02', 1],
    ]);
  });

  test('is closed when nothing happened on it, too', async () => {
    const house = await openHouse();
    await read(house.db, noonOf('2026-10-01'));
    await read(house.db, noonOf('2026-10-04'));
    await closeEndedDays(house.db, '2026-10-05', NOW);
    expect((await digests(house)).map(({ entries }) => entries)).toEqual([1, 0, 0, 1]);
    const all = (await digests(house)).map(({ digest }) => digest);
    expect(new Set(all).size).toBe(all.length);
  });

  test('of a month that nobody closed is closed at the next run, as if it had been in time', async () => {
    const house = await openHouse();
    await read(house.db, noonOf('2026-08-31'));
    await closeEndedDays(house.db, '2026-09-01', NOW);
    for (const day of ['2026-09-01', '2026-09-15', '2026-10-02']) await read(house.db, noonOf(day));
    await closeEndedDays(house.db, '2026-10-05', NOW);
    const rows = await digests(house);
    expect(rows.map(({ day }) => day)).toEqual(
      Array.from({ length: 35 }, (_, i) => addDays('2026-08-31', i)),
    );
    expect(rows.reduce((sum, { entries }) => sum + entries, 0)).toBe(4);
    expect(await checkDays(house.db, NOW)).toEqual([]);
  });

  test('is not the day that still runs', async () => {
    const house = await openHouse();
    await read(house.db, noonOf('2026-10-01'));
    await closeEndedDays(house.db, '2026-10-01', NOW);
    expect(await digests(house)).toEqual([]);
  });

  test('of a log without entries is none', async () => {
    const house = await openHouse();
    await withoutTriggers('DELETE FROM audit_entry');
    await closeEndedDays(house.db, '2027-01-01', NOW);
    expect(await digests(house)).toEqual([]);
  });
});

describe('the check of closed days', () => {
  test('finds nothing in a log that only grew', async () => {
    const house = await closedHouse();
    await read(house.db, noonOf('2026-10-06'));
    expect(await checkDays(house.db, NOW)).toEqual([]);
    for (const { brokenAt } of await digests(house)) expect(brokenAt).toBeNull();
  });

  test.each([
    [
      'whose person was changed',
      `UPDATE audit_entry SET actor = 'U0NOBODY' WHERE seq = 1 AND ${ofDay('2026-10-01')}`,
      '2026-10-01',
    ],
    [
      'whose detail was changed',
      `UPDATE audit_entry SET detail = '{"x":1}' WHERE seq = 5 AND ${ofDay('2026-10-03')}`,
      '2026-10-03',
    ],
    [
      'whose case was taken out',
      `UPDATE audit_entry SET case_id = NULL WHERE seq = 5 AND ${ofDay('2026-10-03')}`,
      '2026-10-03',
    ],
    [
      'whose outcome was changed',
      `UPDATE audit_entry SET outcome = 'refused' WHERE ${ofDay('2026-10-05')}`,
      '2026-10-05',
    ],
    [
      'whose time was changed within its day',
      `UPDATE audit_entry SET at = at + 1000 WHERE seq = 3 AND ${ofDay('2026-10-02')}`,
      '2026-10-02',
    ],
    [
      'that was removed',
      `DELETE FROM audit_entry WHERE chain = 'person:${PEOPLE.ichiro}' AND ${ofDay('2026-10-04')}`,
      '2026-10-04',
    ],
    [
      'that was removed with all of its day',
      `DELETE FROM audit_entry WHERE ${ofDay('2026-10-02')}`,
      '2026-10-02',
    ],
    [
      'that was put in afterwards',
      `INSERT INTO audit_entry SELECT chain, seq + 100, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash FROM audit_entry WHERE seq = 1 AND ${ofDay('2026-10-01')}`,
      '2026-10-01',
    ],
  ])('finds the day of an entry %s, and no other day', async (_, statement, day) => {
    const house = await closedHouse();
    await withoutTriggers(statement);
    expect(await checkDays(house.db, NOW)).toEqual([day]);
    const marked = (await digests(house)).filter(({ brokenAt }) => brokenAt !== null);
    expect(marked.map((each) => [each.day, each.brokenAt])).toEqual([[day, NOW]]);
  });

  test('finds both days when an entry was moved from one to the other', async () => {
    const house = await closedHouse();
    await withoutTriggers(
      `UPDATE audit_entry SET at = at + 86400000 WHERE chain = 'person:${PEOPLE.ichiro}' AND ${ofDay('2026-10-02')}`,
    );
    expect((await checkDays(house.db, NOW)).sort()).toEqual(['2026-10-02', '2026-10-03']);
  });

  test('finds an entry that was written into a closed day by our own code', async () => {
    const house = await closedHouse();
    await read(house.db, noonOf('2026-10-04'), PEOPLE.minoru);
    expect(await checkDays(house.db, NOW)).toEqual(['2026-10-04']);
  });

  test('finds an entry that was changed together with its hash', async () => {
    const house = await closedHouse();
    await forgeLastEntryOf(house, '2026-10-03');
    expect(await checkDays(house.db, NOW)).toEqual(['2026-10-03']);
  });

  test('tells of a broken day once', async () => {
    const house = await closedHouse();
    await withoutTriggers(`UPDATE audit_entry SET actor = 'U0NOBODY' WHERE ${ofDay('2026-10-01')}`);
    expect(await checkDays(house.db, NOW)).toEqual(['2026-10-01']);
    expect(await checkDays(house.db, new Date())).toEqual([]);
    expect((await digests(house))[0]?.brokenAt).toEqual(NOW);
  });

  test('finds a day whose digest was forged along with its entry, since the next day names the old one', async () => {
    const house = await closedHouse();
    const before = await digests(house);
    await forgeLastEntryOf(house, '2026-10-03');
    // The forger closes the day anew, and puts the later days back as they were.
    await withoutTriggers("DELETE FROM audit_digest WHERE day >= '2026-10-03'");
    await closeEndedDays(house.db, '2026-10-04', NOW);
    await house.db.insert(auditDigest).values(before.slice(3));
    expect((await digests(house)).map(({ day }) => day)).toEqual(before.map(({ day }) => day));
    expect(await checkDays(house.db, NOW)).not.toEqual([]);
  });

  test('finds that the digest of a day is gone', async () => {
    const house = await closedHouse();
    await withoutTriggers(
      `DELETE FROM audit_entry WHERE ${ofDay('2026-10-03')}`,
      "DELETE FROM audit_digest WHERE day = '2026-10-03'",
    );
    expect(await checkDays(house.db, NOW)).not.toEqual([]);
  });
});

/** Makes a person's last entry of a day say something else, with a hash that fits. */
async function forgeLastEntryOf({ db }: House, day: string): Promise<void> {
  const chain = `person:${PEOPLE.ichiro}` as const;
  const rows = await db.select().from(auditEntry).where(eq(auditEntry.chain, chain));
  const row = rows.find(({ at }) => japanDate(at) === day);
  if (!row) throw new Error(`no entry on ${day}`);
  const forged = { ...row, detail: '{"forged":true}' };
  await withoutTriggers(
    `UPDATE audit_entry SET detail = '${forged.detail}', hash = '${await hashOfEntry(forged)}' WHERE chain = '${chain}' AND seq = ${row.seq}`,
  );
}

describe('by the cron', () => {
  const anHourAgo = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
  const minute = (of: number) => anHourAgo + of * 60_000;
  const dayBefore = addDays(japanDate(new Date(anHourAgo)), -2);
  const isClosed = async (house: House) => (await digests(house)).map(({ day }) => day);

  async function houseOfTwoDaysAgo(): Promise<House> {
    const house = await openHouse();
    await read(house.db, noonOf(dayBefore));
    await house.cron(minute(10));
    return house;
  }

  test('ended days are closed at ten past, at no other minute', async () => {
    const house = await openHouse();
    await read(house.db, noonOf(dayBefore));
    for (const other of [0, 9, 11, 20, 30]) await house.cron(minute(other));
    expect(await isClosed(house)).toEqual([]);
    await house.cron(minute(10));
    expect(await isClosed(house)).toEqual([dayBefore, addDays(dayBefore, 1)]);
    await house.cron(minute(10));
    expect(await isClosed(house)).toHaveLength(2);
  });

  test('the admins get a DM that names the changed day, once', async () => {
    const house = await houseOfTwoDaysAgo();
    await withoutTriggers(`UPDATE audit_entry SET actor = 'U0NOBODY' WHERE ${ofDay(dayBefore)}`);
    for (const at of [minute(20), minute(20) + 1, minute(80)]) await house.cron(at);
    await house.delivered();
    for (const admin of [PEOPLE.kenta, PEOPLE.makoto]) {
      const { dm } = house.slack.as(admin);
      expect(dm).toHaveLength(1);
      expect(dm[0]?.text).toContain(dayBefore);
      expect(dm[0]?.text).toContain('情報セキュリティ');
    }
    for (const other of [PEOPLE.naoko, PEOPLE.hanako]) expect(house.slack.as(other).dm).toEqual([]);
  });

  test('nobody gets a DM while nothing was changed', async () => {
    const house = await houseOfTwoDaysAgo();
    await house.cron(minute(20));
    await house.delivered();
    expect(house.slack.calls('chat.postMessage')).toEqual([]);
  });

  test('an alarm that could not be written is raised by the next run', async () => {
    const house = await houseOfTwoDaysAgo();
    await withoutTriggers(`UPDATE audit_entry SET actor = 'U0NOBODY' WHERE ${ofDay(dayBefore)}`);
    await env.DB.prepare(
      "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'database is full'); END",
    ).run();
    await house.cron(minute(20));
    await env.DB.prepare('DROP TRIGGER full').run();
    await house.cron(minute(80));
    await house.delivered();
    expect(house.slack.as(PEOPLE.kenta).dm.map(({ text }) => text)).toEqual([
      expect.stringContaining(dayBefore),
    ]);
  });
});

describe('the links between days', () => {
  /** What somebody could do who has the database in their hands, and knows how days are closed. */
  async function closeAnew(house: House, from: string): Promise<void> {
    await withoutTriggers(`DELETE FROM audit_digest WHERE day >= '${from}'`);
    await closeEndedDays(house.db, '2026-10-06', NOW);
  }

  test('betray an entry that was forged with its hash and all digests since', async () => {
    const house = await closedHouse();
    await forgeLastEntryOf(house, '2026-10-03');
    await closeAnew(house, '2026-10-03');
    expect(await checkDays(house.db, NOW)).toEqual(['2026-10-03']);
  });

  test('betray an entry that was taken out with all digests since made anew', async () => {
    const house = await closedHouse();
    await withoutTriggers(
      `DELETE FROM audit_entry WHERE chain = 'person:${PEOPLE.ichiro}' AND ${ofDay('2026-10-03')}`,
    );
    await closeAnew(house, '2026-10-03');
    // From which day it is gone cannot be told: the day after it shows that it is.
    expect(await checkDays(house.db, NOW)).toEqual(['2026-10-04']);
  });

  test('are whole in a log that only grew', async () => {
    const house = await closedHouse();
    for (const day of ['01', '02', '03', '04', '05'].map((each) => `2026-10-${each}`))
      expect((await findBrokenDaysOfMinute(house.db, minuteOf(day))).days).toEqual([]);
  });
});

/** The minute after NOW at which that day's turn comes. */
function minuteOf(day: string): Date {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const at = new Date(NOW.getTime() + minute * 60_000);
    if (daysDueAt(at).includes(day)) return at;
  }
  throw new Error(`${day} is never checked`);
}

test('each day of thirty years is checked once within 24 hours', () => {
  const due = Array.from({ length: 24 * 60 }, (_, n) =>
    daysDueAt(new Date(NOW.getTime() + n * 60_000)),
  ).flat();
  const days = Array.from({ length: 30 * 365 }, (_, n) => addDays(japanDate(NOW), -n));
  expect(new Set(due).size).toBe(due.length);
  expect(days.filter((day) => !due.includes(day))).toEqual([]);
});

test('an old day that was changed is found and told at its minute', async () => {
  const house = await openHouse();
  for (const day of ['2026-08-01', '2026-09-01']) await read(house.db, noonOf(day));
  await closeEndedDays(house.db, '2026-10-20', NOW);
  await withoutTriggers(`UPDATE audit_entry SET actor = 'U0NOBODY' WHERE ${ofDay('2026-08-01')}`);
  expect(await checkDays(house.db, NOW)).toEqual([]);
  await house.cron(minuteOf('2026-08-01').getTime());
  await house.delivered();
  expect(house.slack.as(PEOPLE.makoto).dm.map(({ text }) => text)).toEqual([
    expect.stringContaining('2026-08-01'),
  ]);
});

test('the first check of a day is noted in the audit log, with what it found', async () => {
  const house = await closedHouse();
  const checks = async () => {
    const rows = await house.db.select().from(auditEntry).where(eq(auditEntry.action, 'audit.check'));
    return rows.map(({ actor, chain, detail }) => [actor, chain, JSON.parse(detail)]);
  };
  const at = (time: string) => Date.parse(`2026-10-20T${time}Z`);
  for (const time of ['00:20', '01:20', '14:20']) await house.cron(at(time));
  const noted = ['job:check-audit', 'city', { days: 5, broken: 0 }];
  expect(await checks()).toEqual([noted]);
  await house.cron(at('15:20'));
  expect(await checks()).toHaveLength(2);
});
