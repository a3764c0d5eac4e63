/** 受付当番 through the front door: core managers only, nobody undone unseen, and who is told. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { listCenterStaff } from '../../../src/features/directory/data.ts';
import { changeDuty, markOfDuty } from '../../../src/features/directory/duty/mutations.ts';
import { dutyText as text } from '../../../src/features/directory/duty/text.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { settingsText } from '../../../src/features/directory/settings/text.ts';
import { parseSettings } from '../../../src/lib/env.ts';
import type { Scope } from '../../../src/slack/scope.ts';
import { type House, openHouse } from '../../support/house.ts';
import { auditOf, openSection, send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const LABEL = '受付当番';
const FIELD = '受付当番の方';

async function onDuty(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    'SELECT slack_user_id AS id FROM staff WHERE is_on_duty = 1 ORDER BY position',
  ).all();
  return results.map((row) => row.id);
}

const dmOf = ({ slack }: House, person: string) => slack.as(person).dm.map((message) => message.text);

const form = (who: string, duty: string[], mark = '') =>
  submissionBody(who, {
    id: 'V0FORGED',
    callbackId: 'duty.form',
    metadata: mark,
    values: { duty: { type: 'multi_static_select', selected_options: duty.map((value) => ({ value })) } },
  });

function withSecondManager(city: House['city']): void {
  city.staff.push({
    slackUserId: 'U0SECOND',
    name: '第二 管理者',
    center: 'kikan',
    profession: '保健師',
    role: 'manager',
    admin: false,
    duty: false,
  });
}

test('the core manager sees who is on duty and changes it; those whose duty changed are told', async () => {
  const house = await openHouse();
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  expect(kenta.filledIn[FIELD]).toEqual(['田中 健太', '伊藤 直子']);
  await expect(kenta.fill({ [FIELD]: ['佐藤 花子'] })).rejects.toThrow('no option');
  await kenta.fillAndSubmit({ [FIELD]: ['原田 拓也'] });
  expect(await onDuty()).toEqual([PEOPLE.takuya]);
  expect(kenta.modals).toHaveLength(2);
  expect(kenta.modalText).toContain(settingsText.saved);
  expect(kenta.modalText).toContain(text.current('原田 拓也'));
  await house.delivered();
  expect(dmOf(house, PEOPLE.takuya)).toEqual([text.begins('田中 健太')]);
  expect(dmOf(house, PEOPLE.naoko)).toEqual([text.ends('田中 健太')]);
  expect(dmOf(house, PEOPLE.kenta)).toEqual([]);
  expect(await auditOf('duty.change')).toEqual([
    {
      chain: 'city',
      actor: PEOPLE.kenta,
      outcome: 'done',
      detail: { begins: PEOPLE.takuya, ends: `${PEOPLE.kenta} ${PEOPLE.naoko}` },
    },
  ]);
});

test('nobody on duty is allowed while there is a manager, who then receives what comes', async () => {
  const house = await openHouse();
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  expect((await kenta.fillAndSubmit({ [FIELD]: [] })).errors).toBeUndefined();
  expect(await onDuty()).toEqual([]);
  expect(kenta.modalText).toContain(text.current(text.nobody));
});

test('saved again in the same modal it changes from there', async () => {
  const house = await openHouse();
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  await kenta.fillAndSubmit({ [FIELD]: ['原田 拓也'] });
  await kenta.fillAndSubmit({ [FIELD]: ['原田 拓也', '田中 健太'] });
  expect(await onDuty()).toEqual([PEOPLE.kenta, PEOPLE.takuya]);
});

test('duty in other centers is untouched', async () => {
  const house = await openHouse((city) => {
    for (const person of city.staff) person.duty ||= person.slackUserId === PEOPLE.hanako;
  });
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  await kenta.fillAndSubmit({ [FIELD]: ['原田 拓也'] });
  expect(await onDuty()).toEqual([PEOPLE.takuya, PEOPLE.hanako]);
});

test('the form sent eight times at once changes it once, is answered alike, and each is told once', async () => {
  const house = await openHouse();
  const mark = await markOfDuty(await listCenterStaff(house.db, 'kikan'));
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => send(house, form(PEOPLE.kenta, [PEOPLE.takuya], mark))),
  );
  expect(answers.map((answer) => answer.includes(settingsText.saved))).toEqual(answers.map(() => true));
  expect(await auditOf('duty.change')).toHaveLength(1);
  await house.delivered();
  expect(dmOf(house, PEOPLE.takuya)).toHaveLength(1);
});

describe('of two managers', () => {
  test('who change it one after the other, the second reads what changed, keeps the choice, and may save it then', async () => {
    const house = await openHouse(withSecondManager);
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    const second = await openSection(house, 'U0SECOND', LABEL);
    await kenta.fillAndSubmit({ [FIELD]: ['原田 拓也'] });
    await second.fillAndSubmit({ [FIELD]: ['伊藤 直子'] });
    expect(await onDuty()).toEqual([PEOPLE.takuya]);
    expect(second.modalText).toContain('田中 健太さん');
    expect(second.modalText).toContain(text.current('原田 拓也'));
    expect(second.filledIn[FIELD]).toEqual(['伊藤 直子']);
    await second.submit();
    expect(await onDuty()).toEqual([PEOPLE.naoko]);
  });

  test('who change it at once, one wins whole', async () => {
    const house = await openHouse(withSecondManager);
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    const second = await openSection(house, 'U0SECOND', LABEL);
    await Promise.all([
      kenta.fillAndSubmit({ [FIELD]: ['原田 拓也'] }),
      second.fillAndSubmit({ [FIELD]: ['伊藤 直子'] }),
    ]);
    expect([[PEOPLE.takuya], [PEOPLE.naoko]]).toContainEqual(await onDuty());
    const saved = [kenta, second].filter((each) => each.modalText.includes(settingsText.saved));
    expect(saved).toHaveLength(1);
    const outcomes = (await auditOf('duty.change')).map((entry) => entry.outcome);
    expect(outcomes.sort()).toEqual(['done', 'refused']);
  });

  test('a city file imported meanwhile is told as such', async () => {
    const house = await openHouse();
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    const staff = house.city.staff.map((each) => ({ ...each, duty: each.slackUserId === PEOPLE.takuya }));
    await importCity(house.db, { ...house.city, staff }, 'command', new Date());
    await kenta.fillAndSubmit({ [FIELD]: ['伊藤 直子'] });
    expect(kenta.modalText).toContain(settingsText.importedFile);
    expect(await onDuty()).toEqual([PEOPLE.takuya]);
  });
});

test.each([
  ['core staff', PEOPLE.naoko],
  ['a district manager', PEOPLE.minoru],
  ['the city, admin', PEOPLE.makoto],
])('%s cannot change it with a form of her own making: refused and audited', async (_, who) => {
  const house = await openHouse();
  const before = await onDuty();
  const answer = await send(house, form(who, [who]));
  expect(JSON.parse(answer).errors).toEqual({ duty: text.errors.notAllowed });
  expect(await onDuty()).toEqual(before);
  expect(await auditOf('duty.change')).toMatchObject([
    { chain: `person:${who}`, outcome: 'refused', detail: { reason: 'not-allowed' } },
  ]);
});

test.each([
  ['somebody of a district center', PEOPLE.hanako],
  ['a stranger', PEOPLE.stranger],
])('%s cannot be put on duty', async (_, person) => {
  const house = await openHouse();
  const mark = await markOfDuty(await listCenterStaff(house.db, 'kikan'));
  const answer = await send(house, form(PEOPLE.kenta, [PEOPLE.kenta, person], mark));
  expect(JSON.parse(answer).errors).toEqual({ duty: text.errors.notOfCenter });
  expect(await onDuty()).toEqual([PEOPLE.kenta, PEOPLE.naoko]);
});

test('somebody must remain: when the last manager was demoted while she saves, nobody on duty is refused', async () => {
  const house = await openHouse();
  const found = await Actor.find(house.db, PEOPLE.kenta);
  if (!found) throw new Error('no manager');
  const staff = house.city.staff.map((each) => ({ ...each, role: 'staff' as const }));
  await importCity(house.db, { ...house.city, staff }, 'command', new Date());
  const mark = await markOfDuty(await listCenterStaff(house.db, 'kikan'));
  const scope: Scope = {
    settings: parseSettings(env),
    db: house.db,
    now: new Date(),
    origin: { surface: 'slack' as const },
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
  expect(await changeDuty(scope, found.actor, [], mark)).toEqual({
    ok: false,
    refusal: { reason: 'nobody-left' },
  });
  expect(await onDuty()).toEqual([PEOPLE.kenta, PEOPLE.naoko]);
});
