/** The list, the search and the inbox as pages: what each person finds, what stands in addresses, and who is turned away. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { handover } from '../../src/features/consultation/handover/tables.ts';
import { listPath, readChoice } from '../../src/features/consultation/pages/list/schema.ts';
import { type Browser, browserOf, formOf } from '../support/browser.ts';
import { CASE, sendConsultation } from '../support/consulting.ts';
import { openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';
import { aCase, storeCases } from '../support/stored-cases.ts';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

/** The references of the cards, in their order. */
function references({ shown }: Browser): string[] {
  return [...(shown?.html ?? '').matchAll(/<p class="name"><a href="\/cases\/([^"]+)">/g)].map(
    ([, reference = '']) => reference,
  );
}

async function search(browser: Browser, words: string) {
  const page = browser.shown;
  if (!page) throw new Error('no page is open');
  const fields = formOf(page, '/cases/search').fields.filter(([name]) => name !== 'words');
  return browser.post('/cases/search', [...fields, ['words', words]]);
}

async function logged(action: string): Promise<{ actor: string; outcome: string; detail: string }[]> {
  const { results } = await env.DB.prepare('SELECT actor, outcome, detail FROM audit_entry WHERE action = ?')
    .bind(action)
    .all<{ actor: string; outcome: string; detail: string }>();
  return results;
}

test('a list is narrowed by its address, twenty cases a page, and shows what its reader may see', async () => {
  const house = await openHouse();
  const dementia = { topics: ['dementia'], personInCharge: PEOPLE.takuya } as const;
  const cases = Array.from({ length: 23 }, (_, i) =>
    aCase({ ...dementia, topics: ['dementia'], submittedAt: ago(i + 1) }),
  );
  const others = [
    aCase({ topics: ['complaint'], personInCharge: PEOPLE.takuya }),
    aCase({ topics: ['dementia'], personInCharge: PEOPLE.naoko }),
    aCase({ ...dementia, topics: ['dementia'], kind: 'individual', isRestricted: true }),
  ];
  await storeCases(house.db, [...cases, ...others]);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open(`/cases?view=all&topic=dementia&person=${PEOPLE.takuya}&kind=operation&status=active`);
  const wanted = cases.map(({ reference }) => reference);
  expect(references(naoko)).toEqual(wanted.slice(0, 20));
  expect(naoko.shown?.text).toContain('絞り込み（4件の条件）');
  const next = /<a [^>]*rel="next" href="([^"]+)"/
    .exec(naoko.shown?.html ?? '')?.[1]
    ?.replaceAll('&amp;', '&');
  await naoko.open(next ?? '');
  expect(references(naoko)).toEqual(wanted.slice(20));
  expect(naoko.shown?.html).not.toContain('rel="next"');
  expect(naoko.shown?.text).toContain('最初に戻る');

  const takuya = await browserOf(house, PEOPLE.takuya);
  await takuya.open('/cases?view=all&kind=individual');
  expect(references(takuya)).toHaveLength(1);
  expect(takuya.shown?.text).toContain('限定');
  const ichiro = await browserOf(house, PEOPLE.ichiro);
  await ichiro.open('/cases?view=all');
  expect(references(ichiro)).toEqual([]);
});

test('each list has its cases, in the order of chat; what is late says so', async () => {
  const house = await openHouse();
  const late = aCase({ dueAt: ago(3), submittedAt: ago(9), personInCharge: PEOPLE.naoko });
  const soon = aCase({ dueAt: ago(-3), submittedAt: ago(8), personInCharge: PEOPLE.naoko });
  const fresh = aCase({ status: 'submitted', dueAt: ago(-1), submittedAt: ago(7) });
  const closed = aCase({ status: 'closed', submittedAt: ago(6), personInCharge: PEOPLE.naoko });
  await storeCases(house.db, [late, soon, fresh, closed]);
  const naoko = await browserOf(house, PEOPLE.naoko);
  for (const [view, cases] of [
    ['mine', [late, soon]],
    ['unaccepted', [fresh]],
    ['overdue', [late]],
    ['closing', []],
    ['all', [closed, fresh, soon, late]],
  ] as const) {
    await naoko.open(`/cases?view=${view}`);
    expect([view, references(naoko)]).toEqual([view, cases.map(({ reference }) => reference)]);
  }
  await naoko.open('/cases?view=overdue');
  expect(naoko.shown?.text).toContain('期限切れ');
  // Whoever had it in charge finds it again; a colleague's open cases are found by the person, too.
  await naoko.open(`/cases?view=all&person=${PEOPLE.naoko}&status=closed`);
  expect(references(naoko)).toEqual([closed.reference]);
  await naoko.open(`/cases?view=overdue&person=${PEOPLE.takuya}`);
  expect(references(naoko)).toEqual([]);
});

test('a name is searched for by a form, never by an address; what was typed is kept nowhere', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases');
  const found = await search(naoko, 'たかさき');
  expect(found).toMatchObject({ status: 200, path: '/cases/search' });
  expect(references(naoko)).toEqual(['R8-0001']);
  expect(formOf(found, '/cases/search').fields).toContainEqual(['words', 'たかさき']);
  expect(found.headers.get('cache-control')).toContain('no-store');
  await search(naoko, String(CASE.対象者の氏名));
  expect(references(naoko)).toEqual(['R8-0001']);
  const none = await search(naoko, '田中');
  expect(none.text).toContain('見つかりません');
  // The filters of the search's own form narrow what is found.
  await search(naoko, 'たかさき');
  const fields = formOf(naoko.shown ?? found, '/cases/search').fields.filter(([name]) => name !== 'topic');
  await naoko.post('/cases/search', [...fields, ['topic', 'complaint']]);
  expect(references(naoko)).toEqual([]);
  expect(house.logs.join('\n')).not.toMatch(/たかさき|髙|田中/);
  const entries = await logged('consultation.search');
  expect(entries).toHaveLength(5);
  expect(JSON.stringify(entries)).not.toMatch(/たかさき|髙/);

  const ichiro = await browserOf(house, PEOPLE.ichiro);
  await ichiro.open('/cases');
  await search(ichiro, 'たかさき');
  expect(references(ichiro)).toEqual([]);
});

test('a number leads to its case; of one that others have, nobody learns that it exists', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases');
  const led = await search(naoko, 'ｒ８ー１');
  expect([led.status, led.path]).toEqual([200, '/cases/R8-0001']);
  const ichiro = await browserOf(house, PEOPLE.ichiro);
  await ichiro.open('/cases');
  const [hidden, missing] = [await search(ichiro, 'R8-1'), await search(ichiro, 'R8-2')];
  expect([hidden.status, hidden.path]).toEqual([200, '/cases/search']);
  expect(hidden.text.replaceAll('R8-1', '')).toBe(missing.text.replaceAll('R8-2', ''));
});

test('a search for nothing says so beside the field', async () => {
  const house = await openHouse();
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases');
  const answer = await search(naoko, '　');
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('探す番号や氏名を入力してください');
  expect(await logged('consultation.search')).toEqual([]);
  expect((await naoko.open('/cases/search')).path).toBe('/cases');
});

test('an address with anything else than our codes shows the usual list', async () => {
  const house = await openHouse();
  const naoko = await browserOf(house, PEOPLE.naoko);
  const shown = await naoko.open(
    `/cases?view=nothing&status=%27%3B&center=${'x'.repeat(50)}&after=1%7E%27%20OR%201&person=../`,
  );
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('自分の担当');
  expect(shown.text).not.toContain('条件をすべて外す');
});

test('what an address says is read as it was written', () => {
  const choice = {
    view: 'overdue',
    filters: { topic: 'dementia', status: 'active', person: 'U0NAOKO', kind: 'individual', period: 'month' },
    after: [1_764_000_000_000, 'a-b'],
  } as const;
  const { searchParams } = new URL(listPath({ ...choice, after: [...choice.after] }), 'https://kikan.test');
  expect(readChoice(Object.fromEntries(searchParams))).toEqual(choice);
});

test('the city section finds no list: its addresses look like those that do not exist, and the try is logged', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const makoto = await browserOf(house, PEOPLE.makoto);
  const inbox = makoto.shown;
  expect(inbox?.text).toContain('対応中の相談の件数');
  expect(inbox?.text).toMatch(/受付待ち\s*1件/);
  expect(inbox?.html).not.toMatch(/R8-0001|href="\/cases/);
  const nothing = await makoto.open('/no-such-page');
  for (const path of [
    '/cases',
    '/cases/new',
    '/cases/R8-0001',
    '/cases/R8-0001/print',
    '/cases/R8-0001/do/answer',
  ]) {
    const answer = await makoto.open(path);
    expect([path, answer.status, answer.html]).toEqual([path, 404, nothing.html]);
  }
  const token = /name="form_token" value="([^"]+)"/.exec(nothing.html)?.[1] ?? '';
  const answer = await makoto.post('/cases/search', [
    ['form_token', token],
    ['words', '髙﨑'],
  ]);
  expect([answer.status, answer.html]).toEqual([404, nothing.html]);
  for (const action of ['consultation.list', 'consultation.submit', 'consultation.search'])
    expect(
      (await logged(action)).filter(({ actor, outcome }) => actor === PEOPLE.makoto && outcome === 'refused'),
    ).toHaveLength(1);
});

test('the inbox shows what waits for its reader, new ones to those on duty only', async () => {
  const house = await openHouse();
  const due = aCase({ personInCharge: PEOPLE.naoko, dueAt: ago(1) });
  const fresh = aCase({ status: 'submitted', dueAt: ago(-1) });
  const asked = aCase({ proposedPerson: PEOPLE.takuya, proposedAt: ago(1), isRestricted: true });
  const offered = aCase({ sendingCenter: 'west', responsibleCenter: 'west', sender: PEOPLE.ichiro });
  await storeCases(house.db, [due, fresh, asked, offered]);
  await house.db.insert(handover).values({
    id: crypto.randomUUID(),
    consultationId: offered.id,
    kind: 'transfer',
    state: 'offered',
    fromCenter: 'west',
    toCenter: 'east',
    offeredBy: PEOPLE.ichiro,
    offeredAt: ago(1),
    expiresAt: ago(-24),
  });
  const parts = ({ shown }: Browser) =>
    Object.fromEntries(
      (shown?.html ?? '')
        .split(/<h2[^>]*>/)
        .slice(1)
        .map((part) => [
          part.split('<')[0],
          [...part.matchAll(/<a href="\/cases\/([^"]+)">/g)].map(([, reference]) => reference),
        ]),
    );
  expect(parts(await browserOf(house, PEOPLE.naoko))).toMatchObject({
    今日すること: [due.reference],
    '新しい相談（受付待ち）': [fresh.reference],
    自分の担当: [due.reference],
  });
  const takuya = parts(await browserOf(house, PEOPLE.takuya));
  expect(takuya).toMatchObject({ 担当を頼まれています: [asked.reference], 今日すること: [] });
  expect(takuya).not.toHaveProperty('新しい相談（受付待ち）');
  expect(parts(await browserOf(house, PEOPLE.hanako))).toMatchObject({
    引継ぎの返事を待っています: [offered.reference],
  });
  const ichiro = await browserOf(house, PEOPLE.ichiro);
  expect(parts(ichiro)).toMatchObject({ 自分が送った相談: [offered.reference] });
  expect(ichiro.shown?.html).toMatch(/<a href="\/cases\?view=mine">自分が送った相談<\/a><\/th><td>1件/);
});
