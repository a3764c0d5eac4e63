/**
 * A city that keeps typed text on its pages: every personal and free-text field is typed there, every flow is driven, every button of
 * Slack is pressed. Then everything that went between Slack and the Worker, in both directions, is searched, and logs, addresses and
 * the database as well.
 */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { actionIdOf } from '../../../src/features/consultation/blocks.ts';
import { formOperations } from '../../../src/features/consultation/slack.ts';
import { addDays, japanDate } from '../../../src/lib/jst.ts';
import { Browser, formOf, type Shown } from '../../support/browser.ts';
import { foundIn } from '../../support/canaries.ts';
import type { House } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { fillAll, strictHouse } from '../../support/strict.ts';

const RESIDENT = {
  subjectName: '髙﨑 𠮷子カナリア',
  subjectKana: 'かなりあのかな',
  subjectAge: '117',
  subjectAddress: 'カナリア町九丁目9-99',
  subjectPhone: '0463-21-9988',
  subjectInsuredNumber: '9182736450',
} as const;

/** Forms of choices and dates alone. */
const REFERENCES_ONLY = ['reclassify', 'assign', 'wait', 'name_members'];

type Chosen = Readonly<Record<string, string | string[]>>;

/** People at their pages, each in a browser; all that they type is a canary of its own. */
class Pages {
  readonly typed: string[] = Object.values(RESIDENT).filter((value) => value !== RESIDENT.subjectAge);
  readonly addresses: string[] = [];
  readonly submitted = new Set<string>();
  readonly #browsers = new Map<string, Browser>();
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  async open(person: string, path: string): Promise<Browser> {
    const browser = this.#browsers.get(person) ?? new Browser(this.#house);
    if (!this.#browsers.has(person)) await browser.signIn(person);
    this.#browsers.set(person, browser);
    this.#keep(await browser.open(path));
    return browser;
  }

  /** Opens a form, types into all of it, and sends it. */
  async fill(person: string, path: string, chosen: Chosen = {}): Promise<Shown> {
    return this.send(await this.open(person, path), chosen);
  }

  async send(browser: Browser, chosen: Chosen = {}): Promise<Shown> {
    const form = /callback_id&quot;:&quot;([\w.]+)/.exec(browser.shown?.html ?? '')?.[1] ?? '';
    const shown = await fillAll(browser, (field) => this.#canary(field), chosen);
    this.#keep(shown);
    if (shown.status !== 200)
      throw new Error(`${form}: ${shown.status} ${/<h2>.*?<\/ul>/s.exec(shown.html)?.[0]}`);
    this.submitted.add(form);
    return shown;
  }

  /** An operation's form on a case. */
  async operate(person: string, operation: string, chosen: Chosen = {}, reference = 'R8-0001') {
    const about = await aboutOf(operation);
    return this.fill(person, `/cases/${reference}/do/${operation}${about}`, chosen);
  }

  /** An operation without a form: the page asks whether. */
  async confirm(person: string, operation: string, reference = 'R8-0001'): Promise<void> {
    const path = `/cases/${reference}/do/${operation}${await aboutOf(operation)}`;
    const browser = await this.open(person, path);
    if (!browser.shown) throw new Error('no page');
    const form = formOf(browser.shown, path.split('?')[0] ?? '');
    this.#keep(await browser.post(form.action, form.fields));
  }

  #canary(field: string): string {
    const canary = `カナリア🐤${this.typed.length}号「${field.split('.')[0]}」<!channel>`;
    this.typed.push(canary);
    return canary;
  }

  #keep(shown: Shown): void {
    this.addresses.push(shown.path);
  }
}

/** What a button of the operation names besides the case. */
async function aboutOf(operation: string): Promise<string> {
  const row = await env.DB.prepare(
    `SELECT (SELECT id FROM handover WHERE state = 'offered') AS offer, proposed_at, closing_proposed_at
     FROM consultation WHERE reference = 'R8-0001'`,
  ).first();
  const about = operation.endsWith('_offer')
    ? row?.offer
    : operation.endsWith('_assignment')
      ? row?.proposed_at
      : operation.endsWith('_closing') && operation !== 'propose_closing'
        ? row?.closing_proposed_at
        : undefined;
  return about ? `?about=${about}` : '';
}

async function driveCase(pages: Pages): Promise<void> {
  const { hanako, minoru, kenta, naoko, takuya } = PEOPLE;
  const today = japanDate(new Date());
  const later = { until: addDays(today, 5) };
  const sent = { ...RESIDENT, kind: 'individual', urgency: 'normal', topics: ['complaint'] };
  await pages.fill(hanako, '/cases/new', sent);
  await pages.confirm(naoko, 'accept');
  await pages.operate(naoko, 'answer');
  await pages.operate(naoko, 'ask', later);
  await pages.operate(hanako, 'reply');
  await pages.operate(hanako, 'comment');
  await pages.operate(naoko, 'record', { kind: 'joint_visit', state: 'planned', heldOn: addDays(today, 3) });
  await pages.operate(naoko, 'wait', { waitedFor: 'body', ...later });
  await pages.confirm(naoko, 'resume');
  await pages.operate(naoko, 'reclassify', { urgency: 'soon' });
  await pages.operate(naoko, 'snooze', { reason: 'other', until: addDays(today, 25) });
  await pages.operate(kenta, 'assign', { person: takuya });
  await pages.operate(takuya, 'refuse_assignment');
  await pages.operate(naoko, 'name_members', { members: [takuya] });
  await pages.operate(hanako, 'offer', { kind: 'front_support', returnByOn: addDays(today, 20) });
  await pages.operate(kenta, 'refuse_offer');
  await pages.operate(naoko, 'restrict', { members: [takuya] });
  // 緊急閲覧, with its reason; then the case is everybody's again.
  const glass = await pages.open(minoru, '/break-glass');
  const reason = `カナリア🐤緊急の理由`;
  pages.typed.push(reason);
  if (!glass.shown) throw new Error('no page');
  const form = formOf(glass.shown, '/break-glass');
  const token = form.fields.find(([name]) => name === 'form_token') ?? ['form_token', ''];
  expect(
    (await glass.post('/break-glass', [token, ['reference', 'R8-0001'], ['reason', reason]])).text,
  ).toContain('緊急閲覧中');
  await pages.operate(naoko, 'unrestrict');
  await env.DB.prepare('DELETE FROM break_glass').run();
  // The purpose, before anybody else reads it.
  await pages.fill(minoru, '/cases/R8-0001', { purpose: 'other' });
  await pages.fill(kenta, '/cases/R8-0001', { purpose: 'supervision' });
  await pages.operate(naoko, 'propose_closing');
  await pages.operate(hanako, 'object_closing');
  await pages.operate(naoko, 'share');
  await pages.operate(kenta, 'settle_sharing', { decision_approve_return: 'return' });
  await pages.operate(naoko, 'share');
  await pages.operate(kenta, 'settle_sharing', { decision_approve_return: 'approve' });
  await pages.operate(naoko, 'propose_closing');
  await pages.confirm(hanako, 'confirm_closing');
  await pages.operate(hanako, 'rate', { value: 'insufficient' });
  await pages.operate(hanako, 'reopen');
  await pages.operate(naoko, 'release');
}

/** Further cases for what ends one in another way. */
async function driveOtherCases(pages: Pages): Promise<void> {
  const { hanako, kenta } = PEOPLE;
  const other = { kind: 'operation', urgency: 'normal', topics: ['planning'], ...noResident };
  for (let each = 0; each < 4; each += 1) await pages.fill(hanako, '/cases/new', other);
  await pages.operate(kenta, 'decline', { reason: 'other' }, 'R8-0002');
  await pages.operate(hanako, 'withdraw', {}, 'R8-0003');
  await pages.operate(kenta, 'link', { reference: 'R8-0005' }, 'R8-0004');
  await pages.operate(kenta, 'merge', { into: 'R8-0005' }, 'R8-0004');
  await pages.operate(kenta, 'unmerge', {}, 'R8-0004');
}

const noResident = Object.fromEntries(Object.keys(RESIDENT).map((field) => [field, '']));

async function driveTheRest(pages: Pages): Promise<void> {
  const browser = await pages.open(PEOPLE.naoko, '/settings/templates');
  if (!browser.shown) throw new Error('no page');
  const list = formOf(browser.shown, '/modal/submit');
  await browser.post('/modal/press', [...list.fields, ['press', 'templates.add new']]);
  await pages.send(browser);
  const cases = await pages.open(PEOPLE.naoko, '/cases');
  if (!cases.shown) throw new Error('no page');
  const search = formOf(cases.shown, '/cases/search');
  const found = await cases.post('/cases/search', [
    ...search.fields.filter(([name]) => name !== 'words'),
    ['words', RESIDENT.subjectName],
  ]);
  expect(found.text).toContain('R8-0001');
  pages.addresses.push(found.path);
  expect((await pages.open(PEOPLE.hanako, '/cases/R8-0001/print')).shown?.text).toContain(
    RESIDENT.subjectName,
  );
}

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
