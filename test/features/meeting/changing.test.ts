/** Changing, calling off and inviting through the front door: everybody concerned is told once; seats follow the directory. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { addDays, formatDate, japanDate } from '../../../src/lib/jst.ts';
import { PRESS_SEPARATOR } from '../../../src/web/modal/blocks.tsx';
import { type Browser, browserOf, formOf } from '../../support/browser.ts';
import { type House, openHouse } from '../../support/house.ts';
import { countDms, invitedMeeting, seatIn, seatsIn, told } from '../../support/invited.ts';
import { withMeetings } from '../../support/meeting.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody, submissionBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { importAgain } from '../../support/staff-changes.ts';
import { Visitor } from '../../support/visitor.ts';

const TODAY = japanDate(new Date());
const HEADS = 'センター長会議';
const SEVEN = [
  PEOPLE.kenta,
  PEOPLE.naoko,
  PEOPLE.takuya,
  PEOPLE.minoru,
  'U0WEST1',
  'U0SOUTH1',
  PEOPLE.makoto,
];
const once = (people: readonly string[]) => Object.fromEntries(people.map((person) => [person, 1]));

/** Opens a form from the meeting's modal, as the person does who arranges it. */
async function openForm(house: House, person: string, reference: string, label: string, words: string) {
  const somebody = house.slack.as(person);
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modalText.includes(reference), { what: 'the menu' });
  await somebody.clickInModal('開く', undefined, { beside: reference });
  await house.slack.waitFor(() => somebody.modals.length === 2, { what: 'the meeting' });
  await somebody.clickInModal(label);
  await house.slack.waitFor(() => somebody.modalText.includes(words), { what: label });
  return somebody;
}

const changeForm = (house: House, person: string, reference: string) =>
  openForm(house, person, reference, '日時・場所を変える', '変わったところを1回だけ');

/** The form of calling off as Slack sends it, whoever it was shown to. */
function cancelBody(person: string, id: string): string {
  return submissionBody(person, {
    id: 'V1',
    callbackId: 'meeting.cancel.form',
    metadata: id,
    values: { reason: { type: 'radio_buttons', selected_option: { value: 'disaster' } } },
  });
}

function sequence(): Promise<unknown> {
  return env.DB.prepare('SELECT sequence FROM meeting').first('sequence');
}

describe('changing a meeting', () => {
  test('tells everybody once what changed; another date asks for answers anew, another place keeps them', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, HEADS, { place: '市役所 302' });
    await env.DB.prepare("UPDATE meeting_seat SET answer = 'attending'").run();
    const kenta = await changeForm(house, PEOPLE.kenta, reference);
    const before = String(kenta.filledIn.日付);
    await kenta.fillAndSubmit({ 場所: '<!channel> 公民館' });
    expect(kenta.modalText).toContain('変更を登録し');
    await house.delivered();
    expect(countDms(house, '予定が変わりました')).toEqual(once(SEVEN));
    const words = JSON.stringify(house.slack.as(PEOPLE.minoru).dm.at(-1));
    expect(words).toContain('~市役所 302~ → &lt;!channel&gt; 公民館');
    expect(words).toContain('そのまま有効です');
    expect((await seatsIn(id)).every(({ answer }) => answer === 'attending')).toBe(true);
    expect(await sequence()).toBe(1);

    // The papers' link is in no calendar.
    const again = await changeForm(house, PEOPLE.naoko, reference);
    await again.fillAndSubmit({ 資料のURL: 'https://files.example.jp/a' });
    expect(await sequence()).toBe(1);

    const moved = await changeForm(house, PEOPLE.takuya, reference);
    const wrong = await moved.fillAndSubmit({ 日付: addDays(TODAY, -1) });
    expect(wrong.errors).toEqual({ 日付: 'これからの日時にしてください。' });
    await moved.fillAndSubmit({ 日付: addDays(before, 7), 開始: '09:00' });
    await house.delivered();
    expect(countDms(house, '予定が変わりました')).toEqual(
      Object.fromEntries(SEVEN.map((person) => [person, 3])),
    );
    const last = house.slack.as(PEOPLE.minoru).dm.at(-1);
    expect(JSON.stringify(last)).toContain(
      `~${formatDate(before)} 14:00〜15:30~ → ${formatDate(addDays(before, 7))} 9:00`,
    );
    expect(JSON.stringify(last)).toContain('出欠をもう一度');
    expect((await seatsIn(id)).every(({ answer }) => answer === null)).toBe(true);
    expect(await sequence()).toBe(2);
    const cards = house.slack
      .messages(CHANNELS.general)
      .filter((card) => JSON.stringify(card).includes(reference));
    expect(cards).toHaveLength(1);
    expect(JSON.stringify(cards)).toContain('公民館');
  });

  test('by a form that is behind is not done: the person is told, and what she typed stays', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await invitedMeeting(house, HEADS, { place: '市役所 302' });
    const kenta = await changeForm(house, PEOPLE.kenta, reference);
    const naoko = await changeForm(house, PEOPLE.naoko, reference);
    // An answer in between is no change of what the form shows.
    await send(house, pressBody(PEOPLE.minoru, 'meeting.attend.attending', await onlyId()));
    await told(house, PEOPLE.minoru, '「出席」で登録しました');
    await kenta.fillAndSubmit({ 場所: '公民館' });
    await naoko.fillAndSubmit({ 場所: '図書館' });
    expect(naoko.modalText).toContain('ほかの方が変更しました');
    expect(naoko.modalText).toContain('場所　公民館');
    expect(naoko.filledIn).toMatchObject({ 場所: '図書館' });
    expect(await env.DB.prepare('SELECT place FROM meeting').first('place')).toBe('公民館');
    await naoko.submit();
    expect(await env.DB.prepare('SELECT place FROM meeting').first('place')).toBe('図書館');
    await house.delivered();
    expect(countDms(house, '予定が変わりました')).toEqual(
      Object.fromEntries(SEVEN.map((person) => [person, 2])),
    );
    expect((await auditOf('meeting.change')).map(({ outcome }) => outcome)).toEqual([
      'done',
      'refused',
      'done',
    ]);
  });

  test('and calling it off is for those who arrange it alone, and not for what is over', async () => {
    const house = await openHouse(withMeetings);
    const { id } = await invitedMeeting(house, HEADS);
    for (const action of ['meeting.change', 'meeting.cancel', 'meeting.invite'])
      await send(house, pressBody(PEOPLE.minoru, action, id));
    await told(house, PEOPLE.minoru, '主催者だけが変えられます');
    const answer = await send(house, cancelBody(PEOPLE.minoru, id));
    expect(answer).toContain('主催者だけが変えられます');
    await env.DB.prepare('UPDATE meeting SET starts_at = 1000, ends_at = 2000').run();
    const late = await send(house, cancelBody(PEOPLE.kenta, id));
    expect(late).toContain('終わった会議は変えられません');
    expect(await env.DB.prepare('SELECT status FROM meeting').first('status')).toBe('fixed');
    expect((await auditOf('meeting.cancel')).every(({ outcome }) => outcome === 'refused')).toBe(true);
  });
});

describe('calling a meeting off', () => {
  test('tells everybody once why, also guests, however often it is pressed, and it stays so', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, '在宅医療・介護連携推進協議会');
    await house.delivered();
    const body = cancelBody(PEOPLE.kenta, id);
    await Promise.all([send(house, body), send(house, body), send(house, body)]);
    await house.delivered();
    await house.cron();
    await house.cron();
    expect(countDms(house, '中止になりました')).toEqual(once([PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya]));
    expect(countDms(house, '天候・災害')).toEqual(once([PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya]));
    expect(house.mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['yamada@clinic.example.jp', expect.stringContaining(reference)],
      ['yamada@clinic.example.jp', `【みどり市】${reference} 在宅医療・介護連携推進協議会の中止のお知らせ`],
    ]);
    expect(await sequence()).toBe(1);
    expect(await env.DB.prepare('SELECT status, cancelled_at > 0 AS at FROM meeting').first()).toEqual({
      status: 'cancelled',
      at: 1,
    });
    await send(house, pressBody(PEOPLE.kenta, 'meeting.change', id));
    await told(house, PEOPLE.kenta, '新しい会議を作ってください');
    expect(await auditOf('meeting.cancel')).toHaveLength(1);
  });
});

describe('inviting by hand', () => {
  test('tells only whom it concerns; a guest is added on the page and gets a mail', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await invitedMeeting(house, HEADS, { isPrivate: true });
    await house.delivered();
    const kenta = await openForm(house, PEOPLE.kenta, reference, '招く方を足す・外す', '足した方には案内を');
    const wrong = await kenta.fillAndSubmit({ 外部の方を足す: '山田' });
    expect(Object.keys(wrong.errors ?? {})).toEqual(['外部の方を足す']);
    await kenta.fillAndSubmit({
      招く職員を足す: ['佐藤 花子（東）'],
      外部の方を足す: '医師 太郎 <doctor@example.jp>',
      '外す方・センター': ['西村 進（西）'],
    });
    expect(kenta.modalText).toContain('足した方 2、外した方 1');
    await house.delivered();
    await house.cron();
    await house.cron();
    expect(countDms(house, 'の案内です')).toEqual({ ...once(SEVEN), [PEOPLE.hanako]: 1 });
    expect(countDms(house, '予定から外れました')).toEqual({ U0WEST1: 1 });
    expect(house.mails.map(({ to }) => to)).toEqual(['doctor@example.jp']);
    const path = `/meetings/${reference.slice(1)}`;
    expect((await (await Visitor.signedIn(house, PEOPLE.hanako)).get(path)).status).toBe(200);
    expect((await (await Visitor.signedIn(house, 'U0WEST1')).get(path)).status).toBe(404);
    // No address in a form's choices, a button, or a message of ours.
    expect(JSON.stringify(house.slack.calls().filter(({ method }) => method !== 'mail'))).not.toContain(
      'doctor@example.jp',
    );

    house.slack.putUser({ id: 'U0NEW', name: '新任 次郎', email: '', title: '' });
    // The directory changes: who was taken off by hand stays off, who was added by hand stays.
    await importAgain(house, (city) => {
      for (const each of city.staff.filter(({ slackUserId }) => slackUserId === 'U0WEST1'))
        city.staff.push({ ...each, slackUserId: 'U0NEW', name: '新任 次郎' });
    });
    await house.cron();
    await house.delivered();
    const seats = (await seatsIn(id)).map(({ seat }) => seat);
    expect(seats).toContain(`person:${PEOPLE.hanako}`);
    expect(seats).toContain('person:U0NEW');
    expect(seats).not.toContain('person:U0WEST1');
    expect(countDms(house, '名簿の変更により')).toEqual({});
    expect(house.slack.as('U0NEW').dm).toHaveLength(1);
  });
});

describe('when the directory changes', () => {
  test('a new manager hears once of all her meetings, who left has no seat, and who changed centers sits for the new one', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      city.channels = { triage: CHANNELS.triage };
    });
    const meetings = [];
    for (let i = 0; i < 5; i += 1)
      meetings.push(
        await invitedMeeting(house, i < 3 ? HEADS : '見守り担当者連絡会', { isPrivate: i === 2 }),
      );
    const district = await invitedMeeting(house, '社会福祉士連絡会');
    await house.delivered();
    await house.cron();
    expect((await auditOf('meeting.reseat')).length).toBe(0);
    const [first, , , office] = meetings;
    if (!first || !office) throw new Error('no meetings');
    // Hanako, whom her center named, works in the west now, as its manager; the manager there has left; Minoru's deputy has moved.
    await env.DB.prepare(
      "UPDATE meeting_seat SET person = ?, answer = 'attending' WHERE seat = 'center:east'",
    )
      .bind(PEOPLE.hanako)
      .run();
    await env.DB.prepare(
      "UPDATE meeting_seat SET deputy = ?, answer = 'deputy' WHERE seat = ? AND meeting_id = ?",
    )
      .bind(PEOPLE.hanako, `person:${PEOPLE.minoru}`, first.id)
      .run();
    await importAgain(house, (city) => {
      city.staff = city.staff
        .filter(({ slackUserId }) => slackUserId !== 'U0WEST1')
        .map((each) =>
          each.slackUserId === PEOPLE.hanako ? { ...each, center: 'west', role: 'manager' } : each,
        );
    });
    await Promise.all([house.cron(), house.cron()]);
    for (let run = 0; run < 3; run += 1) await house.cron();
    await house.delivered();
    expect(countDms(house, '名簿の変更により')).toEqual({ [PEOPLE.hanako]: 1 });
    const digest = JSON.stringify(house.slack.as(PEOPLE.hanako).dm.at(-1));
    for (const { reference } of meetings.slice(0, 3)) expect(digest).toContain(reference);
    expect(await seatIn(first.id, 'person:U0WEST1')).toBeUndefined();
    expect(await seatIn(first.id, `person:${PEOPLE.hanako}`)).toMatchObject({ center: 'west', answer: null });
    expect(await seatIn(first.id, `person:${PEOPLE.minoru}`)).toMatchObject({ deputy: null, answer: null });
    expect(await seatIn(office.id, 'center:east')).toMatchObject({ person: null, answer: null });
    // Her own seat of the profession goes with her.
    expect(await seatIn(district.id, `person:${PEOPLE.hanako}`)).toMatchObject({ center: 'west' });
    const audited = (await auditOf('meeting.reseat')).length;
    await house.cron();
    await house.delivered();
    expect((await auditOf('meeting.reseat')).length).toBe(audited);
    expect(countDms(house, '名簿の変更により')).toEqual({ [PEOPLE.hanako]: 1 });
    // She reads what her new seat lets her read, and answers for herself there.
    await send(house, pressBody(PEOPLE.hanako, 'meeting.attend.attending', first.id));
    await told(house, PEOPLE.hanako, '「出席」で登録しました');
  });
});

describe('in a city that keeps typed text on its pages', () => {
  test('forms in chat ask for no names; the pages do, and lead back to the meeting', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      city.personalDataEntry = 'web';
    });
    const { id, reference } = await invitedMeeting(house, HEADS);
    const kenta = await openForm(house, PEOPLE.kenta, reference, '招く方を足す・外す', '足した方には案内を');
    expect(Object.keys(kenta.filledIn)).toEqual(['招く職員を足す', '招くセンターを足す', '外す方・センター']);
    const minoru = await openForm(
      house,
      PEOPLE.minoru,
      reference,
      '代理・出席者を選ぶ',
      '名簿にない方を代理に',
    );
    expect(Object.keys(minoru.filledIn)).toEqual(['出欠', '代理の方']);
    const path = `/meetings/${reference.slice(1)}`;
    const press = async (browser: Browser, action: string) => {
      const page = await browser.open(path);
      const { fields } = formOf(page, '/modal/submit');
      await browser.post('/modal/press', [...fields, ['press', `${action}${PRESS_SEPARATOR}${id}`]]);
    };
    const host = await browserOf(house, PEOPLE.kenta);
    await press(host, 'meeting.invite');
    const added = await host.fillAndSend({ 外部の方を足す: '医師 太郎 <doctor@example.jp>' });
    expect(added.path.split('?')[0]).toBe(path);
    expect(added.html).toContain('医師 太郎（外部の方）');
    await press(host, 'meeting.change');
    await host.fillAndSend({ 場所: '公民館 2階' });
    expect(host.shown?.html).toContain('公民館 2階');
    const deputed = await browserOf(house, PEOPLE.minoru);
    await press(deputed, 'meeting.attend');
    const answered = await deputed.fillAndSend({
      出欠: '代理出席',
      '代理の方（名簿にない場合）': '外部 花江',
    });
    expect(answered.html).toContain('代理: 外部 花江');
    await house.delivered();
    expect(JSON.stringify(house.slack.calls().filter(({ method }) => method !== 'mail'))).not.toContain(
      '花江',
    );
    expect(countDms(house, '予定が変わりました')).toEqual(once(SEVEN));
  });
});

async function onlyId(): Promise<string> {
  return (await env.DB.prepare('SELECT id FROM meeting').first<string>('id')) ?? '';
}
