/** Roll-calls for tests: a city with a channel for drills and managers in each center, and roll-calls that began without the form. */
import { env } from 'cloudflare:workers';
import { Actor } from '../../src/features/directory/actor.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import { takeReply } from '../../src/features/roll-call/answering/mutations.ts';
import type { RollCall } from '../../src/features/roll-call/data.ts';
import { makeRollCall, type NewRollCall } from '../../src/features/roll-call/making/mutations.ts';
import type { Statement } from '../../src/lib/db.ts';
import type { Scope } from '../../src/slack/scope.ts';
import type { House } from './house.ts';
import { scopeAt, withMeetings } from './meeting.ts';
import { CHANNELS, PEOPLE } from './small-city.ts';

/** みどり市 with a channel for drills and a manager in each center. */
export function withDrills(city: CityFile): void {
  withMeetings(city);
  city.channels = { ...city.channels, drill: CHANNELS.general };
}

/** A roll-call of everybody that begins at `now` (or at `startsAt`), made by 田中 健太. Nobody is told but by the board, and by `statementsOf`. */
export async function begunRollCall(
  house: House,
  now: Date,
  wanted: Partial<NewRollCall> = {},
  statementsOf: (scope: Scope, made: RollCall) => Promise<Statement[]> = async () => [],
): Promise<RollCall> {
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no 田中 健太');
  const made = await makeRollCall(
    scopeAt(house, now),
    found.actor,
    {
      kind: 'drill',
      scenario: 'earthquake',
      instructions: ['report'],
      note: null,
      centers: null,
      isAnnounced: false,
      byMail: false,
      startsAt: null,
      submissionKey: crypto.randomUUID(),
      ...wanted,
    },
    async (row) => ({ statements: await statementsOf(scopeAt(house, now), row) }),
  );
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
}

/** An answer of a person, taken at `now`, said at `at`. */
export function answerOf(
  house: House,
  rollCallId: string,
  person: string,
  now: Date,
  { at = now, ...rest }: Partial<Parameters<typeof takeReply>[1] & { at: Date }> = {},
) {
  return takeReply(scopeAt(house, now), {
    rollCallId,
    person,
    answer: { safety: 'safe', place: null, coming: null, comingMinutes: null, family: null },
    way: 'chat',
    by: person,
    at,
    key: crypto.randomUUID(),
    ...rest,
  });
}

/** The roster as it counts, by person. */
export async function rosterNow(rollCallId: string): Promise<Map<string, Record<string, unknown>>> {
  const { results } = await env.DB.prepare('SELECT * FROM roll_call_person WHERE roll_call_id = ?')
    .bind(rollCallId)
    .all();
  return new Map(results.map((row) => [String(row.person), row]));
}
