/** 期限 through the front door: what the city sets, what it leaves to kikan, and who may. */
import { describe, expect, test } from 'vitest';
import { exportCityFile, findCity } from '../../../src/features/directory/data.ts';
import { markOfDeadlines } from '../../../src/features/directory/deadlines/data.ts';
import {
  type DeadlineTexts,
  readCityDeadlines,
  readDeadlineTexts,
  writeDeadlines,
} from '../../../src/features/directory/deadlines/schema.ts';
import { deadlinesText as text } from '../../../src/features/directory/deadlines/text.ts';
import { importCity } from '../../../src/features/directory/mutations.ts';
import { parseCityFile } from '../../../src/features/directory/schema.ts';
import { settingsText } from '../../../src/features/directory/settings/text.ts';
import { directoryText } from '../../../src/features/directory/text.ts';
import { type House, openHouse } from '../../support/house.ts';
import { auditOf, openSection, send } from '../../support/settings.ts';
import { submissionBody } from '../../support/signed.ts';
import { PEOPLE } from '../../support/small-city.ts';

const LABEL = '期限';
const { labels } = text;

async function stored({ db }: House): Promise<DeadlineTexts | null> {
  const city = await findCity(db);
  return city?.deadlines == null ? null : readDeadlineTexts(city.deadlines);
}

const form = (who: string, fields: Record<string, string>, mark: string) =>
  submissionBody(who, {
    id: 'V0FORGED',
    callbackId: 'deadlines.form',
    metadata: mark,
    values: Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, { type: 'plain_text_input', value }]),
    ),
  });

describe('whoever may change them', () => {
  test.each([
    ['the core manager', PEOPLE.kenta],
    ['an admin of the city', PEOPLE.makoto],
  ])('%s sets some and leaves the others to kikan', async (_, who) => {
    const house = await openHouse();
    const somebody = await openSection(house, who, LABEL);
    expect(Object.values(somebody.filledIn)).toEqual(Array(11).fill(null));
    await somebody.fillAndSubmit({
      [labels['urgent.accept']]: '１５分',
      [labels['normal.contact']]: ' 20 営業日',
      [labels.closing]: '10営業日',
    });
    expect(await stored(house)).toEqual({
      urgent: { accept: '15分' },
      normal: { contact: '20 営業日' },
      closing: '10営業日',
    });
    expect(readCityDeadlines((await findCity(house.db))?.deadlines ?? null)).toEqual({
      urgent: { accept: { minutes: 15 } },
      normal: { contact: { businessDays: 20 } },
      closing: { businessDays: 10 },
    });
    expect(somebody.modals).toHaveLength(2);
    expect(somebody.modalText).toContain(settingsText.saved);
    expect(await auditOf('deadlines.change')).toEqual([
      {
        chain: 'city',
        actor: who,
        outcome: 'done',
        detail: {
          'urgent.accept': '- → 15分',
          'normal.contact': '- → 20 営業日',
          closing: '- → 10営業日',
        },
      },
    ]);
  });

  test('finds the present ones in the form, with kikan’s beside them, and empties one to go back to it', async () => {
    const house = await openHouse((city) => {
      city.deadlines = { soon: { answer: '6時間' }, handover: '2営業日' };
    });
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    expect(kenta.filledIn).toMatchObject({
      [labels['soon.answer']]: '6時間',
      [labels.handover]: '2営業日',
      [labels.closing]: null,
    });
    expect(kenta.modalText).toContain(text.hint('6時間', '2営業日'));
    expect(kenta.modalText).toContain(text.hint(text.atStandard, '5営業日'));
    await kenta.fillAndSubmit({ [labels['soon.answer']]: null });
    expect(await stored(house)).toEqual({ handover: '2営業日' });
    await kenta.fillAndSubmit({ [labels.handover]: null });
    expect(await stored(house)).toBeNull();
  });

  test('reads beside each field what cannot be read, and nothing is stored', async () => {
    const house = await openHouse();
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    const { errors } = await kenta.fillAndSubmit({
      [labels['urgent.accept']]: '30分',
      [labels['urgent.answer']]: 'すぐ',
      [labels.closing]: '5日',
      [labels.handover]: '0営業日',
    });
    expect(errors).toEqual({
      [labels['urgent.answer']]: directoryText.notSpan,
      [labels.closing]: directoryText.notSpan,
      [labels.handover]: directoryText.notSpan,
    });
    expect(await stored(house)).toBeNull();
    expect(house.logs.join('\n')).not.toContain('すぐ');
  });

  test('exports what was set here with the city file, which gives the same again', async () => {
    const house = await openHouse();
    const kenta = await openSection(house, PEOPLE.kenta, LABEL);
    await kenta.fillAndSubmit({ [labels['urgent.accept']]: '15分', [labels.handover]: '2営業日' });
    const exported = await exportCityFile(house.db);
    expect(exported?.deadlines).toEqual({ urgent: { accept: '15分' }, handover: '2営業日' });
    const parsed = parseCityFile(JSON.stringify(exported));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    await importCity(house.db, house.city, 'command', new Date());
    expect(await stored(house)).toBeNull();
    await importCity(house.db, parsed.city, 'command', new Date());
    expect(await stored(house)).toEqual(exported?.deadlines);
  });

  test('sends the form eight times at once: it is stored once and answered alike', async () => {
    const house = await openHouse();
    const body = form(PEOPLE.kenta, { closing: '7営業日' }, await markOfDeadlines({}));
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(house, body)));
    expect(answers.map((answer) => answer.includes(settingsText.saved))).toEqual(answers.map(() => true));
    expect(await auditOf('deadlines.change')).toHaveLength(1);
  });
});

test('of two who change them, the second reads who was first, keeps what was typed, and may save it then', async () => {
  const house = await openHouse();
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  const makoto = await openSection(house, PEOPLE.makoto, LABEL);
  await kenta.fillAndSubmit({ [labels.closing]: '7営業日' });
  await makoto.fillAndSubmit({ [labels.handover]: '2営業日' });
  expect(await stored(house)).toEqual({ closing: '7営業日' });
  expect(makoto.modalText).toContain('田中 健太さん');
  expect(makoto.modalText).toContain(text.hint('7営業日', '5営業日'));
  expect(makoto.filledIn).toMatchObject({ [labels.handover]: '2営業日', [labels.closing]: null });
  await makoto.fillAndSubmit({ [labels.closing]: '7営業日' });
  expect(await stored(house)).toEqual({ closing: '7営業日', handover: '2営業日' });
});

test('two who change them at once: one wins whole, the other reads of it', async () => {
  const house = await openHouse();
  const kenta = await openSection(house, PEOPLE.kenta, LABEL);
  const makoto = await openSection(house, PEOPLE.makoto, LABEL);
  await Promise.all([
    kenta.fillAndSubmit({ [labels.closing]: '7営業日' }),
    makoto.fillAndSubmit({ [labels.handover]: '2営業日' }),
  ]);
  expect([{ closing: '7営業日' }, { handover: '2営業日' }]).toContainEqual(await stored(house));
  const saved = [kenta, makoto].filter((each) => each.modalText.includes(settingsText.saved));
  expect(saved).toHaveLength(1);
});

test.each([
  ['core staff', PEOPLE.naoko],
  ['a district manager', PEOPLE.minoru],
  ['district staff', PEOPLE.hanako],
])('%s cannot change them with a form of her own making: refused and audited', async (_, who) => {
  const house = await openHouse();
  const answer = await send(house, form(who, { closing: '1営業日' }, await markOfDeadlines({})));
  expect(JSON.parse(answer).errors).toEqual({ 'urgent.accept': text.notAllowed });
  expect(await stored(house)).toBeNull();
  expect(await auditOf('deadlines.change')).toMatchObject([
    { chain: `person:${who}`, outcome: 'refused', detail: { reason: 'not-allowed' } },
  ]);
});

test('equal deadlines are written alike, however they came', () => {
  expect(writeDeadlines({})).toBeNull();
  expect(writeDeadlines({ urgent: {}, soon: { accept: undefined } })).toBeNull();
  expect(writeDeadlines({ closing: '5営業日', urgent: { contact: '1営業日', accept: '1分' } })).toBe(
    writeDeadlines({ urgent: { accept: '1分', contact: '1営業日' }, soon: {}, closing: '5営業日' }),
  );
});
