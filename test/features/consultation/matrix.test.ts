/** Centers × people × operations: whoever may not is refused at the press and at the form, from the stored record, and it is logged. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { loadConsultation, standingOf } from '../../../src/features/consultation/data.ts';
import { OPERATIONS, type Operation } from '../../../src/features/consultation/operating/words.ts';
import { denialOf } from '../../../src/features/consultation/rules.ts';
import { isInCharge, maySee, type Person } from '../../../src/features/consultation/visibility/rules.ts';
import { type House, openHouse } from '../../support/house.ts';
import { acceptedConsultation, caseRow } from '../../support/operating.ts';
import { FORM, pressBody, signedRequest, submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const KINDS = {
  kikan: 'kikan',
  east: 'district',
  west: 'district',
  south: 'district',
  city: 'city',
} as const;

/** Three centers and the city section; staff, managers, on and off duty, in charge or not. */
function peopleOf({ city }: House): Person[] {
  return city.staff
    .filter(({ slackUserId }) => slackUserId !== PEOPLE.guest)
    .map(({ slackUserId, role, duty, center }) => {
      const code =
        center === 'kikan' || center === 'east' || center === 'west' || center === 'south' ? center : 'city';
      return { slackUserId, role, isOnDuty: duty, center: { code, kind: KINDS[code] } };
    });
}

async function refusalsLogged(person: string): Promise<number> {
  return (
    (await env.DB.prepare("SELECT count(*) AS n FROM audit_entry WHERE outcome = 'refused' AND actor = ?")
      .bind(person)
      .first<number>('n')) ?? 0
  );
}

/** What the press is answered with: the sentence that waits for the person in the outbox. */
async function pressAnswer(house: House, person: string, operation: string, id: string): Promise<string> {
  await env.DB.prepare("DELETE FROM outbox WHERE kind = 'ephemeral'").run();
  await house.fetchToTheEnd(
    await signedRequest(pressBody(person, `consultation.${operation}`, id), { contentType: FORM }),
  );
  const message = await env.DB.prepare("SELECT message FROM outbox WHERE kind = 'ephemeral' AND person = ?")
    .bind(person)
    .first<string>('message');
  return message === null ? '' : String(JSON.parse(message).text);
}

async function formAnswer(house: House, person: string, operation: string, id: string): Promise<string> {
  const body = submissionBody(person, {
    id: `V${crypto.randomUUID()}`,
    callbackId: `consultation.${operation}`,
    metadata: `${id}/2`,
    values: {},
  });
  return (await house.fetchToTheEnd(await signedRequest(body, { contentType: FORM }))).text();
}

const NOT_FOUND = 'この相談は見つかりません。';

/** One refused attempt, by press and by form; nothing is said to whoever just did the same and does it again. */
async function expectRefusal(house: House, id: string, person: Person, operation: Operation, sees: boolean) {
  const { slackUserId } = person;
  const before = await refusalsLogged(slackUserId);
  const answer = await pressAnswer(house, slackUserId, operation, id);
  const said = sees ? expect.stringMatching(/./) : NOT_FOUND;
  expect([slackUserId, operation, answer]).toEqual([slackUserId, operation, said]);
  expect([slackUserId, operation, await refusalsLogged(slackUserId)]).toEqual([
    slackUserId,
    operation,
    before + 1,
  ]);
  if (sees) return;
  const submitted = await formAnswer(house, slackUserId, operation, id);
  expect(submitted).not.toContain('R8-0001');
  const isForm = submitted.includes('"errors"') && !submitted.includes('この画面は古く');
  if (isForm) expect([operation, submitted]).toEqual([operation, expect.stringContaining(NOT_FOUND)]);
}

test.each([false, true])(
  'every person at every operation of a case (限定: %s)',
  async (isRestricted) => {
    const house = await openHouse((city) => {
      const extra = { profession: '保健師', role: 'manager', admin: false, duty: false } as const;
      city.staff.push(
        { slackUserId: 'U0SATORU', name: '佐々木 悟', center: 'kikan', ...extra },
        { slackUserId: 'U0WAKABA', name: '若葉 緑', center: 'west', ...extra },
      );
    });
    await acceptedConsultation(house);
    await env.DB.prepare('UPDATE consultation SET is_restricted = ?').bind(Number(isRestricted)).run();
    const id = String((await caseRow()).id);
    const loaded = await loadConsultation({ db: house.db, now: new Date() }, id);
    if (!loaded) throw new Error('no case');
    const standing = standingOf(loaded);
    const attempts = peopleOf(house).flatMap((person) =>
      OPERATIONS.filter((operation) => denialOf(person, standing, operation) !== undefined)
        // Who is in charge already and takes charge again is answered as the first time: with silence.
        .filter(
          (operation) =>
            !(['accept', 'claim', 'confirm_assignment'].includes(operation) && isInCharge(person, standing)),
        )
        .map((operation) => ({ person, operation })),
    );
    expect(attempts.length).toBeGreaterThan(200);
    for (const { person, operation } of attempts)
      await expectRefusal(house, id, person, operation, maySee(person, standing));
    expect(await caseRow()).toMatchObject({ version: 2, status: 'accepted', person_in_charge: PEOPLE.naoko });
  },
  120_000,
);
