/** The city file: strict, and every fault of it is told with its place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meetingKindText } from '../../../src/features/directory/meeting-kinds/text.ts';
import { type CityFileFault, parseCityFile } from '../../../src/features/directory/schema.ts';
import { directoryText as text } from '../../../src/features/directory/text.ts';
import { smallCityWithFaq } from '../../support/small-city.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The small city as JSON, with the value at a path such as `staff[3].center` set, or taken out when undefined. */
function cityWith(...changes: [path: string, value: Json | undefined][]): string {
  const city: Json = JSON.parse(JSON.stringify(smallCityWithFaq()));
  for (const [path, value] of changes) setAt(city, path.match(/[^.[\]]+/g) ?? [], value);
  return JSON.stringify(city);
}

function setAt(at: Json | undefined, [key = '', ...rest]: string[], value: Json | undefined): void {
  if (typeof at !== 'object' || at === null) throw new Error(`no ${key} to set`);
  if (Array.isArray(at)) {
    const index = Number(key);
    if (rest.length > 0) setAt(at[index], rest, value);
    else if (value === undefined) at.splice(index, 1);
    else at[index] = value;
  } else if (rest.length > 0) setAt(at[key], rest, value);
  else if (value === undefined) delete at[key];
  else at[key] = value;
}

function faultsOf(json: string): CityFileFault[] {
  const parsed = parseCityFile(json);
  return parsed.ok ? [] : parsed.faults;
}

const CENTER = { code: 'north', kind: 'district', name: '北地域包括支援センター', short: '北' };
const PERSON = { slackUserId: 'U0NEW', name: '新田 夏', center: 'east', profession: '保健師', role: 'staff' };

test('a file without faults is read as it stands', () => {
  expect(parseCityFile(cityWith())).toEqual({ ok: true, city: smallCityWithFaq() });
});

test('what may be left out is left out, or gets its default', () => {
  const json = cityWith(
    ['closedDays', undefined],
    ['personalDataEntry', undefined],
    ['faq', undefined],
    ['meetingKinds', undefined],
    ['staff[9]', PERSON],
    ['centers[5]', CENTER],
  );
  const parsed = parseCityFile(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  expect(parsed.city).toMatchObject({
    closedDays: [],
    personalDataEntry: 'modal',
    faq: [],
    meetingKinds: [],
  });
  expect(parsed.city.staff[9]).toEqual({ ...PERSON, admin: false, duty: false });
  expect(parsed.city.centers[5]).toEqual(CENTER);
});

test('deadlines are read in any width and kept as they are written', () => {
  const parsed = parseCityFile(
    cityWith([
      'deadlines',
      { urgent: { accept: '３０分', answer: ' 120分' }, normal: {}, closing: '5 営業日' },
    ]),
  );
  expect(parsed.ok && parsed.city.deadlines).toEqual({
    urgent: { accept: '30分', answer: '120分' },
    normal: {},
    closing: '5 営業日',
  });
});

test('neighbours, closed centers and the minutes of roll-calls are read; the order of closed ones says nothing', () => {
  const parsed = parseCityFile(
    cityWith(
      ['chaseMinutes', [5, 15, 30]],
      ['centers[1].substitute', 'west'],
      ['centers[1].mergedFrom', ['old-2', 'old-1']],
    ),
  );
  expect(parsed.ok && parsed.city).toMatchObject({ chaseMinutes: [5, 15, 30] });
  expect(parsed.ok && parsed.city.centers[1]).toMatchObject({
    substitute: 'west',
    mergedFrom: ['old-1', 'old-2'],
  });
});

test('spaces around names go', () => {
  const parsed = parseCityFile(cityWith(['staff[3].name', '　佐藤 花子 '], ['name', ' みどり市\n']));
  expect(parsed.ok && [parsed.city.staff[3]?.name, parsed.city.name]).toEqual(['佐藤 花子', 'みどり市']);
});

test('rare characters stay in names, and line ends in the texts of the FAQ', () => {
  const name = '𠮷﨑 葛\u{e0100}子 👩‍⚕️';
  const parsed = parseCityFile(cityWith(['staff[3].name', name], ['faq[0].answer', '一行目\n二行目']));
  expect(parsed.ok && [parsed.city.staff[3]?.name, parsed.city.faq[0]?.answer]).toEqual([
    name,
    '一行目\n二行目',
  ]);
});

describe('refused, with its path:', () => {
  test.each<[place: string, value: Json | undefined, problem: string, path?: string]>([
    // Fields that nobody knows, at each level.
    ['motto', 'x', text.unknownField],
    ['channels.general', 'C0GENERAL', text.unknownField],
    ['centers[1].phone', '0463-00-0000', text.unknownField],
    ['staff[3].Role', 'staff', text.unknownField],
    ['faq[0].qestion', 'x', text.unknownField],
    ['meetingKinds[0].month', 4, text.unknownField],
    ['deadlines', { later: {} }, text.unknownField, 'deadlines.later'],
    ['deadlines', { urgent: { reply: '1時間' } }, text.unknownField, 'deadlines.urgent.reply'],
    // Fields that are missing.
    ['name', undefined, text.missing],
    ['fiscalYearStart', undefined, text.missing],
    ['businessHours', undefined, text.missing],
    ['channels', undefined, text.missing],
    ['channels.triage', undefined, text.missing],
    ['centers', undefined, text.missing],
    ['staff', undefined, text.missing],
    ['centers[1].code', undefined, text.missing],
    ['centers[1].short', undefined, text.missing],
    ['staff[3].slackUserId', undefined, text.missing],
    ['staff[3].profession', undefined, text.missing],
    ['staff[3].role', undefined, text.missing],
    ['faq[0].answer', undefined, text.missing],
    ['meetingKinds[0].name', undefined, text.missing],
    // Names that are none, or look like another.
    ['staff[3].name', '\u200b\u3000', text.empty],
    ['staff[3].name', '佐藤\n花子', text.controls],
    ['staff[3].name', '佐藤\u2028花子', text.controls],
    ['staff[3].name', '佐藤\0', text.controls],
    ['staff[3].name', '\u202e子花 藤佐', text.controls],
    ['centers[1].short', '東\u2066', text.controls],
    ['name', '\ud800市', text.controls],
    ['faq[0].answer', '様式\0', text.controls],
    // Wrong types.
    ['name', 7, text.notText],
    ['name', null, text.notText],
    ['staff', {}, text.notList],
    ['staff', 'nobody', text.notList],
    ['centers[1]', 'east', text.notObject],
    ['centers[1]', null, text.notObject],
    ['channels', 'C0TRIAGE', text.notObject],
    ['faq', 'none', text.notList],
    ['faq[0].topics', '高齢者虐待', text.notList],
    ['faq[0].topics[0]', 3, text.notText],
    ['closedDays', '12-29', text.notList],
    ['staff[3].admin', 'true', text.notBoolean],
    ['staff[3].duty', 1, text.notBoolean],
    ['staff[3].email', null, text.notEmail],
    ['centers[1].channel', null, text.notText],
    ['meetingKinds[0].months', 4, text.notList],
    ['deadlines', '3営業日', text.notObject],
    ['deadlines', null, text.notObject],
    ['deadlines', { soon: '1営業日' }, text.notObject, 'deadlines.soon'],
    ['deadlines', { normal: { accept: 3 } }, text.notSpan, 'deadlines.normal.accept'],
    ['deadlines', { closing: null }, text.notSpan, 'deadlines.closing'],
    // Values that are not among those possible.
    ['deadlines', { closing: '5日' }, text.notSpan, 'deadlines.closing'],
    ['deadlines', { handover: '' }, text.notSpan, 'deadlines.handover'],
    ['deadlines', { urgent: { accept: '0分' } }, text.notSpan, 'deadlines.urgent.accept'],
    ['deadlines', { urgent: { contact: '300営業日' } }, text.notSpan, 'deadlines.urgent.contact'],
    ['closedDays', ['01-01/12-31'], text.neverOpen],
    ['closedDays', ['07-01/06-30'], text.neverOpen],
    ['closedDays', ['01-01/06-30', '07-01/12-31'], text.neverOpen],
    // Open on New Year's Day only, which is a holiday; on a day that is a Sunday in some years; in leap years only.
    ['closedDays', ['01-02/12-31'], text.neverOpen],
    ['closedDays', ['08-16/08-14'], text.neverOpen],
    ['closedDays', ['03-01/02-28'], text.neverOpen],
    ['fiscalYearStart', 0, text.notMonth],
    ['fiscalYearStart', 13, text.notMonth],
    ['fiscalYearStart', 4.5, text.notMonth],
    ['fiscalYearStart', '4', text.notMonth],
    ['meetingKinds[0].months[1]', 13, text.notMonth],
    ['businessHours', '8:30-17:15', text.notHours],
    ['businessHours', '08:30～17:15', text.notHours],
    ['businessHours', '17:15-08:30', text.notHours],
    ['businessHours', '08:30-08:30', text.notHours],
    ['businessHours', '08:30-24:00', text.notHours],
    ['businessHours', '08:60-17:15', text.notHours],
    ['closedDays[0]', '2026-12-29', text.notClosedDay],
    ['closedDays[0]', '12/29', text.notClosedDay],
    ['closedDays[0]', '13-01', text.notClosedDay],
    ['closedDays[0]', '12-32', text.notClosedDay],
    ['closedDays[0]', '00-10', text.notClosedDay],
    ['closedDays[0]', '02-30', text.notClosedDay],
    ['closedDays[0]', '04-31/05-05', text.notClosedDay],
    ['closedDays[0]', '12-29/01-03/01-05', text.notClosedDay],
    ['closedDays[0]', '', text.notClosedDay],
    ['faq[0].reviewedOn', '2026/10/01', text.notDate],
    ['faq[0].reviewedOn', '2026-13-01', text.notDate],
    ['faq[0].reviewedOn', '2026-02-30', text.notDate],
    ['faq[0].reviewedOn', '2026-04-31', text.notDate],
    ['faq[0].reviewedOn', '令和8年10月1日', text.notDate],
    ['centers[1].kind', 'main', text.notCenterKind],
    ['staff[3].role', 'admin', text.notRole],
    ['personalDataEntry', 'paper', text.notEntryMode],
    ['retention', { individual: 0 }, text.notYears, 'retention.individual'],
    ['retention', { operation: 31 }, text.notYears, 'retention.operation'],
    ['retention', { individual: 2.5 }, text.notYears, 'retention.individual'],
    ['retention', { individual: '5' }, text.notYears, 'retention.individual'],
    ['retention', { other: 5 }, text.unknownField, 'retention.other'],
    ['readingLimit', 4, text.notReadingLimit],
    ['readingLimit', 501, text.notReadingLimit],
    ['chaseMinutes', [], text.empty],
    ['chaseMinutes', [1, 2, 3, 4, 5, 6], text.tooMany(5)],
    ['chaseMinutes', [5, 5], text.notChaseOrder],
    ['chaseMinutes', [15, 5], text.notChaseOrder],
    ['chaseMinutes', [0], text.notChaseMinutes, 'chaseMinutes[0]'],
    ['chaseMinutes', [5, 241], text.notChaseMinutes, 'chaseMinutes[1]'],
    ['chaseMinutes', ['5'], text.notChaseMinutes, 'chaseMinutes[0]'],
    ['chaseMinutes', 5, text.notList],
    ['centers[1].substitute', 'east', text.ownSubstitute],
    ['centers[1].substitute', 'north', text.unknownCenter],
    ['centers[1].substitute', 'East', text.notCode],
    ['centers[1].mergedFrom', 'old', text.notList],
    ['centers[1].mergedFrom', [], text.empty],
    ['centers[1].mergedFrom', ['west'], text.stillListed, 'centers[1].mergedFrom[0]'],
    ['centers[1].mergedFrom', ['old', 'old'], text.doubled, 'centers[1].mergedFrom[1]'],
    ['staff[3].email', 'hanako', text.notEmail],
    ['staff[3].email', '', text.notEmail],
    // Ids.
    ['staff[3].slackUserId', 'hanako', text.notUserId],
    ['staff[3].slackUserId', 'u0hanako', text.notUserId],
    ['staff[3].slackUserId', 'C0HANAKO', text.notUserId],
    ['staff[3].slackUserId', '<@U0HANAKO>', text.notUserId],
    ['staff[3].slackUserId', 'U0HANAKO ', text.notUserId],
    ['staff[3].slackUserId', '', text.notUserId],
    ['channels.triage', '#triage', text.notChannelId],
    ['channels.heads', 'U0HEADS', text.notChannelId],
    ['channels.drill', '', text.notChannelId],
    ['centers[1].channel', 'east', text.notChannelId],
    ['centers[1].code', 'ひがし', text.notCode],
    ['centers[1].code', 'East', text.notCode],
    ['centers[1].code', '-east', text.notCode],
    ['centers[1].code', 'e'.repeat(33), text.notCode],
    // Empty and too long.
    ['name', '', text.empty],
    ['name', '　', text.empty],
    ['staff[3].name', ' ', text.empty],
    ['centers', [], text.empty],
    ['faq[0].question', '', text.empty],
    ['name', '市'.repeat(41), text.tooLong(40)],
    ['centers[1].name', '東'.repeat(81), text.tooLong(80)],
    ['centers[1].short', '東'.repeat(21), text.tooLong(20)],
    ['staff[3].name', '花'.repeat(61), text.tooLong(60)],
    ['staff[3].profession', '士'.repeat(61), text.tooLong(60)],
    ['faq[0].question', '問'.repeat(3001), text.tooLong(3000)],
    ['faq[0].answer', '答'.repeat(20_001), text.tooLong(20_000)],
    ['faq[0].externalId', '1'.repeat(65), text.tooLong(64)],
    ['faq[0].topics[0]', '虐'.repeat(61), text.tooLong(60)],
    ['meetingKinds[0].name', '会'.repeat(61), text.tooLong(60)],
    ['meetingKinds[0].host', 'main', meetingKindText.faults.notHost],
    ['meetingKinds[0].day', '第6水曜', meetingKindText.faults.notDay],
    ['meetingKinds[0].starts', '25:00', meetingKindText.faults.notTime],
    ['meetingKinds[0].minutes', 4, meetingKindText.faults.notMinutes],
    ['meetingKinds[0].minutes', 601, meetingKindText.faults.notMinutes],
    ['meetingKinds[0].url', 'javascript:alert(1)', meetingKindText.faults.notUrl],
    ['meetingKinds[0].quorum', 'half', meetingKindText.faults.notQuorum],
    ['meetingKinds[0].quorum', 0, meetingKindText.faults.notQuorum],
    ['meetingKinds[0].holidays', 'never', meetingKindText.faults.notHolidayRule],
    ['meetingKinds[0].channel', 'heads', text.notChannelId],
    ['meetingKinds[0].private', 'yes', text.notBoolean],
    ['meetingKinds[0].attendees', 'core, guest: 山田 <yamada@clinic>', meetingKindText.faults.notGuest],
    ['meetingKinds[0].attendees', '会'.repeat(4001), text.tooLong(4000)],
  ])('%s as %j', (place, value, problem, path = place) => {
    expect(faultsOf(cityWith([place, value]))).toContainEqual({ path, problem });
  });

  test.each<[string, [string, Json | undefined][], CityFileFault[]]>([
    [
      'a center that is not listed',
      [['staff[3].center', 'north']],
      [{ path: 'staff[3].center', problem: text.unknownCenter }],
    ],
    [
      'a code that stands twice',
      [
        ['centers[2].code', 'east'],
        ['staff[5].center', 'east'],
        ['staff[6].center', 'east'],
      ],
      [{ path: 'centers[2].code', problem: text.doubled }],
    ],
    [
      'a person who stands three times',
      [
        ['staff[3].slackUserId', 'U0KENTA'],
        ['staff[7].slackUserId', 'U0KENTA'],
      ],
      [
        { path: 'staff[3].slackUserId', problem: text.doubled },
        { path: 'staff[7].slackUserId', problem: text.doubled },
      ],
    ],
    [
      'an externalId that stands twice',
      [['faq[1]', { externalId: '1', question: '別の問い', answer: '答え' }]],
      [{ path: 'faq[1].externalId', problem: text.doubled }],
    ],
    [
      'a kind of meeting that stands twice',
      [['meetingKinds[1]', { name: 'センター長会議' }]],
      [{ path: 'meetingKinds[1].name', problem: text.doubled }],
    ],
    ['two core centers', [['centers[1].kind', 'kikan']], [{ path: 'centers', problem: text.oneCoreCenter }]],
    ['no core center', [['centers[0].kind', 'district']], [{ path: 'centers', problem: text.oneCoreCenter }]],
    [
      'nobody at the core center on duty or manager',
      [
        ['staff[0].duty', false],
        ['staff[0].role', 'staff'],
        ['staff[1].duty', false],
      ],
      [{ path: 'staff', problem: text.nobodyOnDuty }],
    ],
    [
      'duty in a district only',
      [
        ['staff[0].center', 'west'],
        ['staff[1].duty', false],
        ['staff[3].duty', true],
      ],
      [{ path: 'staff', problem: text.nobodyOnDuty }],
    ],
  ])('%s', (_, changes, faults) => {
    expect(faultsOf(cityWith(...changes))).toEqual(faults);
  });

  test.each([
    ['nothing', ''],
    ['half of it', cityWith().slice(0, 500)],
    ['with a comma too many', cityWith().replace(/\}$/, ',}')],
    ['with a comment', `// city\n${cityWith()}`],
    ['as CSV', 'slackUserId,name\nU0,x'],
  ])('JSON that is malformed: %s', (_, json) => {
    expect(faultsOf(json)).toEqual([{ path: '(file)', problem: text.notJson }]);
  });

  test.each(['null', '7', '"city"', 'true'])('a file that holds %s only', (json) => {
    expect(faultsOf(json)).toEqual([{ path: '(file)', problem: text.notObject }]);
  });

  test('a list instead of a city', () => {
    expect(faultsOf('[]')).not.toEqual([]);
  });
});

test.each([[['01-01/12-20']], [['04-08/03-31', '04-29']], [['12-29/01-03', '08-13/08-15', '02-29']], [[]]])(
  'closures that leave a day of business in every year are taken: %j',
  (closedDays) => {
    expect(faultsOf(cityWith(['closedDays', closedDays]))).toEqual([]);
  },
);

describe('duty at the core center:', () => {
  test.each<[string, [string, Json][]]>([
    [
      'somebody on duty is enough',
      [
        ['staff[0].role', 'staff'],
        ['staff[0].duty', false],
      ],
    ],
    [
      'a manager is enough',
      [
        ['staff[0].duty', false],
        ['staff[1].duty', false],
      ],
    ],
  ])('%s', (_, changes) => {
    expect(faultsOf(cityWith(...changes))).toEqual([]);
  });
});

describe('of a file with several faults every one is told:', () => {
  const paths = (...changes: [string, Json | undefined][]) =>
    [...new Set(faultsOf(cityWith(...changes)).map(({ path }) => path))].sort();

  test('in different places', () => {
    expect(
      paths(
        ['name', ''],
        ['channels.triage', 'x'],
        ['centers[1].kind', 'x'],
        ['centers[4].short', undefined],
        ['staff[0].role', 'x'],
        ['staff[8].email', 'x'],
        ['faq[0].reviewedOn', 'x'],
      ),
    ).toEqual(
      [
        'name',
        'channels.triage',
        'centers[1].kind',
        'centers[4].short',
        'staff[0].role',
        'staff[8].email',
        'faq[0].reviewedOn',
      ].sort(),
    );
  });

  test('two in one person', () => {
    expect(paths(['staff[3].role', 'x'], ['staff[3].center', undefined])).toEqual([
      'staff[3].center',
      'staff[3].role',
    ]);
  });

  test('two unknown fields of one person', () => {
    expect(paths(['staff[3].Role', 'x'], ['staff[3].mail', 'x'])).toEqual(['staff[3].Role', 'staff[3].mail']);
  });

  test('doubled ids and unknown centers together', () => {
    expect(
      paths(
        ['staff[3].center', 'north'],
        ['staff[4].center', 'nowhere'],
        ['staff[5].slackUserId', 'U0KENTA'],
        ['faq[1]', { externalId: '1', question: '問', answer: '答' }],
      ),
    ).toEqual(['faq[1].externalId', 'staff[3].center', 'staff[4].center', 'staff[5].slackUserId']);
  });

  test('a misspelt field and an unknown center together', () => {
    expect(paths(['staff[3].Role', 'x'], ['staff[4].center', 'north'])).toEqual([
      'staff[3].Role',
      'staff[4].center',
    ]);
  });
});

test('any text is either a city or a list of faults, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json({ maxDepth: 6 })), (json) => {
      const parsed = parseCityFile(json);
      expect(parsed.ok || parsed.faults.length > 0).toBe(true);
    }),
  );
});

test('any field that nobody knows is refused, whatever it is called', () => {
  const place = fc.constantFrom('', 'channels.', 'centers[0].', 'staff[0].', 'faq[0].', 'meetingKinds[0].');
  const known = new Set(JSON.stringify(smallCityWithFaq()).match(/[a-zA-Z]+(?=":)/g));
  const name = fc
    .oneof(
      fc.stringMatching(/^[a-zA-Z_]{1,12}$/),
      fc.constantFrom('constructor', 'toString', 'hasOwnProperty'),
    )
    .filter(
      (each) =>
        !known.has(each) && !['heads', 'drill', 'channel', 'area', 'email', '__proto__'].includes(each),
    );
  fc.assert(
    fc.property(place, name, (where, field) => {
      expect(faultsOf(cityWith([`${where}${field}`, 'x']))).toEqual([
        { path: `${where}${field}`, problem: text.unknownField },
      ]);
    }),
  );
});

test('a value at fault is never repeated, since it may be somebody’s name', () => {
  const json = cityWith(
    ['staff[3].email', 'canary'],
    ['staff[3].slackUserId', 'canary'],
    ['staff[4].role', 'canary'],
  );
  expect(faultsOf(json)).toHaveLength(3);
  expect(JSON.stringify(faultsOf(json))).not.toContain('canary');
});
