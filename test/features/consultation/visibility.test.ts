/** What queries show is what the rules let see: for all kinds of people, and cases in every standing. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadConsultation, standingOf } from '../../../src/features/consultation/data.ts';
import { handover } from '../../../src/features/consultation/handover/tables.ts';
import { breakGlass } from '../../../src/features/consultation/purpose/tables.ts';
import { consultation, member } from '../../../src/features/consultation/tables.ts';
import { isSeenBy, sightOf } from '../../../src/features/consultation/visibility/data.ts';
import { maySee } from '../../../src/features/consultation/visibility/rules.ts';
import { Actor } from '../../../src/features/directory/actor.ts';
import { absence } from '../../../src/features/directory/tables.ts';
import { runBatch } from '../../../src/lib/db.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { type House, openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { aCase, storeCases } from '../../support/stored-cases.ts';

const EVERYBODY = [...Object.values(PEOPLE).filter((id) => id !== PEOPLE.stranger), 'U0MISAKI'];
const CORE = [PEOPLE.kenta, PEOPLE.naoko, PEOPLE.takuya];

/** Of all three kinds of centers; 佐藤 花子 is none. */
const MANAGERS = [PEOPLE.kenta, PEOPLE.minoru, PEOPLE.ichiro, PEOPLE.hanako];

const anyone = fc.constantFrom(...EVERYBODY);
const district = fc.constantFrom('east', 'west', 'south');
const anyCenter = fc.constantFrom('kikan', 'east', 'west', 'south');

const oneCase = fc.record({
  fields: fc.record({
    sendingCenter: district,
    responsibleCenter: anyCenter,
    sender: anyone,
    status: fc.constantFrom('submitted' as const, 'active' as const, 'closed' as const),
    isRestricted: fc.boolean(),
    personInCharge: fc.option(anyone),
    proposedPerson: fc.option(anyone),
  }),
  members: fc.uniqueArray(anyone, { maxLength: 2 }),
  emergency: fc.option(
    fc.record({ slackUserId: fc.constantFrom(...MANAGERS), minutes: fc.constantFrom(-1, 0, 1, 60) }),
  ),
  offer: fc.option(
    fc.record({
      toCenter: anyCenter,
      state: fc.constantFrom('offered' as const, 'accepted' as const, 'expired' as const),
    }),
  ),
});

/** Who is away, with whoever stands in: people may stand in for each other, in chains and in circles. */
const away = fc.uniqueArray(fc.record({ person: fc.constantFrom(...CORE), deputy: anyone }), {
  selector: ({ person }) => person,
  maxLength: 3,
});

const now = new Date();

type Stored = typeof oneCase extends fc.Arbitrary<infer Value> ? Value : never;

/** Stores them; answers their ids. */
async function store({ db }: House, stored: readonly Stored[]): Promise<string[]> {
  const cases = stored.map((each) => ({ ...each, of: aCase(each.fields) }));
  await storeCases(
    db,
    cases.map(({ of }) => of),
  );
  await runBatch(
    db,
    cases.flatMap(({ of, members, offer, emergency }) => [
      ...members.map((slackUserId) =>
        db.insert(member).values({ consultationId: of.id, slackUserId, addedBy: 'U0KENTA', addedAt: now }),
      ),
      ...(emergency
        ? [
            db.insert(breakGlass).values({
              id: crypto.randomUUID(),
              consultationId: of.id,
              slackUserId: emergency.slackUserId,
              reason: sql`'v1.x.x.x'`,
              grantedAt: now,
              until: new Date(now.getTime() + emergency.minutes * 60_000),
            }),
          ]
        : []),
      ...(offer
        ? [
            db.insert(handover).values({
              ...offer,
              id: crypto.randomUUID(),
              consultationId: of.id,
              kind: 'transfer',
              fromCenter: of.responsibleCenter,
              offeredBy: PEOPLE.kenta,
              offeredAt: now,
              expiresAt: new Date(now.getTime() + 86_400_000),
            }),
          ]
        : []),
    ]),
  );
  return cases.map(({ of }) => of.id);
}

test('whatever the case, a query shows it to just those who may see it', async () => {
  const house = await openHouse((city) => {
    for (const person of city.staff) if (person.slackUserId === PEOPLE.ichiro) person.role = 'manager';
  });
  const people = await Promise.all(
    EVERYBODY.map(async (id) => {
      const found = await Actor.find(house.db, id);
      if (!found) throw new Error(`${id} is not listed`);
      return found.actor;
    }),
  );
  const seen = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(oneCase, { minLength: 12, maxLength: 12 }), away, async (cases, absences) => {
      const ids = await store(house, cases);
      await runBatch(house.db, [
        house.db.delete(absence),
        ...absences.map((each) =>
          house.db.insert(absence).values({
            ...each,
            id: crypto.randomUUID(),
            fromOn: addDays(japanDate(now), -1),
            untilOn: addDays(japanDate(now), 1),
            notedBy: PEOPLE.kenta,
            notedAt: now,
          }),
        ),
      ]);
      const standings = await Promise.all(
        ids.map(async (id) => {
          const loaded = await loadConsultation({ db: house.db, now }, id);
          if (!loaded) throw new Error('the case is not there');
          return { id, standing: standingOf(loaded) };
        }),
      );
      for (const person of people) {
        const rows = await house.db
          .select({ id: consultation.id })
          .from(consultation)
          .where(isSeenBy(await sightOf({ db: house.db, now }, person)));
        const shown = new Set(rows.map(({ id }) => id));
        for (const { id, standing } of standings) {
          const may = maySee(person, standing);
          expect([person.slackUserId, standing, shown.has(id)]).toEqual([person.slackUserId, standing, may]);
          seen[may ? 'yes' : 'no'] += 1;
        }
      }
    }),
    { numRuns: 10 },
  );
  // Both answers were tried, often.
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200);
});
