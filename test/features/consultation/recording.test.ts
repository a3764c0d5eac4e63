/** 活動: dated records of what was done and what is planned; who is named hears of plans, and the case's next date follows. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contactAt,
  earliest,
  latest,
  placeInCourse,
} from '../../../src/features/consultation/recording/rules.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { calendarOf } from '../../../src/lib/business-time.ts';
import { addDays, formatDate, japanDate } from '../../../src/lib/jst.ts';
import { buttonsOf } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedCase, day, typed } from '../../support/operating.ts';
import { send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const TODAY = japanDate(new Date());
const on = (days: number) => addDays(TODAY, days);
const SUMMARY = '玄関の段差を一緒に確かめました。👣';

const time = (value: string | null) => ({ type: 'timepicker', selected_time: value });
const one = (value: string) => ({ type: 'static_select', selected_option: { value } });
const some = (...values: string[]) => ({
  type: 'multi_static_select',
  selected_options: values.map((value) => ({ value })),
});

/** A consultation that 伊藤 直子 accepted. */
const accepted = (house: House) => acceptedCase(house, { 緊急度: '通常' });

const version = () => env.DB.prepare('SELECT version FROM consultation').first('version');
const activities = async () =>
  (
    await env.DB.prepare(
      'SELECT kind, state, held_on AS heldOn, starts_at_time AS time, people, bodies FROM activity ORDER BY created_at, held_on',
    ).all()
  ).results;
const dueOfKind = (kind: string) =>
  env.DB.prepare('SELECT due_at AS at FROM deadline WHERE kind = ?').bind(kind).first<number>('at');

let views = 0;

/** Sends a form as Slack would, whatever its client lets through. */
async function submit(
  house: House,
  form: string,
  id: string,
  values: Record<string, object>,
  { person = PEOPLE.naoko, about = '' }: { person?: string; about?: string } = {},
): Promise<string> {
  views += 1;
  const view = `V${views}`;
  const metadata = `${id}/${await version()}${about ? `/${about}` : ''}`;
  return send(
    house,
    submissionBody(person, { id: view, callbackId: `consultation.${form}`, metadata, values }),
  );
}

const visit = (values: Record<string, object> = {}) => ({
  kind: one('joint_visit'),
  state: one('planned'),
  heldOn: day(on(5)),
  startsAt: time('14:00'),
  people: some(PEOPLE.naoko),
  bodies: some(),
  summary: typed(null),
  ...values,
});

/** A case with a visit planned in five days. */
async function planned(house: House, values: Record<string, object> = {}) {
  const sent = await accepted(house);
  expect(await submit(house, 'record', sent.id, visit(values))).toContain('clear');
  const activity = String(await env.DB.prepare('SELECT id FROM activity').first('id'));
  return { ...sent, activity };
}

describe('recording', () => {
  test('what was done is sealed, counts as a contact and stands in the case; nobody is told', async () => {
    const house = await openHouse();
    const { naoko, card } = await accepted(house);
    await naoko.click(card(), '活動を記録する');
    await house.slack.waitFor(() => naoko.modal);
    expect(naoko.filledIn).toMatchObject({
      実施か予定か: '実施した',
      日付: TODAY,
      参加する職員: ['伊藤 直子（基幹型）'],
    });
    const before = await env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE kind <> 'card'").first('n');
    const { errors } = await naoko.fillAndSubmit({
      活動の種類: '同行訪問',
      開始時刻: '09:30',
      日付: on(-2),
      参加する職員: ['伊藤 直子（基幹型）', '佐藤 花子（東）'],
      関係機関: ['警察', '民生委員'],
      内容: SUMMARY,
    });
    expect(errors).toBeUndefined();
    await house.delivered();
    expect(await activities()).toEqual([
      {
        kind: 'joint_visit',
        state: 'done',
        heldOn: on(-2),
        time: '09:30',
        people: JSON.stringify([PEOPLE.naoko, PEOPLE.hanako]),
        bodies: '["police","welfare_commissioner"]',
      },
    ]);
    expect(await env.DB.prepare('SELECT summary FROM activity').first('summary')).toMatch(/^v1\./);
    expect(await env.DB.prepare('SELECT status, last_contact_at AS at FROM consultation').first()).toEqual({
      status: 'accepted',
      at: new Date(`${on(-2)}T09:30:00+09:00`).getTime(),
    });
    expect(await env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE kind <> 'card'").first('n')).toBe(
      before,
    );
    await naoko.click(card(), '詳細を見る');
    await house.slack.waitFor(() => naoko.modal);
    for (const words of [SUMMARY, '活動（実施）', '同行訪問', '伊藤 直子、佐藤 花子', '警察、民生委員'])
      expect(naoko.modalText).toContain(words);
    const detail = await env.DB.prepare(
      "SELECT detail FROM audit_entry WHERE action = 'consultation.record'",
    ).first('detail');
    expect(JSON.parse(String(detail))).toMatchObject({
      kind: 'joint_visit',
      outcome: 'done',
      on: on(-2),
      time: '09:30',
    });
    expect(String(detail)).not.toContain('段差');
  });

  test('an older one than the last contact does not put that back', async () => {
    const house = await openHouse();
    const { id } = await accepted(house);
    const at = Date.now() - 60_000;
    await env.DB.prepare('UPDATE consultation SET last_contact_at = ?').bind(at).run();
    const values = visit({ state: one('done'), heldOn: day(on(-3)) });
    expect(await submit(house, 'record', id, values)).toContain('clear');
    expect(await env.DB.prepare('SELECT last_contact_at AS at FROM consultation').first('at')).toBe(at);
  });

  test('who is named in a plan hears of it by reference, kind and time; the next date is due', async () => {
    const house = await openHouse();
    const { hanako, naoko, card } = await planned(house, {
      people: some(PEOPLE.naoko, PEOPLE.hanako),
      summary: typed(SUMMARY),
    });
    await house.delivered();
    const told = hanako.dm.at(-1);
    if (!told) throw new Error('no DM');
    expect(told.text).toBe(
      `相談 *R8-0001* の「同行訪問」（${formatDate(on(5))} 14:00）の予定に、あなたの名前があります。`,
    );
    expect(buttonsOf(told)).toEqual(['詳細を見る']);
    expect(naoko.dm.filter(({ text }) => text.includes('予定'))).toEqual([]);
    expect(await dueOfKind('activity')).toBeGreaterThan(new Date(`${on(5)}T14:00:00+09:00`).getTime());
    // A plan is no contact.
    expect(await env.DB.prepare('SELECT last_contact_at AS at FROM consultation').first('at')).toBeNull();
    expect(card().text).toContain('受付済');
  });

  test('by people with the longest names that a city file takes', async () => {
    const house = await openHouse((city) => {
      for (const each of city.staff) each.name = each.name.padEnd(60, 'あ');
      for (const each of city.centers) each.short = each.short.padEnd(20, 'い');
    });
    const { card, naoko } = await accepted(house);
    await naoko.click(card(), '活動を記録する');
    await house.slack.waitFor(() => naoko.modal, { what: 'the form' });
    expect(naoko.modalText).toContain('伊藤 直子');
  });

  test('in closing, too', async () => {
    const house = await openHouse();
    const { id } = await accepted(house);
    await env.DB.prepare("UPDATE consultation SET status = 'closing', closing_proposed_at = ?")
      .bind(Date.now())
      .run();
    expect(await submit(house, 'record', id, visit())).toContain('clear');
    expect(await env.DB.prepare('SELECT status FROM consultation').first('status')).toBe('closing');
  });

  const past = '今日より前の日付です。今日か、それより後の日付を選んでください。';
  const future = '今日より後の日付です。今日か、それより前の日付を選んでください。';
  test.each<[string, Record<string, object>, Record<string, string>]>([
    ['done tomorrow', { state: one('done'), heldOn: day(on(1)) }, { heldOn: future }],
    ['planned for yesterday', { heldOn: day(on(-1)) }, { heldOn: past }],
    ['planned in two years', { heldOn: day(on(730)) }, { heldOn: '1年以内の日付を選んでください。' }],
    [
      'done two years ago',
      { state: one('done'), heldOn: day(on(-730)) },
      { heldOn: '1年以内の日付を選んでください。' },
    ],
    ['no day', { heldOn: day(null) }, { heldOn: '日付を選んでください。' }],
    [
      'a time that no clock shows',
      { startsAt: time('25:00') },
      { startsAt: '時刻を選んでください（例: 14:30）。' },
    ],
    [
      'somebody of another center, a stranger',
      { people: some(PEOPLE.ichiro, 'U0STRANGER') },
      { people: '選べない職員が入っています。もう一度選んでください。' },
    ],
    ['an unknown kind', { kind: one('party') }, { kind: 'どれか1つを選んでください。' }],
    [
      '3,001 characters',
      { summary: typed('𠮷'.repeat(3001)) },
      { summary: '3,000文字までです（いま3,001文字）。' },
    ],
    [
      'nothing right',
      { kind: one(''), state: one(''), heldOn: day('2026-02-30') },
      {
        kind: 'どれか1つを選んでください。',
        state: 'どれか1つを選んでください。',
        heldOn: '日付を選んでください。',
      },
    ],
  ])('%s is refused beside its field', async (_, values, errors) => {
    const house = await openHouse();
    const { id } = await accepted(house);
    expect(JSON.parse(await submit(house, 'record', id, visit(values)))).toEqual({
      response_action: 'errors',
      errors,
    });
    expect(await activities()).toEqual([]);
  });

  test.each([
    ['the sender', PEOPLE.hanako, '担当者（伊藤 直子さん）と協力者です'],
    ['a core colleague', PEOPLE.takuya, '担当者（伊藤 直子さん）と協力者です'],
    ['another center', PEOPLE.ichiro, '見つかりません'],
    ['the city section', PEOPLE.makoto, '見つかりません'],
  ])('%s may not, and is logged', async (_, person, sentence) => {
    const house = await openHouse();
    const { id, activity } = await planned(house);
    for (const form of ['record', 'record_done', 'record_move', 'record_cancel'])
      await send(house, pressBody(person, `consultation.${form}`, `${id}/${activity}`));
    const somebody = house.slack.as(person);
    await house.slack.waitFor(() => somebody.ephemerals.length === 4);
    for (const told of somebody.ephemerals) expect(told.text).toContain(sentence);
    const cancelled = await submit(
      house,
      'record_cancel',
      id,
      { reason: typed(null) },
      { person, about: activity },
    );
    expect(cancelled).toContain(sentence);
    expect(await activities()).toMatchObject([{ state: 'planned' }]);
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ?")
        .bind(person)
        .first('n'),
    ).toBe(5);
  });

  test('two at once are both kept, and the same form twice is one', async () => {
    const house = await openHouse();
    const { id } = await accepted(house);
    const metadata = `${id}/${await version()}`;
    const form = (view: string, heldOn: string) =>
      send(
        house,
        submissionBody(PEOPLE.naoko, {
          id: view,
          callbackId: 'consultation.record',
          metadata,
          values: visit({ heldOn: day(heldOn) }),
        }),
      );
    await Promise.all([form('A', on(9)), form('A', on(9)), form('B', on(3)), form('C', on(6))]);
    expect((await activities()).map(({ heldOn }) => heldOn).sort()).toEqual([on(3), on(6), on(9)]);
    const due = await dueOfKind('activity');
    expect(due).toBeLessThan(new Date(`${on(9)}T00:00:00+09:00`).getTime());
  });

  test('in a restricted case only those named can be chosen', async () => {
    const house = await openHouse();
    const { id, naoko, card } = await accepted(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = 1').run();
    await naoko.click(card(), '活動を記録する');
    await house.slack.waitFor(() => naoko.modal);
    await expect(naoko.fill({ 参加する職員: ['原田 拓也（基幹型）'] })).rejects.toThrow('no option');
    await expect(naoko.fill({ 参加する職員: ['阿部 実（東）'] })).rejects.toThrow('no option');
    await naoko.fill({ 参加する職員: ['佐藤 花子（東）'] });
    expect(await submit(house, 'record', id, visit({ people: some(PEOPLE.takuya) }))).toContain(
      '選べない職員',
    );
  });
});

describe('what is planned', () => {
  test('is listed above the form; recorded as done it is a contact, and nothing is due any more', async () => {
    const house = await openHouse();
    const { naoko, card } = await planned(house, { summary: typed(SUMMARY), bodies: some('police') });
    await house.delivered();
    await naoko.click(card(), '活動を記録する');
    await house.slack.waitFor(() => naoko.modal);
    expect(naoko.modalText).toContain(`活動（予定）　${formatDate(on(5))} 14:00　同行訪問`);
    await naoko.clickInModal('実施を記録');
    await house.slack.waitFor(() => naoko.modals.length === 2);
    // It was held earlier than planned: the time of the plan says nothing about it.
    expect(naoko.filledIn).toEqual({
      日付: TODAY,
      開始時刻: null,
      参加する職員: ['伊藤 直子（基幹型）'],
      関係機関: ['警察'],
      内容: SUMMARY,
    });
    expect(
      await env.DB.prepare(
        "SELECT count(*) AS n FROM audit_entry WHERE action = 'consultation.read' AND detail LIKE '%\"activity\"%'",
      ).first('n'),
    ).toBe(1);
    expect((await naoko.fillAndSubmit({ 内容: '早めに伺えました。' })).errors).toBeUndefined();
    expect(naoko.modal).toBeUndefined();
    expect(await activities()).toMatchObject([
      { state: 'done', heldOn: TODAY, time: null, bodies: '["police"]' },
    ]);
    expect(await dueOfKind('activity')).toBeNull();
    expect(
      await env.DB.prepare('SELECT last_contact_at AS at FROM consultation').first<number>('at'),
    ).toBeGreaterThan(Date.now() - 60_000);
  });

  test('moved, those who stay, come and go are each told once; the reason is sealed', async () => {
    const house = await openHouse();
    const { id, hanako, activity } = await planned(house, { people: some(PEOPLE.hanako, PEOPLE.minoru) });
    const move = {
      heldOn: day(on(8)),
      startsAt: time(null),
      people: some(PEOPLE.hanako, PEOPLE.takuya),
      reason: typed('ご家族の都合'),
    };
    expect(await submit(house, 'record_move', id, move, { about: activity })).toContain('clear');
    await house.delivered();
    const last = (person: string) => house.slack.as(person).dm.at(-1)?.text;
    const before = `${formatDate(on(5))} 14:00`;
    expect(hanako.dm.at(-1)?.text).toBe(
      `相談 *R8-0001* の「同行訪問」の予定が、${before} から ${formatDate(on(8))} に変わりました。`,
    );
    expect(last(PEOPLE.takuya)).toContain(`（${formatDate(on(8))}）の予定に、あなたの名前があります`);
    expect(last(PEOPLE.minoru)).toContain(`（${before}）の予定から、あなたの名前が外れました`);
    expect(await activities()).toMatchObject([{ state: 'planned', heldOn: on(8), time: null }]);
    const note = await env.DB.prepare("SELECT id FROM note WHERE kind = 'reason'").first('id');
    const detail = await env.DB.prepare("SELECT detail FROM audit_entry WHERE detail LIKE '%moved%'").first(
      'detail',
    );
    expect(JSON.parse(String(detail))).toMatchObject({
      activity,
      outcome: 'moved',
      from: on(5),
      fromTime: '14:00',
      on: on(8),
      time: null,
      note,
    });
  });

  test('cancelled, those named hear of it, and the next plan is due', async () => {
    const house = await openHouse();
    const { id, hanako, activity } = await planned(house, { people: some(PEOPLE.hanako) });
    expect(await submit(house, 'record', id, visit({ heldOn: day(on(20)) }))).toContain('clear');
    expect(await submit(house, 'record_cancel', id, { reason: typed(null) }, { about: activity })).toContain(
      'clear',
    );
    await house.delivered();
    expect(hanako.dm.at(-1)?.text).toBe(
      `相談 *R8-0001* の「同行訪問」（${formatDate(on(5))} 14:00）の予定は中止になりました。`,
    );
    expect((await activities()).map(({ state }) => state)).toEqual(['cancelled', 'planned']);
    expect(await dueOfKind('activity')).toBeGreaterThan(new Date(`${on(20)}T14:00:00+09:00`).getTime());
  });

  test('cancelled, whoever was named and has left since hears nothing of it', async () => {
    const house = await openHouse();
    const { id, activity } = await planned(house, { people: some(PEOPLE.minoru, PEOPLE.takuya) });
    await house.delivered();
    const before = [PEOPLE.minoru, PEOPLE.takuya].map((person) => house.slack.as(person).dm.length);
    const staff = house.city.staff
      .filter(({ slackUserId }) => slackUserId !== PEOPLE.takuya)
      .map((each) => (each.slackUserId === PEOPLE.minoru ? { ...each, center: 'west' } : each));
    await importCity(house.db, { ...house.city, staff }, 'command', new Date());
    expect(await submit(house, 'record_cancel', id, { reason: typed(null) }, { about: activity })).toContain(
      'clear',
    );
    await house.delivered();
    const after = [PEOPLE.minoru, PEOPLE.takuya].map((person) => house.slack.as(person).dm.length);
    expect(after).toEqual(before);
  });

  test('moved by somebody else while it is being recorded, the form says so, keeps what was typed and is sent by pressing again', async () => {
    const house = await openHouse();
    const { id, naoko, card, activity } = await planned(house);
    await env.DB.prepare('INSERT INTO member VALUES (?, ?, ?, ?)')
      .bind(id, PEOPLE.takuya, PEOPLE.naoko, Date.now())
      .run();
    await house.delivered();
    await naoko.click(card(), '活動を記録する');
    await house.slack.waitFor(() => naoko.modal);
    await naoko.clickInModal('実施を記録');
    await house.slack.waitFor(() => naoko.modals.length === 2);
    const move = { heldOn: day(on(8)), startsAt: time(null), people: some(), reason: typed(null) };
    expect(
      await submit(house, 'record_move', id, move, { person: PEOPLE.takuya, about: activity }),
    ).toContain('clear');
    await naoko.fillAndSubmit({ 内容: SUMMARY, 日付: on(-1) });
    expect(naoko.modalText).toContain('原田 拓也さんが活動を記録しました');
    expect(naoko.modalText).toContain(`活動（予定）　${formatDate(on(8))}`);
    expect(naoko.filledIn).toMatchObject({ 内容: SUMMARY, 日付: on(-1) });
    await naoko.submit();
    expect(naoko.modal).toBeUndefined();
    expect(await activities()).toMatchObject([{ state: 'done', heldOn: on(-1) }]);
  });

  test('done or cancelled already, it can be neither moved nor cancelled; one of another case is not found', async () => {
    const house = await openHouse();
    const { id, activity } = await planned(house);
    const cancel = () => submit(house, 'record_cancel', id, { reason: typed(null) }, { about: activity });
    const [one, other] = await Promise.all([cancel(), cancel()]);
    expect([one, other].filter((answer) => answer.includes('clear'))).toHaveLength(1);
    expect(await cancel()).toContain('この予定は、もう「中止」になっています。');
    const finish = { ...visit({ heldOn: day(TODAY) }) };
    expect(await submit(house, 'record_done', id, finish, { about: activity })).toContain('もう「中止」');
    expect(await submit(house, 'record_done', id, finish, { about: crypto.randomUUID() })).toContain(
      'この予定は見つかりません。',
    );
    expect(await activities()).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('rules', () => {
  const calendar = calendarOf({ businessHours: '08:30-17:15', closedDays: [] });
  const now = new Date('2026-11-24T10:00:00+09:00');

  test.each([
    ['2026-11-20', '14:00', '2026-11-20T14:00:00+09:00'],
    ['2026-11-20', null, '2026-11-20T17:15:00+09:00'],
    ['2026-11-24', null, '2026-11-24T10:00:00+09:00'],
    ['2026-11-24', '16:00', '2026-11-24T10:00:00+09:00'],
  ])('what was done on %s at %s is a contact of %s', (heldOn, startsAtTime, expected) => {
    expect(contactAt(calendar, { heldOn, startsAtTime }, now)).toEqual(new Date(expected));
  });

  test('the latest contact is never earlier than either, and the next date is the smallest', () => {
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.option(date), fc.array(date.map(japanDate)), (one, other, dates) => {
        const last = latest(one, other);
        expect(last >= one && (other === null || last >= other)).toBe(true);
        expect(earliest(dates)).toBe([...dates].sort()[0] ?? null);
      }),
    );
  });

  test('an activity stands at its time, or at the beginning of its day', () => {
    expect(placeInCourse({ heldOn: '2026-12-01', startsAtTime: '14:30' })).toEqual(
      new Date('2026-12-01T05:30:00Z'),
    );
    expect(placeInCourse({ heldOn: '2026-12-01', startsAtTime: null })).toEqual(
      new Date('2026-11-30T15:00:00Z'),
    );
  });
});
