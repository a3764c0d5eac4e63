/** A whole case in the browser, by the sender on a phone and the core center at a desk: from the form to the rating. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWithoutBrowser, launchChromium } from './browser.ts';
import { type RunningHouse, startHouse } from './running-house.ts';

const PHONE = { width: 390, height: 800 };
const DESK = { width: 1280, height: 900 };

const BODY = '鍵を何度もなくされ、近所の方が心配しています。';
const QUESTION = 'ご家族と連絡はつきますか。';
const REPLY = '長女の方と、夜なら話せます。';
const ANSWER = '長女の方と一緒に、来週うかがいます。';

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

  async function openAs(user: string, channel: string, viewport: typeof PHONE): Promise<Page> {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(10_000);
    await page.goto(`${house.slack.url}/?user=${user}&channel=${channel}`);
    return page;
  }

  /** Presses the latest button of this name, in a message. */
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last().click();

  /** Fills in the form that just opened, and waits until it is stored. */
  async function send(page: Page, fields: Record<string, string>, submit: string): Promise<void> {
    const form = page.getByRole('dialog');
    for (const [label, words] of Object.entries(fields))
      await form.getByRole('textbox', { name: label }).fill(words);
    await form.getByRole('button', { name: submit }).click();
    await form.waitFor({ state: 'detached' });
  }

  test('a case goes from the form through question, answer and closing to its rating', async () => {
    const hanako = await openAs('U0SATO', 'C0HIGASHI', PHONE);
    await hanako.getByPlaceholder(/へのメッセージ/).fill('/kikan 相談');
    await hanako.keyboard.press('Escape');
    await hanako.getByRole('button', { name: '送信' }).first().click();
    await hanako.getByRole('dialog').getByRole('radio', { name: /通常/ }).check();
    await send(hanako, { 対象者の氏名: '高橋 ハナ', 相談内容: BODY }, '送信');

    const kenta = await openAs('U0TANAKA', 'C0TRIAGE', DESK);
    const state = (words: string) => kenta.getByRole('heading', { name: `R8-0001　${words}` }).waitFor();
    await press(kenta, '受け付ける');
    await state('受付済');
    await pickFromMenu(kenta, '相談元に質問する');
    await send(kenta, { 質問: QUESTION }, '質問を送る');
    await state('回答待ち');

    const { dmId } = house.slack.workspace.as('U0SATO');
    await hanako.goto(`${house.slack.url}/?user=U0SATO&channel=${dmId}`);
    await press(hanako, '質問に答える');
    await hanako.getByRole('dialog').getByText(QUESTION).waitFor();
    await send(hanako, { 返事: REPLY }, '返事を送る');
    await state('対応中');

    await press(kenta, '回答する');
    await kenta.getByRole('dialog').getByText(BODY).waitFor();
    await send(kenta, { 回答: ANSWER }, '回答を送る');
    await hanako.getByText('に回答が1件あります').waitFor();
    await press(hanako, '読む');
    await hanako.getByRole('dialog').getByText(ANSWER).waitFor();
    await hanako.getByRole('dialog').getByRole('button', { name: '閉じる' }).last().click();

    await pickFromMenu(kenta, '終結を提案する');
    await kenta.getByRole('dialog').getByRole('radio', { name: '継続見守り' }).check();
    await send(kenta, {}, '提案する');
    await state('終結確認中');
    await press(hanako, '終結を確認する');
    await hanako.getByText('R8-0001：終結を確認しました。').waitFor();
    await state('終結');
    await press(hanako, '役に立った');
    await hanako.getByText('R8-0001：評価しました。').waitFor();

    await press(hanako, '詳細を見る');
    const detail = hanako.getByRole('dialog');
    await detail.getByText('相談元の評価：役に立った').waitFor();
    for (const words of [BODY, QUESTION, REPLY, ANSWER])
      expect(await detail.getByText(words).count()).toBe(1);
    expect(house.logs.join('\n')).not.toMatch(/鍵を|ご家族|長女|高橋/);
    await Promise.all([hanako.close(), kenta.close()]);
  });
});

/** The menu of the latest card. */
async function pickFromMenu(page: Page, label: string): Promise<void> {
  await page.locator('.message-text .menu button').last().click();
  await page.getByRole('menuitem', { name: label }).click();
}
