/** The incident kit: which fields of which cases a person or a sitting saw. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import {
  countResidents,
  type ReadCase,
  type Readings,
  seenRows,
} from '../../../src/features/consultation/access-log/incident/rules.ts';
import { readInstant } from '../../../src/features/consultation/access-log/incident/schema.ts';
import { browserOf } from '../../support/browser.ts';
import { sendConsultation } from '../../support/consulting.ts';
import { openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';

const CASE: ReadCase = {
  id: 'c1',
  reference: 'R8-0001',
  kind: 'individual',
  isErased: false,
  heldSince: { subjectName: 0, subjectPhone: 0, subjectKana: null, body: 0, answers: 500, notes: null },
};

function reading(fields: Partial<Readings>): Readings {
  return {
    caseId: 'c1',
    action: 'consultation.read',
    what: 'content',
    surface: 'web',
    session: null,
    firstAt: 100,
    lastAt: 200,
    times: 1,
    ...fields,
  };
}

describe('what was seen', () => {
  test('is what the case held by then, and not what it never held', () => {
    expect(seenRows([reading({})], [CASE]).map(({ fields }) => fields)).toEqual([
      ['subjectName', 'subjectPhone', 'body'],
    ]);
    expect(seenRows([reading({ lastAt: 500 })], [CASE])[0]?.fields).toContain('answers');
  });

  test('stands in one row for what was seen alike, and in rows of their own for the rest', () => {
    const rows = seenRows(
      [reading({}), reading({ what: 'question', surface: 'slack', firstAt: 50, lastAt: 60, times: 2 })],
      [CASE],
    );
    expect(
      rows.map(({ fields, firstAt, lastAt, times, surfaces }) => [fields, firstAt, lastAt, times, surfaces]),
    ).toEqual([
      [['body'], 50, 200, 3, ['slack', 'web']],
      [['subjectName', 'subjectPhone'], 100, 200, 1, ['web']],
    ]);
  });

  test('by a reading that this version does not know is the whole case', () => {
    const [row] = seenRows([reading({ action: 'disclosure.export', what: null })], [CASE]);
    expect(row?.fields).toEqual(['subjectName', 'subjectPhone', 'body']);
  });

  test('of an erased case can no longer be told', () => {
    expect(seenRows([reading({})], [{ ...CASE, isErased: true }])[0]?.fields).toEqual(['erased']);
  });
});

test('residents are counted once, by number or by name, and not at all without keys', () => {
  const of = (subject: ReadCase['subject'], kind: ReadCase['kind'] = 'individual'): ReadCase => ({
    ...CASE,
    kind,
    ...(subject ? { subject } : {}),
  });
  const cases = [
    of({ subjectName: '髙﨑 良子', subjectInsuredNumber: '0001234567' }),
    of({ subjectName: 'T.K.', subjectInsuredNumber: '0001234567' }),
    of({ subjectName: '高崎 良子' }),
    of({ subjectName: '別野 一太' }),
  ];
  expect(countResidents([...cases, of(undefined, 'operation')])).toBe(2);
  expect(countResidents([of(undefined)])).toBeUndefined();
  expect(countResidents([])).toBe(0);
});

test.each([
  ['2026-11-01', '2026-10-31T15:00:00.000Z'],
  ['2026-11-01T09:00', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01 09:00:30', '2026-11-01T00:00:30.000Z'],
  ['2026-11-01T09:00Z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01T09:00+01:00', '2026-11-01T08:00:00.000Z'],
  ['2026-02-30', undefined],
  ['2026-11-01T25:00', undefined],
  ['yesterday', undefined],
])('the time %s is %s', (text, iso) => {
  expect(readInstant(text)?.toISOString()).toBe(iso);
});

describe('the page', () => {
  test('lists what a person saw with when and where, without a name, and notes the investigation', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const kenta = await browserOf(house, PEOPLE.kenta);
    await kenta.open('/cases/R8-0001');
    const makoto = await browserOf(house, PEOPLE.makoto);
    const query = `staff=${PEOPLE.kenta}&since=2020-01-01T00:00&until=&session=`;
    const { status, text } = await makoto.open(`/incident?${query}`);
    expect(status).toBe(200);
    expect(text).toContain('個別ケース）は1件');
    expect(text).toContain('対象者の氏名、ふりがな、年齢、住所、電話番号、被保険者番号、相談内容');
    const { html: csv, headers } = await makoto.open(`/incident.csv?${query}`);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="kikan-incident-/);
    expect(csv).toMatch(/"調べた職員","田中 健太（U0KENTA）"/);
    expect(csv).toMatch(/"対象者の人数","最大1人/);
    expect(csv).toMatch(
      /"R8-0001","個別ケース","対象者の氏名、[^"]*","\d{4}-[^"]*","\d{4}-[^"]*",1,"Webの画面","[0-9a-f]{16}"/,
    );
    for (const canary of ['髙﨑', '𠮷子', '0463', '若葉']) {
      expect(csv).not.toContain(canary);
      expect(text).not.toContain(canary);
    }
    const { results } = await env.DB.prepare(
      "SELECT action, detail->>'staff' AS staff FROM audit_entry WHERE action LIKE 'incident.%' ORDER BY seq",
    ).all();
    expect(results).toEqual(
      ['incident.read', 'incident.export'].map((action) => ({ action, staff: PEOPLE.kenta })),
    );
  });

  test('narrows to one sitting, with or without the person', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    const [one, other] = [await browserOf(house, PEOPLE.kenta), await browserOf(house, PEOPLE.kenta)];
    await one.open('/cases/R8-0001');
    const session = await env.DB.prepare(
      "SELECT detail->>'session' AS s FROM audit_entry WHERE action = 'consultation.read'",
    ).first<string>('s');
    await other.open('/cases/R8-0001');
    const makoto = await browserOf(house, PEOPLE.makoto);
    const rowOf = async (query: string) =>
      (await makoto.open(`/incident.csv?since=2020-01-01&${query}`)).html
        .split('\r\n')
        .find((line) => line.startsWith('"R8-0001"'));
    expect(await rowOf(`session=${session}`)).toContain(`,1,"Webの画面","${session}"`);
    expect(await rowOf(`staff=${PEOPLE.kenta}`)).toContain(',2,"Webの画面"');
    expect(await rowOf(`staff=${PEOPLE.naoko}&session=${session}`)).toBeUndefined();
  });

  test.each([
    'since=2020-01-01',
    `staff=${PEOPLE.kenta}`,
    `staff=${PEOPLE.kenta}&since=x`,
    'session=x&since=2020-01-01',
    `staff=${PEOPLE.kenta}&since=2026-01-02&until=2026-01-01`,
  ])('asked for %s says what is missing', async (query) => {
    const house = await openHouse();
    const makoto = await browserOf(house, PEOPLE.makoto);
    const { status, text } = await makoto.open(`/incident?${query}`);
    expect([status, text.includes('入力を直してください')]).toEqual([422, true]);
  });

  test('tells that a check for the same resident showed that there is a case', async () => {
    const house = await openHouse();
    await sendConsultation(house);
    await env.DB.prepare(
      `INSERT INTO audit_entry (chain, seq, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash)
       VALUES ('person:x', 1, NULL, ?, 'U0TAKUYA', 'consultation.duplicate_check', 'done', 'slack',
         '{"opened":2,"found":"R8-0001 R8-0777","hits":2}', '', '')`,
    )
      .bind(Date.now())
      .run();
    const makoto = await browserOf(house, PEOPLE.makoto);
    const { text } = await makoto.open('/incident?staff=U0TAKUYA&since=2020-01-01');
    expect(text).toContain('同じ対象者の相談があること');
  });
});

test('an investigation without anything to look for says what is missing; the bare page does not', async () => {
  const house = await openHouse();
  const makoto = await browserOf(house, PEOPLE.makoto);
  expect((await makoto.open('/incident')).status).toBe(200);
  const shown = await makoto.open('/incident?staff=&since=&until=&session=');
  expect(shown.status).toBe(422);
  expect(shown.html).toContain('id="incident-staff-fault"');
  expect(shown.html).toContain('id="incident-since-fault"');
});
