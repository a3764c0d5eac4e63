/** 会議体を決める, through the front door: added, changed and given up, by those who may, once each. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCityFile } from '../../../src/features/directory/data.ts';
import { exportKinds, listKinds } from '../../../src/features/directory/meeting-kinds/data.ts';
import type { AttendeeRule } from '../../../src/features/directory/meeting-kinds/rules.ts';
import { parseCityFile } from '../../../src/features/directory/schema.ts';
import { attendeeInputs, readAttendeeInputs } from '../../../src/features/meeting/kinds/schema.ts';
import { kindsText as text } from '../../../src/features/meeting/kinds/text.ts';
import { type House, openHouse } from '../../support/house.ts';
import { storedMeeting, withMeetings } from '../../support/meeting.ts';
import { auditOf, send } from '../../support/settings.ts';
import { pressBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { Visitor } from '../../support/visitor.ts';

async function shows({ slack }: House, who: string, words: string): Promise<void> {
  await slack.waitFor(() => slack.as(who).modalText.includes(words), { what: `a modal with ${words}` });
}

/** Opens the list of kinds. */
async function kindsOf(house: House, who: string) {
  const somebody = house.slack.as(who);
  await somebody.slash('会議', { channel: CHANNELS.general });
  await shows(house, who, '会議体を決める');
  await somebody.clickInModal('会議体を決める');
  await shows(house, who, text.intro);
  return somebody;
}

const { fields } = text;

describe('a kind of meeting', () => {
  test('is added, changed and given up, and stands in the city file as the form had it', async () => {
    const house = await openHouse(withMeetings);
    const kenta = await kindsOf(house, PEOPLE.kenta);
    await kenta.clickInModal(text.add);
    await shows(house, PEOPLE.kenta, fields.heldBy);
    const faulty = await kenta.fillAndSubmit({
      [fields.name]: '事例検討会',
      [fields.rules]: [text.rules.managers, text.rules['one-per-center']],
      [fields.professions]: ['保健師'],
      [fields.people]: ['佐藤 花子'],
      [fields.guests]: '山田 太郎 yamada@clinic.example.jp',
      [fields.outside]: '医師会、city',
      [fields.months]: ['6月', '12月'],
      [fields.day]: '第６水曜',
      [fields.minutes]: '9時間',
      [fields.quorum]: '半分',
      [fields.url]: 'meet.example.jp',
      [fields.channel]: 'general',
    });
    expect(Object.keys(faulty.errors ?? {}).sort()).toEqual(
      [
        fields.guests,
        fields.outside,
        fields.day,
        fields.minutes,
        fields.quorum,
        fields.url,
        fields.channel,
      ].sort(),
    );
    await kenta.fillAndSubmit({
      [fields.guests]: '山田 太郎 <yamada@clinic.example.jp>',
      [fields.outside]: '医師会',
      [fields.day]: '第２　木曜日',
      [fields.minutes]: '１２０分',
      [fields.quorum]: '過半数',
      [fields.url]: 'https://meet.example.jp/',
      [fields.channel]: CHANNELS.east,
    });
    await shows(house, PEOPLE.kenta, text.saved('事例検討会'));
    const added = {
      name: '事例検討会',
      attendees:
        'managers, one-per-center, profession: 保健師, person: U0HANAKO, guest: 山田 太郎 <yamada@clinic.example.jp>, 医師会',
      months: [6, 12],
      day: '第2木曜',
      minutes: 120,
      url: 'https://meet.example.jp/',
      quorum: 'majority',
      channel: CHANNELS.east,
    };
    expect((await exportKinds(house.db)).at(-1)).toEqual(added);
    const file = await exportCityFile(house.db);
    expect(parseCityFile(JSON.stringify({ ...file, meetingKinds: [added] }))).toMatchObject({ ok: true });

    // The form shows what was stored; saved as it is, it changes nothing.
    await kenta.clickInModal(text.change, undefined, { beside: '事例検討会' });
    await shows(house, PEOPLE.kenta, text.archive);
    expect(kenta.filledIn).toMatchObject({
      [fields.name]: '事例検討会',
      [fields.minutes]: '120',
      [fields.quorum]: '過半数',
    });
    await kenta.submit();
    await shows(house, PEOPLE.kenta, text.saved('事例検討会'));
    expect((await exportKinds(house.db)).at(-1)).toEqual(added);
    await kenta.clickInModal(text.change, undefined, { beside: '事例検討会' });
    await shows(house, PEOPLE.kenta, text.archive);
    const taken = await kenta.fillAndSubmit({ [fields.name]: 'センター長会議' });
    expect(taken.errors).toEqual({ [fields.name]: text.errors.nameTaken });
    await kenta.fillAndSubmit({ [fields.name]: '事例検討会', [fields.months]: [], [fields.place]: '市役所' });
    await shows(house, PEOPLE.kenta, text.saved('事例検討会'));
    const { months, ...rest } = added;
    expect(months).toHaveLength(2);
    expect((await exportKinds(house.db)).at(-1)).toEqual({ ...rest, place: '市役所' });

    const { id } = (await listKinds(house.db)).at(-1) ?? { id: '' };
    await storedMeeting(house, '事例検討会');
    await kenta.clickInModal(text.change, undefined, { beside: '事例検討会' });
    await shows(house, PEOPLE.kenta, text.archive);
    await kenta.clickInModal(text.archive);
    await shows(house, PEOPLE.kenta, text.archived('事例検討会'));
    expect((await listKinds(house.db)).some((each) => each.id === id)).toBe(false);
    // Taken up again under its name it is the same kind, with its meetings.
    await kenta.clickInModal(text.add);
    await shows(house, PEOPLE.kenta, fields.heldBy);
    await kenta.fillAndSubmit({ [fields.name]: '事例検討会' });
    await shows(house, PEOPLE.kenta, text.saved('事例検討会'));
    expect((await listKinds(house.db)).at(-1)).toMatchObject({ id, months: [], place: null });
    expect(
      (await auditOf('directory.change_meeting_kind')).map(({ outcome, detail }) => [outcome, detail]),
    ).toEqual([
      ['done', { kind: id, change: 'added' }],
      ['refused', { reason: 'name-taken' }],
      ['done', { kind: id, change: 'changed' }],
      ['done', { kind: id, change: 'archived' }],
      ['done', { kind: id, change: 'added' }],
    ]);
  });

  test('that two change at once keeps the first change, and the second reads who was first', async () => {
    const house = await openHouse((city) => {
      withMeetings(city);
      for (const person of city.staff) if (person.slackUserId === PEOPLE.naoko) person.role = 'manager';
    });
    const [kenta, naoko] = await Promise.all(
      [PEOPLE.kenta, PEOPLE.naoko].map(async (who) => {
        const somebody = await kindsOf(house, who);
        await somebody.clickInModal(text.change, undefined, { beside: 'センター長会議' });
        await shows(house, who, text.archive);
        return somebody;
      }),
    );
    await kenta?.fillAndSubmit({ [fields.place]: '市役所' });
    await naoko?.fillAndSubmit({ [fields.minutes]: '60' });
    await shows(house, PEOPLE.naoko, '田中 健太さん');
    expect(naoko?.filledIn).toMatchObject({ [fields.minutes]: '60' });
    expect((await exportKinds(house.db))[0]).toMatchObject({ place: '市役所' });
    await naoko?.submit();
    await shows(house, PEOPLE.naoko, text.saved('センター長会議'));
    expect((await exportKinds(house.db))[0]).toMatchObject({ minutes: 60 });
  });

  test('is kept by nobody else, in chat or on the page', async () => {
    const house = await openHouse(withMeetings);
    const [first] = await listKinds(house.db);
    for (const who of [PEOPLE.naoko, PEOPLE.minoru])
      for (const action of [
        'meeting.kinds',
        'meeting.kind_add',
        'meeting.kind_change',
        'meeting.kind_archive',
      ])
        await send(house, pressBody(who, action, `${first?.id}/x`));
    await house.delivered();
    expect(house.slack.as(PEOPLE.minoru).modals).toEqual([]);
    expect(await auditOf('meeting.kinds')).toHaveLength(8);
    expect(await listKinds(house.db)).toHaveLength(8);
    const [core, admin] = await Promise.all([
      Visitor.signedIn(house, PEOPLE.naoko),
      Visitor.signedIn(house, PEOPLE.makoto),
    ]);
    expect((await core.get('/meetings/kinds')).status).toBe(404);
    const page = await admin.get('/meetings/kinds');
    expect([page.status, page.body.includes('在宅医療・介護連携推進協議会')]).toEqual([200, true]);
  });
});

test('who attends comes back from the form as it was, whatever the rules', () => {
  const word = fc.stringMatching(/^[ぁ-ん一-龥]{1,8}$/);
  const rules = fc.record({
    professions: fc.uniqueArray(word, { maxLength: 3 }),
    guests: fc.array(word, { maxLength: 3 }),
    outside: fc.array(word, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(rules, ({ professions, guests, outside }) => {
      const before: AttendeeRule[] = [
        { who: 'managers' },
        { who: 'of-kind', kind: 'city' },
        ...professions.map((profession): AttendeeRule => ({ who: 'profession', profession })),
        { who: 'person', slackUserId: 'U0SATO' },
        ...guests.map((name): AttendeeRule => ({ who: 'guest', name, email: 'a@example.jp' })),
        ...outside.map((name): AttendeeRule => ({ who: 'outside', name: `${name}の会` })),
      ];
      expect(readAttendeeInputs(attendeeInputs(before))).toEqual({ ok: true, value: before });
    }),
  );
});
