/** 研修 through the front door: planned and announced once, the last seat given once, the line kept, hours counted, the survey asked once. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { listKinds } from '../../../src/features/directory/meeting-kinds/data.ts';
import { cancelMeeting } from '../../../src/features/meeting/changing/mutations.ts';
import { offerTraining } from '../../../src/features/meeting/training/offering/mutations.ts';
import {
  isFor,
  movingUp,
  placeInLine,
  surveyAt,
  surveyResult,
} from '../../../src/features/meeting/training/rules.ts';
import { addDays, japanDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { foundIn } from '../../support/canaries.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt, withMeetings } from '../../support/meeting.ts';
import { auditOf, send } from '../../support/settings.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';
import { Visitor } from '../../support/visitor.ts';

const TODAY = japanDate(new Date());
const on = (days: number) => addDays(TODAY, days);
const at = (days: number, hour: number) => startOfJapanDay(on(days)).getTime() + hour * 3_600_000;

interface Wanted {
  seats?: number | null;
  professions?: string[];
  applyBy?: string;
}

/** A training in ten days, 14:00 to 15:30, of the core center. */
async function offered(house: House, { seats = null, professions = [], applyBy = on(8) }: Wanted = {}) {
  const found = await Actor.find(house.db, PEOPLE.kenta);
  const kind = (await listKinds(house.db)).find(({ isTraining }) => isTraining);
  if (!found || !kind) throw new Error('no arranger');
  const made = await offerTraining(
    scopeAt(house, new Date()),
    found.actor,
    {
      kind: kind.id,
      title: '虐待対応の基礎',
      startsAt: new Date(at(10, 14)),
      endsAt: new Date(at(10, 15.5)),
      place: '市役所 大会議室',
      url: null,
      seats,
      professions,
      applyBy,
    },
    crypto.randomUUID(),
  );
  if (!made.ok) throw new Error('not offered');
  return made.value;
}

const apply = (house: House, who: string, id: string, person?: string) =>
  send(
    house,
    submissionBody(who, {
      id: `V${crypto.randomUUID()}`,
      callbackId: 'training.apply_form',
      metadata: id,
      values: person ? { person: { type: 'static_select', selected_option: { value: person } } } : {},
    }),
  );

/** A press is acknowledged first and worked on then. */
const press = async (house: House, who: string, actionId: string, value: string) =>
  house.fetchToTheEnd(await signedRequest(pressBody(who, actionId, value), { contentType: FORM }));

const withdraw = async (house: House, who: string, id: string, person = who) => {
  await press(house, who, 'training.withdraw', `${id} ${person}`);
};

async function states(id: string): Promise<Record<string, string>> {
  const { results } = await env.DB.prepare(
    'SELECT person, state FROM training_application WHERE meeting_id = ? ORDER BY applied_at',
  )
    .bind(id)
    .all<{ person: string; state: string }>();
  return Object.fromEntries(results.map(({ person, state }) => [person, state]));
}

async function seatsOf(id: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    'SELECT person FROM meeting_seat WHERE meeting_id = ? AND removed_at IS NULL ORDER BY person',
  )
    .bind(id)
    .all<{ person: string }>();
  return results.map(({ person }) => person);
}

const directTo = (house: House, person: string, words: string) =>
  house.slack.as(person).dm.filter((message) => JSON.stringify(message).includes(words));

describe('a training', () => {
  test('is planned by core staff in one form, announced once to each center’s contacts, and stands in the list', async () => {
    const house = await openHouse(withMeetings);
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => naoko.modal, { what: 'the menu' });
    await naoko.clickInModal('研修');
    await house.slack.waitFor(() => naoko.modals.length === 2, { what: 'the trainings' });
    await naoko.clickInModal('研修を企画する');
    await house.slack.waitFor(() => naoko.modals.length === 3, { what: 'the form' });
    const refused = await naoko.fillAndSubmit({
      研修名: '看取りの支援',
      開催日: on(10),
      オンラインのURL: 'javascript:alert(1)',
      '定員（空欄は定員なし）': '0',
      申込の締切日: on(11),
    });
    expect(Object.keys(refused.errors ?? {}).sort()).toEqual(
      ['オンラインのURL', '定員（空欄は定員なし）', '申込の締切日'].sort(),
    );
    await naoko.fillAndSubmit({
      オンラインのURL: 'https://meet.example.jp/a',
      '定員（空欄は定員なし）': '２',
      申込の締切日: on(8),
      '対象の職種（選ばなければ全職種）': ['社会福祉士'],
    });
    expect(naoko.modalText).toContain('看取りの支援');
    await house.delivered();
    for (const person of ['U0WEST1', 'U0SOUTH1', PEOPLE.minoru, PEOPLE.kenta, PEOPLE.makoto])
      expect([person, directTo(house, person, '看取りの支援').length]).toEqual([person, 1]);
    expect(directTo(house, PEOPLE.hanako, '看取りの支援')).toEqual([]);
    const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
    const page = await hanako.get('/trainings');
    expect(page.body).toContain('看取りの支援');
    expect(page.body).not.toContain('研修を企画する');
    const row = await env.DB.prepare('SELECT seats, professions, apply_by FROM training').first();
    expect(row).toEqual({ seats: 2, professions: '["社会福祉士"]', apply_by: on(8) });
  });

  test('is planned by nobody of a district center, not even by a form of her own making', async () => {
    const house = await openHouse(withMeetings);
    const [kind] = (await listKinds(house.db)).filter(({ isTraining }) => isTraining);
    const answer = await send(
      house,
      submissionBody(PEOPLE.minoru, {
        id: 'V0FORGED',
        callbackId: 'training.offer_form',
        values: {
          kind: { type: 'static_select', selected_option: { value: kind?.id } },
          title: { type: 'plain_text_input', value: '研修' },
          on: { type: 'datepicker', selected_date: on(3) },
          starts: { type: 'timepicker', selected_time: '10:00' },
          minutes: { type: 'plain_text_input', value: '60' },
          applyBy: { type: 'datepicker', selected_date: on(2) },
        },
      }),
    );
    expect(JSON.parse(answer).errors).toHaveProperty('kind');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM training').first('n')).toBe(0);
    expect(await auditOf('meeting.offer_training')).toMatchObject([{ outcome: 'refused' }]);
    // Nor are the forms opened by copied buttons; each attempt is noted.
    const minoru = house.slack.as(PEOPLE.minoru);
    for (const actionId of ['training.offer', 'training.outside'])
      await send(house, pressBody(PEOPLE.minoru, actionId, actionId));
    await house.slack.waitFor(() => minoru.ephemerals.length === 2, { what: 'two sentences' });
    expect(minoru.modal).toBeUndefined();
    expect(await auditOf('meeting.offer_training')).toHaveLength(2);
    expect(await auditOf('training.announce_course')).toMatchObject([{ outcome: 'refused' }]);
  });

  test('gives its last seat to exactly one of those who apply at once; the others wait in a line without gaps', async () => {
    const house = await openHouse(withMeetings);
    const { id } = await offered(house, { seats: 1 });
    const people = [PEOPLE.hanako, PEOPLE.minoru, PEOPLE.ichiro, 'U0WEST1', PEOPLE.naoko, PEOPLE.takuya];
    const answers = await Promise.all([...people, ...people].map((who) => apply(house, who, id)));
    const all = await states(id);
    expect(Object.values(all).filter((state) => state === 'accepted')).toHaveLength(1);
    expect(Object.keys(all)).toHaveLength(6);
    expect(await seatsOf(id)).toEqual(Object.keys(all).filter((who) => all[who] === 'accepted'));
    for (let place = 1; place <= 5; place += 1)
      expect(answers.filter((each) => each.includes(`さんはキャンセル待ちの${place}番目です`)).length).toBe(
        2,
      );
    expect(await auditOf('meeting.apply')).toHaveLength(6);
    // The line as it was told: whoever is first moves up, and is told once, however often it is pressed.
    const [first = ''] = Object.keys(all).filter((who) => all[who] === 'accepted');
    const [second = ''] = Object.keys(all).filter((who) => all[who] === 'waiting');
    await Promise.all([1, 2, 3].map(() => withdraw(house, first, id)));
    await house.delivered();
    expect(await seatsOf(id)).toEqual([second]);
    expect(directTo(house, second, '空きが出たため')).toHaveLength(1);
    expect((await states(id))[first]).toBe('withdrawn');
    // Whoever applies anew is last in the line.
    expect(await apply(house, first, id)).toContain('キャンセル待ちの5番目です');
    // More seats: two more of the line.
    await send(
      house,
      submissionBody(PEOPLE.kenta, {
        id: 'V0SEATS',
        callbackId: 'training.seats_form',
        metadata: id,
        values: { seats: { type: 'plain_text_input', value: '3' } },
      }),
    );
    expect(await seatsOf(id)).toHaveLength(3);
    const few = await send(
      house,
      submissionBody(PEOPLE.kenta, {
        id: 'V0SEATS2',
        callbackId: 'training.seats_form',
        metadata: id,
        values: { seats: { type: 'plain_text_input', value: '2' } },
      }),
    );
    expect(few).toContain('すでに3名');
    // Who left the city leaves her seat to the next one.
    await importAgain(house, without(second));
    await house.cron(at(1, 10));
    await house.cron(at(1, 10));
    expect(await seatsOf(id)).toHaveLength(3);
    expect(await seatsOf(id)).not.toContain(second);
    // Called off, those who wait hear of it as those who have a seat do, once each.
    const kenta = await Actor.find(house.db, PEOPLE.kenta);
    if (!kenta) throw new Error('nobody');
    for (let times = 0; times < 2; times += 1)
      await cancelMeeting(scopeAt(house, new Date()), kenta.actor, id, 'schedule');
    await house.delivered();
    const there = Object.keys(await states(id)).filter((who) => who !== second);
    expect(there.map((who) => [who, directTo(house, who, '中止').length])).toEqual(
      there.map((who) => [who, 1]),
    );
    expect(await apply(house, 'U0SOUTH1', id)).toContain('もう申し込めません');
  });

  test('is for its professions, until its last day, and of oneself: what is not so is refused and stored nowhere', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await offered(house, { professions: ['保健師'], seats: 5 });
    expect(await apply(house, PEOPLE.hanako, id)).toContain('この研修の対象は保健師です。');
    // A copied form: somebody of another center, and a colleague, by whoever is no manager.
    expect(await apply(house, PEOPLE.hanako, id, 'U0SOUTH1')).toContain('この方の申込はできません');
    expect(await apply(house, 'U0WEST1', id, 'U0SOUTH1')).toContain('この方の申込はできません');
    expect(await states(id)).toEqual({});
    expect(await apply(house, 'U0SOUTH1', id)).toContain('受け付けました');
    await env.DB.prepare('UPDATE training SET apply_by = ?').bind(on(-1)).run();
    await env.DB.prepare("UPDATE staff SET profession = '保健師' WHERE center IN ('east', 'west')").run();
    expect(await apply(house, PEOPLE.hanako, id)).toContain('締め切りました');
    // Arrangers may still add somebody, who is told.
    expect(await apply(house, PEOPLE.naoko, id, PEOPLE.hanako)).toContain('受け付けました');
    await house.delivered();
    expect(directTo(house, PEOPLE.hanako, 'あなたを')).toHaveLength(1);
    // On the day itself nobody withdraws but through the arrangers.
    await env.DB.prepare('UPDATE meeting SET starts_at = ?, ends_at = ?')
      .bind(Date.now() + 60_000, Date.now() + 3_600_000)
      .run();
    const isSameDay = japanDate(new Date(Date.now() + 60_000)) === TODAY;
    await withdraw(house, PEOPLE.hanako, id);
    if (isSameDay) expect((await states(id))[PEOPLE.hanako]).toBe('accepted');
    await withdraw(house, PEOPLE.naoko, id, PEOPLE.hanako);
    expect((await states(id))[PEOPLE.hanako]).toBe('withdrawn');
    const page = await (await Visitor.signedIn(house, PEOPLE.kenta)).get(`/meetings/${reference.slice(1)}`);
    expect(page.body).toContain('南 早苗');
  });
});

const COMMENT = '堀越ハナさんの件が参考になった';

describe('after a training', () => {
  test('arrangers note who was there, hours add up, and the survey is asked once and read without names', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await offered(house);
    const people = [PEOPLE.hanako, PEOPLE.minoru, PEOPLE.ichiro, 'U0WEST1'];
    for (const who of people) await apply(house, who, id);
    const path = `/trainings/${reference.slice(1)}/record`;
    const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
    expect((await kenta.get(path)).status).toBe(404);
    const ended = Date.now() - 60_000;
    await env.DB.prepare('UPDATE meeting SET starts_at = ?, ends_at = ? WHERE id = ?')
      .bind(ended - 90 * 60_000, ended, id)
      .run();
    const form = await kenta.get(path);
    expect(form.body.match(/value="90"/g)).toHaveLength(4);
    const mark = /name="mark" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
    const faulty = await kenta.post(path, [
      ['mark', mark],
      [`minutes:${PEOPLE.hanako}`, '91'],
    ]);
    expect([faulty.status, faulty.body.includes('value="91"')]).toEqual([422, true]);
    const saved = await kenta.post(path, [
      ['mark', mark],
      [`minutes:${PEOPLE.hanako}`, '４５分'],
      [`minutes:${PEOPLE.minoru}`, '90'],
      ['minutes:U0WEST1', '0'],
    ]);
    expect(saved.status).toBe(303);
    const late = await kenta.post(path, [
      ['mark', mark],
      [`minutes:${PEOPLE.hanako}`, '10'],
    ]);
    expect([late.status, late.body.includes('value="10"'), late.body.includes('いまの記録: 45分')]).toEqual([
      409,
      true,
      true,
    ]);
    const naoko = await Visitor.signedIn(house, PEOPLE.naoko);
    const csv = (await naoko.get('/trainings/hours.csv')).body;
    expect(csv).toContain('"佐藤 花子","東","社会福祉士",1,0.75');
    expect(csv).toContain('"鈴木 一郎","西","社会福祉士",1,1.5');
    expect(csv).toContain('"西村 進","西","主任介護支援専門員",0,0');
    const own = (await (await Visitor.signedIn(house, PEOPLE.hanako)).get('/trainings/hours.csv')).body;
    expect([own.includes('佐藤 花子'), own.includes('阿部 実')]).toEqual([true, false]);
    const ofEast = (await (await Visitor.signedIn(house, PEOPLE.minoru)).get('/trainings/hours')).body;
    expect([ofEast.includes('佐藤 花子'), ofEast.includes('鈴木 一郎')]).toEqual([true, false]);
    expect((await (await Visitor.signedIn(house, PEOPLE.minoru)).get(path)).status).toBe(404);

    // Asked once, of those who were there, however often and late the cron runs.
    await house.cron(at(2, 9));
    await house.cron(at(2, 9));
    await house.cron(at(3, 9));
    await house.delivered();
    for (const [person, times] of [
      [PEOPLE.hanako, 1],
      [PEOPLE.minoru, 1],
      [PEOPLE.ichiro, 1],
      ['U0WEST1', 0],
      [PEOPLE.takuya, 0],
    ] as const)
      expect([person, directTo(house, person, '3問のアンケート').length]).toEqual([person, times]);

    const hanako = house.slack.as(PEOPLE.hanako);
    const [asked] = directTo(house, PEOPLE.hanako, '3問のアンケート');
    if (!asked) throw new Error('not asked');
    const answerIn = async (understood: string, comment: string) => {
      await hanako.click(asked, 'アンケートに答える');
      await house.slack.waitFor(() => hanako.modal, { what: 'the survey' });
      await hanako.fillAndSubmit({
        内容は分かりやすかったですか: understood,
        仕事に役立ちそうですか: '4 そう思う',
        ひとこと: comment,
      });
      await hanako.closeModal();
    };
    await answerIn('1 思わない', '取り消す前の言葉');
    await answerIn('5 とてもそう思う', COMMENT);
    const survey = (who: string, understood: string) =>
      send(
        house,
        submissionBody(who, {
          id: `V${crypto.randomUUID()}`,
          callbackId: 'training.survey_form',
          metadata: id,
          values: {
            understood: { type: 'radio_buttons', selected_option: { value: understood } },
            useful: { type: 'radio_buttons', selected_option: { value: '4' } },
          },
        }),
      );
    await survey(PEOPLE.minoru, '4');
    const meetingPage = `/meetings/${reference.slice(1)}`;
    const few = (await kenta.get(meetingPage)).body;
    expect([few.includes('回答は2件'), few.includes(COMMENT)]).toEqual([true, false]);
    expect(await survey('U0WEST1', '1')).toContain('見つかりません');
    expect(await survey(PEOPLE.takuya, '1')).toContain('見つかりません');
    await survey(PEOPLE.ichiro, '3');
    const results = (await kenta.get(meetingPage)).body;
    expect([results.includes(COMMENT), results.includes('平均 4.0'), results.includes('回答3件')]).toEqual([
      true,
      true,
      true,
    ]);
    expect((await (await Visitor.signedIn(house, PEOPLE.minoru)).get(meetingPage)).body).not.toContain(
      COMMENT,
    );
    await house.delivered();
    const stored = JSON.stringify((await env.DB.prepare('SELECT * FROM training_survey').all()).results);
    const outside = JSON.stringify([
      house.slack.calls('chat.postMessage'),
      house.slack.calls('chat.update'),
      house.logs,
      stored,
      (await env.DB.prepare('SELECT * FROM audit_entry').all()).results,
      (await env.DB.prepare('SELECT * FROM outbox').all()).results,
    ]);
    expect(foundIn([COMMENT, '取り消す前の言葉'], outside)).toEqual([]);
  });
});

describe('a course of others', () => {
  test('is announced once in the heads’ channel, reminded of once before its last day, and can be taken back', async () => {
    const house = await openHouse(withMeetings);
    const body = (who: string) =>
      submissionBody(who, {
        id: 'V0COURSE',
        callbackId: 'training.outside_form',
        values: {
          title: { type: 'plain_text_input', value: '県の<!channel>現任者研修' },
          provider: { type: 'plain_text_input', value: '県社協' },
          on: { type: 'datepicker', selected_date: on(40) },
          applyBy: { type: 'datepicker', selected_date: on(30) },
          url: { type: 'plain_text_input', value: 'https://ken.example.jp/' },
        },
      });
    expect(await send(house, body(PEOPLE.minoru))).toContain('見つかりません');
    await Promise.all([send(house, body(PEOPLE.naoko)), send(house, body(PEOPLE.naoko))]);
    await house.delivered();
    const posted = () =>
      house.slack.messages(CHANNELS.general).filter((each) => JSON.stringify(each).includes('現任者研修'));
    expect(posted()).toHaveLength(1);
    expect(JSON.stringify(posted())).not.toContain('<!channel>');
    await house.cron(at(20, 9));
    await house.delivered();
    const replies = () =>
      house.slack.calls('chat.postMessage').filter((each) => JSON.stringify(each).includes('申込締切は'));
    expect(replies()).toHaveLength(0);
    for (const hour of [9.5, 9.5, 15]) await house.cron(at(29, hour));
    await house.delivered();
    expect(replies()).toHaveLength(1);
    const id = await env.DB.prepare('SELECT id FROM outside_course').first<string>('id');
    await press(house, PEOPLE.minoru, 'training.outside_withdraw', id ?? '');
    expect((await (await Visitor.signedIn(house, PEOPLE.hanako)).get('/trainings')).body).toContain(
      '現任者研修',
    );
    await press(house, PEOPLE.naoko, 'training.outside_withdraw', id ?? '');
    await house.delivered();
    expect((await (await Visitor.signedIn(house, PEOPLE.hanako)).get('/trainings')).body).not.toContain(
      '現任者研修',
    );
    expect(JSON.stringify(posted())).toContain('取り下げ');
  });
});

describe('the rules of trainings', () => {
  const line = (states: string) =>
    [...states].map((state, i) => ({
      person: `U${i}`,
      state: state === 'a' ? ('accepted' as const) : ('waiting' as const),
    }));

  test('seats that are free go to those who wait, in their order, and never more than there are', () => {
    expect(movingUp(line('awww'), 3).map(({ person }) => person)).toEqual(['U1', 'U2']);
    expect(movingUp(line('aaw'), 1)).toEqual([]);
    expect(movingUp(line('ww'), null)).toHaveLength(2);
    expect(placeInLine(line('awaw'), 'U3')).toBe(2);
    expect(placeInLine(line('awaw'), 'U0')).toBeNull();
  });

  test('professions are compared in any width; none means all', () => {
    expect([isFor([], 'x'), isFor(['社会福祉士'], '社会福祉士 '), isFor(['保健師'], '看護師')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('the survey is asked at five, or at the end of what ends later', () => {
    expect(surveyAt(new Date('2026-12-03T15:30:00+09:00'))).toEqual(new Date('2026-12-03T17:00:00+09:00'));
    expect(surveyAt(new Date('2026-12-03T20:30:00+09:00'))).toEqual(new Date('2026-12-03T20:30:00+09:00'));
  });

  test('fewer than three answers show nothing', () => {
    const answer = { understood: 5, useful: 2, comment: 'x' };
    expect(surveyResult([answer, answer])).toBeUndefined();
    expect(surveyResult([answer, answer, { ...answer, useful: 5 }])?.useful).toEqual({
      average: 3,
      counts: [0, 2, 0, 0, 1],
    });
  });
});
