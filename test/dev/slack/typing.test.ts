import { describe, expect, it } from 'vitest';
import { objectOf, stringOf } from '../../../dev/slack/json.ts';
import { openOffice, openOfficeWithCard } from './office.ts';

const channel = 'C0GENERAL';

describe('what a person types', () => {
  const written: [typed: string, text: string][] = [
    ['A & B <2歳>', 'A &amp; B &lt;2歳&gt;'],
    ['連絡はsato@east.example.jpへ', '連絡は<mailto:sato@east.example.jp|sato@east.example.jp>へ'],
    ['https://example.jp/a?b=1&c=2。', '<https://example.jp/a?b=1&amp;c=2>。'],
    ['https://example.jp/x. 次', '<https://example.jp/x>. 次'],
    ['@伊藤 直子さん、@佐藤 花子です', '<@U0ITO>さん、<@U0SATO>です'],
    ['<!channel> <@U0ITO>', '&lt;!channel&gt; &lt;@U0ITO&gt;'],
    ['@来客 0463-21-9988', '@来客 0463-21-9988'],
  ];
  it.each(written)('%s is written %s', async (typed, text) => {
    const { workspace, inbox } = openOffice();
    await workspace.as('U0SATO').post(channel, typed);
    expect(objectOf(inbox[0]?.content.event).text).toBe(text);
  });

  it('comes with rich text that holds the words as typed', async () => {
    const { workspace, inbox } = openOffice();
    await workspace.as('U0SATO').post(channel, '@伊藤 直子 <x> a@b.example.jp');
    expect(objectOf(inbox[0]?.content.event).blocks).toEqual([
      {
        type: 'rich_text',
        block_id: expect.any(String),
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U0ITO' },
              { type: 'text', text: ' <x> ' },
              { type: 'link', url: 'mailto:a@b.example.jp', text: 'a@b.example.jp' },
            ],
          },
        ],
      },
    ]);
  });
});

describe('a reply in the thread of a card', () => {
  it('is an event with its thread, its author and the id of its client', async () => {
    const { card, events, sato } = await openOfficeWithCard();
    const said = await sato.post(channel, '電話しました', { thread: card });
    expect(events()).toMatchObject([
      {
        type: 'message',
        channel,
        channel_type: 'channel',
        user: 'U0SATO',
        text: '電話しました',
        ts: said.ts,
        event_ts: said.ts,
        thread_ts: card.ts,
        parent_user_id: 'U0BOT',
        client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        team: 'T0CITY',
      },
    ]);
    expect(events()[0]).not.toHaveProperty('bot_id');
    expect(events()[0]).not.toHaveProperty('subtype');
  });

  it('stays in the thread when it answers another reply', async () => {
    const { card, sato, workspace } = await openOfficeWithCard();
    const first = await sato.post(channel, '一', { thread: card });
    const second = await workspace.as('U0ITO').post(channel, '二', { thread: first });
    expect(second.threadTs).toBe(card.ts);
    expect(workspace.thread(channel, card.ts).map(({ text }) => text)).toEqual(['一', '二']);
  });

  it('that is also sent to the channel is a thread_broadcast with its root', async () => {
    const { card, events, sato, workspace } = await openOfficeWithCard();
    const said = await sato.post(channel, '皆さんへ', { thread: card, isBroadcast: true });
    expect(events()).toMatchObject([
      {
        subtype: 'thread_broadcast',
        thread_ts: card.ts,
        user: 'U0SATO',
        root: {
          ts: card.ts,
          bot_id: 'B0BOT',
          reply_count: 1,
          latest_reply: said.ts,
          reply_users: ['U0SATO'],
        },
      },
    ]);
    expect(workspace.messages(channel)).toMatchObject([{ ts: card.ts }, { ts: said.ts, isBroadcast: true }]);
  });

  it('is followed when its author changes and deletes it', async () => {
    const { card, events, sato, clock, workspace } = await openOfficeWithCard();
    const said = await sato.post(channel, '山田さん', { thread: card });
    clock.ms += 60_000;
    expect(await sato.edit(said, '対象者 & 家族')).not.toHaveProperty('problem');
    await sato.delete(said);
    const inThread = { ts: said.ts, thread_ts: card.ts, parent_user_id: 'U0BOT', user: 'U0SATO' };
    expect(events().slice(1)).toMatchObject([
      {
        subtype: 'message_changed',
        hidden: true,
        channel,
        message: {
          ...inThread,
          text: '対象者 &amp; 家族',
          edited: { user: 'U0SATO', ts: `${clock.ms / 1000}.000000` },
        },
        previous_message: { ...inThread, text: '山田さん' },
      },
      {
        subtype: 'message_deleted',
        hidden: true,
        channel,
        deleted_ts: said.ts,
        previous_message: { ...inThread, text: '対象者 &amp; 家族' },
      },
    ]);
    const ids = events().map(
      (event) => objectOf(event.message ?? event.previous_message ?? event).client_msg_id,
    );
    expect(new Set(ids).size).toBe(1);
    expect(workspace.thread(channel, card.ts)).toEqual([]);
  });

  it('can be in a private channel and in the DM with the app', async () => {
    const { workspace, events, call } = await openOfficeWithCard();
    workspace.putChannel({ id: 'C0SECRET', name: '内緒', isPrivate: true, members: ['U0ITO', 'U0BOT'] });
    const ito = workspace.as('U0ITO');
    for (const place of ['C0SECRET', ito.dmId]) {
      const { ts } = await call('chat.postMessage', { channel: place, text: 'x' });
      await ito.post(place, '返信', { thread: stringOf(ts) });
    }
    expect(events().map(({ channel_type }) => channel_type)).toEqual(['group', 'im']);
  });
});

describe('a deleted parent', () => {
  it('becomes a tombstone while it has replies, and goes with the last one', async () => {
    const { events, workspace, inbox } = await openOfficeWithCard();
    const [sato, ito] = [workspace.as('U0SATO'), workspace.as('U0ITO')];
    const parent = await sato.post(channel, '親');
    const reply = await ito.post(channel, '子', { thread: parent });
    inbox.length = 0;
    await sato.delete(parent);
    await ito.delete(reply);
    const tombstone = {
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      ts: parent.ts,
    };
    expect(events()).toMatchObject([
      {
        subtype: 'message_changed',
        message: { ...tombstone, thread_ts: parent.ts, reply_count: 1 },
        previous_message: { ts: parent.ts, user: 'U0SATO', text: '親' },
      },
      { subtype: 'message_deleted', deleted_ts: reply.ts, previous_message: { user: 'U0ITO', text: '子' } },
      {
        subtype: 'message_deleted',
        deleted_ts: parent.ts,
        previous_message: { ...tombstone, reply_count: 0, latest_reply: '0000000000.000000' },
      },
    ]);
    expect(workspace.message(channel, parent.ts)).toBeUndefined();
  });

  it('is nobody’s to change', async () => {
    const { workspace, card } = await openOfficeWithCard();
    const sato = workspace.as('U0SATO');
    const parent = await sato.post(channel, '親');
    await sato.post(channel, '子', { thread: parent });
    await sato.delete(parent);
    expect((await sato.edit(parent, '戻す')).problem).toBe('自分のメッセージだけを編集できます。');
    expect((await sato.delete(parent)).problem).toBe('自分のメッセージだけを削除できます。');
    expect((await sato.delete(card)).problem).toBe('自分のメッセージだけを削除できます。');
  });
});

describe('Slack’s client refuses', () => {
  it('messages that are empty, elsewhere, or answer what is gone or seen by one person only', async () => {
    const { sato, call, workspace, events } = await openOfficeWithCard();
    const own = await sato.post(channel, '一');
    await call('chat.postEphemeral', { channel, user: 'U0SATO', text: '内緒' });
    const [ephemeral] = sato.ephemerals;
    if (!ephemeral) throw new Error('no ephemeral message');
    await expect(sato.post(channel, '  ')).rejects.toThrow('メッセージが空です。');
    await expect(sato.post('C0SECRET', 'x')).rejects.toThrow('このチャンネルには入っていません。');
    await expect(sato.post('C0OLD', 'x')).rejects.toThrow('アーカイブ');
    await expect(sato.post(channel, 'x', { thread: '1.000001' })).rejects.toThrow(
      'このスレッドはもうありません。',
    );
    await expect(sato.post(channel, 'x', { thread: ephemeral })).rejects.toThrow(
      'このスレッドはもうありません。',
    );
    expect((await sato.edit(own, ' ')).problem).toBe('メッセージが空です。');
    expect((await sato.edit(ephemeral, 'x')).problem).toBe('自分のメッセージだけを編集できます。');
    expect((await workspace.as('U0ITO').edit(own, 'x')).problem).toBe('自分のメッセージだけを編集できます。');
    expect(await sato.edit(own, '一')).not.toHaveProperty('problem');
    expect(await sato.delete(ephemeral)).not.toHaveProperty('problem');
    expect(sato.ephemerals).toEqual([]);
    expect(events().map(({ text }) => text)).toEqual(['一']);
  });
});

describe('what the app hears', () => {
  it('is nothing of channels that it is no member of', async () => {
    const { workspace, inbox } = openOffice();
    await workspace.as('U0SATO').post('C0QUIET', '静かに');
    expect(inbox).toEqual([]);
  });

  it('is its own posts, with its bot id, in threads too', async () => {
    const { workspace, inbox, call } = openOffice(undefined, { echoOwnMessages: true });
    const { ts } = await call('chat.postMessage', { channel, text: '親' });
    const reply = await call('chat.postMessage', { channel, text: '子', thread_ts: ts });
    await call('chat.postEphemeral', { channel, user: 'U0SATO', text: '内緒' });
    await call('chat.delete', { channel, ts: reply.ts });
    await workspace.settled();
    const bot = { bot_id: 'B0BOT', app_id: 'A0KIKAN', user: 'U0BOT' };
    expect(inbox.map(({ content }) => content.event)).toMatchObject([
      { ...bot, text: '親' },
      { ...bot, text: '子', thread_ts: ts },
      { subtype: 'message_deleted', deleted_ts: reply.ts, previous_message: { ...bot, text: '子' } },
    ]);
  });

  it('is sent again up to three times when it is not acknowledged', async () => {
    const { workspace, inbox } = openOffice(() => new Response('', { status: 503 }));
    const sato = workspace.as('U0SATO');
    const said = await sato.post(channel, 'x');
    await sato.edit(said, 'y');
    const numbers = inbox.map(({ headers }) => headers.get('x-slack-retry-num'));
    expect(numbers).toEqual([null, '1', '2', '3', null, '1', '2', '3']);
    expect(new Set(inbox.map(({ content }) => content.event_id)).size).toBe(2);
  });
});
