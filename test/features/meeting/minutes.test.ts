/** Minutes and promises on the pages: who writes, approves and reads them, nothing typed is lost, and each is told once. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { importAgain } from '../../support/staff-changes.ts';
import { everythingStored } from '../../support/stored.ts';
import { type Answered, Visitor } from '../../support/visitor.ts';

const HOUR_MS = 60 * 60_000;
const BODY = 'カナリア🐤内容\n二行目 <b>&"';
const DECISIONS = 'カナリア🐤決定その一\nカナリア🐤決定その二';
const PROMISE = 'カナリア🐤約束の内容';

/** A meeting of heads that ended an hour ago; 田中 健太 arranged it. */
async function endedMeeting(house: House, columns: Parameters<typeof storedMeeting>[2] = {}) {
  const now = Date.now();
  return storedMeeting(house, 'センター長会議', {
    startsAt: new Date(now - 3 * HOUR_MS),
    endsAt: new Date(now - HOUR_MS),
    ...columns,
  });
}

const pathOf = (reference: string) => `/meetings/${reference.slice(1)}/minutes`;

interface Written {
  seen?: string;
  body?: string;
  form?: string;
  what?: 'save' | 'approve';
  more?: readonly (readonly [string, string])[];
}

function fieldsOf({ seen = '0', body = BODY, form, what = 'save', more = [] }: Written): [string, string][] {
  return [
    ['view_id', form ?? crypto.randomUUID()],
    ['seen', seen],
    ['body', body],
    ['decisions', DECISIONS],
    ['do', what],
    ...more.map(([name, value]): [string, string] => [name, value]),
  ];
}

function seenIn({ body }: Answered): string {
  return /name="seen" value="(\d+)"/.exec(body)?.[1] ?? '';
}

const dmOf = ({ slack }: House, person: string) => slack.as(person).dm.map(({ text }) => text);

async function count(table: string): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? 0;
}

describe('minutes', () => {
  test('are asked for once, written, approved and read; what they say stands nowhere but on their pages', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await endedMeeting(house);
    const path = pathOf(reference);
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'online' WHERE person = ?")
      .bind(PEOPLE.minoru)
      .run();
    for (const late of [0, 60_000, 5 * HOUR_MS]) await house.cron(Date.now() + late);
    await house.delivered();
    expect(dmOf(house, PEOPLE.kenta).filter((text) => text.includes('議事録を書いてください'))).toHaveLength(
      1,
    );

    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    const blank = await kenta.get(path);
    expect(blank.body).toContain('■ その他');
    expect(/<select id="presence-person-U0MINORU"[\s\S]*?<\/select>/.exec(blank.body)?.[0]).toContain(
      '<option value="online" selected="">',
    );
    const dueOn = addDays(japanDate(new Date()), 20);
    const more = [
      [`presence/person:${PEOPLE.minoru}`, 'online'],
      ['promise/new-0/what', PROMISE],
      ['promise/new-0/who', 'person:U0MINORU'],
      ['promise/new-0/due', dueOn],
      ['promise/new-1/what', ''],
    ] as const;
    const form = crypto.randomUUID();
    // Pressed twice: saved once.
    const saved = await Promise.all([1, 2].map(() => kenta.post(path, fieldsOf({ form, more }))));
    expect(saved.map(({ status, location }) => [status, location])).toEqual([
      [303, `${path}?done=saved`],
      [303, `${path}?done=saved`],
    ]);
    expect(await auditOf('meeting.write_minutes')).toHaveLength(1);
    expect(await count('meeting_promise')).toBe(1);

    // A draft is for those who arrange it.
    const minoru = await Visitor.signedIn(house, PEOPLE.minoru);
    const waiting = await minoru.get(path);
    expect([waiting.status, waiting.body.includes('議事録はまだありません')]).toEqual([200, true]);
    expect(foundIn([BODY, 'カナリア🐤'], waiting.body)).toEqual([]);
    for (const stranger of [PEOPLE.ichiro, PEOPLE.hanako]) {
      const visitor = await Visitor.signedIn(house, stranger);
      for (const each of [path, `${path}/print`]) expect((await visitor.get(each)).status).toBe(404);
      expect((await visitor.post(path, fieldsOf({}))).status).toBe(404);
    }
    expect((await minoru.post(path, fieldsOf({}))).status).toBe(404);

    // Only the host's manager approves.
    const seen = seenIn(await kenta.get(path));
    const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
    const notYet = await naoko.post(path, fieldsOf({ seen, what: 'approve', more }));
    expect([notYet.status, notYet.body.includes('承認できるのは')]).toEqual([422, true]);
    const promise = String(await env.DB.prepare('SELECT id FROM meeting_promise').first('id'));
    const kept = [
      [`promise/${promise}/what`, PROMISE],
      [`promise/${promise}/who`, 'person:U0MINORU'],
      [`promise/${promise}/due`, dueOn],
    ] as const;
    const approval = fieldsOf({ seen, what: 'approve', more: kept });
    const approved = await Promise.all([1, 2].map(() => kenta.post(path, approval)));
    expect(approved.map(({ location }) => location)).toEqual(Array(2).fill(`${path}?done=approved`));
    await house.cron();
    await house.delivered();
    for (const person of [PEOPLE.minoru, 'U0WEST1', PEOPLE.makoto])
      expect(dmOf(house, person).filter((text) => text.includes('議事録が読めます'))).toHaveLength(1);
    expect(dmOf(house, PEOPLE.hanako)).toEqual([]);

    const read = await minoru.get(path);
    expect(read.body).toContain('カナリア🐤内容\n二行目 &lt;b&gt;&amp;&quot;');
    expect(read.body).toContain('オンライン　阿部 実（東）');
    expect(read.body).toContain('カナリア🐤決定その二');
    expect(read.body).toContain(PROMISE);
    const printed = await minoru.get(`${path}/print`);
    expect([printed.status, printed.body.includes('class="sheet"')]).toEqual([200, true]);
    const looks = await auditOf('meeting.read_minutes');
    expect(looks.filter(({ actor, outcome }) => actor === PEOPLE.minoru && outcome === 'done')).toMatchObject(
      [{ detail: { meeting: reference, as: 'page' } }, { detail: { meeting: reference, as: 'print' } }],
    );

    // Changed afterwards they are a draft again, and approved anew they are told anew.
    const again = seenIn(await kenta.get(`${path}?edit=1`));
    expect((await kenta.post(path, fieldsOf({ seen: again, body: '直した', more: kept }))).status).toBe(303);
    expect((await minoru.get(path)).body).not.toContain('カナリア🐤');
    expect((await auditOf('meeting.write_minutes')).at(-1)).toMatchObject({ detail: { reopened: true } });
    const last = seenIn(await kenta.get(path));
    await kenta.post(path, fieldsOf({ seen: last, what: 'approve', more: kept }));
    await house.delivered();
    expect(dmOf(house, PEOPLE.minoru).filter((text) => text.includes('議事録が読めます'))).toHaveLength(2);

    const typed = ['カナリア🐤', PROMISE];
    expect(foundIn(typed, JSON.stringify(house.slack.traffic))).toEqual([]);
    expect(foundIn(typed, house.logs.join('\n'))).toEqual([]);
    expect(foundIn(typed, await everythingStored())).toEqual([]);
    expect(foundIn(typed, read.body)).toEqual(typed);
    expect(id).not.toBe('');
  });

  test('of two who write at once, the second sees who was first and both texts; a faulty form loses nothing', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await endedMeeting(house);
    const path = pathOf(reference);
    const [kenta, naoko] = await Promise.all(
      [PEOPLE.kenta, PEOPLE.naoko].map((person) => Visitor.signedIn(house, person)),
    );
    if (!kenta || !naoko) throw new Error('nobody');
    expect((await kenta.post(path, fieldsOf({ body: '健太の記録' }))).status).toBe(303);
    const mine = [
      ['promise/new-0/what', '直子の約束'],
      ['promise/new-0/who', 'center:nowhere'],
      ['promise/new-0/due', '2026-02-30'],
    ] as const;
    // Faults first: the form did not show what was saved meanwhile, and says so when it is right.
    const faulty = await naoko.post(path, fieldsOf({ body: '直子の記録', more: mine }));
    expect(faulty.status).toBe(422);
    for (const words of ['だれの約束かを選んでください', '日付を選んでください', '直子の記録', '直子の約束'])
      expect(faulty.body).toContain(words);
    expect(seenIn(faulty)).toBe('0');
    const right = [
      ['promise/new-0/what', '直子の約束'],
      ['promise/new-0/who', 'center:east'],
      ['promise/new-0/due', ''],
    ] as const;
    const overtaken = await naoko.post(path, fieldsOf({ body: '直子の記録', more: right }));
    expect(overtaken.status).toBe(422);
    expect(overtaken.body).toContain('田中 健太さんが');
    expect(overtaken.body).toContain('<p class="panel typed">健太の記録</p>');
    expect(overtaken.body).toMatch(/<textarea id="body"[^>]*>\n直子の記録<\/textarea>/);
    expect(overtaken.body).toContain('value="直子の約束"');
    const seen = seenIn(overtaken);
    expect((await naoko.post(path, fieldsOf({ seen, body: '二人の記録', more: right }))).status).toBe(303);
    expect((await kenta.get(path)).body).toContain('二人の記録');
    const long = await kenta.post(path, fieldsOf({ seen: '1', body: 'あ'.repeat(20_001) }));
    expect([long.status, long.body.includes('いま20001文字')]).toEqual([422, true]);
    // Both at the same moment, from the same state: one is saved, the other is told.
    const same = seenIn(await kenta.get(path));
    const raced = await Promise.all(
      [kenta, naoko].map((each, i) => each.post(path, fieldsOf({ seen: same, body: `同時の記録${i}` }))),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([303, 422]);
    const loser = raced.findIndex(({ status }) => status === 422);
    for (const i of [0, 1]) expect(raced[loser]?.body).toContain(`同時の記録${i}`);
    // A session that is over: what was typed can be sent again.
    const nobody = await Visitor.signedOut(house).post(path, fieldsOf({ body: '消えない記録' }));
    expect([nobody.status, nobody.body.includes('消えない記録')]).toEqual([401, true]);
  });

  test('of a meeting whose organiser works elsewhere now are asked of its host, and approved there', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await endedMeeting(house, { organiser: PEOPLE.naoko });
    await importAgain(house, (city) => {
      for (const person of city.staff) {
        if (person.slackUserId === PEOPLE.naoko) person.center = 'east';
        if (person.center === 'kikan') person.role = 'staff';
      }
    });
    await house.cron();
    await house.delivered();
    const asked = house.city.staff.flatMap(({ slackUserId }) =>
      dmOf(house, slackUserId).some((text) => text.includes('議事録')) ? [slackUserId] : [],
    );
    expect(asked.sort()).toEqual([PEOPLE.kenta, PEOPLE.takuya].sort());
    const takuya = await Visitor.signedIn(house, PEOPLE.takuya);
    const approved = await takuya.post(pathOf(reference), fieldsOf({ what: 'approve' }));
    expect(approved.status).toBe(303);
  });

  test('are not written before the meeting begins, nor of one that was called off', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await storedMeeting(house, 'センター長会議');
    const path = pathOf(reference);
    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    expect((await kenta.get(path)).body).toContain('会議が始まると書けます');
    const early = await kenta.post(path, fieldsOf({}));
    expect([early.status, early.body.includes('まだ保存できません')]).toEqual([422, true]);
    const cancelled = await endedMeeting(house, { status: 'cancelled' });
    expect((await kenta.post(pathOf(cancelled.reference), fieldsOf({}))).status).toBe(422);
    expect(await count('meeting_minutes')).toBe(0);
  });
});
