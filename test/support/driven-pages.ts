/**
 * Every form of the pages filled in by the people whose work it is, every personal and free-text field with a canary of its own: for
 * tests that search for them afterwards.
 */
import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import { addDays, japanDate } from '../../src/lib/jst.ts';
import { Browser, formOf, type Shown } from './browser.ts';
import type { House } from './house.ts';
import { PEOPLE } from './small-city.ts';
import { fillAll } from './strict.ts';

export const RESIDENT = {
  subjectName: '髙﨑 𠮷子カナリア',
  subjectKana: 'かなりあのかな',
  subjectAge: '117',
  subjectAddress: 'カナリア町九丁目9-99',
  subjectPhone: '0463-21-9988',
  subjectInsuredNumber: '9182736450',
} as const;

type Chosen = Readonly<Record<string, string | string[]>>;

/** One answer of the Worker to a browser, redirects included. */
export interface PageAnswer {
  path: string;
  status: number;
  headers: Headers;
  body: string;
}

/** People at their pages, each in a browser; all that they type is a canary of its own. */
export class Pages {
  readonly typed: string[] = Object.values(RESIDENT).filter((value) => value !== RESIDENT.subjectAge);
  readonly addresses: string[] = [];
  readonly submitted = new Set<string>();
  readonly answers: PageAnswer[] = [];
  readonly #browsers = new Map<string, Browser>();
  readonly #house: House;
  readonly #mark: string;

  /** @param mark what every canary ends with: mischief of a kind */
  constructor(house: House, mark = '<!channel>') {
    this.#house = house;
    this.#mark = mark;
  }

  async open(person: string, path: string): Promise<Browser> {
    const browser = this.#browsers.get(person) ?? this.#newBrowser();
    if (!this.#browsers.has(person)) await browser.signIn(person);
    this.#browsers.set(person, browser);
    this.#keep(await browser.open(path));
    return browser;
  }

  /**
   * Sends a form of a page: what is named here, the rest as it comes.
   * @param form `to` where a button of the form sends it elsewhere
   */
  async sendForm(
    person: string,
    { page, action, to }: { page: string; action: string; to?: string },
    filled: Readonly<Record<string, string | File>>,
  ): Promise<Shown> {
    const browser = await this.open(person, page);
    if (!browser.shown) throw new Error('no page');
    const form = formOf(browser.shown, action);
    const rest = form.fields.filter(([name]) => !(name in filled));
    const shown = await browser.post(to ?? form.action, [...rest, ...Object.entries(filled)]);
    this.#keep(shown);
    return shown;
  }

  /** Opens a form, types into all of it, and sends it. */
  async fill(person: string, path: string, chosen: Chosen = {}): Promise<Shown> {
    return this.send(await this.open(person, path), chosen);
  }

  async send(browser: Browser, chosen: Chosen = {}): Promise<Shown> {
    const form = /callback_id&quot;:&quot;([\w.]+)/.exec(browser.shown?.html ?? '')?.[1] ?? '';
    const shown = await fillAll(browser, (field) => this.canary(field), chosen);
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

  /** Something to type that is found again wherever it goes. */
  canary(field: string): string {
    const canary = `カナリア🐤${this.typed.length}号「${field.split('.')[0]}」${this.#mark}`;
    this.typed.push(canary);
    return canary;
  }

  #newBrowser(): Browser {
    const browser = new Browser(this.#house);
    const send = browser.send.bind(browser);
    browser.send = async (request) => {
      const { pathname, search } = new URL(request.url);
      const answer = await send(request);
      const { status, headers } = answer;
      const body = new TextDecoder().decode(await answer.clone().arrayBuffer());
      this.answers.push({ path: `${pathname}${search}`, status, headers, body });
      return answer;
    };
    return browser;
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

export async function driveCase(pages: Pages): Promise<void> {
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
  const glass = { page: '/break-glass', action: '/break-glass' };
  const emergency = { reference: 'R8-0001', reason: pages.canary('緊急の理由') };
  expect((await pages.sendForm(minoru, glass, emergency)).text).toContain('緊急閲覧中');
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
export async function driveOtherCases(pages: Pages): Promise<void> {
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

export async function driveTheRest(pages: Pages): Promise<void> {
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
