/** 地域ケア会議 and 地域課題 through the front door: core staff asked once and answered once, issues numbered, their words read by few, what became of them. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import {
  formatIssueReference,
  mayReadSummary,
  readIssueReference,
  tableOf,
} from '../../../src/features/meeting/issues/rules.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { acceptedCase } from '../../support/operating.ts';
import { auditOf, send } from '../../support/settings.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

/** A press is acknowledged first and worked on then. */
const press = async (house: House, who: string, actionId: string, value: string) =>
  house.fetchToTheEnd(await signedRequest(pressBody(who, actionId, value), { contentType: FORM }));

const chosen = (value: string) => ({ type: 'static_select', selected_option: { value } });
const typed = (value: string) => ({ type: 'plain_text_input', value });

const accept = (house: House, who: string, id: string, attendee: string) =>
  send(
    house,
    submissionBody(who, {
      id: `V${crypto.randomUUID()}`,
      callbackId: 'issues.accept_form',
      metadata: id,
      values: { attendee: chosen(attendee) },
    }),
  );

interface Words {
  summary: string;
  topic?: string;
  area?: string;
  consultation?: string;
  isConfirmed?: boolean;
  viewId?: string;
}

const record = (house: House, who: string, id: string, of: Words) =>
  send(
    house,
    submissionBody(who, {
      id: of.viewId ?? `V${crypto.randomUUID()}`,
      callbackId: 'issues.record_form',
      metadata: id,
      values: {
        topic: chosen(of.topic ?? 'dementia'),
        area: chosen(of.area ?? 'east'),
        summary: typed(of.summary),
        ...(of.consultation ? { consultation: typed(of.consultation) } : {}),
        ...(of.isConfirmed
          ? { confirmed: { type: 'checkboxes', selected_options: [{ value: 'yes' }] } }
          : {}),
      },
    }),
  );

const ofEast = { hostCenter: 'east', organiser: PEOPLE.minoru };
const SUMMARY = '坂の上の団地では買い物に行けない方が増えている';
const OUTCOME = '移動販売の巡回を市が後押しすることになった';

describe('core staff', () => {
  test('are asked to a district’s meeting once, and answer once: of two at the same time the second hears of the first', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await storedMeeting(house, '地域ケア個別会議', {
      ...ofEast,
      title: '秘密の題名',
      place: '本人宅',
    });
    // Whose meeting it is not finds nothing; core staff neither, before they are asked.
    for (const who of [PEOPLE.ichiro, PEOPLE.naoko]) await press(house, who, 'issues.ask_core', id);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM core_attendance_request').first('n')).toBe(0);
    const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
    expect((await naoko.get(`/meetings/${reference.slice(1)}`)).status).toBe(404);
    await Promise.all([1, 2, 3].map(() => press(house, PEOPLE.hanako, 'issues.ask_core', id)));
    await house.delivered();
    const cards = () =>
      house.slack.messages(CHANNELS.triage).filter((each) => JSON.stringify(each).includes('出席の依頼'));
    expect(cards()).toHaveLength(1);
    expect(JSON.stringify(cards())).toContain(reference);
    for (const hidden of ['秘密の題名', '本人宅']) expect(JSON.stringify(cards())).not.toContain(hidden);
    expect((await naoko.get(`/meetings/${reference.slice(1)}`)).status).toBe(200);
    expect((await auditOf('meeting.ask_core')).map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      'refused',
      'refused',
    ]);

    const [card] = cards();
    if (!card) throw new Error('no card');
    const kenta = house.slack.as(PEOPLE.kenta);
    await kenta.click(card, '出席する人を決める');
    await house.slack.waitFor(() => kenta.modal, { what: 'the form' });
    expect((await accept(house, PEOPLE.hanako, id, PEOPLE.naoko)).includes('見つかりません')).toBe(true);
    expect(await accept(house, PEOPLE.kenta, id, PEOPLE.hanako)).toContain('基幹型の職員から');
    const answers = await Promise.all([
      accept(house, PEOPLE.kenta, id, PEOPLE.takuya),
      accept(house, PEOPLE.naoko, id, PEOPLE.naoko),
    ]);
    const won = answers.filter((each) => each.includes('出席を伝えました'));
    const lost = answers.filter((each) => each.includes('出席と決めています'));
    expect([won.length, lost.length]).toEqual([1, 1]);
    await house.delivered();
    const attendee = await env.DB.prepare('SELECT attendee FROM core_attendance_request').first<string>(
      'attendee',
    );
    const { results } = await env.DB.prepare('SELECT person, answer FROM meeting_seat WHERE meeting_id = ?')
      .bind(id)
      .all();
    expect(results).toEqual([{ person: attendee, answer: 'attending' }]);
    const told = (who: string, words: string) =>
      house.slack.as(who).dm.filter((each) => JSON.stringify(each).includes(words)).length;
    expect(told(attendee ?? '', 'に出席してください')).toBe(1);
    expect([told(PEOPLE.hanako, 'が出席します'), told(PEOPLE.minoru, 'が出席します')]).toEqual([1, 1]);
    expect(JSON.stringify(cards())).toContain('が出席します');
    await expect(kenta.click(card, '断る')).resolves.toBeDefined();
    await house.slack.settled();
    expect((await auditOf('meeting.decline_request')).filter(({ outcome }) => outcome === 'done')).toEqual(
      [],
    );
  });

  test('decline with a controlled reason, which the center hears', async () => {
    const house = await openHouse(withMeetings);
    const { id } = await storedMeeting(house, '地域ケア個別会議', ofEast);
    await press(house, PEOPLE.minoru, 'issues.ask_core', id);
    const decline = (reason: string) =>
      send(
        house,
        submissionBody(PEOPLE.naoko, {
          id: 'V0DECLINE',
          callbackId: 'issues.decline_form',
          metadata: id,
          values: { reason: { type: 'radio_buttons', selected_option: { value: reason } } },
        }),
      );
    expect(await decline('made-up')).toContain('選んでください');
    expect(await decline('staff')).toContain('断ることを伝えました');
    expect(await decline('schedule')).toContain('すでに伊藤 直子さんが断っています');
    await house.delivered();
    expect(JSON.stringify(house.slack.as(PEOPLE.minoru).dm)).toContain('人員が足りない');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM meeting_seat').first('n')).toBe(0);
  });
});

describe('a 地域課題', () => {
  test('is numbered, once a form; warned of personal data first; counted for all, read by few', async () => {
    const house = await openHouse(withMeetings);
    await acceptedCase(house);
    const { id, reference } = await storedMeeting(house, '地域ケア個別会議', ofEast);
    // Neither by those who take no part, nor with a case that one may not see.
    expect(await record(house, PEOPLE.ichiro, id, { summary: SUMMARY })).toContain('記録できません');
    expect(await record(house, PEOPLE.hanako, id, { summary: SUMMARY, consultation: 'R8-0099' })).toContain(
      '見つかりません',
    );
    const warned = await record(house, PEOPLE.hanako, id, { summary: '山田太郎様 090-1234-5678' });
    expect([warned.includes('電話番号'), warned.includes('このまま登録する')]).toEqual([true, true]);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM community_issue').first('n')).toBe(0);
    await record(house, PEOPLE.hanako, id, {
      summary: '電話 090-1234-5678',
      isConfirmed: true,
      topic: 'other',
    });
    const once = { summary: SUMMARY, consultation: 'ｒ８ー１', viewId: 'V0ONCE' };
    const answers = await Promise.all([1, 2, 3].map(() => record(house, PEOPLE.hanako, id, once)));
    expect(answers.every((each) => each.includes('課R8-002 を記録しました'))).toBe(true);
    const others = await Promise.all(
      [PEOPLE.minoru, PEOPLE.hanako].map((who) => record(house, who, id, { summary: SUMMARY, area: 'west' })),
    );
    expect(others.map((each) => /課R8-\d+/.exec(each)?.[0]).sort()).toEqual(['課R8-003', '課R8-004']);

    const pageOf = async (who: string, path: string) => (await Visitor.signedIn(house, who)).get(path);
    // West's own area; the meeting of east is private, and so is its case.
    const ofWest = (await pageOf(PEOPLE.ichiro, '/issues')).body;
    expect([ofWest.includes('課R8-002'), ofWest.includes(reference)]).toEqual([true, false]);
    expect((await pageOf(PEOPLE.hanako, '/issues')).body).toContain(reference);
    for (const [who, path, isRead] of [
      [PEOPLE.hanako, '/issues/R8-002', true],
      [PEOPLE.ichiro, '/issues/R8-002', false],
      [PEOPLE.ichiro, '/issues/R8-003', true],
      [PEOPLE.naoko, '/issues/R8-002', true],
      [PEOPLE.makoto, '/issues/R8-002', true],
    ] as const) {
      const page = await pageOf(who, path);
      expect([who, path, page.status, page.body.includes(SUMMARY)]).toEqual([who, path, 200, isRead]);
    }
    expect((await pageOf(PEOPLE.hanako, '/issues/R8-002')).body).toContain('/cases/R8-0001');
    for (const who of [PEOPLE.makoto, PEOPLE.ichiro])
      expect((await pageOf(who, '/issues/R8-002')).body).not.toContain('R8-0001');
    expect((await pageOf(PEOPLE.ichiro, '/issues/R8-099')).status).toBe(404);
    const csv = (await pageOf(PEOPLE.ichiro, '/issues.csv')).body;
    expect(csv).toContain('"認知症",1,2,0,3');
    const filtered = (await pageOf(PEOPLE.ichiro, '/issues?area=west&topic=dementia&state=found')).body;
    expect([filtered.includes('課R8-003'), filtered.includes('課R8-002')]).toEqual([true, false]);
    const meetingPage = (await pageOf(PEOPLE.hanako, `/meetings/${reference.slice(1)}`)).body;
    expect(meetingPage).toContain('課R8-002');

    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => minoru.modal, { what: 'the menu' });
    await minoru.clickInModal('地域課題');
    await house.slack.waitFor(() => minoru.modalText.includes('認知症　3件'), { what: 'the counts' });
  });

  test('is settled by the core center and the city section, never over each other, and goes onto a council’s agenda once', async () => {
    const house = await openHouse(withMeetings);
    const { id } = await storedMeeting(house, '地域ケア個別会議', ofEast);
    await record(house, PEOPLE.hanako, id, { summary: SUMMARY });
    const council = await storedMeeting(house, '地域ケア推進会議', {
      hostCenter: 'city',
      organiser: PEOPLE.makoto,
    });
    const heads = await storedMeeting(house, 'センター長会議');
    const path = '/issues/R8-001';
    const [naoko, makoto, hanako] = await Promise.all(
      [PEOPLE.naoko, PEOPLE.makoto, PEOPLE.hanako].map((who) => Visitor.signedIn(house, who)),
    );
    if (!naoko || !makoto || !hanako) throw new Error('nobody');
    const forms = (body: string) => [body.includes('議題にする'), body.includes('name="outcome"')];
    expect(forms((await hanako.get(path)).body)).toEqual([false, false]);
    expect((await hanako.post(path, [['state', 'solved']])).status).toBe(404);
    expect((await hanako.post(`${path}/agenda`, [['meeting', council.id]])).status).toBe(404);

    const put = () => makoto.post(`${path}/agenda`, [['meeting', council.id]]);
    expect((await Promise.all([put(), put()])).map(({ status }) => status)).toEqual([303, 303]);
    expect((await naoko.post(`${path}/agenda`, [['meeting', heads.id]])).status).toBe(422);
    expect((await naoko.post(`${path}/agenda`, [['meeting', 'nowhere']])).status).toBe(422);
    const items = (await env.DB.prepare('SELECT meeting_id, title FROM meeting_agenda_item').all()).results;
    expect(items).toMatchObject([{ meeting_id: council.id }]);
    expect((await makoto.get(path)).body).toContain(council.reference);

    const note = (who: Visitor, fields: [string, string][]) => who.post(path, fields);
    const version = /name="version" value="(\d+)"/.exec((await naoko.get(path)).body)?.[1] ?? '';
    const first: [string, string][] = [
      ['version', version],
      ['state', 'in-policy'],
      ['outcome', OUTCOME],
    ];
    expect((await note(naoko, first)).status).toBe(303);
    expect((await note(naoko, first)).status).toBe(303);
    const late = await note(makoto, [
      ['version', version],
      ['state', 'dropped'],
      ['outcome', '遅れて書いた言葉'],
    ]);
    expect([late.status, late.body.includes('遅れて書いた言葉'), late.body.includes(OUTCOME)]).toEqual([
      409,
      true,
      true,
    ]);
    const now = /name="version" value="(\d+)"/.exec(late.body)?.[1] ?? '';
    const warned = await note(makoto, [
      ['version', now],
      ['state', 'solved'],
      ['outcome', '連絡先は 090-1234-5678'],
    ]);
    expect([warned.status, warned.body.includes('name="confirmed"')]).toEqual([422, true]);
    expect((await hanako.get(path)).body).toContain(OUTCOME);
    expect(await env.DB.prepare('SELECT state FROM community_issue').first('state')).toBe('in-policy');
    expect((await auditOf('issue.note_outcome')).map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      'refused',
      'refused',
      'refused',
    ]);

    await house.delivered();
    const tables = ['community_issue', 'meeting_agenda_item', 'audit_entry', 'outbox', 'meeting_notice'];
    const stored = await Promise.all(
      tables.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
    );
    const outside = JSON.stringify([
      house.slack.calls('chat.postMessage'),
      house.slack.calls('chat.update'),
      house.logs,
      stored,
    ]);
    expect(foundIn([SUMMARY, OUTCOME, '遅れて書いた言葉'], outside)).toEqual([]);
  });
});

describe('the rules of issues', () => {
  test('references are read in any width, and written with three digits', () => {
    expect(formatIssueReference('R8', 3)).toBe('課R8-003');
    for (const each of ['課R8-003', 'r8-3', 'Ｒ８-００３']) expect(readIssueReference(each)).toBe('課R8-003');
    for (const each of ['R8', '課', '会R8-003', 'R8-', '']) expect(readIssueReference(each)).toBeUndefined();
  });

  test('words are for the core center, the city section and the center of the area', () => {
    const person = (code: string, kind: 'kikan' | 'city' | 'district') => ({
      slackUserId: 'U',
      center: { code, kind },
    });
    expect(
      [
        person('kikan', 'kikan'),
        person('city', 'city'),
        person('east', 'district'),
        person('west', 'district'),
      ].map((each) => mayReadSummary(each, 'east')),
    ).toEqual([true, true, true, false]);
  });

  test('the table has each topic once, the most frequent first, and a zero where an area has none', () => {
    const counts = [
      { topic: 'a', area: 'x', count: 1 },
      { topic: 'b', area: 'y', count: 2 },
      { topic: 'a', area: 'y', count: 2 },
    ];
    expect(tableOf(counts, ['x', 'y'])).toEqual([
      { topic: 'a', byArea: [1, 2], total: 3 },
      { topic: 'b', byArea: [0, 2], total: 2 },
    ]);
  });
});
