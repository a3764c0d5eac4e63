/** 会議体 in the city file: what is read is written back the same, and loaded in few statements. */
import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  exportKinds,
  kindFile,
  listKinds,
  readKind,
} from '../../../src/features/directory/meeting-kinds/data.ts';
import { kindRow, replaceKinds } from '../../../src/features/directory/meeting-kinds/mutations.ts';
import {
  type AttendeeRule,
  readAttendees,
  readDayOfMonth,
  seatsOf,
  writeAttendees,
  writeDayOfMonth,
} from '../../../src/features/directory/meeting-kinds/rules.ts';
import { MeetingKinds } from '../../../src/features/directory/meeting-kinds/schema.ts';
import { HOLIDAY_RULES, HOSTS } from '../../../src/features/directory/meeting-kinds/words.ts';
import { openDatabase, runBatch } from '../../../src/lib/db.ts';
import { noteOpened } from '../../support/closing.ts';
import { openHouse } from '../../support/house.ts';
import { withMeetings } from '../../support/meeting.ts';

const word = fc.stringMatching(/^[ぁ-んァ-ヶ一-龥A-Za-z0-9]{1,12}$/);
const rule: fc.Arbitrary<AttendeeRule> = fc.oneof(
  fc.constantFrom<AttendeeRule>({ who: 'managers' }, { who: 'everyone' }, { who: 'one-per-center' }),
  fc.constantFrom(...HOSTS).map((kind): AttendeeRule => ({ who: 'of-kind', kind })),
  word.map((profession): AttendeeRule => ({ who: 'profession', profession: profession.normalize('NFKC') })),
  fc.stringMatching(/^U[A-Z0-9]{1,10}$/).map((slackUserId): AttendeeRule => ({ who: 'person', slackUserId })),
  word.map((name): AttendeeRule => ({ who: 'guest', name: name.normalize('NFKC'), email: 'a@example.jp' })),
  word.map((name): AttendeeRule => ({ who: 'outside', name: `${name}の会` })),
);
const kind = fc.record(
  {
    name: word,
    host: fc.constantFrom(...HOSTS),
    heldBy: word,
    attendees: fc.array(rule, { minLength: 1, maxLength: 8 }).map(writeAttendees),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    day: fc
      .record({ nth: fc.constantFrom(0, 1, 2, 3, 4, 5), weekday: fc.integer({ min: 0, max: 6 }) })
      .map(writeDayOfMonth),
    starts: fc.constantFrom('09:00', '14:00', '23:59'),
    minutes: fc.integer({ min: 5, max: 600 }),
    place: word,
    url: fc.constant('https://meet.example.jp/x'),
    quorum: fc.oneof(fc.constant('majority' as const), fc.integer({ min: 1, max: 100 })),
    holidays: fc.constantFrom(...HOLIDAY_RULES),
    channel: fc.constant('C0KIND'),
    private: fc.boolean(),
    training: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);

describe('a kind of the city file', () => {
  test('is written back as it was read, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 5 }), (kinds) => {
        const read = v.parse(MeetingKinds, kinds);
        expect(read.map((each) => kindFile(kindRow(each)))).toEqual(read);
        expect(v.parse(MeetingKinds, read)).toEqual(read);
      }),
    );
  });

  test('keeps its attendee rules and its day through words', () => {
    fc.assert(
      fc.property(fc.array(rule), (rules) => {
        expect(readAttendees(writeAttendees(rules))).toEqual(rules);
      }),
    );
    for (const words of ['第3水曜', '最終金曜', '第１月曜日', '第 5 日'])
      expect(readDayOfMonth(words)).toEqual(
        readDayOfMonth(writeDayOfMonth(readDayOfMonth(words) ?? { nth: 1, weekday: 0 })),
      );
    expect(readDayOfMonth('第6水曜')).toBeUndefined();
  });

  test.each([
    [
      'city, core',
      [
        { who: 'of-kind', kind: 'city' },
        { who: 'of-kind', kind: 'kikan' },
      ],
    ],
    ['profession: 社会福祉士', [{ who: 'profession', profession: '社会福祉士' }]],
    [
      'council, city, core, managers',
      [
        { who: 'outside', name: 'council' },
        { who: 'of-kind', kind: 'city' },
        { who: 'of-kind', kind: 'kikan' },
        { who: 'managers' },
      ],
    ],
    ['managers', [{ who: 'managers' }]],
    [
      '各センター１名、 職種：保健師',
      [{ who: 'one-per-center' }, { who: 'profession', profession: '保健師' }],
    ],
  ])('reads %s', (words, rules) => {
    expect(readAttendees(words)).toEqual(rules);
  });

  test('gives each seat once, guests last', () => {
    const person = (slackUserId: string, center: string, role: 'staff' | 'manager') =>
      ({ slackUserId, center, kind: 'district', profession: '保健師', role }) as const;
    const seats = seatsOf(
      readAttendees('guest: 山田 <a@example.jp>, managers, profession: 保健師, one-per-center, council'),
      [person('U1', 'east', 'manager'), person('U2', 'west', 'staff')],
      [{ code: 'east' }, { code: 'west' }],
    );
    expect(seats.map(({ seat }) => seat)).toEqual([
      'person:U1',
      'person:U2',
      'center:east',
      'center:west',
      'guest:a@example.jp',
    ]);
  });
});

test('loaded again a kind keeps its id, what is not listed is archived, and a hundred kinds are a few statements', async () => {
  const house = await openHouse(withMeetings);
  const before = await listKinds(house.db);
  expect(await exportKinds(house.db)).toEqual(
    v.parse(
      MeetingKinds,
      house.city.meetingKinds.map(({ attendees, ...rest }) => (attendees ? { attendees, ...rest } : rest)),
    ),
  );
  const kinds = v.parse(MeetingKinds, [
    { name: '研修', training: true, place: '市役所' },
    ...Array.from({ length: 100 }, (_, i) => ({ name: `会議${i}`, attendees: `council${'あ'.repeat(300)}` })),
  ]);
  const statements = replaceKinds(house.db, kinds, new Date());
  expect(statements.length).toBeLessThanOrEqual(4);
  await runBatch(house.db, statements);
  const after = await listKinds(house.db);
  expect(after.map(({ name }) => name)).toEqual(kinds.map(({ name }) => name));
  expect(after[0]).toMatchObject({
    id: before.find(({ name }) => name === '研修')?.id,
    place: '市役所',
    isTraining: true,
  });
  expect(await exportKinds(house.db)).toEqual(kinds);
  const archived = await env.DB.prepare(
    'SELECT count(*) AS n FROM meeting_kind WHERE archived_at IS NOT NULL',
  ).first('n');
  expect(archived).toBe(before.length - 1);
});

test('kinds that an earlier version kept as they came in the city file become kinds of their own', async () => {
  noteOpened();
  const earlier = env.MIGRATIONS.filter(({ name }) => name < '0004');
  await applyD1Migrations(env.DB, earlier);
  const entry = env.DB.prepare(
    "INSERT INTO city_file_entry (section, position, body) VALUES ('meetingKinds', ?, ?)",
  );
  await env.DB.batch([
    entry.bind(0, JSON.stringify({ name: 'センター長会議', months: [4, 8, 10, 2], attendees: 'managers' })),
    entry.bind(1, JSON.stringify({ name: '業務会議' })),
  ]);
  await applyD1Migrations(env.DB, env.MIGRATIONS);
  const db = openDatabase(env.DB);
  expect(await exportKinds(db)).toEqual([
    { name: 'センター長会議', months: [4, 8, 10, 2], attendees: 'managers' },
    { name: '業務会議' },
  ]);
  expect((await listKinds(db))[0]).toMatchObject({
    host: 'kikan',
    day: { nth: 3, weekday: 3 },
    starts: '14:00',
  });
  expect(await env.DB.prepare('SELECT count(*) AS n FROM city_file_entry').first('n')).toBe(0);
});

test('a kind as stored is read with its rules', () => {
  const row = {
    id: 'k',
    ...kindRow({ name: '会議', attendees: 'managers', quorum: 5 }),
    position: 0,
    archivedAt: null,
  };
  expect(readKind(row)).toMatchObject({
    attendees: [{ who: 'managers' }],
    quorum: 5,
    months: [],
    day: { nth: 3 },
  });
});
