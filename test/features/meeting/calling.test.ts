/** Calling a meeting through the front door: with a date, or with a poll for one; once a form, and everybody told once. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { CALL_FORM, CALL_KIND_FORM } from '../../../src/features/meeting/calling/blocks.ts';
import { callingText as text } from '../../../src/features/meeting/calling/text.ts';
import { eraYear, fiscalYearOf, formatDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { submitForged } from '../../support/forged.ts';
import { type House, openHouse } from '../../support/house.ts';
import { withMeetings } from '../../support/meeting.ts';
import {
  CALL_BUTTON,
  calledPoll,
  DATES,
  directsWith,
  openCall,
  openDay,
  typedDay,
} from '../../support/polling.ts';
import { auditOf, send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

async function meetings(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    `SELECT reference, status, starts_at, ends_at, place, url, title, answer_by, host_center, is_private, organiser,
      (SELECT name FROM meeting_kind WHERE id = kind) AS kind,
      (SELECT group_concat(seat, ' ') FROM (SELECT seat FROM meeting_seat WHERE meeting_id = meeting.id ORDER BY seat)) AS seats
      FROM meeting ORDER BY reference`,
  ).all();
  return results;
}

/** The first closed day that a kind's meeting could be typed on: a Saturday to come. */
function nextSaturday(): string {
  const date = new Date(`${openDay(10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((6 - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}

async function tables(): Promise<number> {
  return (await env.DB.prepare('SELECT count(*) AS n FROM meeting').first<number>('n')) ?? -1;
}

async function callFixed(house: House, fields: Record<string, string | string[] | null>) {
  const kenta = await openCall(house, PEOPLE.kenta, 'センター長会議', 'fixed');
  const sent = await kenta.fillAndSubmit({ 日にち: openDay(10), ...fields });
  return { kenta, sent };
}

describe('calling a meeting with a date', () => {
  test('stores it with its seats and guests, tells each once, mails guests, and posts its card', async () => {
    const house = await openHouse(withMeetings);
    const on = openDay(10);
    const { kenta, sent } = await callFixed(house, {
      開始: '09:00',
      '長さ（分）': '６０分',
      題名: '四半期の報告 <!channel>',
      場所: '市役所 302',
      オンラインのURL: 'https://meet.example.jp/abc',
      出欠の締切: openDay(8),
      ほかに招く職員: ['佐藤 花子（東）'],
      ほかに招くセンター: ['南'],
      外部の方: '山田 太郎 <yamada@clinic.example.jp>',
    });
    expect(sent.errors).toBeUndefined();
    const startsAt = new Date(`${on}T09:00:00+09:00`);
    const series = eraYear(fiscalYearOf(startsAt, 4), 4);
    expect(await meetings()).toEqual([
      {
        reference: `会${series}-001`,
        status: 'fixed',
        starts_at: startsAt.getTime(),
        ends_at: startsAt.getTime() + 3_600_000,
        place: '市役所 302',
        url: 'https://meet.example.jp/abc',
        title: '四半期の報告 <!channel>',
        answer_by: openDay(8),
        host_center: 'kikan',
        is_private: 0,
        organiser: PEOPLE.kenta,
        kind: 'センター長会議',
        seats:
          'center:south guest:yamada@clinic.example.jp person:U0HANAKO person:U0KENTA person:U0MAKOTO person:U0MINORU person:U0NAOKO person:U0SOUTH1 person:U0TAKUYA person:U0WEST1',
      },
    ]);
    expect(kenta.modalText).toContain(text.called(`会${series}-001`));
    await house.delivered();
    for (const person of [PEOPLE.hanako, PEOPLE.minoru, PEOPLE.makoto, PEOPLE.naoko, 'U0SOUTH1', 'U0WEST1'])
      expect([person, directsWith(house, person, `会${series}-001`)]).toEqual([person, 1]);
    // Invited by nobody: staff of the centers whose heads meet.
    expect(directsWith(house, PEOPLE.ichiro, '会R')).toBe(0);
    await house.cron();
    expect(house.mails.map(({ to }) => to)).toEqual(['yamada@clinic.example.jp']);
    expect(JSON.stringify(house.slack.messages(CHANNELS.general))).toContain(`会${series}-001`);
    // A mail is plain text: there it stays as it was typed.
    const toSlack = house.slack
      .calls()
      .filter(({ method }) => method !== 'mail')
      .map((call) => JSON.stringify(call));
    expect(toSlack.filter((call) => call.includes('<!channel>'))).toEqual([]);
  });

  test('on a closed day asks once more; the second time it is stored', async () => {
    const house = await openHouse(withMeetings);
    const saturday = nextSaturday();
    const { kenta, sent } = await callFixed(house, { 日にち: saturday, 場所: '公民館' });
    expect(sent.errors).toBeUndefined();
    expect(await tables()).toBe(0);
    expect(kenta.modalText).toContain(text.closedWarning([formatDate(saturday)]));
    expect(kenta.filledIn).toMatchObject({ 日にち: saturday, 場所: '公民館' });
    await kenta.submit();
    expect(await meetings()).toMatchObject([{ place: '公民館', status: 'fixed' }]);
    // Its series is that of the fiscal year in which it falls.
    const firstMonth = 4;
    const series = eraYear(fiscalYearOf(startOfJapanDay(saturday), firstMonth), firstMonth);
    expect(await meetings()).toMatchObject([{ reference: `会${series}-001` }]);
  });

  test('refuses what cannot be, beside each field, and keeps the rest', async () => {
    const house = await openHouse(withMeetings);
    const { kenta, sent } = await callFixed(house, {
      日にち: '2020-01-01',
      '長さ（分）': '一時間',
      場所: '公民館',
      オンラインのURL: 'javascript:alert(1)',
      資料のURL: 'shiryo',
      議題の締切: '2020-01-01',
      外部の方: '山田 太郎',
    });
    expect(sent.errors).toEqual({
      日にち: text.errors.past,
      '長さ（分）': text.errors.notMinutes,
      オンラインのURL: text.errors.notUrl,
      資料のURL: text.errors.notUrl,
      議題の締切: text.errors.beforeToday,
      外部の方: text.errors.guestLine(1),
    });
    expect(kenta.filledIn).toMatchObject({ 場所: '公民館' });
    const late = await kenta.fillAndSubmit({
      日にち: openDay(10),
      '長さ（分）': '60',
      オンラインのURL: null,
      資料のURL: null,
      外部の方: null,
      議題の締切: openDay(11),
    });
    expect(late.errors).toEqual({ 議題の締切: text.errors.afterMeeting });
    expect(await tables()).toBe(0);
  });

  test('refuses a title that holds personal data, for it leaves for Slack and mails; names of staff may stand there', async () => {
    const house = await openHouse(withMeetings);
    const { kenta, sent } = await callFixed(house, { 題名: '山田 太郎さん（090-1234-5678）の件' });
    expect(Object.keys(sent.errors ?? {})).toEqual(['題名']);
    expect(sent.errors?.題名).toContain('電話番号');
    expect(await tables()).toBe(0);
    const corrected = await kenta.fillAndSubmit({ 題名: '佐藤 花子の引き継ぎ' });
    expect(corrected.errors).toBeUndefined();
    expect(await meetings()).toMatchObject([{ title: '佐藤 花子の引き継ぎ' }]);
    await house.delivered();
    expect(JSON.stringify(house.slack.calls())).not.toContain('090-1234-5678');
  });

  test('is offered for the kinds of one’s own side only; a district center’s is its own, private, and invites whom it chooses', async () => {
    const house = await openHouse(withMeetings);
    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => minoru.modal, { what: 'the menu' });
    await minoru.clickInModal(CALL_BUTTON);
    await house.slack.waitFor(() => minoru.modals.length === 2, { what: 'the kinds' });
    await expect(minoru.fill({ 会議体: 'センター長会議' })).rejects.toThrow('no option');
    await expect(minoru.fill({ 会議体: '研修' })).rejects.toThrow('no option');
    await minoru.fillAndSubmit({ 会議体: '地域ケア個別会議', 日程: '日時が決まっている' });
    expect(minoru.filledIn).toMatchObject({
      ほかに招くセンター: ['東'],
      見える範囲: ['参加する方だけに見せる'],
    });
    const nobody = await minoru.fillAndSubmit({ 日にち: openDay(10), ほかに招くセンター: [] });
    expect(nobody.errors).toEqual({ ほかに招くセンター: text.errors.noSeat });
    await minoru.fillAndSubmit({ ほかに招くセンター: ['東', '西'], ほかに招く職員: ['伊藤 直子（基幹型）'] });
    expect(await meetings()).toMatchObject([
      { host_center: 'east', is_private: 1, seats: 'center:east center:west person:U0NAOKO' },
    ]);
    await house.delivered();
    const [{ reference } = {}] = await meetings();
    for (const [person, told] of [
      [PEOPLE.minoru, 1],
      ['U0WEST1', 1],
      [PEOPLE.naoko, 1],
      [PEOPLE.kenta, 0],
      [PEOPLE.hanako, 0],
    ] as const)
      expect([person, directsWith(house, person, String(reference))]).toEqual([person, told]);
  });

  test('a form of one’s own making calls no meeting of others, and the attempt is noted', async () => {
    const house = await openHouse(withMeetings);
    const kind = await env.DB.prepare(
      "SELECT id FROM meeting_kind WHERE name = 'センター長会議'",
    ).first<string>('id');
    const metadata = JSON.stringify({ kind, way: 'fixed', closed: [] });
    const answer = await send(
      house,
      submissionBody(PEOPLE.minoru, {
        id: 'V1',
        callbackId: CALL_FORM,
        metadata,
        values: { on: { type: 'datepicker', selected_date: openDay(10) } },
      }),
    );
    expect(answer).toContain(text.notAllowed);
    const visitor = await Visitor.signedIn(house, PEOPLE.minoru);
    expect((await submitForged(visitor, CALL_FORM, '{"kind":')).body).toContain(text.notAllowed);
    expect(await tables()).toBe(0);
    expect(await auditOf('meeting.call')).toEqual([
      {
        chain: `person:${PEOPLE.minoru}`,
        actor: PEOPLE.minoru,
        outcome: 'refused',
        detail: { reason: 'not-allowed' },
      },
    ]);
  });

  test('in a city of 250 people anybody can be invited, in chat and on the page', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      for (let i = 0; i < 250; i += 1)
        city.staff.push({
          slackUserId: `U1EAST${i}`,
          name: `職員 ${i}番`,
          center: 'east',
          profession: '保健師',
          role: 'staff',
          admin: false,
          duty: false,
        });
    });
    await callFixed(house, { ほかに招く職員: ['職員 249番（東）'] });
    expect(await meetings()).toMatchObject([{ seats: expect.stringContaining('person:U1EAST249') }]);
    const visitor = await Visitor.signedIn(house, PEOPLE.kenta);
    const kind = await env.DB.prepare(
      "SELECT id FROM meeting_kind WHERE name = 'センター長会議'",
    ).first<string>('id');
    const values = { kind: kind ?? '', way: 'fixed' };
    const form = await submitForged(visitor, CALL_KIND_FORM, '', { values });
    expect([form.status, form.body.includes('職員 249番')]).toEqual([200, true]);
    const fields = { on: openDay(12), at: '10:00', minutes: '60', people: ['U1EAST248'], centers: [] };
    const metadata = JSON.stringify({ kind, way: 'fixed', closed: [] });
    const made = await submitForged(visitor, CALL_FORM, metadata, { values: fields });
    expect([made.status, made.location?.startsWith('/meetings/R')]).toEqual([303, true]);
    expect(await tables()).toBe(2);
  });
});

describe('opening a poll', () => {
  test('tells the seats’ people and each center’s contacts once, with a button; the same form sent twice makes one', async () => {
    const house = await openHouse(withMeetings);
    const kenta = await openCall(house, PEOPLE.kenta, '見守り担当者連絡会', 'poll');
    const fields = {
      [DATES]: `${typedDay(openDay(10))}　１４：００〜１５：３０\n${typedDay(openDay(11))} 10:00`,
      日程の回答の締切日: openDay(5),
      締切の時刻: '17:00',
      外部の方: '山田 太郎 <yamada@clinic.example.jp>',
    };
    await kenta.fill(fields);
    await Promise.all([kenta.submit(), kenta.submit()].map((sent) => sent.catch(() => undefined)));
    expect(await meetings()).toMatchObject([
      { status: 'polling', starts_at: null, seats: expect.stringContaining('center:west') },
    ]);
    const dates = await env.DB.prepare(
      'SELECT (ends_at - starts_at) / 60000 AS minutes FROM meeting_poll_date ORDER BY starts_at',
    ).all();
    expect(dates.results.map(({ minutes }) => minutes)).toEqual([90, 90]);
    await house.delivered();
    await house.cron();
    const [{ reference } = {}] = await meetings();
    for (const person of [PEOPLE.minoru, 'U0WEST1', 'U0SOUTH1', PEOPLE.kenta, PEOPLE.naoko])
      expect([person, directsWith(house, person, String(reference))]).toEqual([person, 1]);
    expect(directsWith(house, PEOPLE.minoru, 'meeting.vote')).toBe(1);
    expect([directsWith(house, PEOPLE.hanako, '会R'), house.mails]).toEqual([0, []]);
  });

  test('refuses faulty lines by their number, doubles, the past, more than 20, and a deadline after the first candidate', async () => {
    const house = await openHouse(withMeetings);
    const kenta = await openCall(house, PEOPLE.kenta, 'センター長会議', 'poll');
    const day = typedDay(openDay(10));
    const faulty = await kenta.fillAndSubmit({
      [DATES]: `${day} 14:00\n山田さんの都合のよい日\n2020/1/6 9:00\n${day} 14:00-16:00`,
      日程の回答の締切日: openDay(5),
    });
    const [sentence = ''] = Object.values(faulty.errors ?? {});
    expect(sentence.split('\n')).toEqual([
      text.errors.line(2, 'unreadable'),
      text.errors.line(3, 'past'),
      text.errors.line(4, 'double'),
    ]);
    const many = Array.from({ length: 21 }, (_, i) => `${day} ${String(i).padStart(2, '0')}:00`).join('\n');
    const tooMany = await kenta.fillAndSubmit({ [DATES]: many, 日程の回答の締切日: openDay(5) });
    expect(Object.values(tooMany.errors ?? {})).toEqual([text.errors.tooMany(20)]);
    const late = await kenta.fillAndSubmit({ [DATES]: `${day} 14:00`, 日程の回答の締切日: openDay(11) });
    expect(late.errors).toEqual({ 日程の回答の締切日: text.errors.closesLate });
    expect(await tables()).toBe(0);
    expect(house.logs.join('\n')).not.toContain('山田');
  });

  test('by a person of the city section, for its own kind', async () => {
    const house = await openHouse(withMeetings);
    await calledPoll(house, PEOPLE.makoto, '地域ケア推進会議');
    expect(await meetings()).toMatchObject([{ host_center: 'city', organiser: PEOPLE.makoto }]);
  });
});
