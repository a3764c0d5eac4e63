/** Meetings for tests: a city with kinds of meeting and outside guests, and meetings stored without going through every form. */
import { env } from 'cloudflare:workers';
import { listKinds, listSeats } from '../../src/features/directory/meeting-kinds/data.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import type { Meeting } from '../../src/features/meeting/data.ts';
import { createMeeting } from '../../src/features/meeting/making/mutations.ts';
import { parseSettings } from '../../src/lib/env.ts';
import type { Scope } from '../../src/slack/scope.ts';
import type { House } from './house.ts';
import { CHANNELS, PEOPLE } from './small-city.ts';

/** みどり市 with managers in each center and the usual kinds of meeting. */
export function withMeetings(city: CityFile): void {
  city.channels = { ...city.channels, heads: CHANNELS.general };
  city.staff.push(
    {
      slackUserId: 'U0WEST1',
      name: '西村 進',
      center: 'west',
      profession: '主任介護支援専門員',
      role: 'manager',
      admin: false,
      duty: false,
      email: 'west@example.jp',
    },
    {
      slackUserId: 'U0SOUTH1',
      name: '南 早苗',
      center: 'south',
      profession: '保健師',
      role: 'manager',
      admin: false,
      duty: false,
    },
  );
  city.meetingKinds = [
    { name: 'センター長会議', months: [4, 8, 10, 2], attendees: 'managers, core, city', quorum: 'majority' },
    {
      name: '基幹型連絡会',
      months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      attendees: 'city, core',
      host: 'city',
    },
    { name: '見守り担当者連絡会', attendees: 'one-per-center, core' },
    { name: '社会福祉士連絡会', attendees: 'profession: 社会福祉士', day: '第1月曜', months: [5] },
    {
      name: '在宅医療・介護連携推進協議会',
      heldBy: '医師会',
      attendees: 'core, guest: 山田 太郎 <yamada@clinic.example.jp>',
    },
    { name: '地域ケア個別会議', host: 'district', attendees: '', private: true },
    { name: '地域ケア推進会議', host: 'city', attendees: 'city, core, managers' },
    { name: '研修', attendees: 'everyone', training: true },
  ];
}

/** The scope of a request of the Worker at an instant. */
export function scopeAt(house: House, now: Date): Scope {
  return {
    settings: parseSettings(env),
    db: house.db,
    now,
    origin: { surface: 'slack' },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
}

/** A meeting of a kind, its seats by the kind's rules; fixed in ten days at 14:00 unless told. */
export async function storedMeeting(
  house: House,
  kindName: string,
  {
    organiser = PEOPLE.kenta,
    hostCenter = 'kikan',
    seats,
    now = new Date(),
    submissionKey = crypto.randomUUID(),
    ...columns
  }: Partial<Meeting> & { seats?: Awaited<ReturnType<typeof listSeats>>; now?: Date } = {},
): Promise<{ id: string; reference: string }> {
  const kind = (await listKinds(house.db)).find(({ name }) => name === kindName);
  if (!kind) throw new Error(`no kind ${kindName}`);
  const startsAt = new Date(Math.ceil(now.getTime() / 86_400_000 + 10) * 86_400_000 + 5 * 3_600_000);
  return createMeeting(scopeAt(house, now), {
    kind,
    hostCenter,
    series: 'R8',
    seats: seats ?? (await listSeats(house.db, kind.attendees)),
    organiser,
    submissionKey,
    columns: {
      status: 'fixed',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 90 * 60_000),
      ...columns,
    },
  });
}
