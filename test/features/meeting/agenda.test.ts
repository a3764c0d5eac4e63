/** The agenda of a meeting: who puts what on it and until when, and that its titles stand on no surface of chat but forms. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { readSubject } from '../../../src/features/meeting/agenda/rules.ts';
import { addDays, japanDate, startOfJapanDay } from '../../../src/lib/jst.ts';
import { PRESS_SEPARATOR } from '../../../src/web/modal/blocks.tsx';
import { browserOf, formOf } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf, pressInModalBody, send } from '../../support/settings.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { Visitor } from '../../support/visitor.ts';

const TITLE = 'カナリア🐤見守りの進め方';

/** Opens the view of a meeting from `/kikan 会議`. */
async function openMeeting(house: House, person: string, reference: string) {
  const somebody = house.slack.as(person);
  while (somebody.modal) await somebody.closeModal();
  await somebody.slash('会議', { channel: CHANNELS.general });
  await house.slack.waitFor(() => somebody.modal, { what: 'the menu' });
  await somebody.clickInModal('開く', undefined, { beside: reference });
  await waitForText(house, person, '議題');
  return somebody;
}

async function waitForText({ slack }: House, person: string, words: string): Promise<void> {
  await slack.waitFor(() => slack.as(person).modalText.includes(words), { what: `a modal with ${words}` });
}

async function items(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT id, position, minutes, center, proposed_by, consultation_id, removed_at FROM meeting_agenda_item ORDER BY position',
  ).all();
  return results;
}

async function propose(house: House, person: string, reference: string, fields: Record<string, string>) {
  const somebody = await openMeeting(house, person, reference);
  await somebody.clickInModal('議題を出す');
  await house.slack.waitFor(() => somebody.modal?.view.submit !== undefined, { what: 'the form' });
  return { somebody, submission: await somebody.fillAndSubmit(fields) };
}

describe('an item of the agenda', () => {
  test('is proposed from chat, and read with its title on the page only', async () => {
    const house = await openHouse(withMeetings);
    await sendConsultation(house);
    const { id, reference } = await storedMeeting(house, 'センター長会議', {
      agendaBy: addDays(japanDate(new Date()), 3),
    });
    const fields = { 議題: TITLE, '必要な時間（分）': '２０分', '相談・地域課題の番号': 'ｒ８ー1' };
    const { somebody } = await propose(house, PEOPLE.minoru, reference, fields);
    await waitForText(house, PEOPLE.minoru, '議題を登録しました');
    expect(somebody.modalText).toContain('1件（東 1）');
    expect(somebody.modalText).toContain('R8-0001');
    expect(somebody.modalText).not.toContain('カナリア');
    expect(await items()).toMatchObject([
      { position: 1, minutes: 20, center: 'east', proposed_by: PEOPLE.minoru },
    ]);

    const path = `/meetings/${reference.slice(1)}`;
    const pageOf = async (person: string) => (await Visitor.signedIn(house, person)).get(path);
    const own = await pageOf(PEOPLE.minoru);
    expect(own.body).toContain(TITLE);
    expect(own.body).toContain('<a href="/cases/R8-0001">R8-0001</a>');
    expect(own.body).toContain('合計 20分　会議の長さ 90分');
    // West takes part and does not see the case: the reference without a link.
    const west = await pageOf('U0WEST1');
    expect(west.body).toContain(TITLE);
    expect(west.body).toContain('R8-0001');
    expect(west.body).not.toContain('/cases/R8-0001');
    // Staff of a center whose manager is invited know the meeting, not what it speaks of.
    const outsider = await pageOf(PEOPLE.hanako);
    expect([outsider.status, foundIn([TITLE, 'R8-0001'], outsider.body)]).toEqual([200, []]);

    // What somebody may not see is answered like what is not there, and noted.
    for (const number of ['R8-0001', 'R8-0099']) {
      const refused = await propose(house, 'U0WEST1', reference, {
        議題: '別の議題',
        '相談・地域課題の番号': number,
      });
      expect(refused.submission.errors).toEqual({
        '相談・地域課題の番号': '見つかりません。番号を確かめてください。',
      });
    }
    const refusals = (await auditOf('meeting.propose_item')).filter(({ outcome }) => outcome === 'refused');
    expect(refusals.map(({ actor }) => actor)).toEqual(['U0WEST1', 'U0WEST1']);

    // A forged press of somebody who takes no part.
    await send(house, pressInModalBody(PEOPLE.hanako, 'V0', 'meeting.agenda_propose', id));
    await house.delivered();
    expect(house.slack.as(PEOPLE.hanako).modal).toBeUndefined();
    // After the deadline those who arrange it still may.
    await env.DB.prepare('UPDATE meeting SET agenda_by = ?')
      .bind(addDays(japanDate(new Date()), -1))
      .run();
    const late = await openMeeting(house, 'U0WEST1', reference);
    await expect(late.clickInModal('議題を出す')).rejects.toThrow();
    await propose(house, PEOPLE.kenta, reference, { 議題: '主催者の議題' });
    expect(await items()).toHaveLength(2);

    await house.delivered();
    expect(foundIn([TITLE], JSON.stringify(house.slack.messages(CHANNELS.general)))).toEqual([]);
    expect(foundIn([TITLE], house.slack.everythingFromApp().replaceAll(own.body, ''))).toEqual([]);
    expect(foundIn([TITLE], house.logs.join('\n'))).toEqual([]);
    expect(foundIn([TITLE], await everythingStored())).toEqual([]);
  });

  test('with what looks like a resident’s name is warned of first, and stored when sent again', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await storedMeeting(house, 'センター長会議');
    const fields = { 議題: '山田太郎さん（090-1234-5678）の支援' };
    const { somebody } = await propose(house, PEOPLE.minoru, reference, fields);
    expect(somebody.modalText).toContain('個人の情報のように見える');
    expect(somebody.modalText).toContain('090-1234-5678');
    expect(await items()).toEqual([]);
    await somebody.submit();
    await waitForText(house, PEOPLE.minoru, '議題を登録しました');
    expect(await items()).toHaveLength(1);
  });

  test('is ordered by those who arrange it, changed by its author, and never over another’s change', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await storedMeeting(house, 'センター長会議');
    await propose(house, PEOPLE.minoru, reference, { 議題: '一つ目' });
    await propose(house, 'U0WEST1', reference, { 議題: '二つ目' });
    const [first, second] = await items();
    const kenta = await openMeeting(house, PEOPLE.kenta, reference);
    await kenta.clickInModal('議題を見る・直す');
    await waitForText(house, PEOPLE.kenta, '1. 一つ目');
    await pressIn(house, PEOPLE.kenta, 'meeting.agenda_up', second?.id);
    await waitForText(house, PEOPLE.kenta, '1. 二つ目');
    expect((await items()).map(({ id }) => id)).toEqual([second?.id, first?.id]);

    // Both open the form of the first; the author is first.
    await kenta.clickInModal('直す', undefined, { beside: '2. 一つ目' });
    await house.slack.waitFor(() => kenta.modal?.view.submit !== undefined, { what: 'the form' });
    const minoru = await openMeeting(house, PEOPLE.minoru, reference);
    await minoru.clickInModal('議題を見る・直す');
    await waitForText(house, PEOPLE.minoru, '2. 一つ目');
    await expect(minoru.clickInModal('直す', undefined, { beside: '1. 二つ目' })).rejects.toThrow();
    await minoru.clickInModal('直す');
    await house.slack.waitFor(() => minoru.modal?.view.submit !== undefined, { what: 'the form' });
    await minoru.fillAndSubmit({ 議題: '東の新しい題' });
    await waitForText(house, PEOPLE.minoru, '議題を直しました');
    await kenta.fillAndSubmit({ 議題: '健太の題', '必要な時間（分）': '15' });
    expect(kenta.modalText).toContain('東の新しい題');
    expect(kenta.filledIn).toMatchObject({ 議題: '健太の題', '必要な時間（分）': '15' });
    await kenta.submit();
    await waitForText(house, PEOPLE.kenta, '2. 健太の題');
    // Withdrawn by nobody but its author and those who arrange the meeting.
    await pressIn(house, PEOPLE.minoru, 'meeting.agenda_remove', second?.id);
    expect((await items()).filter(({ removed_at }) => removed_at !== null)).toEqual([]);
    await pressIn(house, PEOPLE.kenta, 'meeting.agenda_remove', second?.id);
    await waitForText(house, PEOPLE.kenta, '議題を取り下げました');
    expect((await items()).filter(({ removed_at }) => removed_at === null)).toMatchObject([
      { id: first?.id },
    ]);
  });
});

test('in a city that keeps typed text on its pages, chat leads there, and the form works without script', async () => {
  const house = await openHouse((city) => {
    withMeetings(city);
    city.personalDataEntry = 'web';
  });
  const { id, reference } = await storedMeeting(house, 'センター長会議');
  const minoru = await openMeeting(house, PEOPLE.minoru, reference);
  await minoru.clickInModal('議題を出す');
  const path = `/meetings/${reference.slice(1)}`;
  await house.slack.waitFor(() => JSON.stringify(minoru.modal?.view).includes(path), { what: 'the link' });
  expect(minoru.modal?.view.submit).toBeUndefined();
  const browser = await browserOf(house, PEOPLE.minoru);
  const page = await browser.open(path);
  const { fields } = formOf(page, '/modal/submit');
  await browser.post('/modal/press', [...fields, ['press', `meeting.agenda_propose${PRESS_SEPARATOR}${id}`]]);
  // With what looks like personal data, it asks once more; nothing typed is lost.
  const warned = await browser.fillAndSend({ 議題: '山田太郎さんの件', '必要な時間（分）': '10' });
  expect(warned.text).toContain('個人の情報のように見える');
  expect(await items()).toEqual([]);
  const done = await browser.fillAndSend({ 議題: '見守りの件' });
  expect(done.path.split('?')[0]).toBe(path);
  expect(done.text).toContain('見守りの件');
  expect(await items()).toMatchObject([{ minutes: 10, center: 'east' }]);
});

/** Presses a button about an item in the modal that is open. */
async function pressIn(house: House, person: string, actionId: string, itemId: unknown): Promise<void> {
  const viewId = house.slack.as(person).modal?.id ?? '';
  await send(house, pressInModalBody(person, viewId, actionId, `${await meetingId()}/${itemId}`));
}

async function meetingId(): Promise<string> {
  return String(await env.DB.prepare('SELECT id FROM meeting').first('id'));
}

test('the centers are reminded once that the agenda closes, at nine on the business day before', async () => {
  const house = await openHouse(withMeetings);
  // A Monday: the business day before is a Friday.
  await storedMeeting(house, 'センター長会議', {
    agendaBy: '2027-02-22',
    startsAt: new Date('2027-03-01T05:00:00Z'),
    endsAt: new Date('2027-03-01T06:30:00Z'),
  });
  const remindersOf = (person: string) =>
    house.slack
      .as(person)
      .dm.filter(({ blocks }) => JSON.stringify(blocks ?? []).includes('受け付けています'));
  const nine = startOfJapanDay('2027-02-19').getTime() + 9 * 3_600_000;
  await house.cron(nine - 60_000);
  await house.delivered();
  expect(remindersOf(PEOPLE.minoru)).toHaveLength(0);
  for (const at of [nine + 4 * 3_600_000, nine + 4 * 3_600_000, nine + 70 * 3_600_000]) await house.cron(at);
  await house.delivered();
  for (const person of [PEOPLE.minoru, 'U0WEST1', 'U0SOUTH1', PEOPLE.makoto])
    expect([person, remindersOf(person).length]).toEqual([person, 1]);
  // The host, and whoever is no contact.
  for (const person of [PEOPLE.kenta, PEOPLE.hanako]) expect(remindersOf(person)).toHaveLength(0);
});

test('references are read as people type them', () => {
  expect(readSubject('ｒ８ー４２')).toEqual({ by: 'consultation', reference: 'R8-0042' });
  expect(readSubject(' 課r8-3 ')).toEqual({ by: 'issue', reference: '課R8-003' });
  for (const wrong of ['', '42', '会R8-001', 'R8-0042の件']) expect(readSubject(wrong)).toBeUndefined();
});
