/** One consultation through the browser, by two people, on a desk and on a phone. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../dev/local/state.ts';
import { isWithoutBrowser, launchChromium } from './browser.ts';
import { type RunningHouse, startHouse } from './running-house.ts';

const SHOTS = path.join(ROOT, 'coverage', 'screenshots');

describe.skipIf(isWithoutBrowser())('in Chromium', () => {
  let house: RunningHouse;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [house, browser] = await Promise.all([startHouse(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function openAs(
    user: string,
    channel: string,
    size: { width: number; height: number },
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: size });
    await page.goto(`${house.slack.url}/?user=${user}&channel=${channel}`);
    return page;
  }

  test.each([
    ['desk', { width: 1280, height: 850 }, '髙﨑 𠮷子', 'R8-0001'],
    // Another resident: the same one would be warned of.
    ['phone', { width: 375, height: 740 }, '渡邉 𠮷雄', 'R8-0002'],
  ])(
    'a consultation goes from the form to its answer, at a %s',
    async (device, size, resident, reference) => {
      const shot = (page: Page, name: string) =>
        page.screenshot({ path: path.join(SHOTS, `${device}-${name}.png`) });
      const hanako = await openAs('U0SATO', 'C0HIGASHI', size);
      const words = `${device}での相談内容です。鍵の件で困っています。`;
      await hanako.getByPlaceholder(/へのメッセージ/).fill('/kikan 相談');
      await hanako.keyboard.press('Escape');
      await hanako.getByRole('button', { name: '送信' }).first().click();
      const form = hanako.getByRole('dialog', { name: '基幹型への相談' });
      await form.waitFor();
      await shot(hanako, '1-form');
      await form.getByRole('button', { name: '送信' }).click();
      await form.getByText('この項目は必須です').first().waitFor();
      await form.getByRole('radio', { name: /至急/ }).check();
      await form.getByRole('checkbox', { name: '高齢者虐待' }).check();
      await form.getByLabel('対象者の氏名').fill(resident);
      await form.getByLabel('年齢').fill('八十');
      await form.getByLabel('相談内容').fill(words);
      await form.getByRole('button', { name: '送信' }).click();
      await form.getByText('0から125までの数字で入力してください').waitFor();
      await shot(hanako, '2-beside-the-field');
      await form.getByLabel('年齢').fill('82');
      await form.getByRole('button', { name: '送信' }).click();
      await form.waitFor({ state: 'detached' });

      const kenta = await openAs('U0TANAKA', 'C0TRIAGE', size);
      const accept = kenta.getByRole('button', { name: '受け付ける' }).last();
      await accept.waitFor();
      await shot(kenta, '3-card');
      await accept.click();
      await kenta.getByText('受付済').last().waitFor();
      await kenta.getByRole('button', { name: '回答する' }).last().click();
      const answer = kenta.getByRole('dialog', { name: '回答する' });
      await answer.getByText(words).waitFor();
      await answer.getByRole('textbox', { name: '回答' }).fill(`${device}への回答です。明日うかがいます。`);
      await shot(kenta, '4-answer');
      await answer.getByRole('button', { name: '回答を送る' }).click();
      await answer.waitFor({ state: 'detached' });
      await kenta.getByText('対応中').last().waitFor();

      await hanako.goto(`${house.slack.url}/?user=U0SATO&channel=${house.slack.workspace.as('U0SATO').dmId}`);
      // Of this case: that of the case before it stands there already.
      await hanako.getByText(`${reference} に回答が1件あります`).waitFor();
      await shot(hanako, '5-dm');
      await hanako.getByRole('button', { name: '読む' }).last().click();
      await hanako.getByRole('dialog').getByText(`${device}への回答です。明日うかがいます。`).waitFor();
      await shot(hanako, '6-read');
      await hanako.getByRole('dialog').getByRole('button', { name: '閉じる' }).last().click();
      expect(house.logs.join('\n')).not.toMatch(/鍵の件|髙﨑|渡邉|うかがいます/);
      await Promise.all([hanako.close(), kenta.close()]);
    },
  );

  test('staff of another center see nothing of it, a guest is turned away', async () => {
    const ichiro = await openAs('U0SUZUKI', 'C0NISHI', { width: 375, height: 740 });
    await ichiro.getByText('まだメッセージはありません').waitFor();
    const guest = await openAs('U0GUEST', 'C0GENERAL', { width: 375, height: 740 });
    await guest.getByPlaceholder(/へのメッセージ/).fill('/kikan 相談');
    await guest.keyboard.press('Escape');
    await guest.getByRole('button', { name: '送信' }).first().click();
    await guest.getByText('kikanを使える方として登録されていません').waitFor();
    expect(await guest.getByRole('dialog').count()).toBe(0);
  });
});
