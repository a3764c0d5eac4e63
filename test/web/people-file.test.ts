/** /people/file: the directory as one file, out and in; nothing is loaded that was not shown before. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { cityFileText as text } from '../../src/features/directory/city-file/text.ts';
import { exportCityFile } from '../../src/features/directory/data.ts';
import { listHandedOver } from '../../src/features/directory/handing-over/data.ts';
import { importedRows } from '../../src/features/directory/mutations.ts';
import { peopleText } from '../../src/features/directory/people/text.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import { directoryText } from '../../src/features/directory/text.ts';
import { listCityFaq } from '../../src/features/faq/exchange/data.ts';
import { type Browser, browserOf, formOf, type Shown } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { auditOf } from '../support/settings.ts';
import { PEOPLE } from '../support/small-city.ts';

/** Chooses a file on the page and sends it to be compared. */
async function choose(browser: Browser, content: string | object): Promise<Shown> {
  const form = formOf(await browser.open('/people/file'), '/people/file/check');
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  const file = new File([json], '市.json', { type: 'application/json' });
  return browser.post('/people/file/check', [...form.fields, ['file', file]]);
}

/** The house's city file, changed. */
function changed(house: House, change: (city: CityFile) => void): CityFile {
  const city = structuredClone(house.city);
  change(city);
  return city;
}

const another = (house: House) =>
  changed(house, (city) => {
    city.staff = city.staff.filter(({ slackUserId }) => slackUserId !== PEOPLE.ichiro);
    for (const each of city.staff) if (each.slackUserId === PEOPLE.hanako) each.role = 'manager';
    city.staff.push({
      slackUserId: 'U0NEW',
      name: '新田 夏',
      center: 'north',
      profession: '保健師',
      role: 'staff',
      admin: false,
      duty: false,
    });
    city.centers.push({ code: 'north', kind: 'district', name: '北センター', short: '北' });
    city.businessHours = '09:00-17:30';
    city.retention = { individual: 10 };
    city.faq = [{ question: '追加の問い', answer: '答え' }];
  });

test('written out it is the file that was loaded, as a download that no cache keeps, and it is noted', async () => {
  const house = await openHouse();
  const browser = await browserOf(house, PEOPLE.makoto);
  const shown = await browser.open('/people/file/download');
  expect(JSON.parse(shown.html)).toEqual(house.city);
  expect(shown.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%/);
  expect(shown.headers.get('content-type')).toContain('application/json');
  expect(shown.headers.get('cache-control')).toContain('no-store');
  expect(await auditOf('directory.export')).toMatchObject([{ actor: PEOPLE.makoto, outcome: 'done' }]);
});

describe('a file', () => {
  test('is compared first: every change is shown, nothing is loaded yet', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const shown = await choose(browser, another(house));
    expect(shown.status).toBe(200);
    for (const words of [
      text.entry('鈴木 一郎', PEOPLE.ichiro),
      text.entry('新田 夏', 'U0NEW'),
      text.entry('北センター', 'north'),
      text.became('役割', 'staff', 'manager'),
      text.became('業務時間', '08:30-17:15', '09:00-17:30'),
      text.became('保存年限', 'なし', '{"individual":10}'),
      text.faqChanges(1, 0),
    ])
      expect(shown.text).toContain(words);
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(house.city);
  });

  test('is loaded whole when confirmed, once however often it is sent', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = another(house);
    const preview = await choose(browser, wanted);
    const { fields } = formOf(preview, '/people/file/load');
    const shown = await browser.post('/people/file/load', fields);
    expect(shown.text).toContain(peopleText.done['people.loaded']);
    await house.cron();
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(wanted);
    expect((await browser.post('/people/file/load', fields)).text).toContain(
      peopleText.done['people.loaded'],
    );
    const loaded = await auditOf('directory.import');
    expect(loaded).toHaveLength(2);
    expect(loaded[1]).toMatchObject({ chain: 'city', actor: PEOPLE.makoto, outcome: 'done' });
    const surface = await env.DB.prepare(
      "SELECT surface FROM audit_entry WHERE action = 'directory.import' ORDER BY seq DESC",
    ).first('surface');
    expect(surface).toBe('web');
  });

  test('whose long FAQ did not change is loaded within the queries of a request on the free plan', async () => {
    const answer = '答'.repeat(19_000);
    const faq = Array.from({ length: 60 }, (_, i) => ({ question: `問い${i}`, answer }));
    const house = await openHouse((city) => {
      city.faq = faq;
    });
    await house.cron();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = changed(house, (city) => {
      city.businessHours = '09:00-17:30';
    });
    const { fields } = formOf(await choose(browser, wanted), '/people/file/load');
    await browser.post('/people/file/load', fields);
    expect(await listHandedOver(house.db)).toEqual([]);
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(wanted);
    // 50 in all, some of them for session, gate, comparison and audit entry.
    expect(importedRows(house.db, wanted, new Date(), { withLists: false }).length).toBeLessThan(15);
    expect(importedRows(house.db, wanted, new Date(), { withLists: true }).length).toBeLessThan(25);
  });

  test('that changes nothing says so and offers nothing to load', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const shown = await choose(browser, house.city);
    expect(shown.text).toContain(text.nothing);
    expect(shown.text).not.toContain(text.confirm);
  });

  test('of another order of people loads that order', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = changed(house, (city) => city.staff.reverse());
    const shown = await choose(browser, wanted);
    expect(shown.text).toContain(text.order);
    await browser.post('/people/file/load', formOf(shown, '/people/file/load').fields);
    expect((await exportCityFile(house.db, listCityFaq))?.staff).toEqual(wanted.staff);
  });

  test('compared before somebody else changed the directory is compared anew, with who was first', async () => {
    const house = await openHouse();
    const [makoto, kenta] = [await browserOf(house, PEOPLE.makoto), await browserOf(house, PEOPLE.kenta)];
    const preview = await choose(makoto, another(house));
    await kenta.open(`/people/staff/${PEOPLE.takuya}`);
    await kenta.fillAndSend({ [peopleText.person.profession]: '看護師' });
    const shown = await makoto.post('/people/file/load', formOf(preview, '/people/file/load').fields);
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('田中 健太さん');
    expect(shown.text).toContain(text.became('職種', '看護師', '社会福祉士'));
    expect(
      (await exportCityFile(house.db, listCityFaq))?.staff.find(({ slackUserId }) => slackUserId === 'U0NEW'),
    ).toBeUndefined();
    await makoto.post('/people/file/load', formOf(shown, '/people/file/load').fields);
    await house.cron();
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(another(house));
  });

  test('without any admin is refused, since nobody could undo it', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = changed(house, (city) => {
      for (const each of city.staff) each.admin = false;
    });
    const { fields } = formOf(await choose(browser, wanted), '/people/file/load');
    const shown = await browser.post('/people/file/load', fields);
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(text.noAdmin);
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(house.city);
  });

  test('that leaves out whoever loads it signs that person out', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = changed(house, (city) => {
      city.staff = city.staff.filter(({ slackUserId }) => slackUserId !== PEOPLE.makoto);
    });
    const { fields } = formOf(await choose(browser, wanted), '/people/file/load');
    const shown = await browser.post('/people/file/load', fields);
    expect(shown.path).toContain('/sign-in');
    expect(await env.DB.prepare('SELECT count(*) AS n FROM web_session').first('n')).toBe(0);
  });

  test('tampered with between showing and loading is checked again', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const { fields } = formOf(await choose(browser, another(house)), '/people/file/load');
    const forged = fields.map(([name, value]): [string, string] => [
      name,
      name === 'file' ? value.replace('"role":"manager"', '"role":"king"') : value,
    ]);
    const shown = await browser.post('/people/file/load', forged);
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(directoryText.notRole);
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(house.city);
  });
});

describe('what cannot be loaded', () => {
  test('is told with the place of every fault', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted: unknown = {
      ...house.city,
      fiscalYearStart: 13,
      staff: house.city.staff.map((each, i) => (i === 3 ? { ...each, center: 'nowhere', shoe: 42 } : each)),
    };
    const shown = await choose(browser, JSON.stringify(wanted));
    expect(shown.status).toBe(422);
    for (const [path, problem] of [
      ['fiscalYearStart', directoryText.notMonth],
      ['staff[3].center', directoryText.unknownCenter],
      ['staff[3].shoe', directoryText.unknownField],
    ] as const)
      expect(shown.text).toContain(text.fault(path, problem));
  });

  test.each<[string, string, string]>([
    ['no JSON', '<html>', directoryText.notJson],
    ['an empty file', '', text.noFile],
    ['a file beyond five megabytes', `"${'x'.repeat(5 * 1024 * 1024)}"`, text.tooLarge],
    ['a list', '[]', directoryText.missing],
    [
      'thousands of faults',
      JSON.stringify({ staff: Array.from({ length: 5000 }, () => 1) }),
      text.faultsShown(100),
    ],
  ])('%s is refused with a sentence', async (_, content, sentence) => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const shown = await choose(browser, content);
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(sentence);
    expect(await exportCityFile(house.db, listCityFaq)).toEqual(house.city);
  });

  test('markup in a file is shown as it is', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const wanted = changed(house, (city) => {
      city.name = '<img src=x onerror=alert(1)>市';
    });
    const shown = await choose(browser, wanted);
    expect(shown.html).not.toContain('<img');
    expect(shown.text).toContain('<img src=x onerror=alert(1)>市');
  });
});
