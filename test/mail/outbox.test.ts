/** What may be handed to the mail, and that it is stored with the change that it tells of or not at all. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { city } from '../../src/features/directory/tables.ts';
import { runBatch } from '../../src/lib/db.ts';
import {
  enqueueMail,
  enqueueMailIfChanged,
  type MailEntry,
  MailError,
  withdrawMail,
} from '../../src/mail/outbox.ts';
import { outgoingMail } from '../../src/mail/tables.ts';
import { type House, openHouse } from '../support/house.ts';

const mail = (change: Partial<MailEntry> = {}): MailEntry => ({
  to: 'isha@example.jp',
  subject: 'ご案内（会R8-012）',
  text: '10月5日 14:00から、会議があります。\n場所: 市役所 301',
  ...change,
});

async function stored({ db }: House) {
  return db.select().from(outgoingMail).orderBy(outgoingMail.id);
}

test('mails are stored as they were handed over, in their order, more than a statement has parameters', async () => {
  const house = await openHouse();
  const now = new Date();
  const mails = Array.from({ length: 150 }, (_, i) =>
    mail({ to: `isha${i}@example.jp`, ...(i === 0 ? { html: '<p>ご案内</p>', about: 'm1' } : {}) }),
  );
  await runBatch(house.db, [enqueueMail(house.db, mails, now)]);
  const rows = await stored(house);
  expect(rows.map(({ to }) => to)).toEqual(mails.map(({ to }) => to));
  expect(rows[0]).toMatchObject({
    ...mails[0],
    state: 'waiting',
    attempts: 0,
    createdAt: now,
    dueAt: now,
    firstTriedAt: null,
    lastError: null,
    settledAt: null,
    reportedAt: null,
  });
  expect(rows[1]).toMatchObject({ html: null, about: null });
});

test('of a change that somebody else made first nothing is mailed', async () => {
  const house = await openHouse();
  const now = new Date();
  const rename = (from: string) => house.db.update(city).set({ name: 'あおば市' }).where(eq(city.name, from));
  await runBatch(house.db, [rename('みどり市'), enqueueMailIfChanged(house.db, [mail()], now)]);
  expect(await stored(house)).toHaveLength(1);
  await runBatch(house.db, [rename('みどり市'), enqueueMailIfChanged(house.db, [mail()], now)]);
  expect(await stored(house)).toHaveLength(1);
});

test('what waits is withdrawn with what it is about; nothing else is', async () => {
  const house = await openHouse();
  const mails = [mail({ about: 'm1' }), mail({ about: 'm2' }), mail()];
  await runBatch(house.db, [enqueueMail(house.db, mails, new Date())]);
  await runBatch(house.db, [withdrawMail(house.db, 'm1')]);
  expect((await stored(house)).map(({ about }) => about)).toEqual(['m2', null]);
});

describe('refused, naming the field and never its value:', () => {
  test.each<[string, string, Partial<MailEntry>]>([
    ['a second header behind the subject', 'subject', { subject: 'canary\r\nBcc: canary@example.jp' }],
    ['a subject of two lines', 'subject', { subject: 'canary\nx' }],
    ['a line separator of Unicode', 'subject', { subject: 'canary\u2028x' }],
    ['a NUL in the subject', 'subject', { subject: 'canary\0x' }],
    ['an empty subject', 'subject', { subject: ' ' }],
    ['a long subject', 'subject', { subject: 'canary'.repeat(40) }],
    ['a second header behind the address', 'to', { to: 'canary@example.jp\r\nBcc: x@example.jp' }],
    ['two addresses', 'to', { to: 'canary@example.jp, x@example.jp' }],
    ['an address with a name', 'to', { to: 'canary <canary@example.jp>' }],
    ['no address', 'to', { to: 'canary' }],
    ['an empty text', 'text', { text: '' }],
  ])('%s', async (_, field, change) => {
    const house = await openHouse();
    let error: unknown;
    try {
      enqueueMail(house.db, [mail(), mail(change)], new Date());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MailError);
    expect(String(error)).toContain(`${field}: `);
    expect(String(error)).not.toMatch(/canary|Bcc/);
  });
});
