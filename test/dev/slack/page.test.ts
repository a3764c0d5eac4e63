/** The browser page on a phone: modals keep what was typed, threads can be written in, menus stay on the screen. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, objectOf, objectsOf, parseJson, stringOf } from '../../../dev/slack/json.ts';
import { type LocalSlack, startLocalSlack } from '../../../dev/slack/server.ts';
import { isWithoutBrowser, launchChromium } from '../../e2e/browser.ts';
import { input, modalOf, option, plain } from './office.ts';

const channel = 'C0EAST';
const city = {
  name: 'みなと市',
  centers: [{ code: 'east', kind: 'district', name: 'ひがしセンター', short: 'ひがし', channel }],
  staff: [{ slackUserId: 'U0SATO', name: '佐藤 花子', center: 'east' }],
};
const LONG = '主担当機関の引き継ぎを申し込む（基幹型から地区包括へ）';
const more = { type: 'overflow', action_id: 'more', options: [option('詳細を見る'), option(LONG)] };
const button = (label: string) => ({ type: 'button', text: plain(label), action_id: label });
const name = input('氏名', { type: 'plain_text_input', action_id: 'name' }, { block_id: 'name' });
const area = (initial_value: string) =>
  input('地区', { type: 'plain_text_input', action_id: 'area', initial_value }, { block_id: 'area' });
const kind = input(
  '種別',
  { type: 'static_select', action_id: 'kind', options: [option('個別'), option('運営')] },
  { block_id: 'kind', dispatch_action: true },
);
const push = { type: 'actions', block_id: 'p', elements: [button('候補を見る')] };
const filter = (more_: JsonObject = {}) => ({
  type: 'actions',
  block_id: 'f',
  elements: [
    {
      type: 'static_select',
      action_id: 's',
      placeholder: plain('状態'),
      options: [option('未受付'), option('対応中')],
      ...more_,
    },
  ],
});

describe.skipIf(isWithoutBrowser())('the page on a phone', { timeout: 90_000 }, () => {
  let slack: LocalSlack;
  let browser: Browser;
  let page: Page;
  const app = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      await answer(contentOf(Buffer.concat(parts).toString()));
      response.end();
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    slack = await startLocalSlack({
      port: 0,
      appUrl: `http://127.0.0.1:${portOf(app.address())}/slack/events`,
      city,
      botToken: 'xoxb-page',
      signingSecret: 'secret',
      clientId: 'client',
      clientSecret: 'hush',
    });
    browser = await launchChromium();
  }, 90_000);

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 390, height: 760 } });
  });

  afterEach(async () => {
    await page.close();
    const sato = slack.workspace.as('U0SATO');
    while (sato.modal) await sato.closeModal();
  });

  afterAll(async () => {
    await browser?.close();
    await slack?.close();
    app.close();
  });

  it('keeps what was typed when the app updates the modal, or another one lies above', async () => {
    await page.goto(`${slack.url}/?user=U0SATO&channel=${channel}`);
    await page.locator('#composer').fill('/kikan 相談');
    await page.locator('#composer').press('Enter');
    const modal = page.getByRole('dialog');
    const held = (label: string) => modal.getByLabel(label).inputValue();
    await modal.getByLabel('氏名').fill('山田');
    await modal.getByLabel('種別').selectOption('個別');
    await modal.getByLabel('地区').waitFor();
    expect([await held('氏名'), await held('地区')]).toEqual(['山田', '東']);
    await modal.getByLabel('地区').fill('北');
    await modal.getByLabel('種別').selectOption('運営');
    await modal.getByText('2回目').waitFor();
    expect(await held('地区')).toBe('北');
    await modal.getByRole('button', { name: '候補を見る' }).click();
    await page.getByRole('heading', { name: '候補' }).waitFor();
    expect(await held('氏名')).toBe('');
    await modal.getByRole('button', { name: 'キャンセル' }).click();
    await page.getByRole('heading', { name: '相談' }).waitFor();
    expect([await held('氏名'), await held('地区'), await held('種別')]).toEqual(['山田', '北', '運営']);
  });

  it('writes into a thread and its channel, changes and deletes', async () => {
    const card = await api('chat.postMessage', { channel, text: 'R8-0001' });
    await page.goto(`${slack.url}/?user=U0SATO&channel=${channel}&thread=${card.ts}`);
    const thread = page.locator('.thread');
    const menuOf = (words: string) =>
      thread.locator('.message').filter({ hasText: words }).getByLabel('このメッセージの操作');
    await page.locator('#thread-composer').fill('電話 & 訪問');
    await page.getByLabel('チャンネルにも投稿する').check();
    await page.locator('#thread-composer').press('Enter');
    await menuOf('電話 & 訪問').click();
    await page.getByRole('menuitem', { name: '編集する' }).click();
    expect(await page.getByLabel('メッセージを編集').inputValue()).toBe('電話 & 訪問');
    await page.getByLabel('メッセージを編集').fill('<訪問>');
    await page.getByLabel('メッセージを編集').press('Enter');
    await menuOf('<訪問>').waitFor();
    expect(slack.workspace.thread(channel, stringOf(card.ts))).toMatchObject([
      { text: '&lt;訪問&gt;', isBroadcast: true, author: 'U0SATO' },
    ]);
    await menuOf('<訪問>').click();
    await page.getByRole('menuitem', { name: '削除する' }).click();
    await page.getByRole('button', { name: '削除する' }).click();
    await thread.getByText('<訪問>').waitFor({ state: 'detached' });
    expect(slack.workspace.thread(channel, stringOf(card.ts))).toEqual([]);
  });

  it('opens every menu inside the screen', async () => {
    const blocks = [{ type: 'actions', elements: [more, button('受け付ける')] }];
    await api('chat.postMessage', { channel, text: 'R8-0002', blocks });
    await page.goto(`${slack.url}/?user=U0SATO&channel=${channel}`);
    await page.getByLabel('その他の操作').click();
    const box = await page.getByRole('menu').boundingBox();
    if (!box) throw new Error('no menu');
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(box.y + box.height).toBeLessThanOrEqual(760);
    await page.getByRole('menuitem', { name: LONG }).click();
    await slack.workspace.waitFor(() =>
      slack.workspace.traffic.some(
        ({ what, request }) =>
          what === 'block_actions' && JSON.stringify(objectOf(request).actions).includes(LONG),
      ),
    );
  });

  it('keeps a choice on the Home tab over a new version of it', async () => {
    await publish([filter()]);
    await page.goto(`${slack.url}/?user=U0SATO&channel=D0SATO`);
    await page.getByRole('tab', { name: 'ホーム' }).click();
    await page.getByLabel('状態').selectOption('対応中');
    await publish([{ type: 'header', text: plain('2件') }, filter({ initial_option: option('未受付') })]);
    await page.getByText('2件').waitFor();
    expect(await page.getByLabel('状態').inputValue()).toBe('対応中');
  });

  const publish = (blocks: JsonObject[]) =>
    api('views.publish', { user_id: 'U0SATO', view: { type: 'home', blocks } });

  async function api(method: string, args: JsonObject): Promise<JsonObject> {
    const answered = await fetch(`${slack.url}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-page' },
      body: JSON.stringify(args),
    });
    const body = objectOf(await answered.json());
    expect(body).toMatchObject({ ok: true });
    return body;
  }

  async function answer(content: JsonObject): Promise<void> {
    const { trigger_id } = content;
    if (content.command) await api('views.open', { trigger_id, view: modalOf([kind, name]) });
    const [pressed] = objectsOf(content.actions);
    if (pressed?.action_id === '候補を見る')
      await api('views.push', { trigger_id, view: modalOf([name], { title: plain('候補') }) });
    if (pressed?.action_id !== 'kind') return;
    const { id, hash, blocks } = objectOf(content.view);
    const isSecond = objectsOf(blocks).some(({ block_id }) => block_id === 'area');
    const note = { type: 'section', text: plain(isSecond ? '2回目' : '1回目') };
    const view = modalOf([kind, name, area(isSecond ? '西' : '東'), note, push]);
    await api('views.update', { view_id: id, hash, view });
  }
});

function contentOf(body: string): JsonObject {
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined ? form : objectOf(parseJson(form.payload));
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
