/** A large city for the storm: a core center and sixty district centers, each with its manager and its channel. */
import type { CityFile } from '../../src/features/directory/schema.ts';

export const CENTERS = 60;
/** The channel of the board. */
export const BOARD_CHANNEL = 'C0BCP';
/** Of the core center: who starts the drill. */
export const COMMANDER = 'U0CORE';

/** Everybody who is asked, the commander included. */
export function peopleOf(people: number): string[] {
  return [COMMANDER, ...Array.from({ length: people - 1 }, (_, n) => `U0S${n}`)];
}

/** A city of so many people, at least one a center. */
export function stormCity(people: number): CityFile {
  const [commander, ...others] = peopleOf(people);
  if (commander === undefined || others.length < CENTERS)
    throw new RangeError(`${CENTERS} centers need a person each`);
  const person = (slackUserId: string, n: number, center: string) => ({
    slackUserId,
    name: `職員 ${n}`,
    center,
    profession: '社会福祉士',
    role: n < CENTERS ? ('manager' as const) : ('staff' as const),
    admin: false,
    duty: false,
    email: `staff${n}@example.jp`,
  });
  return {
    name: 'あらし市',
    fiscalYearStart: 4,
    businessHours: '08:30-17:15',
    closedDays: [],
    personalDataEntry: 'modal',
    channels: { triage: 'C0TRIAGE', drill: BOARD_CHANNEL },
    centers: [
      {
        code: 'kikan',
        kind: 'kikan',
        name: 'あらし市基幹型地域包括支援センター',
        short: '基幹型',
        channel: 'C0TRIAGE',
      },
      ...Array.from({ length: CENTERS }, (_, n) => ({
        code: centerOf(n),
        kind: 'district' as const,
        name: `第${n + 1}地域包括支援センター`,
        short: `第${n + 1}`,
        channel: `C0D${n}`,
      })),
    ],
    staff: [
      { ...person(commander, 0, 'kikan'), admin: true, duty: true },
      ...others.map((slackUserId, n) => person(slackUserId, n, centerOf(n % CENTERS))),
    ],
    faq: [],
    meetingKinds: [],
  };
}

function centerOf(n: number): string {
  return `d${n + 1}`;
}
