/** The calendar feed, as a foreign program reads it: what stands in it, what follows a change, and who gets nothing. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { writeCalendar } from '../../../src/features/meeting/calendar/feed.ts';
import { eventsOf, type FeedEvent } from '../../../src/features/meeting/calendar/rules.ts';
import { calendarText as text } from '../../../src/features/meeting/calendar/text.ts';
import { changeInvitations } from '../../../src/features/meeting/changing/inviting/mutations.ts';
import { changeMeetingByJob } from '../../../src/features/meeting/storing/mutations.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt, storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const ADDRESS = /https:\/\/kikan\.test\/calendar\/[\w-]{43}\.ics/;

/** Opens the modal and presses a button of it. */
async function calendarOf(house: House, who: string) {
  const somebody = house.slack.as(who);
  while (somebody.modal) await somebody.closeModal();
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the menu' });
  await somebody.clickInModal('カレンダーに取り込む');
  await house.slack.waitFor(() => somebody.modalText.includes(text.what), { what: 'the calendar' });
  return somebody;
}

async function newAddress(house: House, who: string): Promise<string> {
  const somebody = await calendarOf(house, who);
  const isFirst = somebody.modalText.includes(text.none);
  await somebody.clickInModal(isFirst ? text.make : text.makeNew);
  await house.slack.waitFor(() => ADDRESS.test(somebody.modalText), { what: 'an address' });
  return ADDRESS.exec(somebody.modalText)?.[0] ?? '';
}

async function fetched(house: House, address: string, method = 'GET') {
  const answer = await house.fetch(new Request(address, { method, redirect: 'manual' }));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { answer, bytes, body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
}

/** As ical.js reads it. */
function readEvents(body: string) {
  const calendar = new ICAL.Component(ICAL.parse(body));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const value = (name: string) => String(component.getFirstPropertyValue(name) ?? '');
    return {
      uid: event.uid,
      summary: event.summary,
      location: event.location,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      isUtc: event.startDate.zone === ICAL.Timezone.utcTimezone,
      sequence: event.sequence,
      status: value('status'),
      transparency: value('transp'),
      url: value('url'),
      stamp: value('dtstamp'),
    };
  });
}

async function eventsAt(house: House, address: string) {
  const { answer, body } = await fetched(house, address);
  expect(answer.status).toBe(200);
  return readEvents(body);
}

/** RFC 5545, 3.1: lines end with CRLF, have at most 75 octets, and no letter is split between two. */
function expectLines(bytes: Uint8Array): void {
  let begin = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 0x0d) expect(bytes[i + 1]).toBe(0x0a);
    if (bytes[i] !== 0x0a) continue;
    expect(bytes[i - 1]).toBe(0x0d);
    const line = bytes.subarray(begin, i - 1);
    expect(line.length).toBeLessThanOrEqual(75);
    expect(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)).not.toThrow();
    begin = i + 1;
  }
  expect(begin).toBe(bytes.length);
}

describe('a calendar feed', () => {
  test('holds what its person attends, follows changes, and ends with its address', async () => {
    const house = await openHouse(withMeetings);
    const place = '市役所 302, 第1会議室; 北側\\奥';
    const heads = await storedMeeting(house, 'センター長会議', {
      place,
      url: 'https://meet.example.jp/a?b=1,2',
    });
    // A seat of the center, which its manager takes; one of another center that is nobody's business.
    const watch = await storedMeeting(house, '見守り担当者連絡会');
    const own = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'east',
      organiser: PEOPLE.minoru,
      title: '個別のこと',
      place: '東センター',
      seats: [{ seat: `person:${PEOPLE.minoru}`, by: 'person', person: PEOPLE.minoru, center: 'east' }],
    });
    const others = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'west',
      organiser: PEOPLE.ichiro,
      seats: [{ seat: `person:${PEOPLE.ichiro}`, by: 'person', person: PEOPLE.ichiro, center: 'west' }],
    });
    const address = await newAddress(house, PEOPLE.minoru);
    const { answer, bytes, body } = await fetched(house, address);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, max-age=300',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expectLines(bytes);
    expect(body).toContain('LOCATION:市役所 302\\, 第1会議室\\; 北側\\\\奥');
    const before = readEvents(body);
    expect(before.map(({ summary }) => summary).sort()).toEqual([
      `${heads.reference} センター長会議`,
      `${watch.reference} 見守り担当者連絡会`,
      '地域ケア個別会議',
    ]);
    const first = before.find(({ uid }) => uid === `${heads.id}@kikan.test`);
    expect(first).toMatchObject({
      location: place,
      isUtc: true,
      sequence: 0,
      status: 'CONFIRMED',
      transparency: 'OPAQUE',
      url: 'https://meet.example.jp/a?b=1%2C2',
    });
    expect(first?.stamp).not.toBe('');
    // Of a private meeting: its kind, and when.
    expect(before.find(({ uid }) => uid.startsWith(own.id))).toMatchObject({
      summary: '地域ケア個別会議',
      location: null,
      url: '',
    });
    for (const hidden of ['個別のこと', '東センター', others.reference, own.reference, '阿部', '田中'])
      expect(body).not.toContain(hidden);

    // Moved, then called off.
    const scope = scopeAt(house, new Date(Date.now() + 60_000));
    const startsAt = new Date(Date.parse(first?.start ?? '') + 86_400_000);
    const endsAt = new Date(startsAt.getTime() + 3_600_000);
    const change = (set: object) =>
      changeMeetingByJob(scope, { id: heads.id, action: 'meeting.change', job: 'test' }, async () => ({
        set,
      }));
    await change({ startsAt, endsAt, sequence: 1 });
    const moved = (await eventsAt(house, address)).find(({ uid }) => uid === first?.uid);
    expect(moved).toMatchObject({ start: startsAt.toISOString(), end: endsAt.toISOString(), sequence: 1 });
    expect(moved?.stamp).not.toBe(first?.stamp);
    await change({ status: 'cancelled', cancelledAt: scope.now, sequence: 2 });
    const cancelled = (await eventsAt(house, address)).find(({ uid }) => uid === first?.uid);
    expect(cancelled).toMatchObject({ sequence: 2, status: 'CANCELLED', transparency: 'TRANSPARENT' });

    // A seat that was taken off, and one that is answered 欠席.
    await env.DB.prepare('UPDATE meeting_seat SET removed_at = ? WHERE meeting_id = ?')
      .bind(Date.now(), own.id)
      .run();
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'absent' WHERE seat = 'center:east'").run();
    const after = await eventsAt(house, address);
    expect(after.find(({ uid }) => uid.startsWith(own.id))).toMatchObject({
      status: 'CANCELLED',
      sequence: 1,
    });
    expect(after.find(({ summary }) => summary.endsWith('見守り担当者連絡会'))).toMatchObject({
      status: 'CONFIRMED',
      transparency: 'TRANSPARENT',
    });
    await env.DB.prepare('UPDATE meeting_seat SET removed_at = ? WHERE meeting_id = ?')
      .bind(Date.now() - 31 * 86_400_000, own.id)
      .run();
    expect((await eventsAt(house, address)).some(({ uid }) => uid.startsWith(own.id))).toBe(false);

    // The address stands in no message, no log and no column.
    await house.delivered();
    const secret = address.slice(-47, -4);
    expect(JSON.stringify([house.slack.calls('chat.postMessage'), house.logs])).not.toContain(secret);
    expect(JSON.stringify((await env.DB.prepare('SELECT * FROM calendar_feed').all()).results)).not.toContain(
      secret,
    );

    // A new address ends the old one; ended and unknown ones are answered alike.
    const next = await newAddress(house, PEOPLE.minoru);
    expect(next).not.toBe(address);
    expect((await fetched(house, next, 'HEAD')).answer.status).toBe(200);
    const nothing = async (of: string) => {
      const { answer: refusal, body: words } = await fetched(house, of);
      return [refusal.status, words, Object.fromEntries(refusal.headers)];
    };
    const unknown = await nothing(`https://kikan.test/calendar/${'A'.repeat(43)}.ics`);
    expect(unknown[0]).toBe(404);
    expect(await nothing(address)).toEqual(unknown);
    expect(await nothing('https://kikan.test/calendar/x.ics')).toEqual(unknown);
    // Pressed again, the button that was shown before does not end what is shown now.
    await send(house, pressBody(PEOPLE.minoru, 'meeting.calendar_make', 'none'));
    expect((await fetched(house, next)).answer.status).toBe(200);
    const minoru = await calendarOf(house, PEOPLE.minoru);
    expect(minoru.modalText).not.toMatch(ADDRESS);
    await minoru.clickInModal(text.revoke);
    await house.slack.waitFor(() => minoru.modalText.includes(text.revoked), { what: 'the end' });
    expect(await nothing(next)).toEqual(unknown);
    expect((await auditOf('meeting.make_calendar')).map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
      'refused',
    ]);
  });

  test('of whoever has left is gone; a deputy finds the meeting in hers; whoever changes centers loses the old one’s', async () => {
    const house = await openHouse(withMeetings);
    const east = await storedMeeting(house, '見守り担当者連絡会');
    const [hanako, minoru, west] = await Promise.all([
      newAddress(house, PEOPLE.hanako),
      newAddress(house, PEOPLE.minoru),
      newAddress(house, 'U0WEST1'),
    ]);
    expect(await eventsAt(house, hanako)).toEqual([]);
    expect(await eventsAt(house, minoru)).toHaveLength(1);
    await env.DB.prepare(
      "UPDATE meeting_seat SET answer = 'deputy', deputy = ? WHERE meeting_id = ? AND seat = 'center:east'",
    )
      .bind(PEOPLE.hanako, east.id)
      .run();
    expect((await eventsAt(house, hanako)).map(({ transparency }) => transparency)).toEqual(['OPAQUE']);
    expect((await eventsAt(house, minoru)).map(({ transparency }) => transparency)).toEqual(['TRANSPARENT']);
    await importAgain(house, (city) => {
      without(PEOPLE.hanako)(city);
      for (const person of city.staff) if (person.slackUserId === 'U0WEST1') person.center = 'city';
    });
    expect((await fetched(house, hanako)).answer.status).toBe(404);
    expect(await eventsAt(house, west)).toEqual([]);
  });
});

test('whoever is taken off a meeting and invited again sees it again: the number in her calendar only rises', async () => {
  const house = await openHouse(withMeetings);
  const { id } = await storedMeeting(house, 'センター長会議');
  const address = await newAddress(house, PEOPLE.minoru);
  const kenta = (await Actor.find(house.db, PEOPLE.kenta))?.actor;
  if (!kenta) throw new Error('nobody');
  const nobody = { people: [], centers: [], guests: [], removed: [] };
  const seen = [await eventsAt(house, address)];
  for (const change of [{ removed: [`person:${PEOPLE.minoru}`] }, { people: [PEOPLE.minoru] }]) {
    await changeInvitations(scopeAt(house, new Date()), kenta, id, { ...nobody, ...change });
    seen.push(await eventsAt(house, address));
  }
  expect(seen.flat().map(({ sequence, status }) => [sequence, status])).toEqual([
    [0, 'CONFIRMED'],
    [1, 'CANCELLED'],
    [2, 'CONFIRMED'],
  ]);
});

test('any title, place and address keeps to RFC 5545 and comes back as it was', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
  const long = fc.constantFrom(
    '高齢者虐待防止ネットワーク運営委員会拡大協議会'.repeat(6),
    '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(30),
    'a,b;c\\d\ne\r\nf"g:h',
  );
  fc.assert(
    fc.property(fc.oneof(words, long), fc.oneof(words, long), (summary, place) => {
      const event: FeedEvent = {
        id: 'id',
        startsAt: new Date('2027-04-21T05:00:00Z'),
        endsAt: new Date('2027-04-21T06:30:00Z'),
        sequence: 3,
        changedAt: new Date('2026-11-22T00:00:00Z'),
        isCancelled: false,
        isBusy: true,
        summary,
        place,
        url: 'https://meet.example.jp/',
      };
      const written = writeCalendar([event], 'みどり市 会議', 'kikan.test');
      expectLines(new TextEncoder().encode(written));
      const [read] = readEvents(written);
      expect(read?.summary).toBe(plainOf(summary));
      expect(read?.location).toBe(plainOf(place));
      expect(read).toMatchObject({ sequence: 3, start: '2027-04-21T05:00:00.000Z', isUtc: true });
    }),
  );
});

/** What a calendar can hold of a text: no controls but line ends. */
function plainOf(value: string): string {
  return value.replaceAll(/\r\n?/g, '\n').replaceAll(/[\p{Cc}--[\t\n]]/gv, '');
}

test('a meeting with two seats of one person stands once, and busy if either is', () => {
  const seat = {
    id: 'm',
    reference: '会R9-001',
    kindName: '会議',
    title: null,
    status: 'fixed',
    startsAt: new Date('2027-04-21T05:00:00Z'),
    endsAt: new Date('2027-04-21T06:30:00Z'),
    place: null,
    url: null,
    isPrivate: false,
    sequence: 0,
    updatedAt: new Date('2026-11-22T00:00:00Z'),
    deputy: null,
    answer: null,
    removedAt: null,
  } as const;
  const lost = { ...seat, removedAt: new Date('2026-11-23T00:00:00Z') };
  expect(eventsOf([lost, { ...seat, answer: 'absent' }], 'U1')).toMatchObject([
    { isCancelled: false, isBusy: false },
  ]);
  expect(eventsOf([{ ...seat, answer: 'absent' }, seat], 'U1')).toMatchObject([{ isBusy: true }]);
  expect(eventsOf([lost], 'U1')).toMatchObject([{ isCancelled: true, sequence: 1 }]);
});
