/** The forms of chat as pages: every one can be shown, with every button in it; what was typed survives whatever comes between. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { handover } from '../../src/features/consultation/handover/tables.ts';
import { OPERATIONS } from '../../src/features/consultation/operating/words.ts';
import { consultationInSlack, formOperations } from '../../src/features/consultation/slack.ts';
import { member } from '../../src/features/consultation/tables.ts';
import { type Browser, browserOf, formOf, type Shown } from '../support/browser.ts';
import { CASE, sendConsultation } from '../support/consulting.ts';
import { type House, openHouse } from '../support/house.ts';
import { acceptedCase, caseId } from '../support/operating.ts';
import { PEOPLE } from '../support/small-city.ts';
import { aCase, storeCases } from '../support/stored-cases.ts';

const HOUR = 3_600_000;
const CASE_PATH = '/cases/R8-0001';

/** The case as it might stand, by its columns. */
const STATES: readonly Record<string, string | number | null>[] = [
  { status: 'submitted', person_in_charge: null },
  { status: 'accepted', person_in_charge: PEOPLE.kenta, proposed_person: PEOPLE.kenta, proposed_at: 1 },
  { status: 'active', person_in_charge: PEOPLE.kenta, has_open_question: 1 },
  { status: 'active', person_in_charge: PEOPLE.kenta, is_restricted: 1, responsible_center: 'kikan' },
  { status: 'waiting', person_in_charge: PEOPLE.kenta, waited_for: 'body', topics: '["complaint"]' },
  { status: 'closing', person_in_charge: PEOPLE.naoko, closing_proposed_at: 1, outcome: 'solved' },
  { status: 'closed', person_in_charge: PEOPLE.naoko, closed_at: 1, outcome: 'solved' },
];

const USUAL = {
  proposed_person: null,
  proposed_at: null,
  has_open_question: 0,
  is_restricted: 0,
  responsible_center: 'east',
  waited_for: null,
  topics: '["dementia"]',
  closing_proposed_at: null,
  closed_at: null,
  outcome: null,
  merged_into: null,
  status_before_merge: null,
};

async function setState(columns: Record<string, string | number | null>): Promise<void> {
  const all = { ...USUAL, ...columns };
  const names = Object.keys(all);
  const set = names.map((name) => `${name} = ?`).join(', ');
  await env.DB.prepare(`UPDATE consultation SET ${set} WHERE reference = 'R8-0001'`)
    .bind(...Object.values(all))
    .run();
}

/** Presses that are a change by themselves: pressed elsewhere, with a question before. */
const CHANGES = OPERATIONS.filter((operation) => !formOperations.has(operation)).map(
  (operation) => `consultation.${operation}`,
);

const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The value of each button of the page that presses something. */
function pressesOn({ html }: Shown): string[] {
  return [...html.matchAll(/<button[^>]*name="press" value="([^"]*)"/g)].map(([, value = '']) =>
    unescaped(value),
  );
}

/** The callback id of the shown form; undefined on a page that is no form. */
function formOn({ html }: Shown): string | undefined {
  const view = /name="view" value="([^"]*)"/.exec(html)?.[1];
  return view === undefined ? undefined : JSON.parse(unescaped(view)).callback_id;
}

/** Presses everything that can be pressed on the shown form and on what it leads to, each once. */
async function pressAll(browser: Browser, pressed: Set<string>): Promise<void> {
  const page = browser.shown;
  const form = page && formOn(page);
  if (!page || form === undefined) return;
  for (const value of pressesOn(page)) {
    const actionId = value.split(' ')[0] ?? '';
    const name = `${form} ${actionId}`;
    if (pressed.has(name) || CHANGES.includes(actionId)) continue;
    pressed.add(name);
    const shown = await browser.post('/modal/press', [
      ...formOf(page, '/modal/submit').fields,
      ['press', value],
    ]);
    expect([name, shown.status]).toEqual([name, 200]);
    await pressAll(browser, pressed);
  }
}

async function offer(house: House, consultationId: string): Promise<void> {
  await house.db.insert(handover).values({
    id: crypto.randomUUID(),
    consultationId,
    kind: 'front_support',
    state: 'offered',
    fromCenter: 'east',
    toCenter: 'kikan',
    offeredBy: PEOPLE.hanako,
    offeredAt: new Date(),
    expiresAt: new Date(Date.now() + HOUR),
  });
}

test('every operation that a case page offers opens as a page, in every state, with every button in it', {
  timeout: 120_000,
}, async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const browsers = [await browserOf(house, PEOPLE.kenta), await browserOf(house, PEOPLE.hanako)];
  const opened = new Set<string>();
  const pressed = new Set<string>();
  const visit = async (browser: Browser) => {
    const { html, status } = await browser.open(CASE_PATH);
    expect(status).toBe(200);
    for (const [, path = ''] of html.matchAll(/href="(\/cases\/R8-0001\/do\/[^"]+)"/g)) {
      const shown = await browser.open(unescaped(path));
      const operation = /\/do\/([a-z_]+)/.exec(path)?.[1] ?? '';
      expect([operation, shown.status]).toEqual([operation, 200]);
      if (formOn(shown) !== undefined) opened.add(operation);
      await pressAll(browser, pressed);
    }
  };
  const id = await caseId();
  const target = aCase();
  await storeCases(house.db, [target]);
  // Whoever is not part of a case is asked first why she looks into it.
  const since = { addedBy: PEOPLE.naoko, addedAt: new Date() };
  await house.db.insert(member).values({ consultationId: id, slackUserId: PEOPLE.kenta, ...since });
  const naoko = await browserOf(house, PEOPLE.naoko);
  await setState({ status: 'active', person_in_charge: PEOPLE.naoko });
  await naoko.open(`${CASE_PATH}/do/record`);
  await naoko.fillAndSend({ 活動の種類: '面談', 実施か予定か: '予定する' });
  const merged = { status: 'merged', merged_into: target.id, status_before_merge: 'active' };
  for (const state of [...STATES, merged]) {
    await setState(state);
    for (const browser of browsers) await visit(browser);
  }
  await offer(house, id);
  await setState({ status: 'active', person_in_charge: PEOPLE.naoko });
  for (const browser of browsers) await visit(browser);
  // There is nothing to decide about until somebody proposes to share: that is told in a sentence.
  const expected = [...formOperations].filter((operation) => operation !== 'settle_sharing');
  expect(expected.filter((operation) => !opened.has(operation))).toEqual([]);
  for (const plan of ['record_done', 'record_move', 'record_cancel'])
    expect([...pressed]).toContain(`consultation.record consultation.${plan}`);
  expect(house.logs.filter((line) => line.includes('request.failed'))).toEqual([]);
});

test('settings, lists, shared records and the menu open as pages, with every button in them', {
  timeout: 120_000,
}, async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const pressed = new Set<string>();
  for (const person of [PEOPLE.kenta, PEOPLE.minoru]) {
    const browser = await browserOf(house, person);
    const token = formOf(await browser.open('/cases'), '/cases/search').fields;
    for (const start of [
      'menu.settings ',
      'menu.list ',
      'consultation.list.open all',
      'consultation.list_shared any',
    ]) {
      const shown = await browser.post('/modal/press', [...token, ['press', start]]);
      expect([start, shown.status]).toEqual([start, 200]);
      await pressAll(browser, pressed);
    }
  }
  expect([...pressed].filter((name) => name.startsWith('settings.menu')).length).toBeGreaterThan(3);
  expect([...pressed]).toContain('consultation.list consultation.list.filter.topic');
  expect(house.logs.filter((line) => line.includes('request.failed'))).toEqual([]);
});

test('a press that nobody of the house listens to finds nothing', async () => {
  const house = await openHouse();
  const naoko = await browserOf(house, PEOPLE.naoko);
  const { fields } = formOf(await naoko.open('/cases'), '/cases/search');
  for (const press of ['no.such', '', 'constructor x', '__proto__ x'])
    expect((await naoko.post('/modal/press', [...fields, ['press', press]])).status).toBe(404);
  // Everything that chat offers can be pressed here, too: what it is about may be missing, but nothing breaks.
  for (const actionId of consultationInSlack().flatMap(({ presses }) => Object.keys(presses ?? {}))) {
    const shown = await naoko.post('/modal/press', [
      ...fields,
      ['press', `${actionId} ${crypto.randomUUID()}`],
    ]);
    expect([actionId, shown.status]).toEqual([actionId, 200]);
  }
});

test('a new consultation is written on a page: faults stand beside the fields, a namesake is told of, then its page opens', async () => {
  const house = await openHouse();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const form = await hanako.open('/cases/new');
  expect(form.text).toContain('Slackを通らず');
  const faulty = await hanako.fillAndSend({
    対象者の氏名: '髙﨑 𠮷子',
    相談内容: '一行目\n二行目',
    年齢: '八十',
  });
  expect(faulty.status).toBe(422);
  expect(faulty.text).toContain('入力に2か所の誤りがあります');
  expect(formOf(faulty, '/modal/submit').fields).toContainEqual(['field:body', '一行目\n二行目']);
  const sent = await hanako.fillAndSend({ 年齢: '82', 緊急度: '通常', 分類: ['認知症'] });
  expect([sent.status, sent.path]).toEqual([200, '/cases/R8-0001?done=consultation.send']);
  expect(sent.text).toContain('相談を送りました');
  expect(sent.text).toContain('一行目\n二行目');

  await hanako.open('/cases/new');
  const warned = await hanako.fillAndSend({
    対象者の氏名: '高崎 吉子',
    相談内容: '続きです。',
    緊急度: '早め',
  });
  expect([warned.status, warned.path]).toEqual([200, '/modal/submit']);
  expect(warned.text).toContain('同じ方の相談かもしれません');
  expect(warned.text).toContain('R8-0001');
  const [look] = pressesOn(warned);
  const looked = await hanako.post('/modal/press', [
    ...formOf(warned, '/modal/submit').fields,
    ['press', look ?? ''],
  ]);
  expect([looked.status, looked.path]).toEqual([200, CASE_PATH]);
  hanako.shown = warned;
  const second = await hanako.fillAndSend({});
  expect(second.path).toBe('/cases/R8-0002?done=consultation.send');
  // The same form again, by the back button: stored once, and answered as the first time.
  hanako.shown = warned;
  expect((await hanako.fillAndSend({})).path).toBe('/cases/R8-0002?done=consultation.send');
  expect(await env.DB.prepare('SELECT count(*) AS n FROM consultation').first('n')).toBe(2);
  await house.delivered();
});

test('faults are summed up in the order of the fields', async () => {
  const house = await openHouse();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open('/cases/new');
  const faulty = await hanako.fillAndSend({ 年齢: '八十' });
  const summary = /role="alert">[\s\S]*?<\/div>/.exec(faulty.html)?.[0] ?? '';
  expect([...summary.matchAll(/href="#field-(\w+)"/g)].map(([, field]) => field)).toEqual([
    'urgency',
    'subjectName',
    'subjectAge',
    'body',
  ]);
});

test('a deadline is put off from a date on that is accepted as it stands', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const kenta = await browserOf(house, PEOPLE.kenta);
  await kenta.open(`${CASE_PATH}/do/snooze`);
  const stored = await kenta.fillAndSend({ 理由: '関係機関の返事を待つ' });
  expect(stored.path).toBe(`${CASE_PATH}?done=consultation.snooze`);
  await house.delivered();
});

test('core staff write one for a center that called them', async () => {
  const house = await openHouse();
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open('/cases/new');
  const unsaid = await naoko.fillAndSend({ 種別: '運営・制度', 緊急度: '通常', 相談内容: '様式について。' });
  expect(unsaid.text).toContain('相談元の包括：相談元の包括を選んでください。');
  const sent = await naoko.fillAndSend({
    相談元の包括: '西',
    種別: '運営・制度',
    緊急度: '通常',
    相談内容: '様式について。',
  });
  expect(sent.path).toBe('/cases/R8-0001?done=consultation.send');
  expect(sent.text).toMatch(/相談元\s*西/);
  await house.delivered();
});

test('what happens to a case while its form is open is told there; what was typed is sent by pressing once more', async () => {
  const house = await openHouse();
  await acceptedCase(house);
  const naoko = await browserOf(house, PEOPLE.naoko);
  await naoko.open(`${CASE_PATH}/do/answer`);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await hanako.open(`${CASE_PATH}/do/comment`);
  expect((await hanako.fillAndSend({ 追記: '娘さんが見つかりました。' })).text).toContain('追記しました。');
  const stale = await naoko.fillAndSend({ 回答: '明日うかがいます。' });
  expect(stale.status).toBe(200);
  expect(stale.text).toContain('この画面を開いたあとに、相談が変わりました');
  expect(formOf(stale, '/modal/submit').fields.map(([, value]) => value)).toContain('明日うかがいます。');
  const stored = await naoko.fillAndSend({});
  expect(stored.path).toBe(`${CASE_PATH}?done=consultation.answer`);
  expect(stored.text).toContain('明日うかがいます。');
  await house.delivered();
});

test('a link changes nothing: what has no form asks first, and only its button does it', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const kenta = await browserOf(house, PEOPLE.kenta);
  const asked = await kenta.open(`${CASE_PATH}/do/accept`);
  expect(asked.text).toContain('よろしいですか');
  expect(await env.DB.prepare('SELECT status FROM consultation').first('status')).toBe('submitted');
  const done = await kenta.fillAndSend({}, `${CASE_PATH}/do/accept`);
  expect(done.text).toContain('受け付けました。');
  // Somebody else was first: told in a sentence, nothing is done twice.
  kenta.shown = asked;
  expect((await kenta.fillAndSend({}, `${CASE_PATH}/do/accept`)).text).toContain('受け付け');
  expect((await kenta.open(`${CASE_PATH}?done=consultation.<script>`)).html).not.toContain('<script>');
  await house.delivered();
});

test('shared records have a page for everybody of the city', async () => {
  const house = await openHouse();
  for (const person of [PEOPLE.makoto, PEOPLE.ichiro, PEOPLE.kenta]) {
    const browser = await browserOf(house, person);
    const shown = await browser.open('/shared');
    expect([person, shown.status]).toEqual([person, 200]);
    expect(shown.text).toContain('共有された記録は、まだありません');
    const { fields } = formOf(shown, '/modal/submit');
    const chosen = fields.filter(([name]) => !name.startsWith('choice:'));
    const narrowed = await browser.post('/modal/press', [
      ...chosen,
      ['choice:consultation.topic_shared', 'dementia'],
      ['press', 'consultation.topic_shared'],
    ]);
    expect(narrowed.text).toContain('この分類の共有された記録は、まだありません');
  }
});

test('a resident stays out of addresses and headers on the way through the pages', async () => {
  const house = await openHouse();
  await sendConsultation(house);
  const kenta = await browserOf(house, PEOPLE.kenta);
  for (const path of ['/', '/cases?view=all', CASE_PATH, `${CASE_PATH}/print`, `${CASE_PATH}/do/answer`]) {
    const { html, headers } = await kenta.open(path);
    const addresses = [...html.matchAll(/(?:href|action|formaction)="([^"]*)"/g)].map(([, to = '']) =>
      decodeURIComponent(unescaped(to)),
    );
    for (const value of Object.values(CASE).flat())
      if (value && value.length > 3)
        expect(`${addresses.join('\n')}\n${[...headers].join('\n')}`).not.toContain(value);
  }
  expect(house.logs.join('\n')).not.toMatch(/髙﨑|北町|0463/);
});
