/**
 * A city that keeps typed text on its pages: every personal and free-text field is typed there, every flow is driven, every button of
 * Slack is pressed. Then everything that went between Slack and the Worker, in both directions, is searched, and logs, addresses and
 * the database as well.
 */
import { expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { actionIdOf } from '../../../src/features/consultation/blocks.ts';
import { formOperations } from '../../../src/features/consultation/slack.ts';
import { foundIn } from '../../support/canaries.ts';
import { driveCase, driveOtherCases, driveTheRest, Pages } from '../../support/driven-pages.ts';
import type { House } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { strictHouse } from '../../support/strict.ts';

/** Forms of choices and dates alone. */
const REFERENCES_ONLY = ['reclassify', 'assign', 'wait', 'name_members'];

/** Everybody presses all that Slack shows to them. */
async function pressEverything(house: House): Promise<number> {
  let pressed = 0;
  for (const person of [
    PEOPLE.naoko,
    PEOPLE.kenta,
    PEOPLE.hanako,
    PEOPLE.minoru,
    PEOPLE.takuya,
    PEOPLE.ichiro,
  ]) {
    const somebody = house.slack.as(person);
    const seen = [CHANNELS.triage, CHANNELS.east, somebody.dmId].flatMap((channel) =>
      somebody.messages(channel),
    );
    for (const [label, message] of offersOf(somebody, seen)) {
      await somebody.click(message, label);
      pressed += 1;
    }
    await somebody.openHome();
    await house.slack.settled();
    for (const word of ['相談', '一覧', '一覧 R8-0001', '設定', 'ヘルプ'])
      await somebody.slash(word, { channel: CHANNELS.general });
    await house.delivered();
  }
  return pressed;
}

/** Each button once, on the newest message that has it. */
function offersOf(
  somebody: ReturnType<House['slack']['as']>,
  messages: readonly Message[],
): Map<string, Message> {
  return new Map(
    messages.flatMap((message) => somebody.offers(message).map((label) => [label, message] as const)),
  );
}

test('where typed text is kept on the pages, no payload in either direction between Slack and the Worker holds any of it', async () => {
  const house = await strictHouse();
  const pages = new Pages(house);
  await driveCase(pages);
  await driveOtherCases(pages);
  await driveTheRest(pages);
  await house.delivered();
  await house.cron();
  await house.delivered();
  expect(await pressEverything(house)).toBeGreaterThan(60);
  await house.delivered();

  // Every form that takes text was filled in: a new one must be driven here, too.
  const forms = [...formOperations].map(actionIdOf);
  expect(forms.filter((form) => !pages.submitted.has(form))).toEqual([]);
  expect(pages.submitted).toContain('consultation.purpose');
  expect(pages.typed.length).toBeGreaterThan(40);

  const { traffic } = house.slack;
  expect(traffic.filter(({ direction }) => direction === 'to-app').length).toBeGreaterThan(100);
  expect(traffic.filter(({ direction }) => direction === 'from-app').length).toBeGreaterThan(100);
  expect(foundIn(pages.typed, JSON.stringify(traffic))).toEqual([]);
  expect(foundIn(pages.typed, house.logs.join('\n'))).toEqual([]);
  expect(foundIn(pages.typed, pages.addresses.join('\n'))).toEqual([]);
  expect(foundIn(pages.typed, await everythingStored())).toEqual([]);
  // Nor does Slack ask for any.
  const views = house.slack.calls().filter(({ method }) => method.startsWith('views.'));
  expect(views.length).toBeGreaterThan(20);
  expect(JSON.stringify(views)).not.toContain('plain_text_input');
  for (const operation of REFERENCES_ONLY) expect(JSON.stringify(views)).toContain(actionIdOf(operation));
}, 240_000);
