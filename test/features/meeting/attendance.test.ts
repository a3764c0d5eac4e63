/** 出欠 through the front door: one press or a form, deputies, deadlines, the host's list, reminders, and the end of a meeting. */
import { env } from 'cloudflare:workers';
import { eq, type SQL } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { markOf } from '../../../src/features/directory/settings/rules.ts';
import { changeFacts } from '../../../src/features/meeting/changing/mutations.ts';
import { changeableOf } from '../../../src/features/meeting/changing/rules.ts';
import { circleOf, loadMeeting } from '../../../src/features/meeting/data.ts';
import { isReadBy, isSeenBy } from '../../../src/features/meeting/menu/data.ts';
import { type Circle, mayRead, maySee } from '../../../src/features/meeting/rules.ts';
import { meeting, seat } from '../../../src/features/meeting/tables.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { countDms, invitedMeeting, seatIn, seatsIn, told } from '../../support/invited.ts';
import { scopeAt, storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf, pressInModalBody, send } from '../../support/settings.ts';
import { pressBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

const TODAY = japanDate(new Date());
const HEADS = 'センター長会議';
const KINDS = ['地域ケア個別会議', HEADS, '基幹型連絡会', '見守り担当者連絡会'];
const HOSTS = ['east', 'kikan', 'city', 'west'];

async function openInMenu(house: House, person: string, reference: string) {
  const somebody = house.slack.as(person);
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modalText.includes(reference), { what: 'the menu' });
  await somebody.clickInModal('開く', undefined, { beside: reference });
  await house.slack.waitFor(() => somebody.modals.length === 2, { what: 'the meeting' });
  return somebody;
}

describe('answering', () => {
  test('takes one press in the invitation, which was told once, and is changed by another one', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, HEADS, { url: 'https://meet.example.jp/a' });
    await house.delivered();
    expect(Object.values(countDms(house, reference))).toEqual(Array(7).fill(1));
    const minoru = house.slack.as(PEOPLE.minoru);
    const [invitation] = minoru.dm;
    if (!invitation) throw new Error('no invitation');
    expect(minoru.offers(invitation)).toEqual([
      '出席',
      'オンライン',
      '欠席',
      '代理・出席者を選ぶ',
      '詳しく見る',
    ]);
    await minoru.click(invitation, '出席');
    await minoru.click(invitation, '出席');
    // Both presses are answered before the next one: the later of two at once is the one that counts.
    const said = () => countDms(house, '「出席」で登録しました')[PEOPLE.minoru];
    await house.slack.waitFor(() => said() === 2, { what: 'two answers' });
    expect(await seatIn(id, `person:${PEOPLE.minoru}`)).toMatchObject({ answer: 'attending' });
    expect(await auditOf('meeting.answer')).toHaveLength(1);
    await minoru.click(invitation, 'オンライン');
    await told(house, PEOPLE.minoru, '「オンライン」で登録しました');
    expect(await seatIn(id, `person:${PEOPLE.minoru}`)).toMatchObject({ answer: 'online' });
    expect(JSON.stringify(house.slack.messages(CHANNELS.general))).toContain('出欠の回答 1/7');
  });

  test('is not asked of a deputy, who is reminded of the meeting all the same', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, HEADS);
    await house.delivered();
    await house.db
      .update(seat)
      .set({ answer: 'deputy', deputy: PEOPLE.hanako })
      .where(eq(seat.seat, `person:${PEOPLE.minoru}`));
    const startsAt = (await loadMeeting(house.db, id))?.meeting.startsAt?.getTime() ?? 0;
    await house.cron(startsAt - 59 * 60_000);
    await house.delivered();
    const hanako = house.slack.as(PEOPLE.hanako);
    const reminders = hanako.dm.filter((message) => JSON.stringify(message).includes(reference));
    expect(reminders.map((each) => hanako.offers(each))).toEqual([['詳しく見る']]);
  });

  test('by a deputy tells her, lets her read, and lets her go when it is taken back; a typed name leaves no trace', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, HEADS, { isPrivate: true });
    await house.delivered();
    const path = `/meetings/${reference.slice(1)}`;
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    expect((await hanako.get(path)).status).toBe(404);
    const minoru = await openInMenu(house, PEOPLE.minoru, reference);
    await minoru.clickInModal('代理・出席者を選ぶ');
    await house.slack.waitFor(() => minoru.modalText.includes('代理の方'), { what: 'the form' });
    const empty = await minoru.fillAndSubmit({ 出欠: '代理出席' });
    expect(empty.errors).toEqual({ 代理の方: '代理の方を選ぶか、氏名を書いてください。' });
    await minoru.fillAndSubmit({ 代理の方: '佐藤 花子' });
    expect(minoru.modalText).toContain('「代理出席」で登録しました');
    await house.delivered();
    expect(countDms(house, '代理として出席する予定になりました')).toEqual({ [PEOPLE.hanako]: 1 });
    expect((await hanako.get(path)).status).toBe(200);
    expect((await hanako.get('/meetings')).body).toContain(reference);
    await minoru.clickInModal('代理・出席者を選ぶ');
    await house.slack.waitFor(() => Object.keys(minoru.filledIn).length > 0, { what: 'the form' });
    expect(minoru.filledIn).toMatchObject({ 出欠: '代理出席', 代理の方: '佐藤 花子' });
    await minoru.fillAndSubmit({ 出欠: '出席' });
    await house.delivered();
    expect(await seatIn(id, `person:${PEOPLE.minoru}`)).toMatchObject({ answer: 'attending', deputy: null });
    expect(countDms(house, '出席する予定（阿部 実さん）はなくなりました')).toEqual({ [PEOPLE.hanako]: 1 });
    expect((await hanako.get(path)).status).toBe(404);

    // A name that the directory does not have: sealed, on the page alone.
    const west = await openInMenu(house, 'U0WEST1', reference);
    await west.clickInModal('代理・出席者を選ぶ');
    await house.slack.waitFor(() => west.modalText.includes('代理の方'), { what: 'the form' });
    await west.fillAndSubmit({ 出欠: '代理出席', '代理の方（名簿にない場合）': 'カナリア 代理子' });
    await house.delivered();
    const stored = await env.DB.prepare('SELECT group_concat(deputy_name) AS names FROM meeting_seat').first(
      'names',
    );
    expect(stored).not.toBeNull();
    expect(String(stored)).not.toContain('カナリア');
    const said = house.slack.calls().filter(({ method }) => method.startsWith('chat.'));
    expect(JSON.stringify(said)).not.toContain('カナリア');
    expect(house.logs.join('\n')).not.toContain('カナリア');
    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    expect((await kenta.get(path)).body).toContain('代理: カナリア 代理子');
    const csv = await kenta.get(`${path}/attendance.csv`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.body).toContain('"代理出席","代理: カナリア 代理子"');
    expect((await (await Visitor.signedIn(house, PEOPLE.minoru)).get(`${path}/attendance.csv`)).status).toBe(
      404,
    );
    expect((await auditOf('meeting.export_attendance')).map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      'refused',
    ]);
  });

  test('for a center says who comes from there; after the deadline only the host answers, after the meeting nobody', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, '見守り担当者連絡会', { answerBy: TODAY });
    await house.delivered();
    // Contacts of a center are its managers.
    expect(countDms(house, reference)[PEOPLE.hanako]).toBeUndefined();
    const minoru = house.slack.as(PEOPLE.minoru);
    const [invitation] = minoru.dm;
    if (!invitation) throw new Error('no invitation');
    await minoru.click(invitation, '出席');
    await told(house, PEOPLE.minoru, '東の出欠を「出席」で登録しました（出席する方: 阿部 実）');
    expect(await seatIn(id, 'center:east')).toMatchObject({ person: PEOPLE.minoru, answer: 'attending' });
    await minoru.click(invitation, '代理・出席者を選ぶ');
    await house.slack.waitFor(() => minoru.modalText.includes('出席する方'), { what: 'the form' });
    await minoru.fillAndSubmit({ 出席する方: '佐藤 花子' });
    await house.delivered();
    expect(await seatIn(id, 'center:east')).toMatchObject({ person: PEOPLE.hanako });
    expect(countDms(house, '東から出席する予定になりました')).toEqual({ [PEOPLE.hanako]: 1 });

    await env.DB.prepare('UPDATE meeting SET answer_by = ?').bind(addDays(TODAY, -1)).run();
    await send(house, pressBody('U0WEST1', 'meeting.attend.attending', id));
    await send(house, pressBody(PEOPLE.ichiro, 'meeting.attend.attending', 'no such meeting'));
    await told(house, 'U0WEST1', '締切を過ぎています');
    await told(house, PEOPLE.ichiro, '見つかりません');
    expect(await seatIn(id, 'center:west')).toMatchObject({ answer: null });
    const kenta = await openInMenu(house, PEOPLE.kenta, reference);
    await kenta.clickInModal('ほかの方の出欠を入れる');
    await house.slack.waitFor(() => kenta.modalText.includes('どなたの出欠ですか'), { what: 'the seats' });
    await kenta.fillAndSubmit({ どなたの出欠ですか: '西 未回答' });
    await kenta.fillAndSubmit({ 出欠: '出席', 出席する方: '鈴木 一郎' });
    expect(await seatIn(id, 'center:west')).toMatchObject({ answer: 'attending', person: PEOPLE.ichiro });

    await env.DB.prepare('UPDATE meeting SET starts_at = 1000, ends_at = 2000').run();
    await send(house, pressInModalBody(PEOPLE.kenta, kenta.modal?.id ?? '', 'meeting.attend.absent', id));
    await told(house, PEOPLE.kenta, 'この会議は終わりました');
    await house.cron();
    await house.cron();
    expect(await env.DB.prepare('SELECT status FROM meeting').first('status')).toBe('held');
    expect(await seatIn(id, 'center:west')).toMatchObject({ answer: 'attending', presence: 'attending' });
    expect(await auditOf('meeting.end')).toHaveLength(1);
    expect((await seatsIn(id)).filter(({ answer }) => answer === 'absent')).toEqual([]);
  });
});

describe('reminders', () => {
  const at = (text: string) => Date.parse(`${text}+09:00`);

  test('reach the silent before the deadline, those who come before the meeting, each once however the cron runs', async () => {
    const house = await openHouse(withMeetings);
    // Thursdays, all of them business days.
    const { id, reference } = await invitedMeeting(house, HEADS, {
      now: new Date(at('2027-05-06T10:00')),
      startsAt: new Date(at('2027-06-10T14:00')),
      endsAt: new Date(at('2027-06-10T15:30')),
      answerBy: '2027-06-03',
      place: '市役所 302',
      papersUrl: 'https://files.example.jp/papers',
    });
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'attending' WHERE seat IN (?, ?)")
      .bind(`person:${PEOPLE.minoru}`, `person:${PEOPLE.kenta}`)
      .run();
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'absent' WHERE seat = ?")
      .bind('person:U0WEST1')
      .run();
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'deputy', deputy = ? WHERE seat = ?")
      .bind('U0MISAKI', 'person:U0SOUTH1')
      .run();
    const runs = async (times: readonly string[]) => {
      for (const time of times) await Promise.all([house.cron(at(time)), house.cron(at(time))]);
      await house.delivered();
    };
    await runs(['2027-06-02T08:59', '2027-06-02T11:07', '2027-06-03T09:00']);
    expect(countDms(house, 'まだ届いていません')).toEqual({
      [PEOPLE.naoko]: 1,
      [PEOPLE.takuya]: 1,
      [PEOPLE.makoto]: 1,
    });
    await runs(['2027-06-04T09:00', '2027-06-09T08:59', '2027-06-09T09:00', '2027-06-09T17:00']);
    const coming = {
      [PEOPLE.minoru]: 1,
      [PEOPLE.kenta]: 1,
      U0MISAKI: 1,
      [PEOPLE.naoko]: 1,
      [PEOPLE.takuya]: 1,
      [PEOPLE.makoto]: 1,
    };
    expect(countDms(house, '6月10日(木)です')).toEqual(coming);
    const reminder = JSON.stringify(house.slack.as(PEOPLE.minoru).dm.at(-1));
    expect(reminder).toContain('市役所 302');
    expect(reminder).toContain('https://files.example.jp/papers');
    await runs(['2027-06-10T13:00', '2027-06-10T13:40', '2027-06-10T14:00']);
    expect(countDms(house, 'あと1時間ほど')).toEqual(coming);
    // No more than an invitation and the three of them.
    const most = Math.max(...Object.values(countDms(house, reference)));
    expect(most).toBe(4);
    expect(id).not.toBe('');
  });

  test('that come late come as the last one only, guests hear by mail the day before, and nobody once it began', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await invitedMeeting(house, '在宅医療・介護連携推進協議会', {
      now: new Date(at('2027-05-06T10:00')),
      startsAt: new Date(at('2027-06-10T14:00')),
      endsAt: new Date(at('2027-06-10T15:30')),
    });
    await house.cron(at('2027-06-10T13:30'));
    await house.cron(at('2027-06-10T13:31'));
    await house.delivered();
    expect(countDms(house, '6月10日(木)です')).toEqual({});
    expect(Object.values(countDms(house, 'あと1時間ほど'))).toEqual([1, 1, 1]);
    expect(house.mails.map(({ to, subject }) => [to, subject.includes(reference)])).toEqual([
      ['yamada@clinic.example.jp', true],
      ['yamada@clinic.example.jp', true],
    ]);
    const late = await invitedMeeting(house, HEADS, {
      now: new Date(at('2027-05-06T10:00')),
      startsAt: new Date(at('2027-06-17T14:00')),
      endsAt: new Date(at('2027-06-17T15:30')),
    });
    await house.cron(at('2027-06-17T14:01'));
    await house.delivered();
    expect(Math.max(...Object.values(countDms(house, late.reference)))).toBe(1);
  });
});

/** Meetings of several hosts, private and not, with seats, deputies, removed seats and requests in many combinations. */
async function scatteredMeetings(house: House, people: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    const { id } = await storedMeeting(house, KINDS[i % KINDS.length] ?? HEADS, {
      hostCenter: HOSTS[i % HOSTS.length] ?? 'kikan',
      isPrivate: i % 3 !== 0,
      now: new Date(Date.now() + i),
    });
    const person = people[(i * 5) % people.length] ?? PEOPLE.hanako;
    const deputy = i % 2 === 0 ? (people[(i * 7 + 3) % people.length] ?? null) : null;
    const statements = [
      env.DB.prepare(
        'INSERT OR IGNORE INTO meeting_seat (meeting_id, seat, person, center, deputy, invited_at) VALUES (?, ?, ?, ?, ?, 0)',
      ).bind(id, `person:${person}`, person, 'east', deputy),
      env.DB.prepare('UPDATE meeting_seat SET removed_at = 1 WHERE meeting_id = ? AND seat LIKE ?').bind(
        id,
        ['nobody', 'person:%', 'nobody', 'center:%'][i % 4] ?? '',
      ),
      env.DB.prepare(
        'INSERT INTO core_attendance_request (meeting_id, requested_by, requested_at) SELECT ?, ?, 0 WHERE ? = 2',
      ).bind(id, PEOPLE.minoru, i % 5),
    ];
    await env.DB.batch(statements);
    made.push(id);
  }
  return made;
}

describe('a meeting that moves', () => {
  const at = (text: string) => Date.parse(`${text}+09:00`);

  test('is reminded of at its new date, not at the old one, and not by those who heard of the move just now', async () => {
    const house = await openHouse(withMeetings);
    const { id } = await invitedMeeting(house, HEADS, {
      now: new Date(at('2027-05-06T10:00')),
      startsAt: new Date(at('2027-06-10T14:00')),
      endsAt: new Date(at('2027-06-10T15:30')),
    });
    const move = async (now: string, startsAt: string) => {
      const who = await Actor.find(house.db, PEOPLE.kenta);
      const loaded = await loadMeeting(house.db, id);
      if (!who || !loaded) throw new Error('nobody moves it');
      const before = changeableOf(loaded.meeting);
      const endsAt = new Date(at(startsAt) + 90 * 60_000);
      const moved = await changeFacts(
        scopeAt(house, new Date(at(now))),
        who.actor,
        { id, mark: await markOf(before) },
        { ...before, startsAt: new Date(at(startsAt)), endsAt },
      );
      expect(moved.ok).toBe(true);
    };
    await house.cron(at('2027-06-09T09:00'));
    await move('2027-06-09T16:00', '2027-06-17T14:00');
    await house.cron(at('2027-06-10T13:00'));
    await house.delivered();
    expect(countDms(house, 'あと1時間ほど')).toEqual({});
    await house.cron(at('2027-06-16T09:00'));
    await house.delivered();
    expect(Object.values(countDms(house, '6月10日(木)です'))).toEqual(Array(7).fill(1));
    expect(Object.values(countDms(house, '6月17日(木)です'))).toEqual(Array(7).fill(1));
    // Moved to tomorrow at noon: they know.
    await move('2027-06-16T12:00', '2027-06-18T10:00');
    await move('2027-06-17T12:00', '2027-06-18T11:00');
    await house.cron(at('2027-06-17T12:01'));
    await house.delivered();
    expect(countDms(house, '6月18日(金)です')).toEqual({});
  });
});

describe('who may see and read a meeting', () => {
  test('is the same in the rules and in SQL, whoever has which seat', async () => {
    const house = await openHouse(withMeetings);
    const people = house.city.staff.map(({ slackUserId }) => slackUserId);
    const made = await scatteredMeetings(house, people);
    const found = { seen: 0, hidden: 0 };
    const circles = new Map<string, Circle>();
    for (const id of made) {
      const loaded = await loadMeeting(house.db, id);
      if (loaded) circles.set(id, circleOf(loaded));
    }
    expect(circles.size).toBe(made.length);
    const idsWhere = async (condition: SQL) =>
      (await house.db.select({ id: meeting.id }).from(meeting).where(condition)).map(({ id }) => id).sort();
    const idsBy = (rule: (circle: Circle) => boolean) =>
      [...circles]
        .filter(([, circle]) => rule(circle))
        .map(([id]) => id)
        .sort();
    for (const person of people) {
      const who = await Actor.find(house.db, person);
      if (!who) throw new Error(`nobody is called ${person}`);
      const seen = idsBy((circle) => maySee(who.actor, circle));
      expect([person, await idsWhere(isSeenBy(who.actor))]).toEqual([person, seen]);
      expect([person, await idsWhere(isReadBy(who.actor))]).toEqual([
        person,
        idsBy((circle) => mayRead(who.actor, circle)),
      ]);
      found.seen += seen.length;
      found.hidden += made.length - seen.length;
    }
    expect(Math.min(found.seen, found.hidden)).toBeGreaterThan(10);
    const seats = await house.db.select({ deputy: seat.deputy }).from(seat).where(eq(seat.center, 'east'));
    expect(seats.some(({ deputy }) => deputy !== null)).toBe(true);
  });
});
