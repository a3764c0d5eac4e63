import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { objectOf, stringOf } from '../../../dev/slack/json.ts';
import { input, modalOf, openOffice, plain, SECRET } from './office.ts';

const channel = 'C0GENERAL';
const never = () => new Promise<undefined>(() => undefined);
const name = input('名前', { type: 'plain_text_input', action_id: 'name' }, { block_id: 'name' });
const card = [
  {
    type: 'actions',
    block_id: 'b',
    elements: [{ type: 'button', action_id: 'take', text: plain('受け付ける'), value: '7' }],
  },
];

describe('a request to the app', () => {
  it('is signed so that node:crypto agrees', async () => {
    const { workspace, inbox } = openOffice();
    await workspace.as('U0SATO').slash('相談 急ぎ', { channel });
    const [{ headers, rawBody, content } = { headers: new Headers(), rawBody: '', content: {} }] = inbox;
    const timestamp = headers.get('x-slack-request-timestamp');
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${rawBody}`).digest('hex');
    expect(headers.get('x-slack-signature')).toBe(`v0=${mac}`);
    expect(content).toMatchObject({
      command: '/kikan',
      text: '相談 急ぎ',
      user_id: 'U0SATO',
      user_name: 'sato',
      channel_id: channel,
      channel_name: '全体',
      team_id: 'T0CITY',
      api_app_id: 'A0KIKAN',
      is_enterprise_install: 'false',
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('https://slack.test/response/'),
    });
  });

  it('carries a click with its message, container and action', async () => {
    const { workspace, inbox, call } = openOffice();
    await call('chat.postMessage', { channel, text: 'x', blocks: card });
    const [message] = workspace.messages(channel);
    if (message) await workspace.as('U0SATO').click(message, '受け付ける');
    expect(inbox[0]?.content).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0CITY' },
      user: { id: 'U0SATO', username: 'sato', name: 'sato', team_id: 'T0CITY' },
      container: { type: 'message', message_ts: message?.ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel },
      message: { ts: message?.ts, bot_id: 'B0BOT', blocks: [{ block_id: 'b' }] },
      actions: [
        {
          type: 'button',
          block_id: 'b',
          action_id: 'take',
          value: '7',
          text: plain('受け付ける'),
          action_ts: expect.any(String),
        },
      ],
      state: { values: {} },
    });
  });

  it('proves the address with a challenge', async () => {
    const { workspace, app } = openOffice(({ content }) => Response.json({ challenge: content.challenge }));
    expect(await workspace.verifyUrl()).toBe(true);
    app.handler = () => new Response('no');
    expect(await workspace.verifyUrl()).toBe(false);
  });
});

describe('an event', () => {
  it('tells of messages, edits and deletions', async () => {
    const { workspace, inbox } = openOffice();
    const sato = workspace.as('U0SATO');
    const said = await sato.say(channel, 'こんにちは');
    await sato.edit(said, 'こんばんは');
    await sato.delete(said);
    await sato.say(sato.dmId, '個別');
    expect(inbox.map(({ content }) => content.event)).toMatchObject([
      { type: 'message', channel_type: 'channel', text: 'こんにちは', user: 'U0SATO', event_ts: said.ts },
      {
        subtype: 'message_changed',
        message: { text: 'こんばんは' },
        previous_message: { text: 'こんにちは' },
      },
      { subtype: 'message_deleted', deleted_ts: said.ts },
      { type: 'message', channel_type: 'im' },
    ]);
    expect(inbox[0]?.content).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: 'U0BOT', is_bot: true }],
    });
  });

  it('is sent again three times with the reason', async () => {
    const { workspace, inbox } = openOffice(() => new Response('', { status: 500 }));
    await workspace.as('U0SATO').openHome();
    expect(inbox.map(({ headers }) => headers.get('x-slack-retry-num'))).toEqual([null, '1', '2', '3']);
    expect(inbox[1]?.headers.get('x-slack-retry-reason')).toBe('http_error');
    expect(new Set(inbox.map(({ content }) => content.event_id)).size).toBe(1);
  });

  it('is sent again after a timeout, and not when the app asks so', async () => {
    const { workspace, inbox, app } = openOffice(never, { ackTimeoutMs: 20 });
    await workspace.as('U0SATO').openHome();
    expect(inbox[1]?.headers.get('x-slack-retry-reason')).toBe('http_timeout');
    inbox.length = 0;
    app.handler = () => new Response('', { status: 500, headers: { 'x-slack-no-retry': '1' } });
    await workspace.as('U0SATO').openHome();
    expect(inbox).toHaveLength(1);
  });

  it('tells the app of its own posts when asked to', async () => {
    const { workspace, inbox, call } = openOffice(undefined, { echoOwnMessages: true });
    const { ts } = await call('chat.postMessage', { channel, text: 'a' });
    await call('chat.update', { channel, ts, text: 'b' });
    await workspace.settled();
    expect(inbox.map(({ content }) => content.event)).toMatchObject([
      { text: 'a', bot_id: 'B0BOT' },
      { subtype: 'message_changed', message: { text: 'b' }, previous_message: { text: 'a' } },
    ]);
  });

  it('goes out only where the app is subscribed', async () => {
    const { workspace, inbox } = openOffice(undefined, { events: [] });
    await workspace.as('U0SATO').say(channel, 'x');
    expect(inbox).toEqual([]);
  });
});

describe('the answer to a command', () => {
  it('is shown to the person, or to the channel', async () => {
    const { workspace, app } = openOffice(() => new Response('了解'));
    const sato = workspace.as('U0SATO');
    await sato.slash('相談', { channel });
    app.handler = () => Response.json({ response_type: 'in_channel', text: '皆さんへ' });
    await sato.slash('相談', { channel });
    expect(sato.ephemerals.map(({ text }) => text)).toEqual(['了解']);
    expect(workspace.messages(channel).map(({ text }) => text)).toEqual(['皆さんへ']);
  });

  it('is told to be missing, late or wrong', async () => {
    const { workspace, app } = openOffice(never, { ackTimeoutMs: 20 });
    const sato = workspace.as('U0SATO');
    expect(await sato.slash('相談', { channel })).toMatchObject({
      status: 'no answer',
      problem: '/kikan は応答しませんでした（operation_timeout）。',
    });
    app.handler = () => {
      throw new Error('down');
    };
    expect((await sato.slash('相談', { channel })).problem).toContain('dispatch_failed');
    app.handler = () => Response.json({ text: 'x', blocks: [{ type: 'chart' }] });
    expect((await sato.slash('相談', { channel })).problem).toContain('invalid_blocks');
  });

  it('is not even asked for where Slack refuses the command', async () => {
    const { workspace, inbox } = openOffice();
    const sato = workspace.as('U0SATO');
    expect((await sato.slash('x', { channel, command: '/foo' })).problem).toBe(
      '/foo というコマンドはありません。',
    );
    expect((await sato.slash('x', { channel: 'C0SECRET' })).problem).toBe(
      'このチャンネルには入っていません。',
    );
    const inThread = {
      act: 'slash',
      user: 'U0SATO',
      channel,
      command: '/kikan',
      text: '',
      threadTs: '1.1',
    } as const;
    expect(await workspace.act(inThread)).toEqual({
      ok: false,
      message: '/kikan はスレッドの中では使えません。',
    });
    expect(inbox).toEqual([]);
  });
});

describe('the answer to a submission', () => {
  /** 佐藤 has a modal open; the app answers submissions with this. */
  async function submitting(answer: () => Response) {
    const office = openOffice();
    const sato = office.workspace.as('U0SATO');
    office.app.handler = ({ content }) => (content.type === 'view_submission' ? answer() : undefined);
    await sato.slash('相談');
    await office.call('views.open', {
      trigger_id: office.inbox[0]?.content.trigger_id,
      view: modalOf([name]),
    });
    return { ...office, sato };
  }
  const action =
    (response_action: string, more = {}) =>
    () =>
      Response.json({ response_action, ...more });

  it('closes the modal when empty, and carries what was typed', async () => {
    const { sato, inbox } = await submitting(() => new Response(''));
    expect(await sato.fillAndSubmit({ 名前: '山田' })).toMatchObject({ status: 200 });
    expect(sato.modal).toBeUndefined();
    expect(objectOf(inbox.at(-1)?.content.view).state).toEqual({
      values: { name: { name: { type: 'plain_text_input', value: '山田' } } },
    });
  });

  it('shows errors beside their inputs and keeps what was typed', async () => {
    const { sato } = await submitting(action('errors', { errors: { name: '漢字で' } }));
    expect(await sato.fillAndSubmit({ 名前: '山田' })).toMatchObject({ errors: { 名前: '漢字で' } });
    expect(sato.filledIn).toEqual({ 名前: '山田' });
  });

  it('is a fault when its errors name no input', async () => {
    const { sato } = await submitting(action('errors', { errors: { nowhere: '漢字で' } }));
    expect((await sato.fillAndSubmit({ 名前: '山田' })).problem).toContain('nowhere');
    expect(sato.modal).toBeDefined();
  });

  it('updates, stacks and clears', async () => {
    const updated = await submitting(action('update', { view: modalOf([], { title: plain('済') }) }));
    await updated.sato.fillAndSubmit({ 名前: '山田' });
    expect(updated.sato.modals.map(({ view }) => stringOf(objectOf(view.title).text))).toEqual(['済']);
    const pushed = await submitting(action('push', { view: modalOf([], { title: plain('次') }) }));
    await pushed.sato.fillAndSubmit({ 名前: '山田' });
    expect(pushed.sato.modals).toHaveLength(2);
    pushed.app.handler = action('clear');
    await pushed.sato.submit();
    expect(pushed.sato.modals).toEqual([]);
  });

  it('is refused with a view that Slack would refuse, or an action it does not know', async () => {
    const bad = await submitting(action('update', { view: modalOf([], { title: plain('') }) }));
    expect((await bad.sato.fillAndSubmit({ 名前: '山田' })).problem).toContain(
      'json-pointer:/view/title/text',
    );
    const odd = await submitting(action('explode'));
    expect((await odd.sato.fillAndSubmit({ 名前: '山田' })).problem).toContain('explode');
    const late = await submitting(() => new Response('', { status: 503 }));
    expect((await late.sato.fillAndSubmit({ 名前: '山田' })).problem).toContain('接続に問題が発生しました');
    expect(late.sato.modal).toBeDefined();
  });
});

describe('a closed modal', () => {
  it('is told of only when the app asked for it', async () => {
    const office = openOffice();
    const sato = office.workspace.as('U0SATO');
    for (const notify_on_close of [false, true]) {
      await sato.slash('相談');
      const trigger_id = office.inbox.at(-1)?.content.trigger_id;
      await office.call('views.open', { trigger_id, view: modalOf([], { notify_on_close }) });
      await sato.closeModal();
    }
    const closings = office.inbox.filter(({ content }) => content.type === 'view_closed');
    expect(closings.map(({ content }) => content.is_cleared)).toEqual([false]);
  });
});
