import { describe, expect, it } from 'vitest';
import type { Message } from '../../../dev/slack/client-api.ts';
import { type JsonObject, objectOf, objectsOf, stringOf } from '../../../dev/slack/json.ts';
import { input, modalOf, openOffice, option, plain } from './office.ts';

const channel = 'C0GENERAL';
const ENTER = { trigger_actions_on: ['on_enter_pressed'] };
const groups = [
  { label: plain('ひがし'), options: [option('佐藤'), option('高橋')] },
  { label: plain('にし'), options: [option('鈴木')] },
];
const select = (more: JsonObject = {}) => ({
  type: 'static_select',
  placeholder: plain('担当'),
  option_groups: groups,
  action_id: 'who',
  ...more,
});
const row = (text: string, accessory: JsonObject): JsonObject => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  accessory,
});
const overflow = (...words: string[]) => ({
  type: 'overflow',
  options: words.map(option),
  action_id: 'more',
});
const actionOf = (content: JsonObject | undefined) => objectOf(objectsOf(content?.actions)[0]);

/** An office with these blocks in a message. */
async function withMessage(blocks: JsonObject[]) {
  const office = openOffice();
  const posted = await office.call('chat.postMessage', { channel, text: 'x', blocks });
  expect(posted).toMatchObject({ ok: true });
  const message = (): Message => {
    const found = office.workspace.message(channel, stringOf(posted.ts));
    if (!found) throw new Error('no message');
    return found;
  };
  return { ...office, message, sato: office.workspace.as('U0SATO') };
}

/** An office with these blocks in a modal of 佐藤. */
async function withModal(blocks: JsonObject[]) {
  const office = openOffice();
  const sato = office.workspace.as('U0SATO');
  await sato.slash('相談', { channel });
  const trigger_id = office.inbox[0]?.content.trigger_id;
  const opened = await office.call('views.open', { trigger_id, view: modalOf(blocks) });
  expect(opened).toMatchObject({ ok: true });
  office.inbox.length = 0;
  return { ...office, sato, viewId: stringOf(objectOf(opened.view).id) };
}

/** An office with these blocks on the Home tab of 佐藤. */
async function withHome(blocks: JsonObject[]) {
  const office = openOffice();
  const published = await office.call('views.publish', { user_id: 'U0SATO', view: { type: 'home', blocks } });
  expect(published).toMatchObject({ ok: true });
  return { ...office, sato: office.workspace.as('U0SATO'), home: objectOf(published.view) };
}

describe('menus beside rows', () => {
  const rows = [
    row('R8-0001', overflow('開く', '取り消す')),
    row('R8-0002', overflow('開く', '引き継ぐ')),
    { type: 'actions', elements: [{ type: 'button', text: plain('次へ'), action_id: 'next' }] },
  ];

  it('are picked from by the option, beside the row’s text, in a message, a modal and the Home tab', async () => {
    const inMessage = await withMessage(rows);
    await inMessage.sato.click(inMessage.message(), '開く', undefined, { beside: 'R8-0002' });
    const inModal = await withModal(rows);
    await inModal.sato.clickInModal('取り消す');
    const inHome = await withHome(rows);
    await inHome.sato.clickInHome('引き継ぐ');
    expect([inMessage, inModal, inHome].map(({ inbox }) => actionOf(inbox[0]?.content))).toMatchObject([
      { type: 'overflow', action_id: 'more', selected_option: { value: '開く' } },
      { type: 'overflow', selected_option: { value: '取り消す' } },
      { type: 'overflow', selected_option: { value: '引き継ぐ' } },
    ]);
    await expect(inModal.sato.clickInModal('開く')).rejects.toThrow('2 controls "開く"');
  });

  it('and buttons are listed as a person sees them', async () => {
    const { sato, message } = await withMessage(rows);
    expect(sato.offers(message())).toEqual(['開く', '取り消す', '開く', '引き継ぐ', '次へ']);
  });

  it('take at most five options', async () => {
    const { call } = openOffice();
    const blocks = [row('x', overflow('一', '二', '三', '四', '五', '六'))];
    expect(await call('chat.postMessage', { channel, text: 'x', blocks })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: [
          expect.stringContaining('no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]'),
        ],
      },
    });
  });
});

describe('every kind of menu', () => {
  it('is chosen from in words in an actions block of a message', async () => {
    const { sato, message, inbox } = await withMessage([
      {
        type: 'actions',
        elements: [
          select(),
          { type: 'users_select', placeholder: plain('人'), action_id: 'user' },
          { type: 'datepicker', placeholder: plain('日'), action_id: 'date' },
          { type: 'timepicker', placeholder: plain('時刻'), action_id: 'time' },
          { type: 'radio_buttons', options: [option('至急'), option('通常')], action_id: 'radio' },
          { type: 'checkboxes', options: [option('電話'), option('訪問')], action_id: 'check' },
        ],
      },
    ]);
    await sato.click(message(), '担当', '鈴木');
    await sato.click(message(), '人', '伊藤 直子');
    await sato.click(message(), '日', '2026-12-01');
    await sato.click(message(), '時刻', '09:30');
    await sato.click(message(), '至急');
    await sato.click(message(), '電話');
    await sato.click(message(), '訪問');
    await sato.click(message(), '電話');
    expect(inbox.map(({ content }) => actionOf(content))).toMatchObject([
      { type: 'static_select', selected_option: { value: '鈴木' }, placeholder: plain('担当') },
      { selected_user: 'U0ITO' },
      { selected_date: '2026-12-01' },
      { selected_time: '09:30' },
      { type: 'radio_buttons', selected_option: { value: '至急' } },
      { type: 'checkboxes', selected_options: [{ value: '電話' }] },
      { selected_options: [{ value: '電話' }, { value: '訪問' }] },
      { selected_options: [{ value: '訪問' }] },
    ]);
  });

  it('goes with all that the person picked in the message before, and with nothing of others', async () => {
    const { sato, message, inbox, workspace } = await withMessage([
      {
        type: 'actions',
        block_id: 'b',
        elements: [
          select(),
          { type: 'datepicker', action_id: 'date' },
          { type: 'button', text: plain('決める'), action_id: 'go' },
        ],
      },
    ]);
    await sato.click(message(), '担当', '佐藤');
    await sato.click(message(), 'date', '2026-12-01');
    await sato.click(message(), '決める');
    await workspace.as('U0ITO').click(message(), '決める');
    const [, , own, other] = inbox.map(({ content }) => objectOf(objectOf(content.state).values).b);
    expect(own).toMatchObject({
      who: { selected_option: { value: '佐藤' } },
      date: { selected_date: '2026-12-01' },
    });
    expect(other).toMatchObject({ who: { selected_option: null }, date: { selected_date: null } });
  });

  it('needs a word when it is no button', async () => {
    const { sato, message } = await withMessage([{ type: 'actions', elements: [select()] }]);
    await expect(sato.click(message(), '担当')).rejects.toThrow('say what to choose');
    await expect(sato.click(message(), '担当', '田中')).rejects.toThrow(
      'no option "田中"; offered: 「佐藤」 「高橋」 「鈴木」',
    );
  });

  it('starts from its initial choices in a modal, several people and groups too', async () => {
    const { sato, inbox } = await withModal([
      input('同行者', { type: 'multi_users_select', initial_users: ['U0SATO'], action_id: 'u' }),
      input('分類', {
        type: 'multi_static_select',
        option_groups: groups,
        initial_options: [option('高橋')],
        action_id: 'm',
      }),
      input('担当', select({ initial_option: option('鈴木') })),
      row('連絡先', {
        type: 'multi_static_select',
        options: [option('警察'), option('消防')],
        action_id: 'o',
      }),
    ]);
    expect(sato.filledIn).toEqual({ 同行者: ['U0SATO'], 分類: ['高橋'], 担当: '鈴木' });
    await sato.clickInModal('連絡先', ['警察', '消防']);
    expect(actionOf(inbox[0]?.content)).toMatchObject({
      selected_options: [{ value: '警察' }, { value: '消防' }],
    });
    await sato.fillAndSubmit({ 同行者: ['佐藤 花子', '伊藤 直子'], 分類: ['佐藤', '鈴木'], 担当: null });
    expect(sato.modal).toBeDefined();
    await sato.fillAndSubmit({ 担当: '佐藤' });
    const values = objectOf(objectOf(objectOf(inbox.at(-1)?.content.view).state).values);
    const held = Object.values(values).flatMap((block) => Object.values(objectOf(block)));
    expect(held).toMatchObject([
      { selected_users: ['U0SATO', 'U0ITO'] },
      { selected_options: [{ value: '佐藤' }, { value: '鈴木' }] },
      { selected_option: { value: '佐藤' } },
      { selected_options: [{ value: '警察' }, { value: '消防' }] },
    ]);
  });

  it('does not offer people who left', async () => {
    const { sato } = await withModal([input('同行者', { type: 'users_select' })]);
    await expect(sato.fill({ 同行者: '退職 者' })).rejects.toThrow('no person "退職 者"');
  });
});

describe('menus of the app’s own choices', () => {
  const external = {
    type: 'external_select',
    placeholder: plain('事業所'),
    min_query_length: 1,
    action_id: 'e',
  };
  const answering = {
    option_groups: [{ label: plain('東'), options: [option('ひがし'), option('ひばり')] }],
  };

  it('ask for them in a section of a modal and on the Home tab', async () => {
    const inModal = await withModal([row('担当事業所', external)]);
    const inHome = await withHome([row('担当事業所', external)]);
    for (const { app } of [inModal, inHome])
      app.handler = ({ content }) =>
        content.type === 'block_suggestion' ? Response.json(answering) : undefined;
    await inModal.sato.clickInModal('事業所', 'ひがし');
    await inHome.sato.clickInHome('事業所', 'ひばり');
    expect([inModal, inHome].map(({ inbox }) => inbox.map(({ content }) => content))).toMatchObject([
      [
        { type: 'block_suggestion', action_id: 'e', value: 'ひがし', view: { type: 'modal' } },
        { type: 'block_actions', actions: [{ selected_option: { value: 'ひがし' } }] },
      ],
      [
        { type: 'block_suggestion', value: 'ひばり', view: { type: 'home' } },
        { type: 'block_actions', actions: [{ selected_option: { value: 'ひばり' } }] },
      ],
    ]);
  });

  it('ask for them in a message, several at a time in a modal', async () => {
    const inMessage = await withMessage([row('担当事業所', external)]);
    const inModal = await withModal([
      input('事業所', { type: 'multi_external_select', min_query_length: 1, action_id: 'e' }),
    ]);
    for (const { app } of [inMessage, inModal])
      app.handler = ({ content }) =>
        content.type === 'block_suggestion' ? Response.json(answering) : undefined;
    await inMessage.sato.click(inMessage.message(), '事業所', 'ひがし');
    await inModal.sato.fillAndSubmit({ 事業所: ['ひがし', 'ひばり'] });
    expect(inMessage.inbox.map(({ content }) => content)).toMatchObject([
      { container: { type: 'message', is_ephemeral: false }, channel: { id: channel } },
      { type: 'block_actions', actions: [{ selected_option: { value: 'ひがし' } }] },
    ]);
    expect(inModal.inbox).toHaveLength(3);
    expect(inModal.workspace.traffic.at(-1)).toMatchObject({ what: 'view_submission', status: 200 });
  });

  it('say so when the app offers nothing of that name, or answers nonsense', async () => {
    const { sato, app } = await withModal([input('事業所', external)]);
    app.handler = () => Response.json({ options: [] });
    await expect(sato.fill({ 事業所: 'みなみ' })).rejects.toThrow('no option "みなみ"; offered: nothing');
    app.handler = () => Response.json({ choices: [] });
    await expect(sato.fill({ 事業所: 'みなみ' })).rejects.toThrow('選択肢を読み込めませんでした。');
  });
});

describe('inputs that dispatch an action', () => {
  it('tell the app at once, with the whole view and its place in the stack', async () => {
    const elements: [label: string, element: JsonObject, words: string | string[], held: JsonObject][] = [
      ['分類', select(), '佐藤', { selected_option: { value: '佐藤' } }],
      [
        '複数',
        { type: 'checkboxes', options: [option('甲')] },
        ['甲'],
        { selected_options: [{ value: '甲' }] },
      ],
      [
        '一つ',
        { type: 'radio_buttons', options: [option('甲')] },
        '甲',
        { selected_option: { value: '甲' } },
      ],
      ['期日', { type: 'datepicker' }, '2026-12-01', { selected_date: '2026-12-01' }],
      ['検索', { type: 'plain_text_input', dispatch_action_config: ENTER }, 'R8-0031', { value: 'R8-0031' }],
    ];
    const { sato, inbox, viewId } = await withModal(
      elements.map(([label, element]) => input(label, element, { dispatch_action: true })),
    );
    for (const [label, , words] of elements) await sato.fill({ [label]: words });
    expect(inbox.map(({ content }) => content)).toMatchObject(
      elements.map(([, element, , held]) => ({
        type: 'block_actions',
        container: { type: 'view', view_id: viewId },
        view: { id: viewId, root_view_id: viewId, previous_view_id: null, hash: expect.any(String) },
        actions: [{ type: element.type, ...held }],
      })),
    );
    const last = objectOf(objectOf(objectOf(inbox.at(-1)?.content.view).state).values);
    expect(Object.keys(last)).toHaveLength(elements.length);
  });
});

describe('the Home tab', () => {
  it('sends presses and choices with its view, and keeps choices over a new version of it', async () => {
    const blocks = [
      {
        type: 'actions',
        block_id: 'filter',
        elements: [select(), { type: 'button', text: plain('絞る'), action_id: 'go' }],
      },
    ];
    const { sato, inbox, call, home } = await withHome(blocks);
    await sato.clickInHome('担当', '高橋');
    const again = { user_id: 'U0SATO', view: { type: 'home', blocks }, hash: home.hash };
    expect(await call('views.publish', again)).toMatchObject({ ok: true, view: { id: home.id } });
    expect(await call('views.publish', again)).toMatchObject({ error: 'hash_conflict' });
    await sato.clickInHome('絞る');
    expect(inbox.map(({ content }) => content)).toMatchObject([
      {
        type: 'block_actions',
        container: { type: 'view', view_id: home.id },
        view: {
          id: home.id,
          type: 'home',
          state: { values: { filter: { who: { selected_option: { value: '高橋' } } } } },
        },
        actions: [{ action_id: 'who', selected_option: { value: '高橋' } }],
      },
      {
        view: { state: { values: { filter: { who: { selected_option: { value: '高橋' } } } } } },
        actions: [{ action_id: 'go' }],
      },
    ]);
  });

  it('is told to the app when it is opened, with the view as it was published', async () => {
    const { sato, inbox, home } = await withHome([row('本日', overflow('開く'))]);
    await sato.openHome();
    expect(inbox[0]?.content.event).toMatchObject({
      type: 'app_home_opened',
      user: 'U0SATO',
      channel: sato.dmId,
      tab: 'home',
      view: { id: home.id, type: 'home', hash: home.hash, state: { values: {} }, callback_id: '' },
    });
  });
});
