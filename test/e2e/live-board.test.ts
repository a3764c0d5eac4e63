/** The board of a roll-call in a real browser: it keeps itself up to date, can be stopped, and stands without script, too. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWithoutBrowser, launchChromium } from './browser.ts';
import { type RunningHouse, startHouse } from './running-house.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const Violations = v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) }));

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

  async function signIn(
    name: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext }> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(house.worker.url);
    await page.getByText('Slackでサインイン').click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { name: '受信箱' }).waitFor();
    return { page, context };
  }

  test('a page that is open follows the answers, keeps what is unfolded, and stands still when it is told to', async () => {
    const { page: kenta, context } = await signIn('田中 健太');
    const faults: string[] = [];
    kenta.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await kenta.goto(`${house.worker.url}/roll-calls`);
    await kenta.getByRole('button', { name: '訓練を始める・予定する' }).click();
    await kenta.getByRole('button', { name: '確認へ進む' }).click();
    await kenta.getByRole('button', { name: /^訓練を始める/ }).click();
    const board = `${house.worker.url}/roll-calls/R8-01`;
    await kenta.goto(board);
    const total = kenta.locator('[data-live-line="total"]');
    expect(await total.textContent()).toMatch(/^回答 0\//);
    await kenta.getByText('表で見る').click();
    expect(await kenta.getByRole('table').count()).toBeGreaterThan(0);

    const { page: hanako } = await signIn('佐藤 花子', { bypassCSP: true });
    await hanako.goto(board);
    await hanako.getByRole('button', { name: '無事', exact: true }).click();
    await total.filter({ hasText: /^回答 1\// }).waitFor();
    expect(await kenta.locator('#board-table').getAttribute('open')).not.toBeNull();
    // Stopped, it stays as it is; resumed, it is up to date at once.
    await kenta.getByRole('button', { name: '自動更新を止める' }).click();
    await kenta.getByText('自動更新を止めています。').waitFor();
    const { page: minoru } = await signIn('阿部 実', { javaScriptEnabled: false });
    await minoru.goto(board);
    await minoru.getByRole('button', { name: '無事', exact: true }).click();
    expect(await total.textContent()).toMatch(/^回答 1\//);
    await kenta.getByRole('button', { name: '自動更新を再開する' }).click();
    await total.filter({ hasText: /^回答 2\// }).waitFor();
    // Without a network it says so, and goes on afterwards.
    await context.setOffline(true);
    await kenta.getByText('いまは更新できません').waitFor();
    await context.setOffline(false);
    await kenta.getByText('5秒ごとに自動で更新しています。').waitFor({ timeout: 30_000 });
    expect(faults.filter((fault) => /Content Security Policy/.test(fault))).toEqual([]);

    // Nothing that hinders people, at a phone's width.
    await hanako.goto(board);
    await hanako.evaluate(axe.source);
    const found = v.parse(
      Violations,
      await hanako.evaluate(
        `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`,
      ),
    );
    expect(found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await hanako.evaluate(overflow)).toBe(0);

    // Without script: the same figures, a link that loads them anew, and no button that does nothing.
    await minoru.goto(board);
    expect(await minoru.getByText(/^回答 2\//).count()).toBe(1);
    expect(await minoru.getByRole('button', { name: '自動更新を止める' }).count()).toBe(0);
    await minoru.getByRole('link', { name: '更新する' }).click();
    expect(await minoru.getByText(/^回答 2\//).count()).toBe(1);
  });
});
