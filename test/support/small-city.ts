/** みどり市: three district centers, the core center, the city section. Named people, so that tests read as sentences. */
import type { CityFile } from '../../src/features/directory/schema.ts';

export const CHANNELS = {
  triage: 'C0TRIAGE',
  east: 'C0EAST',
  west: 'C0WEST',
  south: 'C0SOUTH',
  general: 'C0GENERAL',
} as const;

export const PEOPLE = {
  /** East: a social worker and her manager. */
  hanako: 'U0HANAKO',
  minoru: 'U0MINORU',
  /** West. */
  ichiro: 'U0ICHIRO',
  /** Core: manager and admin on duty, staff on duty, staff off duty. */
  kenta: 'U0KENTA',
  naoko: 'U0NAOKO',
  takuya: 'U0TAKUYA',
  /** The city section, admin. */
  makoto: 'U0MAKOTO',
  /** In the workspace, not in the city file. */
  stranger: 'U0STRANGER',
  /** In the city file, but a guest in Slack. */
  guest: 'U0GUEST',
} as const;

type Person = CityFile['staff'][number];

function person(slackUserId: string, name: string, center: string, extra: Partial<Person> = {}): Person {
  return {
    slackUserId,
    name,
    center,
    profession: '社会福祉士',
    role: 'staff',
    admin: false,
    duty: false,
    ...extra,
  };
}

export function smallCity(): CityFile {
  return {
    name: 'みどり市',
    fiscalYearStart: 4,
    businessHours: '08:30-17:15',
    closedDays: ['12-29/01-03'],
    personalDataEntry: 'modal',
    channels: { triage: CHANNELS.triage },
    centers: [
      {
        code: 'kikan',
        kind: 'kikan',
        name: 'みどり市基幹型地域包括支援センター',
        short: '基幹型',
        channel: CHANNELS.triage,
      },
      {
        code: 'east',
        kind: 'district',
        name: '東地域包括支援センター',
        short: '東',
        channel: CHANNELS.east,
        area: '東地区',
      },
      { code: 'west', kind: 'district', name: '西地域包括支援センター', short: '西', channel: CHANNELS.west },
      { code: 'south', kind: 'district', name: '南地域包括支援センター', short: '南' },
      { code: 'city', kind: 'city', name: 'みどり市 高齢福祉課', short: '市' },
    ],
    staff: [
      person(PEOPLE.kenta, '田中 健太', 'kikan', {
        role: 'manager',
        admin: true,
        duty: true,
        email: 'kenta@example.jp',
      }),
      person(PEOPLE.naoko, '伊藤 直子', 'kikan', { duty: true }),
      person(PEOPLE.takuya, '原田 拓也', 'kikan'),
      person(PEOPLE.hanako, '佐藤 花子', 'east'),
      person(PEOPLE.minoru, '阿部 実', 'east', { role: 'manager' }),
      person(PEOPLE.ichiro, '鈴木 一郎', 'west'),
      person(PEOPLE.guest, '来客 次郎', 'west'),
      person('U0MISAKI', '高橋 美咲', 'south'),
      person(PEOPLE.makoto, '渡辺 誠', 'city', { admin: true }),
    ],
    faq: [],
    meetingKinds: [{ name: 'センター長会議', months: [4, 8, 10, 2], attendees: 'managers' }],
  };
}

/** The small city with an entry of the FAQ, as its file has it. */
export function smallCityWithFaq(): CityFile {
  const entry = {
    externalId: '1',
    question: '様式はどこにありますか。',
    answer: '共有フォルダにあります。',
    topics: ['その他'],
    reviewedOn: '2026-10-01',
  };
  return { ...smallCity(), faq: [entry] };
}

/** So many more staff of a center: `U0X0`, `U0X1`… */
export function addStaff(
  city: CityFile,
  count: number,
  center: string,
  extra: (n: number) => Partial<Person> = () => ({}),
): void {
  for (let n = 0; n < count; n += 1) city.staff.push(person(`U0X${n}`, `職員 ${n}`, center, extra(n)));
}
