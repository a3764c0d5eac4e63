/** The public pages of 点呼 on a phone without network: the answer waits in the browser, goes by itself, and nobody is hindered. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWithoutBrowser, launchChromium } from './browser.ts';
import { type RunningHouse, startHouse } from './running-house.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const Violations = v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) }));
const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(isWithoutBrowser())('in Chromium', () => {
  let house: RunningHouse;
  let browser: Browser;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** 田中 健太 starts a drill and prints the card of 東. */
  async function printedCard(): Promise<{ address: string; pin: string; kenta: Page }> {
    // The pages allow no script; the tool that examines them is one.
    const kenta = await (await browser.newContext({ bypassCSP: true })).newPage();
    kenta.setDefaultTimeout(15_000);
    await kenta.goto(house.worker.url);
    await kenta.getByText('Slackでサインイン').click();
    await kenta.getByRole('button', { name: '田中 健太' }).click();
    await kenta.getByRole('heading', { name: '受信箱' }).waitFor();
    await kenta.goto(`${house.worker.url}/roll-calls`);
    await kenta.getByRole('button', { name: '訓練を始める・予定する' }).click();
    await kenta.getByRole('button', { name: '確認へ進む' }).click();
    await kenta.getByRole('button', { name: /^訓練を始める/ }).click();
    await kenta.goto(`${house.worker.url}/people`);
    await kenta.getByRole('link', { name: /^災害時の案内カード（ひがし/ }).click();
    await kenta.getByRole('button', { name: 'カードを作る' }).click();
    const pin = (await kenta.locator('article strong').textContent()) ?? '';
    const [address = ''] =
      /http:\S+\/safety\/center\/[\w-]+/.exec(await kenta.locator('article').innerText()) ?? [];
    return { address, pin, kenta };
  }

  async function hindrances(page: Page): Promise<string[]> {
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
      ...found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
      ...(overflow === 0 ? [] : ['wider than the screen']),
    ];
  }

  /** What hinders people on one page, on a phone and at a desk. */
  async function obstaclesAt(page: Page, path: string): Promise<string[]> {
    const faults: string[] = [];
    await page.goto(`${house.worker.url}${path}`);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      faults.push(...(await hindrances(page)).map((fault) => `${path} ${width}: ${fault}`));
    }
    return faults;
  }

  test('an answer without network waits in the browser, is sent when it is back, once; no page of the drill has obstacles', async () => {
    const { address, pin, kenta } = await printedCard();
    const context = await browser.newContext(PHONE);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(address);
    expect(await hindrances(page)).toEqual([]);
    await page.getByLabel('暗証番号').fill(pin);
    await page.getByRole('button', { name: '開く' }).click();
    await page.getByLabel('誰の回答ですか').selectOption({ label: '佐藤 花子' });
    expect(await hindrances(page)).toEqual([]);
    await page.getByLabel('本人').check();
    await page.getByLabel('軽傷').check();
    await context.setOffline(true);
    await page.getByRole('button', { name: '送る' }).click();
    const status = page.getByRole('status');
    await status.filter({ hasText: 'まだ送れていません。電波が戻りしだい送ります' }).waitFor();
    await page.waitForTimeout(2_500);
    await context.setOffline(false);
    await status
      .filter({ hasText: '佐藤 花子さんの回答を受け付けました（軽傷）' })
      .waitFor({ timeout: 30_000 });
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await context.cookies()).toEqual([]);
    expect(faults.filter((fault) => fault.includes('Content Security Policy'))).toEqual([]);

    const plain = await (await browser.newContext({ ...PHONE, javaScriptEnabled: false })).newPage();
    await plain.goto(address);
    await plain.getByLabel('暗証番号').fill(pin);
    await plain.getByRole('button', { name: '開く' }).click();
    await plain.getByLabel('誰の回答ですか').selectOption({ label: '佐藤 花子' });
    await plain.getByLabel('本人').check();
    await plain.getByLabel('無事').first().check();
    await plain.getByRole('button', { name: '送る' }).click();
    await plain.getByText('佐藤 花子さんの回答を受け付けました（無事）').waitFor();

    await kenta.goto(`${house.worker.url}/roll-calls/R8-01`);
    expect(await kenta.getByText(/^回答 1\//).count()).toBe(1);

    const shown = [await obstaclesAt(kenta, '/roll-calls'), await obstaclesAt(kenta, '/roll-calls/R8-01')];
    await kenta.getByRole('button', { name: '終える' }).click();
    await kenta.getByRole('button', { name: '終える' }).click();
    await kenta.getByRole('link', { name: '報告書を見る' }).waitFor();
    for (const path of ['/roll-calls/R8-01', '/roll-calls/R8-01/report', '/roll-calls/improvements'])
      shown.push(await obstaclesAt(kenta, path));
    expect(shown.flat()).toEqual([]);
  });
});
