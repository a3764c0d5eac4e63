import { describe, expect, it } from 'vitest';
import { type JsonObject, objectOf } from '../../../dev/slack/json.ts';
import { input, modalOf, openOffice, option, plain } from './office.ts';

const channel = 'C0GENERAL';
const row = (text: string, ...labels: string[]): JsonObject[] => [
  { type: 'section', text: { type: 'mrkdwn', text } },
  {
    type: 'actions',
    elements: labels.map((label) => ({ type: 'button', text: plain(label), action_id: label })),
  },
];

/** An office with this modal open for 佐藤. */
async function withModal(blocks: JsonObject[]) {
  const office = openOffice();
  const sato = office.workspace.as('U0SATO');
  await sato.slash('相談', { channel });
  const opened = await office.call('views.open', {
    trigger_id: office.inbox[0]?.content.trigger_id,
    view: modalOf(blocks),
  });
  expect(opened).toMatchObject({ ok: true });
  office.inbox.length = 0;
  return { ...office, sato };
}

describe('a click by label', () => {
  it('takes the exact label first, then the only one that contains it', async () => {
    const { workspace, call, inbox } = openOffice();
    await call('chat.postMessage', {
      channel,
      text: 'x',
      blocks: row('R8-0001', '受け付ける', '受け付けるが保留'),
    });
    const [message] = workspace.messages(channel);
    if (!message) throw new Error('no message');
    await workspace.as('U0SATO').click(message, '受け付ける');
    await workspace.as('U0SATO').click(message, '保留');
    expect(inbox.map(({ content }) => content.actions)).toMatchObject([
      [{ action_id: '受け付ける' }],
      [{ action_id: '受け付けるが保留' }],
    ]);
  });

  it('says what is there when the label is unknown or not the only one', async () => {
    const { workspace, call, inbox } = openOffice();
    await call('chat.postMessage', {
      channel,
      text: 'x',
      blocks: [...row('R8-0001', '開く'), ...row('R8-0002', '開く')],
    });
    const [message] = workspace.messages(channel);
    if (!message) throw new Error('no message');
    const sato = workspace.as('U0SATO');
    await expect(sato.click(message, '閉じる')).rejects.toThrow('there is: 「開く」 「開く」');
    await expect(sato.click(message, '開く')).rejects.toThrow('2 controls "開く"');
    await sato.click(message, '開く', undefined, { beside: 'R8-0002' });
    expect(inbox).toHaveLength(1);
  });

  it('picks from menus by the words of the option', async () => {
    const { workspace, call, inbox } = openOffice();
    const select = {
      type: 'static_select',
      placeholder: plain('担当'),
      options: [option('伊藤'), option('佐藤')],
      action_id: 's',
    };
    const overflow = { type: 'overflow', options: [option('複製'), option('取り消す')], action_id: 'o' };
    await call('chat.postMessage', {
      channel,
      text: 'x',
      blocks: [{ type: 'actions', elements: [select, overflow] }],
    });
    const [message] = workspace.messages(channel);
    if (!message) throw new Error('no message');
    const sato = workspace.as('U0SATO');
    await sato.click(message, '担当', '佐藤');
    await sato.click(message, '取り消す');
    expect(inbox.map(({ content }) => content.actions)).toMatchObject([
      [{ selected_option: { value: '佐藤' } }],
      [{ type: 'overflow', selected_option: { value: '取り消す' } }],
    ]);
    await expect(sato.click(message, '担当', '鈴木')).rejects.toThrow(
      'no option "鈴木"; offered: 「伊藤」 「佐藤」',
    );
  });

  it('is refused when the button is gone from the message, or the person is no member', async () => {
    const { workspace, call, inbox } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: 'x', blocks: row('x', '受け付ける') });
    const [seen] = workspace.messages(channel);
    if (!seen) throw new Error('no message');
    expect((await workspace.as('U0GUEST').click(seen, '受け付ける')).status).toBe('not sent');
    await call('chat.update', { channel, ts, text: '済' });
    expect(await workspace.as('U0SATO').click(seen, '受け付ける')).toMatchObject({ status: 'not sent' });
    expect(inbox).toEqual([]);
  });
});

describe('filling a modal by label', () => {
  it('fills every kind of input in words', async () => {
    const { sato, inbox } = await withModal([
      input('要旨', { type: 'plain_text_input', multiline: true }),
      input('種別', { type: 'radio_buttons', options: [option('個別ケース'), option('一般')] }),
      input('分類', { type: 'checkboxes', options: [option('高齢者虐待'), option('その他')] }),
      input('希望回答日', { type: 'datepicker' }),
      input('時刻', { type: 'timepicker' }),
      input('担当', { type: 'users_select' }),
      input('共有先', { type: 'multi_channels_select' }),
      input('人数', { type: 'number_input', is_decimal_allowed: false }, { optional: true }),
      input('記録', { type: 'rich_text_input' }),
    ]);
    const values = {
      要旨: '訪問の相談',
      種別: '個別',
      分類: ['高齢者虐待'],
      希望回答日: '2026-12-01',
      時刻: '09:30',
      担当: '伊藤 直子',
      共有先: ['全体'],
      記録: '経過',
    };
    expect((await sato.fillAndSubmit(values)).status).toBe(200);
    const state = objectOf(objectOf(objectOf(inbox[0]?.content.view).state).values);
    const held = Object.values(state).flatMap((block) => Object.values(objectOf(block)));
    expect(held).toMatchObject([
      { type: 'plain_text_input', value: '訪問の相談' },
      { selected_option: { value: '個別ケース' } },
      { selected_options: [{ value: '高齢者虐待' }] },
      { selected_date: '2026-12-01' },
      { selected_time: '09:30' },
      { selected_user: 'U0ITO' },
      { selected_channels: ['C0GENERAL'] },
      { type: 'number_input', value: null },
      { rich_text_value: { type: 'rich_text' } },
    ]);
  });

  it('shows what Slack itself refuses, without asking the app', async () => {
    const { sato, inbox } = await withModal([
      input('名前', { type: 'plain_text_input', min_length: 2, max_length: 4 }),
      input('メール', { type: 'email_text_input' }, { optional: true }),
      input('分類', {
        type: 'multi_static_select',
        options: [option('甲'), option('乙')],
        max_selected_items: 1,
      }),
      input('人数', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }),
    ]);
    expect(await sato.submit()).toMatchObject({
      status: 'not sent',
      errors: {
        名前: 'この項目は必須です。入力してください。',
        分類: 'この項目は必須です。入力してください。',
        人数: expect.any(String),
      },
    });
    const { errors } = await sato.fillAndSubmit({ 名前: '山', メール: 'x', 分類: ['甲', '乙'], 人数: '10' });
    expect(errors).toEqual({
      名前: '2文字以上で入力してください。',
      メール: 'メールアドレスの形で入力してください。',
      分類: '選べるのは1個までです。',
      人数: '9以下の数字を入力してください。',
    });
    expect(inbox).toEqual([]);
    await expect(sato.fill({ 住所: 'x' })).rejects.toThrow('no control "住所"');
  });

  it('tells the app of inputs that dispatch an action, with what is typed so far', async () => {
    const { sato, inbox } = await withModal([
      input('名前', { type: 'plain_text_input', action_id: 'n' }, { block_id: 'n' }),
      input(
        '種別',
        { type: 'static_select', action_id: 'k', options: [option('甲')] },
        { block_id: 'k', dispatch_action: true },
      ),
    ]);
    await sato.fill({ 名前: '山田', 種別: '甲' });
    expect(inbox).toHaveLength(1);
    expect(inbox[0]?.content).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      actions: [{ action_id: 'k', selected_option: { value: '甲' } }],
      view: {
        state: { values: { n: { n: { value: '山田' } }, k: { k: { selected_option: { value: '甲' } } } } },
      },
    });
  });

  it('asks the app for the choices of external menus', async () => {
    const { sato, app, inbox, workspace } = await withModal([
      input('事業所', { type: 'external_select', min_query_length: 1 }),
    ]);
    app.handler = ({ content }) =>
      content.type === 'block_suggestion'
        ? Response.json({ options: [option('ひがし'), option('にし')] })
        : undefined;
    expect((await sato.fillAndSubmit({ 事業所: 'にし' })).status).toBe(200);
    expect(inbox[0]?.content).toMatchObject({ type: 'block_suggestion', value: 'にし' });
    expect(workspace.traffic.at(-1)?.what).toBe('view_submission');
  });

  it('gives response URLs for chosen conversations that ask for one', async () => {
    const { sato, inbox, workspace } = await withModal([
      input('投稿先', { type: 'conversations_select', response_url_enabled: true }),
    ]);
    await sato.fillAndSubmit({ 投稿先: '全体' });
    const [given] = [inbox[0]?.content.response_urls].flat();
    expect(given).toMatchObject({ channel_id: channel, response_url: expect.stringContaining('/response/') });
    const url = String(objectOf(given).response_url);
    await workspace.handle(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'x', response_type: 'in_channel' }),
      }),
    );
    expect(workspace.messages(channel)).toHaveLength(1);
  });
});

describe('what a person sees', () => {
  it('is their channels, with unread marks that reading clears', async () => {
    const { workspace, call } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: '親' });
    await call('chat.postMessage', { channel, text: '子', thread_ts: ts });
    const general = () => workspace.snapshot('U0SATO')?.conversations.find(({ id }) => id === channel);
    expect(general()).toMatchObject({ unread: 1, unreadThreads: [ts] });
    await workspace.act({ act: 'read', user: 'U0SATO', channel });
    await workspace.act({ act: 'read', user: 'U0SATO', channel, threadTs: String(ts) });
    expect(general()).toMatchObject({ unread: 0, unreadThreads: [] });
    expect(workspace.snapshot('U0SATO')?.conversations.map(({ name }) => name)).toEqual([
      '全体',
      '静か',
      'kikan',
    ]);
    expect(workspace.messagesFor('U0SATO', 'C0SECRET')).toEqual([]);
  });

  it('changes version and tells subscribers', async () => {
    const { workspace, call } = openOffice();
    let told = 0;
    const stop = workspace.subscribe(() => {
      told += 1;
    });
    await call('chat.postMessage', { channel, text: 'x' });
    expect(told).toBeGreaterThan(0);
    const before = told;
    stop();
    await call('chat.postMessage', { channel, text: 'x' });
    expect(told).toBe(before);
  });

  it('can be waited for', async () => {
    const { workspace, call } = openOffice();
    setTimeout(() => void call('chat.postMessage', { channel, text: 'x' }), 20);
    expect((await workspace.waitFor(() => workspace.messages(channel)[0])).text).toBe('x');
    await expect(workspace.waitFor(() => workspace.messages(channel)[1], { ms: 20 })).rejects.toThrow(
      'in vain',
    );
  });

  it('is not for people who left', async () => {
    const { workspace } = openOffice();
    expect((await workspace.as('U0GONE').slash('相談')).problem).toBe('この人はワークスペースにいません。');
    expect(() => workspace.as('U0NOBODY')).toThrow('no person U0NOBODY');
  });
});

describe('the Home tab', () => {
  it('is opened, and clicked by label', async () => {
    const { workspace, app, inbox, call } = openOffice();
    const sato = workspace.as('U0SATO');
    app.handler = async ({ content }) => {
      const view = { type: 'home', blocks: row('本日の相談', '相談する') };
      if (objectOf(content.event).type === 'app_home_opened')
        await call('views.publish', { user_id: 'U0SATO', view });
      return undefined;
    };
    await sato.openHome();
    expect(sato.homeText).toContain('本日の相談');
    await sato.clickInHome('相談する');
    expect(inbox.at(-1)?.content).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      view: { type: 'home' },
      actions: [{ action_id: '相談する' }],
    });
  });
});

describe('the records', () => {
  it('keep what was sent as it was, however the modal changes later', async () => {
    const { sato, workspace } = await withModal([input('名前', { type: 'plain_text_input' })]);
    await Promise.all([sato.fillAndSubmit({ 名前: '山田' }), workspace.settled()]);
    const sent = workspace.traffic.find(({ what }) => what === 'view_submission');
    expect(JSON.stringify(sent?.request)).toContain('山田');
    expect(workspace.calls('views.open')).toMatchObject([
      { status: 200, args: { view: { type: 'modal' } }, answer: { ok: true } },
    ]);
    expect(workspace.everythingFromApp()).not.toContain('山田');
    expect(workspace.everythingFromApp()).toContain('名前');
  });

  it('are bounded', async () => {
    const { workspace, call } = openOffice(undefined, { trafficLimit: 3 });
    for (let i = 0; i < 5; i++) await call('auth.test');
    expect(workspace.traffic.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  });
});

describe('pressing twice', () => {
  it('sends the same modal twice', async () => {
    const { sato, inbox } = await withModal([input('名前', { type: 'plain_text_input' })]);
    await sato.fill({ 名前: '山田' });
    await Promise.all([sato.submit(), sato.submit()]);
    const views = inbox.map(({ content }) => objectOf(content.view).id);
    expect(views).toHaveLength(2);
    expect(new Set(views).size).toBe(1);
    expect(sato.modal).toBeUndefined();
  });
});
