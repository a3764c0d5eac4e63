/** The pages in a real browser: every kind of page at a phone's and a desk's width, without obstacles (WCAG), and by keyboard alone. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../dev/local/state.ts';
import { addDays, japanDate } from '../../src/lib/jst.ts';
import { isWithoutBrowser, launchChromium } from './browser.ts';
import { type RunningHouse, startHouse } from './running-house.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const SHOTS = path.join(ROOT, 'coverage', 'screenshots');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const Violations = v.array(
  v.object({ id: v.string(), help: v.string(), nodes: v.array(v.object({ html: v.string() })) }),
);

const QUESTION = '鍵を何度もなくされ、近所の方が心配しています。\n夜間の連絡先も分からないとのことです。';
const ANSWER = '明日の午前に、一緒に訪問しましょう。';

describe.skipIf(isWithoutBrowser())('in Chromium', () => {
  let house: RunningHouse;
  let browser: Browser;
  const pages = new Map<string, Page>();

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [house, browser] = await Promise.all([startHouse(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** A signed-in person's tab; the same one each time. */
  async function tabOf(name: string, viewport: typeof PHONE): Promise<Page> {
    const known = pages.get(name);
    if (known) {
      await known.setViewportSize(viewport);
      return known;
    }
    // The pages allow no script; the tool that examines them is one.
    const context = await browser.newContext({ viewport, bypassCSP: true });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(house.worker.url);
    await page.getByText('Slackでサインイン').click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { name: '受信箱' }).waitFor();
    pages.set(name, page);
    return page;
  }

  /** What hinders people on the shown page; its picture is kept. */
  async function examine(page: Page, name: string): Promise<string[]> {
    const { width = 0 } = page.viewportSize() ?? {};
    await page.screenshot({ path: path.join(SHOTS, `page-${name}-${width}.png`), fullPage: true });
    await page.evaluate(axe.source);
    const found = v.parse(
      Violations,
      await page.evaluate(
        `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`,
      ),
    );
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    return [
      ...found.map(({ id, help, nodes }) => `${name} ${width}: ${id} ${help} ${nodes[0]?.html}`),
      ...(overflow === 0 ? [] : [`${name} ${width}: ${String(overflow)} px beside the screen`]),
    ];
  }

  /** The same page at both widths. */
  async function examineWidths(page: Page, name: string): Promise<string[]> {
    const faults: string[] = [];
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      faults.push(...(await examine(page, name)));
    }
    return faults;
  }

  /** Presses Tab until the focus is on what a person looks for; fails when it is not reached. */
  async function tabTo(page: Page, label: RegExp): Promise<void> {
    const said =
      "(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent + ' ' + document.activeElement?.getAttribute('aria-label')";
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab');
      if (label.test(String(await page.evaluate(said)))) return;
    }
    throw new Error(`${label} is not reached by Tab at ${page.url()}`);
  }

  test('a new consultation is sent from a phone, its faults beside the fields, and a namesake is told of', async () => {
    const hanako = await tabOf('佐藤 花子', PHONE);
    const faults = await examine(hanako, 'empty-inbox');
    await hanako.goto(`${house.worker.url}/cases/new`);
    faults.push(...(await examineWidths(hanako, 'new-case')));
    await hanako.getByLabel('対象者の氏名').fill('髙﨑 𠮷子');
    await hanako.getByLabel('相談内容').fill(QUESTION);
    await hanako.getByLabel('年齢').fill('八十');
    await hanako.getByRole('button', { name: '送信' }).click();
    await hanako.getByRole('alert').waitFor();
    faults.push(...(await examineWidths(hanako, 'new-case-faults')));
    await hanako.getByLabel('年齢').fill('82');
    await hanako.getByRole('radio', { name: /至急/ }).check();
    await hanako.getByRole('checkbox', { name: '認知症' }).check();
    await hanako.getByRole('button', { name: '送信' }).click();
    await hanako.getByText('相談を送りました').waitFor();
    expect(new URL(hanako.url()).pathname).toBe('/cases/R8-0001');
    expect(await hanako.getByText('鍵を何度もなくされ').count()).toBe(1);

    await hanako.goto(`${house.worker.url}/cases/new`);
    await hanako.getByLabel('対象者の氏名').fill('髙﨑 𠮷子');
    await hanako.getByLabel('相談内容').fill('続きの相談です。');
    await hanako.getByRole('radio', { name: /通常/ }).check();
    await hanako.getByRole('button', { name: '送信' }).click();
    await hanako.getByText('同じ方の相談かもしれません').first().waitFor();
    faults.push(...(await examineWidths(hanako, 'new-case-namesake')));
    const [beside] = await Promise.all([
      hanako.context().waitForEvent('page'),
      hanako.getByRole('button', { name: /開く（新しいタブ）/ }).click(),
    ]);
    await beside.getByRole('heading', { name: '相談 R8-0001' }).waitFor();
    await beside.close();
    expect(await hanako.getByLabel('相談内容').inputValue()).toBe('続きの相談です。');
    await hanako.getByRole('button', { name: '新規として送る' }).last().click();
    await hanako.getByRole('heading', { name: '相談 R8-0002' }).waitFor();
    expect(faults).toEqual([]);
  });

  test('by keyboard alone: past the menu, into the case, an answer written and sent', async () => {
    const kenta = await tabOf('田中 健太', DESK);
    await kenta.goto(house.worker.url);
    await kenta.keyboard.press('Tab');
    expect(await kenta.evaluate('document.activeElement.textContent')).toBe('本文へ移動');
    await kenta.keyboard.press('Enter');
    await tabTo(kenta, /^R8-0001/);
    await kenta.keyboard.press('Enter');
    await kenta.getByRole('heading', { name: '相談 R8-0001' }).waitFor();
    await tabTo(kenta, /^回答する/);
    await kenta.keyboard.press('Enter');
    await kenta.getByRole('heading', { name: '回答する' }).waitFor();
    await tabTo(kenta, /^回答必須/);
    await kenta.keyboard.type(ANSWER);
    await tabTo(kenta, /^回答を送る/);
    await kenta.keyboard.press('Enter');
    await kenta.getByText('回答しました。').waitFor();
    await kenta.getByText(ANSWER).waitFor();
    expect(new URL(kenta.url()).pathname).toBe('/cases/R8-0001');
  });

  test('a name is searched for without standing in the address or its history; a number leads to its case', async () => {
    const kenta = await tabOf('田中 健太', DESK);
    await kenta.goto(`${house.worker.url}/cases?view=all`);
    const faults = await examineWidths(kenta, 'list');
    await kenta.getByLabel('番号・氏名で探す', { exact: true }).fill('髙﨑');
    await kenta.keyboard.press('Enter');
    await kenta.getByRole('link', { name: 'R8-0001' }).waitFor();
    expect(decodeURIComponent(kenta.url())).toBe(`${house.worker.url}/cases/search`);
    faults.push(...(await examineWidths(kenta, 'found')));
    await kenta.getByLabel('番号・氏名で探す', { exact: true }).fill('ｒ８ー１');
    await kenta.keyboard.press('Enter');
    await kenta.getByRole('heading', { name: '相談 R8-0001' }).waitFor();
    expect(faults).toEqual([]);
  });

  test('a meeting is called at a desk and finds its date on a phone', async () => {
    const kenta = await tabOf('田中 健太', DESK);
    await kenta.goto(`${house.worker.url}/meetings`);
    await kenta.getByRole('button', { name: /会議を開く/ }).click();
    await kenta.getByLabel(/会議体/).selectOption({ label: 'センター長会議' });
    await kenta.getByLabel(/日程を調整する/).check();
    await kenta.getByRole('button', { name: '次へ' }).click();
    const [first, second] = [30, 37].map((days) => addDays(japanDate(new Date()), days));
    await kenta.getByLabel(/候補/).fill(`${first} 10:00-11:30\n${second} 14:00`);
    await kenta
      .locator('input[type=date]')
      .first()
      .fill(addDays(japanDate(new Date()), 14));
    const submit = kenta.locator('button.primary');
    const faults = await examine(kenta, 'call-meeting');
    await submit.click();
    // A day on which the city is closed is asked about once.
    if (await kenta.getByText('もう一度送ってください').count()) await submit.click();
    await kenta.getByRole('heading', { level: 1, name: /会R\d+-\d{3} センター長会議/ }).waitFor();
    const meeting = new URL(kenta.url()).pathname;

    const minoru = await tabOf('阿部 実', PHONE);
    await minoru.goto(`${house.worker.url}${meeting}`);
    await minoru.getByRole('button', { name: '日程に答える' }).click();
    faults.push(...(await examine(minoru, 'vote')));
    await minoru.getByLabel('○').first().check();
    await minoru.getByLabel('×').last().check();
    await minoru.locator('button.primary').click();
    await minoru.getByText('阿部 実').last().waitFor();
    for (const each of [
      meeting,
      '/meetings/plan',
      '/meetings/kinds',
      '/trainings',
      '/issues',
      '/meetings/calendar',
    ])
      for (const page of [minoru, kenta]) {
        await page.goto(`${house.worker.url}${each}`);
        if (page === kenta || each === meeting)
          faults.push(...(await examine(page, each.slice(1).replaceAll('/', '-'))));
      }
    expect(faults).toEqual([]);
  });

  test('the FAQ is asked, read and voted on', async () => {
    const hanako = await tabOf('佐藤 花子', PHONE);
    await hanako.goto(`${house.worker.url}/faq`);
    await hanako.getByLabel('さがしたいこと').fill('虐待 通報');
    await hanako.keyboard.press('Enter');
    await hanako.getByRole('heading', { name: 'FAQの検索結果' }).waitFor();
    const faults = await examineWidths(hanako, 'faq-results');
    await hanako.getByRole('link', { name: '全文を読む' }).first().click();
    await hanako.getByRole('button', { name: '役に立たなかった' }).click();
    await hanako.getByText('あなたの答え：役に立たなかった').waitFor();
    faults.push(...(await examineWidths(hanako, 'faq-entry')));
    await hanako.getByRole('button', { name: '基幹型に相談する' }).click();
    await hanako.getByLabel('相談内容').waitFor();
    expect(await hanako.getByLabel('相談内容').inputValue()).toBe('虐待 通報');
    expect(faults).toEqual([]);
  });

  test('no page has obstacles, on a phone and at a desk', { timeout: 240_000 }, async () => {
    const kenta = await tabOf('田中 健太', DESK);
    const faults: string[] = [];
    await kenta.goto(house.worker.url);
    const fromMenu = await kenta.evaluate(
      "[...document.querySelectorAll('nav .open a')].map((link) => link.pathname)",
    );
    const paths = [
      ...v.parse(v.array(v.string()), fromMenu).filter((each) => each !== '/cases/new'),
      '/cases/R8-0001',
      '/cases/R8-0001/do/record',
      '/cases/R8-0001/do/reclassify',
      '/cases/R8-0001/do/name_members',
      '/cases/R8-0001/do/release',
      '/cases/R8-0001/print',
      '/faq',
      '/faq/desk',
      '/faq/desk/new',
      '/faq/desk/entries',
      '/faq/desk/1',
      '/faq/desk/1/history',
      '/faq/desk/exchange',
      '/faq/desk/questions',
      '/faq/desk/drafting',
      '/faq/desk/synonyms',
      '/faq/desk/synonyms/new',
      '/faq/figures',
      '/cases/R8-9999',
    ];
    for (const each of paths) {
      await kenta.goto(`${house.worker.url}${each}`);
      faults.push(...(await examineWidths(kenta, each.slice(1).replaceAll('/', '-') || 'inbox')));
    }
    const stranger = await browser.newContext({ viewport: PHONE, bypassCSP: true });
    const signIn = await stranger.newPage();
    await signIn.goto(`${house.worker.url}/cases/R8-0001`);
    faults.push(...(await examineWidths(signIn, 'sign-in')));
    await stranger.close();
    expect(faults).toEqual([]);
  });

  test('on a phone the menu unfolds without script', async () => {
    const hanako = await tabOf('佐藤 花子', PHONE);
    await hanako.goto(house.worker.url);
    expect(await hanako.getByRole('link', { name: '相談の一覧' }).isVisible()).toBe(false);
    await hanako.getByText('メニュー', { exact: true }).click();
    await hanako.getByRole('link', { name: '相談の一覧' }).click();
    await hanako.getByRole('heading', { name: /相談の一覧/ }).waitFor();
  });

  test('the sheet prints on A4, without menus', async () => {
    const kenta = await tabOf('田中 健太', DESK);
    await kenta.goto(`${house.worker.url}/cases/R8-0001/print`);
    await kenta.emulateMedia({ media: 'print' });
    await kenta.screenshot({ path: path.join(SHOTS, 'page-sheet-on-paper.png'), fullPage: true });
    expect(await kenta.getByRole('navigation').count()).toBe(0);
    expect(await kenta.getByText('サインアウト').isVisible()).toBe(false);
    expect(await kenta.getByText(/出力（田中 健太）/).isVisible()).toBe(true);
    await kenta.emulateMedia({ media: null });
    const pdf = (await kenta.pdf({ path: path.join(SHOTS, 'sheet.pdf'), preferCSSPageSize: true })).toString(
      'latin1',
    );
    // A4 in points.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
  });

  test('nothing that was typed stands in the log', () => {
    expect(house.logs.join('\n')).not.toMatch(/鍵を|髙﨑|%E9%AB%99|訪問しましょう/);
  });
});
