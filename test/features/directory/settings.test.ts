/** `/kikan 設定`: each person finds what she may use, and nothing else opens. */
import { describe, expect, test } from 'vitest';
import { settingsText as text } from '../../../src/features/directory/settings/text.ts';
import { openHouse } from '../../support/house.ts';
import { auditOf, openSection, openSettings, send } from '../../support/settings.ts';
import { pressBody } from '../../support/signed.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const SECTIONS = ['不在と代理', '受付当番', '期限', '個人情報の取扱い', '名簿と市の設定'];

describe('the list', () => {
  test.each([
    ['district staff', PEOPLE.hanako, ['不在と代理']],
    ['a district manager', PEOPLE.minoru, ['不在と代理']],
    ['core staff on duty', PEOPLE.naoko, ['不在と代理']],
    ['the core manager, who is an admin', PEOPLE.kenta, SECTIONS],
    ['an admin of the city', PEOPLE.makoto, ['不在と代理', '期限', '個人情報の取扱い', '名簿と市の設定']],
  ])('of %s', async (_, who, sections) => {
    const house = await openHouse();
    const somebody = await openSettings(house, who);
    const shown = SECTIONS.filter((label) => somebody.modalText.includes(`*${label}*`));
    expect(shown).toEqual(sections);
  });

  test('of a core manager who is no admin has no city file', async () => {
    const house = await openHouse((city) => {
      for (const person of city.staff) person.admin = person.slackUserId === PEOPLE.makoto;
    });
    const kenta = await openSettings(house, PEOPLE.kenta);
    expect(kenta.modalText).toContain('受付当番');
    expect(kenta.modalText).not.toContain('名簿と市の設定');
  });

  test.each(['設定', 'settings', 'ＳＥＴＴＩＮＧＳ', '　設定　'])('opens with %j', async (word) => {
    const { slack } = await openHouse();
    const hanako = slack.as(PEOPLE.hanako);
    await hanako.slash(word, { channel: CHANNELS.general });
    await slack.waitFor(() => hanako.modal, { what: 'the settings' });
    expect(hanako.modal?.view.title).toMatchObject({ text: text.title });
  });

  test('closing a section leads back to it', async () => {
    const house = await openHouse();
    const hanako = await openSection(house, PEOPLE.hanako, '不在と代理');
    await hanako.closeModal();
    expect(hanako.modal?.view.title).toMatchObject({ text: text.title });
  });
});

test.each([
  ['settings.duty', PEOPLE.naoko],
  ['settings.duty', PEOPLE.makoto],
  ['settings.deadlines', PEOPLE.minoru],
  ['settings.overview', PEOPLE.hanako],
  ['settings.handling', PEOPLE.minoru],
])(
  'a copied button %s opens nothing for whom it is not (%s): one sentence, and audited',
  async (actionId, who) => {
    const house = await openHouse();
    await send(house, pressBody(who, actionId, actionId));
    const somebody = house.slack.as(who);
    await house.slack.waitFor(() => somebody.ephemerals.at(-1), { what: 'the sentence' });
    expect(somebody.ephemerals.map((each) => each.text)).toEqual([text.notForYou]);
    expect(somebody.modal).toBeUndefined();
    expect(await auditOf('settings.open')).toEqual([
      { chain: `person:${who}`, actor: who, outcome: 'refused', detail: { section: actionId } },
    ]);
  },
);

test('a stranger gets no settings', async () => {
  const { slack } = await openHouse();
  const stranger = slack.as(PEOPLE.stranger);
  const { ackBody } = await stranger.slash('設定', { channel: CHANNELS.general });
  expect(ackBody).toContain('登録されていません');
  expect(stranger.modal).toBeUndefined();
});

test('名簿と市の設定 shows the city, its centers with their people, and how to load another file', async () => {
  const house = await openHouse((city) => {
    city.centers.push({ code: 'north', kind: 'district', name: '北 <支援> センター', short: '北' });
  });
  const makoto = await openSection(house, PEOPLE.makoto, '名簿と市の設定');
  for (const words of [
    'みどり市',
    'センター6か所、職員9人',
    '・東地域包括支援センター　2人',
    '・みどり市基幹型地域包括支援センター　3人',
    '・北 <支援> センター　0人',
    'npm run city -- export',
  ])
    expect(makoto.modalText).toContain(words);
});
