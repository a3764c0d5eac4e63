/** What was promised at a meeting: carried to the next one of its kind, reminded of once, kept by whoever may say so. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { mayKeep, stageDue } from '../../../src/features/meeting/promises/rules.ts';
import { calendarOf } from '../../../src/lib/business-time.ts';
import { startOfJapanDay } from '../../../src/lib/jst.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const HOUR_MS = 60 * 60_000;
/** A Thursday after a holiday on Tuesday: three business days before it is Friday the 19th. */
const DUE = '2027-02-25';
const nineOn = (on: string) => startOfJapanDay(on).getTime() + 9 * HOUR_MS;

interface Promised {
  who: string;
  what: string;
  due?: string;
}

/** A meeting that is over, with minutes in which somebody promised something. */
async function meetingWith(
  house: House,
  promises: readonly Promised[],
  {
    kind = 'センター長会議',
    what = 'approve',
    ...columns
  }: { kind?: string; what?: 'save' | 'approve' } & Parameters<typeof storedMeeting>[2] = {},
) {
  const now = Date.now();
  const made = await storedMeeting(house, kind, {
    startsAt: new Date(now - 3 * HOUR_MS),
    endsAt: new Date(now - HOUR_MS),
    ...columns,
  });
  const writer = await Visitor.signedIn(house, columns.organiser ?? PEOPLE.kenta);
  const rows = promises.flatMap(({ who, what: body, due = DUE }, i): [string, string][] => [
    [`promise/new-${i}/what`, body],
    [`promise/new-${i}/who`, who],
    [`promise/new-${i}/due`, due],
  ]);
  const saved = await writer.post(`/meetings/${made.reference.slice(1)}/minutes`, [
    ['view_id', crypto.randomUUID()],
    ['seen', '0'],
    ['body', '内容'],
    ['decisions', ''],
    ['do', what],
    ...rows,
  ]);
  expect(saved.status).toBe(303);
  return made;
}

async function idOf(n = 0): Promise<string> {
  const { results } = await env.DB.prepare('SELECT id FROM meeting_promise ORDER BY created_at, id').all();
  return String(results[n]?.id);
}

async function outcomes(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    'SELECT outcome, settled_by FROM meeting_promise ORDER BY created_at, id',
  ).all();
  return results.map(({ outcome, settled_by }) => [outcome, settled_by]);
}

describe('a promise', () => {
  test('is read and kept by whoever promised and her manager, given up and put off by those who arrange', async () => {
    const house = await openHouse(withMeetings);
    const [own, west, third] = ['カナリア🐤東の約束', 'カナリア🐤西の約束', 'カナリア🐤南の約束'];
    const { reference } = await meetingWith(house, [
      { who: 'person:U0MINORU', what: own ?? '' },
      { who: 'center:west', what: west ?? '' },
      { who: 'person:U0SOUTH1', what: third ?? '' },
    ]);
    const pageOf = async (person: string) =>
      (await Visitor.signedIn(house, person)).get('/meetings/promises');
    const seenBy = async (person: string) =>
      foundIn([own ?? '', west ?? '', third ?? ''], (await pageOf(person)).body);
    expect(await seenBy(PEOPLE.minoru)).toEqual([own]);
    // Everybody of the center that promised; nobody else, but those who arrange the meeting.
    expect(await seenBy(PEOPLE.ichiro)).toEqual([west]);
    expect(await seenBy(PEOPLE.hanako)).toEqual([]);
    expect(await seenBy('U0MISAKI')).toEqual([]);
    expect(await seenBy(PEOPLE.naoko)).toEqual([own, west, third]);

    const post = async (person: string, n: number, fields: [string, string][]) =>
      (await Visitor.signedIn(house, person)).post(`/meetings/promises/${await idOf(n)}`, fields);
    for (const [person, n, what] of [
      [PEOPLE.hanako, 0, 'keep'],
      [PEOPLE.ichiro, 0, 'keep'],
      [PEOPLE.minoru, 0, 'drop'],
      [PEOPLE.minoru, 0, 'move'],
      [PEOPLE.minoru, 1, 'keep'],
    ] as const)
      expect([
        person,
        (
          await post(person, n, [
            ['do', what],
            ['dueOn', '2027-03-01'],
          ])
        ).status,
      ]).toEqual([person, 404]);
    expect(await outcomes()).toEqual(Array(3).fill([null, null]));
    const kept = await Promise.all([1, 2].map(() => post(PEOPLE.minoru, 0, [['do', 'keep']])));
    expect(kept.map(({ status, location }) => [status, location])).toEqual(
      Array(2).fill([303, '/meetings/promises?done=kept']),
    );
    expect((await auditOf('meeting.keep_promise')).filter(({ outcome }) => outcome === 'done')).toHaveLength(
      1,
    );
    expect(
      (
        await post(PEOPLE.kenta, 2, [
          ['do', 'move'],
          ['dueOn', '2027-03-01'],
        ])
      ).status,
    ).toBe(303);
    expect(
      (
        await post(PEOPLE.kenta, 2, [
          ['do', 'move'],
          ['dueOn', ''],
        ])
      ).status,
    ).toBe(422);
    expect((await post(PEOPLE.kenta, 2, [['do', 'drop']])).status).toBe(303);
    const late = await post('U0SOUTH1', 2, [['do', 'keep']]);
    expect([late.status, late.body.includes('すでに終わっています')]).toEqual([422, true]);

    // In chat: how many, of which meeting, until when. Not what.
    const ichiro = house.slack.as(PEOPLE.ichiro);
    await ichiro.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => ichiro.modal, { what: 'the menu' });
    await ichiro.clickInModal('約束ごと');
    await house.slack.waitFor(() => ichiro.modalText.includes('約束が1件'), { what: 'the promises' });
    expect(ichiro.modalText).toContain(`${reference} センター長会議　2月25日(木)まで　西`);
    await ichiro.clickInModal('果たした');
    await house.slack.waitFor(() => ichiro.modalText.includes('記録しました'), { what: 'that it is kept' });
    expect(await outcomes()).toEqual([
      ['kept', PEOPLE.minoru],
      ['kept', PEOPLE.ichiro],
      ['dropped', PEOPLE.kenta],
    ]);
    await house.delivered();
    const typed = ['カナリア🐤'];
    expect(foundIn(typed, JSON.stringify(house.slack.traffic))).toEqual([]);
    expect(foundIn(typed, house.logs.join('\n'))).toEqual([]);
    expect(foundIn(typed, await everythingStored())).toEqual([]);
  });

  test('is carried to later meetings of the kind, and settled in their minutes', async () => {
    const house = await openHouse(withMeetings);
    await meetingWith(house, [{ who: 'person:U0MINORU', what: '持ち越す約束' }]);
    await meetingWith(house, [{ who: 'person:U0WEST1', what: '下書きの約束' }], { what: 'save' });
    const secret = { hostCenter: 'east', organiser: PEOPLE.minoru, kind: '地域ケア個別会議' };
    await meetingWith(house, [{ who: 'person:U0MINORU', what: '東だけの約束' }], secret);
    const next = await storedMeeting(house, 'センター長会議');
    const pageOf = async (person: string, { reference }: { reference: string }) =>
      (await (await Visitor.signedIn(house, person)).get(`/meetings/${reference.slice(1)}`)).body;
    const all = ['持ち越す約束', '下書きの約束', '東だけの約束'];
    expect(foundIn(all, await pageOf('U0SOUTH1', next))).toEqual(['持ち越す約束']);
    expect(foundIn(all, await pageOf('U0WEST1', next))).toEqual(['持ち越す約束', '下書きの約束']);
    expect(foundIn(all, await pageOf(PEOPLE.kenta, next))).toEqual(['持ち越す約束', '下書きの約束']);
    // Another center's meetings of the same kind carry nothing of it.
    const ofWest = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'west',
      organiser: 'U0WEST1',
    });
    expect(foundIn(all, await pageOf('U0WEST1', ofWest))).toEqual([]);
    const ofEast = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'east',
      organiser: PEOPLE.minoru,
    });
    expect(foundIn(all, await pageOf(PEOPLE.hanako, ofEast))).toEqual(['東だけの約束']);

    // In the minutes of the next one: kept.
    await env.DB.prepare('UPDATE meeting SET starts_at = ?, ends_at = ? WHERE id = ?')
      .bind(Date.now() - HOUR_MS, Date.now() - 1, next.id)
      .run();
    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    const path = `/meetings/${next.reference.slice(1)}/minutes`;
    const first = await idOf();
    expect((await kenta.get(path)).body).toContain(`name="earlier/${first}"`);
    const foreign = String(
      await env.DB.prepare("SELECT id FROM meeting_promise WHERE person = 'U0MINORU' AND id <> ?")
        .bind(first)
        .first('id'),
    );
    const fields: [string, string][] = [
      ['view_id', crypto.randomUUID()],
      ['seen', '0'],
      ['body', '次の会議'],
      ['decisions', ''],
      ['do', 'save'],
      [`earlier/${first}`, 'kept'],
    ];
    for (const _ of [1, 2]) expect((await kenta.post(path, fields)).status).toBe(303);
    // Forged: of a meeting that he does not arrange.
    const seen = /name="seen" value="(\d+)"/.exec((await kenta.get(path)).body)?.[1] ?? '';
    const forged = await kenta.post(path, [
      ...fields.filter(([name]) => name !== 'seen'),
      ['seen', seen],
      [`earlier/${foreign}`, 'dropped'],
      [`promise/${foreign}/what`, '書き換え'],
      [`promise/${foreign}/who`, 'center:east'],
      [`promise/${foreign}/due`, ''],
    ]);
    expect(forged.status).toBe(303);
    const { results } = await env.DB.prepare(
      'SELECT id, outcome FROM meeting_promise WHERE outcome IS NOT NULL',
    ).all();
    expect(results).toEqual([{ id: first, outcome: 'kept' }]);
    const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
    expect((await minoru.get('/meetings/promises')).body).toContain('東だけの約束');
  });
});

test('who promised is reminded three business days before and on the day, once each, however the cron runs', async () => {
  const house = await openHouse(withMeetings);
  await meetingWith(house, [
    { who: 'person:U0MINORU', what: 'カナリア🐤約束' },
    { who: 'center:west', what: 'カナリア🐤約束' },
    { who: 'person:U0SOUTH1', what: 'カナリア🐤約束' },
  ]);
  const south = await idOf(2);
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const remindersOf = (person: string) =>
    house.slack
      .as(person)
      .dm.map(({ text }) => text)
      .filter((text) => text.includes('約束の期限'));
  const counts = () =>
    [PEOPLE.minoru, 'U0WEST1', 'U0SOUTH1', PEOPLE.ichiro].map((each) => remindersOf(each).length);
  const runs = async (...times: number[]) => {
    for (const at of times) await house.cron(at);
    await house.delivered();
  };
  await runs(nineOn('2027-02-19') - 60_000);
  expect(counts()).toEqual([0, 0, 0, 0]);
  // Late, and at odd times.
  await runs(nineOn('2027-02-20'), nineOn('2027-02-20'), nineOn('2027-02-21') + 7 * 60_000);
  expect(counts()).toEqual([1, 1, 1, 0]);
  await kenta.post(`/meetings/promises/${south}`, [
    ['do', 'move'],
    ['dueOn', '2027-03-10'],
  ]);
  await runs(nineOn(DUE) - 60_000);
  expect(counts()).toEqual([1, 1, 1, 0]);
  await runs(nineOn(DUE) + HOUR_MS, nineOn(DUE) + HOUR_MS, nineOn('2027-02-26'));
  expect(counts()).toEqual([2, 2, 1, 0]);
  await runs(nineOn('2027-03-05'), nineOn('2027-03-06'));
  expect(counts()).toEqual([2, 2, 2, 0]);
  // Whoever promised has left: those who answer for her center are told.
  const heirs = () => remindersOf('U0MISAKI').length;
  await kenta.post(`/meetings/promises/${south}`, [
    ['do', 'move'],
    ['dueOn', '2027-03-17'],
  ]);
  await env.DB.prepare("UPDATE staff SET removed_at = 1 WHERE slack_user_id = 'U0SOUTH1'").run();
  await runs(nineOn('2027-03-12'));
  expect([counts(), heirs()]).toEqual([[2, 2, 2, 0], 1]);
  // Kept: nobody is reminded any more.
  await kenta.post(`/meetings/promises/${south}`, [['do', 'keep']]);
  await runs(nineOn('2027-03-17'));
  expect([counts(), heirs()]).toEqual([[2, 2, 2, 0], 1]);
  expect(foundIn(['カナリア🐤'], JSON.stringify(house.slack.traffic))).toEqual([]);
}, 30_000);

test('a reminder comes in its time only, and never of what was promised later than it', () => {
  const calendar = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
  const stageAt = (at: number, createdAt = 0) =>
    stageDue({ dueOn: DUE, createdAt: new Date(createdAt) }, calendar, new Date(at));
  expect(stageAt(nineOn('2027-02-19') - 1)).toBeUndefined();
  expect(stageAt(nineOn('2027-02-19'))).toBe('soon');
  expect(stageAt(nineOn('2027-02-19'), nineOn('2027-02-19'))).toBeUndefined();
  expect(stageAt(nineOn(DUE) - 1)).toBe('soon');
  expect(stageAt(nineOn(DUE), nineOn('2027-02-20'))).toBe('due');
  expect(stageAt(startOfJapanDay('2027-02-26').getTime() - 1)).toBe('due');
  expect(stageAt(startOfJapanDay('2027-02-26').getTime())).toBeUndefined();
  const minoru = { slackUserId: 'U0MINORU', role: 'manager', center: { code: 'east' } } as const;
  expect(mayKeep(minoru, { person: 'U0HANAKO', personCenter: 'east', center: null })).toBe(true);
  expect(
    mayKeep({ ...minoru, role: 'staff' }, { person: 'U0HANAKO', personCenter: 'east', center: null }),
  ).toBe(false);
  expect(mayKeep(minoru, { person: 'U0ICHIRO', personCenter: 'west', center: null })).toBe(false);
});
