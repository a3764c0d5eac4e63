/** Whose a waiting mail is while somebody sends it. */
import { expect, test } from 'vitest';
import { runBatch } from '../../src/lib/db.ts';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { claimDueMails, settleMails } from '../../src/mail/queue.ts';
import { afterAnswer } from '../../src/mail/rules.ts';
import { outgoingMail } from '../../src/mail/tables.ts';
import { type House, openHouse } from '../support/house.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 6, 3);
const at = (minute: number) => new Date(NOW + minute * MINUTE);

async function houseWithMail(): Promise<House> {
  const house = await openHouse();
  const mail = { to: 'isha@example.jp', subject: 'ご案内', text: '会議があります。' };
  await runBatch(house.db, [enqueueMail(house.db, [mail], at(0))]);
  return house;
}

async function rowOf({ db }: House) {
  const [row] = await db.select().from(outgoingMail);
  if (!row) throw new Error('no mail');
  return row;
}

test('of those who ask at once one gets it', async () => {
  const { db } = await houseWithMail();
  const claims = await Promise.all([1, 2, 3].map(() => claimDueMails(db, at(1), at(4), 10)));
  expect(claims.map(({ length }) => length).sort()).toEqual([0, 0, 1]);
});

test('whoever vanishes while sending keeps it for three minutes, not for ever', async () => {
  const house = await houseWithMail();
  const real = Date.now();
  await claimDueMails(house.db, at(1), new Date(real + 3 * MINUTE), 10);
  await house.cron(real + MINUTE);
  expect(house.mails).toEqual([]);
  await house.cron(real + 3 * MINUTE);
  expect(house.mails).toHaveLength(1);
});

test('who was too slow does not put off what somebody else is sending by now, but what was sent is sent', async () => {
  const house = await houseWithMail();
  const [slow] = await claimDueMails(house.db, at(1), at(4), 10);
  await claimDueMails(house.db, at(5), at(8), 10);
  if (!slow) throw new Error('nothing claimed');
  const failed = afterAnswer(slow, { outcome: 'later', error: 'timeout' }, at(1));
  await settleMails(house.db, [failed], at(4));
  expect(await rowOf(house)).toMatchObject({ state: 'waiting', dueAt: at(8), attempts: 0 });
  await settleMails(house.db, [afterAnswer(slow, { outcome: 'sent' }, at(1))], at(4));
  expect(await rowOf(house)).toMatchObject({ state: 'sent', settledAt: at(1) });
});

test('what was sent stays sent, whatever a second sender meets', async () => {
  const house = await houseWithMail();
  const [mail] = await claimDueMails(house.db, at(1), at(4), 10);
  if (!mail) throw new Error('nothing claimed');
  await settleMails(house.db, [afterAnswer(mail, { outcome: 'sent' }, at(1))], at(4));
  await settleMails(house.db, [afterAnswer(mail, { outcome: 'refused', error: 'http_400' }, at(1))], at(4));
  expect(await rowOf(house)).toMatchObject({ state: 'sent', lastError: null });
  expect(await claimDueMails(house.db, at(9), at(12), 10)).toEqual([]);
});
