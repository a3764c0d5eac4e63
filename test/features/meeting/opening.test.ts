/** A meeting in chat and on its page: who finds it, and who finds nothing. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

describe('a meeting', () => {
  test('stands in the menu of whoever is invited, on its page, and on its card', async () => {
    const house = await openHouse(withMeetings);
    const { reference } = await storedMeeting(house, 'センター長会議', { place: '市役所 302' });
    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.slash('会議', { channel: CHANNELS.general });
    await house.slack.waitFor(() => minoru.modal, { what: 'the menu' });
    expect(minoru.modalText).toContain(`${reference} センター長会議`);
    expect(minoru.modalText).toContain('出欠の回答がまだです');
    await minoru.clickInModal('開く', undefined, { beside: reference });
    await house.slack.waitFor(() => minoru.modalText.includes('市役所 302'), { what: 'the meeting' });
    const visitor = await Visitor.signedIn(house, PEOPLE.minoru);
    const page = await visitor.get(`/meetings/${reference.slice(1)}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('市役所 302');
    await minoru.openHome();
    await house.slack.waitFor(() => minoru.homeText.includes(reference), {
      what: 'the home tab',
    });
    await house.delivered();
    expect(JSON.stringify(house.slack.messages(CHANNELS.general))).toContain(reference);
  });

  test('planned for later in the year is shown in its channel when it comes near, once', async () => {
    const house = await openHouse(withMeetings);
    const day = 86_400_000;
    const startsAt = new Date(Date.now() + 60 * day);
    const { reference } = await storedMeeting(house, 'センター長会議', {
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      submissionKey: 'plan/1',
    });
    const cards = () =>
      house.slack.messages(CHANNELS.general).filter((each) => JSON.stringify(each).includes(reference));
    await house.cron();
    await house.delivered();
    expect(cards()).toEqual([]);
    await house.cron(startsAt.getTime() - 29 * day);
    await house.cron(startsAt.getTime() - 29 * day);
    await house.delivered();
    expect(cards()).toHaveLength(1);
  });

  test('that is private does not stand in the channel of its kind', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      city.meetingKinds.push({ name: '事務連絡会', attendees: 'managers', channel: CHANNELS.general });
    });
    await storedMeeting(house, '事務連絡会', { isPrivate: true, title: '内々のこと' });
    await storedMeeting(house, '事務連絡会', { title: 'みなに見えること' });
    await house.delivered();
    const shown = JSON.stringify(house.slack.messages(CHANNELS.general));
    expect([shown.includes('みなに見えること'), shown.includes('内々のこと')]).toEqual([true, false]);
  });

  test('that is private is found by nobody but those who take part, and the attempt is noted', async () => {
    const house = await openHouse(withMeetings);
    const { id, reference } = await storedMeeting(house, '地域ケア個別会議', {
      hostCenter: 'east',
      organiser: PEOPLE.minoru,
    });
    for (const [person, status] of [
      [PEOPLE.hanako, 200],
      [PEOPLE.ichiro, 404],
      [PEOPLE.kenta, 404],
    ] as const) {
      const visitor = await Visitor.signedIn(house, person);
      const page = await visitor.get(`/meetings/${reference.slice(1)}`);
      expect([person, page.status]).toEqual([person, status]);
      expect((await visitor.get('/meetings')).body.includes(reference)).toBe(status === 200);
    }
    const { results } = await env.DB.prepare(
      "SELECT actor, detail FROM audit_entry WHERE action = 'meeting.open' AND outcome = 'refused' ORDER BY actor",
    ).all();
    expect(results.map(({ actor }) => actor)).toEqual([PEOPLE.ichiro, PEOPLE.kenta].sort());
    expect(id).not.toBe('');
  });
});
