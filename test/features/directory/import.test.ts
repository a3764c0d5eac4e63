/** Importing a city file: all of it or nothing, out again as it went in, and in force with the next request. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCityFile, findCity, listDistrictCenters } from '../../../src/features/directory/data.ts';
import { readCityDeadlines } from '../../../src/features/directory/deadlines/schema.ts';
import { listHandedOver } from '../../../src/features/directory/handing-over/data.ts';
import { importCity, importStatements } from '../../../src/features/directory/mutations.ts';
import { type CityFile, parseCityFile } from '../../../src/features/directory/schema.ts';
import { fold } from '../../../src/lib/japanese.ts';
import { EMPTY_CHAIN } from '../../../src/vault/audit.ts';
import { buttonsOf, CASE, cardIn, openForm, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { statePurposes } from '../../support/purpose.ts';
import { CHANNELS, PEOPLE, smallCity } from '../../support/small-city.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const TABLES = ['city', 'center', 'staff', 'city_file_entry', 'audit_entry'];

async function rowsOf(table: string): Promise<unknown[]> {
  return (await env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()).results;
}

const allRows = () => Promise.all(TABLES.map(rowsOf));

/** Imports the small city, changed. */
async function importChanged({ db }: House, change: (city: CityFile) => void): Promise<void> {
  const city = smallCity();
  change(city);
  await importCity(db, city, 'command', new Date());
}

function personIn(city: CityFile, slackUserId: string): CityFile['staff'][number] {
  const person = city.staff.find((each) => each.slackUserId === slackUserId);
  if (!person) throw new Error(`no ${slackUserId}`);
  return person;
}

const without = (slackUserId: string) => (city: CityFile) => {
  city.staff = city.staff.filter((each) => each.slackUserId !== slackUserId);
};

async function emptyDirectory(): Promise<void> {
  for (const table of ['city_file_entry', 'staff', 'center', 'city'])
    await env.DB.prepare(`DELETE FROM ${table}`).run();
}

async function forgetWaiting(): Promise<void> {
  await env.DB.prepare('DELETE FROM city_file_entry').run();
}

const ENTRY = { externalId: '1', question: '様式はどこですか。', answer: '共有フォルダにあります。' };

describe('the FAQ of a file', () => {
  test('waits as it stands there until it is taken over; a file without one leaves it', async () => {
    const house = await openHouse((city) => {
      city.faq = [{ ...ENTRY, topics: ['その他'], reviewedOn: '2026-10-01' }];
    });
    expect(await listHandedOver(house.db)).toEqual(house.city.faq);
    await importChanged(house, () => undefined);
    expect(await listHandedOver(house.db)).toEqual(house.city.faq);
    await importChanged(house, (city) => {
      city.faq = [ENTRY];
    });
    expect(await listHandedOver(house.db)).toEqual([ENTRY]);
  });
});

describe('out again', () => {
  test('the file is as it went in', async () => {
    const { db, city } = await openHouse();
    expect(await exportCityFile(db, listHandedOver)).toEqual(city);
  });

  test('it is a file that can be imported, and gives the same directory', async () => {
    const { db, city } = await openHouse((changed) => {
      changed.channels = { triage: 'C0TRIAGE', heads: 'C0HEADS', drill: 'C0BCP' };
      changed.closedDays = [];
      changed.deadlines = { urgent: { accept: '15分' }, soon: {}, closing: '10営業日' };
    });
    const parsed = parseCityFile(JSON.stringify(await exportCityFile(db, listHandedOver)));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    await emptyDirectory();
    await importCity(db, parsed.city, 'command', NOW);
    expect(await exportCityFile(db, listHandedOver)).toEqual(city);
  });

  test('where the area of a closed center went is kept, until it is listed again', async () => {
    const { db, city } = await openHouse();
    const loaded = async (change: (file: typeof city) => void) => {
      const file = structuredClone(city);
      change(file);
      const parsed = parseCityFile(JSON.stringify(file));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
      await importCity(db, parsed.city, 'command', NOW);
      const stored = await exportCityFile(db, listHandedOver);
      expect(stored).toEqual(parsed.city);
      return stored?.centers.find(({ code }) => code === 'east')?.mergedFrom;
    };
    const closeSouth = (file: typeof city) => {
      file.centers = file.centers.filter(({ code }) => code !== 'south');
      for (const each of file.staff) if (each.center === 'south') each.center = 'east';
    };
    const taken = await loaded((file) => {
      closeSouth(file);
      Object.assign(file.centers[1] ?? {}, { mergedFrom: ['south'], substitute: 'west' });
    });
    expect(taken).toEqual(['south']);
    // A file that says nothing of it any more takes it back; and so does the center itself, when it is there again.
    expect(await loaded(closeSouth)).toBeUndefined();
    expect(await loaded(() => undefined)).toBeUndefined();
  });

  test('before a city was loaded there is nothing', async () => {
    const { db } = await openHouse();
    await emptyDirectory();
    expect(await exportCityFile(db, listHandedOver)).toBeUndefined();
  });

  test('any city is as it went in, also over another one', async () => {
    const { db } = await openHouse();
    await fc.assert(
      fc.asyncProperty(cities(), async (generated) => {
        const parsed = parseCityFile(JSON.stringify(generated));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
        // A file without a FAQ leaves what waits of an earlier one.
        await forgetWaiting();
        await importCity(db, parsed.city, 'command', NOW);
        const exported = await exportCityFile(db, listHandedOver);
        expect(exported).toEqual(parsed.city);
        expect(parseCityFile(JSON.stringify(exported))).toEqual({ ok: true, city: parsed.city });
      }),
      { numRuns: 40 },
    );
  });
});

function deadlines(): fc.Arbitrary<object> {
  const span = fc.constantFrom('30分', '４時間', ' 3営業日', '10 営業日');
  const ofUrgency = fc.record({ accept: span, answer: span, contact: span }, { requiredKeys: [] });
  return fc.record(
    { urgent: ofUrgency, soon: ofUrgency, normal: ofUrgency, closing: span, handover: span },
    { requiredKeys: [] },
  );
}

/** Cities as an admin could write them, with names of any letters. */
function cities(): fc.Arbitrary<object> {
  const letter = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((each) => each !== '\u0000'),
    fc.constantFrom('𠮷', '髙', '"', "'", '\\', '\n', '%', '{', '　', '<!channel>'),
  );
  const words = (max: number) =>
    fc
      .string({ unit: letter, minLength: 1, maxLength: 12 })
      .filter((each) => fold(each) !== '' && each.length <= max);
  const line = (max: number) =>
    words(max)
      .map((each) => each.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, ''))
      .filter((each) => fold(each) !== '');
  const month = fc.integer({ min: 1, max: 12 });
  const optional = { requiredKeys: [] };
  const years = fc.integer({ min: 1, max: 30 });
  const code = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
  const channel = fc.stringMatching(/^[CG][A-Z0-9]{1,8}$/);
  const slackUserId = fc.stringMatching(/^[UW][A-Z0-9]{1,8}$/);
  return fc
    .record({
      codes: fc.uniqueArray(code, { minLength: 2, maxLength: 6 }),
      ids: fc.uniqueArray(slackUserId, { minLength: 1, maxLength: 8 }),
      name: line(40),
      fiscalYearStart: month,
      businessHours: fc.constantFrom('08:30-17:15', '00:00-23:59'),
      closedDays: fc.array(fc.constantFrom('12-29/01-03', '02-29', '08-15')),
      channels: fc.record({ triage: channel, heads: channel, drill: channel }, { requiredKeys: ['triage'] }),
      faq: fc.array(
        fc.tuple(
          fc.record({ question: words(3000), answer: words(20_000) }),
          fc.record({ topics: fc.array(line(60)), reviewedOn: fc.constant('2026-10-01') }, optional),
        ),
        { maxLength: 5 },
      ),
      meetings: fc.uniqueArray(line(60), { maxLength: 3, selector: (each) => each.trim() }),
      months: fc.array(month),
      names: fc.array(line(20), { minLength: 20, maxLength: 20 }),
      flags: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      area: fc.option(line(80), { nil: undefined }),
      deadlines: fc.option(deadlines(), { nil: undefined }),
      personalDataEntry: fc.constantFrom('modal', 'web'),
      retention: fc.option(fc.record({ individual: years, operation: years }, optional), { nil: undefined }),
      readingLimit: fc.option(fc.integer({ min: 5, max: 500 }), { nil: undefined }),
      chaseMinutes: fc.option(
        fc
          .uniqueArray(fc.integer({ min: 1, max: 240 }), { minLength: 1, maxLength: 5 })
          .map((minutes) => minutes.toSorted((one, other) => one - other)),
        { nil: undefined },
      ),
      channel: fc.option(channel, { nil: undefined }),
    })
    .map(({ codes, ids, names, flags, faq, meetings, months, area, channel: own, ...city }) => ({
      ...city,
      centers: codes.map((each, i) => ({
        code: each,
        kind: i === 0 ? 'kikan' : flags[i] ? 'district' : 'city',
        name: names[i],
        short: names[i + 1],
        area,
        channel: own,
        ...(flags[i + 4] ? { substitute: codes[(i + 1) % codes.length] } : {}),
      })),
      staff: ids.map((id, i) => ({
        slackUserId: id,
        name: names[i + 2],
        center: i === 0 ? codes[0] : codes[i % codes.length],
        profession: names[i + 3],
        role: flags[i] ? 'staff' : 'manager',
        admin: flags[i + 1],
        duty: i === 0 || flags[i + 2],
        ...(flags[i + 3] ? { email: `p${i}@example.jp` } : {}),
      })),
      faq: faq.map(([entry, more], i) => ({
        ...entry,
        ...more,
        ...(flags[i] ? { externalId: String(i) } : {}),
      })),
      meetingKinds: meetings.map((name) => ({ name, months })),
    }));
}

describe('deadlines', () => {
  const DEADLINES = { urgent: { accept: '15分' }, handover: '2 営業日' };

  test('that the file does not name are those of kikan again: the file is the whole truth', async () => {
    const house = await openHouse((city) => {
      city.deadlines = DEADLINES;
    });
    expect(await exportCityFile(house.db, listHandedOver)).toMatchObject({ deadlines: DEADLINES });
    await importChanged(house, () => undefined);
    expect(await exportCityFile(house.db, listHandedOver)).not.toHaveProperty('deadlines');
    expect(readCityDeadlines((await findCity(house.db))?.deadlines ?? null)).toEqual({});
  });

  test('are read as spans, and only those that were set', async () => {
    const { db } = await openHouse((city) => {
      city.deadlines = DEADLINES;
    });
    expect(readCityDeadlines((await findCity(db))?.deadlines ?? null)).toEqual({
      urgent: { accept: { minutes: 15 } },
      handover: { businessDays: 2 },
    });
  });

  test('that somebody wrote into the database by hand are refused', () => {
    expect(() => readCityDeadlines('{"urgent":{"accept":"soon"}}')).toThrow();
    expect(() => readCityDeadlines('{')).toThrow();
  });
});

describe('all or nothing:', () => {
  const BREAKING = "BEFORE INSERT ON city_file_entry BEGIN SELECT RAISE(ABORT, 'broken'); END";

  test('when the database fails in the middle, everything stays as it was', async () => {
    const house = await openHouse();
    const before = await allRows();
    await env.DB.prepare(`CREATE TRIGGER breaks ${BREAKING}`).run();
    const importing = importChanged(house, (city) => {
      city.name = '別の市';
      city.centers.pop();
      city.staff = city.staff.slice(0, 2);
      city.faq.push({ question: '新しい問い', answer: '答え' });
    });
    await expect(importing).rejects.toThrow();
    expect(await allRows()).toEqual(before);
    expect(await exportCityFile(house.db, listHandedOver)).toEqual(house.city);
  });

  test('when the database fails at the first import, nothing is there', async () => {
    const { db, city } = await openHouse();
    await emptyDirectory();
    city.faq = [ENTRY];
    await env.DB.prepare(`CREATE TRIGGER breaks ${BREAKING}`).run();
    await expect(importCity(db, city, 'command', NOW)).rejects.toThrow();
    for (const table of ['city', 'center', 'staff', 'city_file_entry'])
      expect(await rowsOf(table)).toEqual([]);
  });

  test('of two imports at the same moment one is in force, whole', async () => {
    const { db } = await openHouse();
    const versions = ['一', '二', '三'].map((name) => {
      const city = smallCity();
      city.name = name;
      for (const person of city.staff) person.profession = name;
      return city;
    });
    const imports = await Promise.allSettled(versions.map((city) => importCity(db, city, 'command', NOW)));
    expect(imports.map(({ status }) => status)).toContain('fulfilled');
    const exported = await exportCityFile(db, listHandedOver);
    expect(versions).toContainEqual(exported);
    const { length: entries } = (await rowsOf('audit_entry')).filter(Boolean);
    expect(entries).toBe(1 + imports.filter(({ status }) => status === 'fulfilled').length);
  });
});

test('an import is in the audit log, with who did it and how much it was', async () => {
  const { db, city } = await openHouse();
  await importCity(db, city, PEOPLE.kenta, NOW);
  const row = await env.DB.prepare(
    "SELECT seq, actor, action, outcome, at, detail FROM audit_entry WHERE chain = 'city' ORDER BY seq DESC",
  ).first<Record<string, unknown>>();
  expect(row).toMatchObject({
    seq: 2,
    actor: PEOPLE.kenta,
    action: 'directory.import',
    outcome: 'done',
    at: NOW.getTime(),
    detail: JSON.stringify({ centers: 5, staff: 9, faq: 0, meetingKinds: 1 }),
  });
});

describe('a large city', () => {
  /** D1 takes strings of at most 2,000,000 bytes (https://developers.cloudflare.com/d1/platform/limits/). */
  const D1_MAX_STRING_BYTES = 2_000_000;
  /** The free plan's queries of one Worker invocation. */
  const D1_MAX_STATEMENTS = 50;

  function largeCity(): CityFile {
    const city = smallCity();
    for (let i = 0; i < 55; i += 1)
      city.centers.push({
        code: `c${i}`,
        kind: 'district',
        name: `第${i}地域包括支援センター`,
        short: `第${i}`,
      });
    for (let i = 0; i < 591; i += 1)
      city.staff.push({
        slackUserId: `U1P${i}`,
        name: `職員 ${i}`,
        center: `c${i % 55}`,
        profession: '主任介護支援専門員',
        role: 'staff',
        admin: false,
        duty: false,
        email: `p${i}@example.jp`,
      });
    city.faq = Array.from({ length: 2000 }, (_, i) => ({
      externalId: String(i),
      question: `${'様式はどこにありますか。'.repeat(4)}${i}`,
      answer: '共有フォルダの「様式」にあります。'.repeat(20),
      topics: ['その他'],
      reviewedOn: '2026-10-01',
    }));
    return city;
  }

  test('of 60 centers, 600 people and 2,000 FAQ entries is imported twice and out again', async () => {
    const { db } = await openHouse();
    const city = largeCity();
    expect([city.centers.length, city.staff.length, city.faq.length]).toEqual([60, 600, 2000]);
    const parsed = parseCityFile(JSON.stringify(city));
    expect(parsed.ok).toBe(true);
    const begun = performance.now();
    await importCity(db, city, 'command', NOW);
    const first = performance.now() - begun;
    await importCity(db, city, 'command', NOW);
    expect(await exportCityFile(db, listHandedOver)).toEqual(city);
    expect(first).toBeLessThan(5000);
  });

  test('fits what D1 takes on the free plan', async () => {
    const { db } = await openHouse();
    const statements = await importStatements(db, largeCity(), 'command', NOW, EMPTY_CHAIN);
    expect(statements.length).toBeLessThan(D1_MAX_STATEMENTS);
    for (const statement of statements) {
      if (!('toSQL' in statement) || typeof statement.toSQL !== 'function')
        throw new Error('a statement whose parameters cannot be seen');
      const written: { sql: string; params: unknown[] } = Reflect.apply(statement.toSQL, statement, []);
      const { sql, params } = written;
      expect(params.length).toBeLessThanOrEqual(100);
      expect(sql.length).toBeLessThan(100_000);
      for (const param of params)
        expect(new TextEncoder().encode(String(param)).length).toBeLessThanOrEqual(D1_MAX_STRING_BYTES);
    }
  });
});

describe('with the next request', () => {
  const channel = CHANNELS.general;

  async function maySend({ slack }: House, person: string): Promise<boolean> {
    const { ackBody } = await slack.as(person).slash('ヘルプ', { channel });
    return ackBody.includes('/kikan 相談');
  }

  test('a removed person has no access, and has it again when a later file lists them', async () => {
    const house = await openHouse();
    expect(await maySend(house, PEOPLE.hanako)).toBe(true);
    await importChanged(house, without(PEOPLE.hanako));
    expect(await maySend(house, PEOPLE.hanako)).toBe(false);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM staff').first('n')).toBe(9);
    await importChanged(house, () => undefined);
    expect(await maySend(house, PEOPLE.hanako)).toBe(true);
    expect(await exportCityFile(house.db, listHandedOver)).toEqual(smallCity());
  });

  test('staying removed keeps the time of removal', async () => {
    const house = await openHouse();
    await importChanged(house, without(PEOPLE.hanako));
    const removed = () =>
      env.DB.prepare('SELECT removed_at FROM staff WHERE slack_user_id = ?')
        .bind(PEOPLE.hanako)
        .first('removed_at');
    const first = await removed();
    await importChanged(house, without(PEOPLE.hanako));
    expect(first).not.toBeNull();
    expect(await removed()).toBe(first);
  });

  test('the cases of a removed person stay, with their name', async () => {
    const house = await openHouse();
    const { centerCard } = await sendConsultation(house);
    await importChanged(house, without(PEOPLE.hanako));
    const minoru = house.slack.as(PEOPLE.minoru);
    await minoru.click(centerCard(), '詳細を見る');
    await house.slack.waitFor(() => minoru.modal);
    expect(minoru.modalText).toContain(CASE.相談内容);
  });

  test('a person moved to another center sees the cases of that one only, not even what they sent themselves', async () => {
    const house = await openHouse();
    const { hanako, centerCard } = await sendConsultation(house);
    const ichiro = await openForm(house, PEOPLE.ichiro);
    await ichiro.fillAndSubmit({ ...CASE, 相談内容: '西の相談です。' });
    await house.delivered();
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.hanako).center = 'west';
    });
    await hanako.click(centerCard(), '詳細を見る');
    const told = await house.slack.waitFor(() => hanako.ephemerals.at(-1));
    expect(told.text).toBe('この相談は見つかりません。');
    expect(hanako.modal).toBeUndefined();
    await statePurposes(PEOPLE.hanako);
    await hanako.click(cardIn(house, CHANNELS.west), '詳細を見る');
    await house.slack.waitFor(() => hanako.modal);
    expect(hanako.modalText).toContain('西の相談です。');
  });

  test('what a moved person sends belongs to the new center', async () => {
    const house = await openHouse();
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.hanako).center = 'west';
    });
    const hanako = await openForm(house);
    await hanako.fillAndSubmit(CASE);
    await house.delivered();
    expect(cardIn(house, CHANNELS.west).text).toContain('（西）');
    expect(house.slack.messages(CHANNELS.east)).toEqual([]);
  });

  test('a form that was open while its person moved is sent for the center of now', async () => {
    const house = await openHouse();
    const hanako = await openForm(house);
    await hanako.fill(CASE);
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.hanako).center = 'west';
    });
    expect((await hanako.submit()).errors).toBeUndefined();
    expect(await env.DB.prepare('SELECT sending_center FROM consultation').first('sending_center')).toBe(
      'west',
    );
  });

  test('the staff of a closed center have no access, and core staff no longer enter for it', async () => {
    const house = await openHouse();
    expect(await maySend(house, 'U0MISAKI')).toBe(true);
    await importChanged(house, (city) => {
      city.centers = city.centers.filter(({ code }) => code !== 'south');
      without('U0MISAKI')(city);
    });
    expect(await maySend(house, 'U0MISAKI')).toBe(false);
    expect((await listDistrictCenters(house.db)).map(({ code }) => code)).toEqual(['east', 'west']);
    // Even if somebody was left on its list.
    await env.DB.prepare("UPDATE staff SET removed_at = NULL WHERE slack_user_id = 'U0MISAKI'").run();
    expect(await maySend(house, 'U0MISAKI')).toBe(false);
  });

  test('a form that was open for a center closed meanwhile is refused in words, and nothing is stored', async () => {
    const house = await openHouse();
    const naoko = await openForm(house, PEOPLE.naoko);
    await naoko.fill({ ...CASE, 相談元の包括: '南' });
    await importChanged(house, (city) => {
      city.centers = city.centers.filter(({ code }) => code !== 'south');
      without('U0MISAKI')(city);
    });
    const { errors } = await naoko.submit();
    expect(errors).toEqual({ 相談元の包括: expect.stringContaining('選んでください') });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation').first('n')).toBe(0);
  });

  test('a center that is listed again is open again', async () => {
    const house = await openHouse();
    await importChanged(house, (city) => {
      city.centers = city.centers.filter(({ code }) => code !== 'south');
      without('U0MISAKI')(city);
    });
    await importChanged(house, () => undefined);
    expect(await maySend(house, 'U0MISAKI')).toBe(true);
  });

  test('a person made a manager can accept', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    const takuya = house.slack.as(PEOPLE.takuya);
    await takuya.click(card(), '受け付ける');
    await house.slack.waitFor(() => takuya.ephemerals.at(-1));
    expect(buttonsOf(card())).toContain('受け付ける');
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.takuya).role = 'manager';
    });
    await takuya.click(card(), '受け付ける');
    await house.slack.waitFor(() => card().text.includes('受付済'));
    expect(await env.DB.prepare('SELECT person_in_charge FROM consultation').first('person_in_charge')).toBe(
      PEOPLE.takuya,
    );
  });

  test('a person who is no longer on duty cannot accept', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.naoko).duty = false;
    });
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), '受け付ける');
    expect((await house.slack.waitFor(() => naoko.ephemerals.at(-1))).text).toMatch(/受付当番か管理者/);
    expect(await env.DB.prepare('SELECT status FROM consultation').first('status')).toBe('submitted');
  });

  test('a core person moved to the city section sees no case', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    await importChanged(house, (city) => {
      personIn(city, PEOPLE.naoko).center = 'city';
    });
    const naoko = house.slack.as(PEOPLE.naoko);
    await naoko.click(card(), '詳細を見る');
    expect((await house.slack.waitFor(() => naoko.ephemerals.at(-1))).text).toBe(
      'この相談は見つかりません。',
    );
  });
});
