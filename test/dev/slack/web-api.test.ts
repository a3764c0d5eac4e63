import { describe, expect, it } from 'vitest';
import { type JsonObject, objectOf, objectsOf, stringOf } from '../../../dev/slack/json.ts';
import { openOffice, plain, TOKEN } from './office.ts';

const channel = 'C0GENERAL';

describe('the door', () => {
  it('asks for a token and knows its methods', async () => {
    const { post, call, workspace } = openOffice();
    expect(objectOf(await (await post('auth.test', {}, 'xoxb-wrong')).json()).error).toBe('invalid_auth');
    const bare = new Request('https://slack.test/api/auth.test', { method: 'POST' });
    expect(objectOf(await (await workspace.handle(bare)).json()).error).toBe('not_authed');
    expect((await call('chat.shout')).error).toBe('unknown_method');
    expect(await call('auth.test')).toMatchObject({ ok: true, user_id: 'U0BOT', bot_id: 'B0BOT' });
  });

  it('takes forms with JSON fields and the token in the body', async () => {
    const { workspace } = openOffice();
    const body = new URLSearchParams({
      token: TOKEN,
      channel,
      blocks: JSON.stringify([{ type: 'header', text: plain('見出し') }]),
      metadata: JSON.stringify({ event_type: 'case', event_payload: { id: 1 } }),
    });
    const request = new Request('https://slack.test/api/chat.postMessage', { method: 'POST', body });
    expect(objectOf(await (await workspace.handle(request)).json()).ok).toBe(true);
    const [message] = workspace.messages(channel);
    expect(message?.blocks).toMatchObject([{ type: 'header', block_id: expect.any(String) }]);
    expect(message && workspace.metadataOf(message)).toEqual({
      event_type: 'case',
      event_payload: { id: 1 },
    });
    expect(workspace.calls('chat.postMessage')[0]?.args).not.toHaveProperty('token');
  });

  it('says what is wrong with a body that cannot be read', async () => {
    const { workspace } = openOffice();
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
      const request = new Request('https://slack.test/api/auth.test', { method: 'POST', headers, body });
      return objectOf(await (await workspace.handle(request)).json()).error;
    };
    expect(await send('{')).toBe('invalid_json');
    expect(await send('[]')).toBe('json_not_object');
  });
});

describe('posting', () => {
  const refusals: [args: JsonObject, error: string][] = [
    [{ channel }, 'no_text'],
    [{ channel, text: '', blocks: [] }, 'no_text'],
    [{ channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    [{ text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0SECRET', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0QUIET', text: 'x' }, 'not_in_channel'],
    [{ channel: 'C0OLD', text: 'x' }, 'is_archived'],
    [{ channel: 'U0GONE', text: 'x' }, 'channel_not_found'],
    [{ channel, text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [{ channel, text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
    [{ channel, blocks: '[' }, 'invalid_blocks_format'],
    [{ channel, blocks: '{}' }, 'invalid_blocks_format'],
    [{ channel, text: 'x', metadata: { event_type: 'a' } }, 'invalid_metadata_schema'],
  ];
  it.each(refusals)('%j is %s', async (args, error) => {
    expect(await openOffice().call('chat.postMessage', args)).toMatchObject({ ok: false, error });
  });

  it('goes to the DM when sent to a person', async () => {
    const { call, workspace } = openOffice();
    expect(await call('chat.postMessage', { channel: 'U0SATO', text: 'x' })).toMatchObject({
      channel: 'D0SATO',
    });
    expect(await call('conversations.open', { users: 'U0SATO' })).toMatchObject({
      channel: { id: 'D0SATO' },
    });
    expect(workspace.as('U0SATO').dm).toHaveLength(1);
    expect(workspace.as('U0ITO').messages('D0SATO')).toEqual([]);
  });

  it('threads under a parent, not under a reply', async () => {
    const { call, workspace } = openOffice();
    const parent = await call('chat.postMessage', { channel, text: '親' });
    const reply = await call('chat.postMessage', { channel, text: '子', thread_ts: parent.ts });
    expect(workspace.thread(channel, stringOf(parent.ts)).map(({ text }) => text)).toEqual(['子']);
    expect(workspace.messages(channel)).toMatchObject([{ text: '親', replyCount: 1, lastReplyTs: reply.ts }]);
    expect(await call('chat.postMessage', { channel, text: '孫', thread_ts: reply.ts })).toMatchObject({
      error: 'thread_not_found',
    });
    const replies = await call('conversations.replies', { channel, ts: parent.ts });
    expect(objectsOf(replies.messages).map(({ text }) => text)).toEqual(['親', '子']);
  });

  it('shows ephemeral messages to one member only', async () => {
    const { call, workspace } = openOffice();
    const posted = await call('chat.postEphemeral', { channel, user: 'U0SATO', text: '内緒' });
    expect(workspace.as('U0SATO').ephemerals.map(({ text }) => text)).toEqual(['内緒']);
    expect(workspace.as('U0ITO').messages(channel)).toEqual([]);
    expect(workspace.messages(channel)).toEqual([]);
    expect(await call('chat.update', { channel, ts: posted.message_ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await call('chat.postEphemeral', { channel, user: 'U0GUEST', text: 'x' })).toMatchObject({
      error: 'user_not_in_channel',
    });
  });
});

describe('changing', () => {
  it('changes only own messages that exist', async () => {
    const { call, workspace } = openOffice();
    const said = await workspace.as('U0SATO').say(channel, 'こんにちは');
    expect(await call('chat.update', { channel, ts: said.ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await call('chat.delete', { channel, ts: said.ts })).toMatchObject({
      error: 'cant_delete_message',
    });
    expect(await call('chat.update', { channel, ts: '1.1', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('drops the blocks when only text is given, and marks only that as edited', async () => {
    const { call, workspace } = openOffice();
    const blocks = [{ type: 'header', text: plain('見出し') }];
    const { ts } = await call('chat.postMessage', { channel, text: 'a', blocks });
    await call('chat.update', { channel, ts, text: 'b', blocks });
    expect(workspace.message(channel, stringOf(ts))).toMatchObject({
      text: 'b',
      blocks: [{ type: 'header' }],
    });
    expect(workspace.message(channel, stringOf(ts))?.editedAt).toBeUndefined();
    await call('chat.update', { channel, ts, text: 'c' });
    expect(workspace.message(channel, stringOf(ts))?.blocks).toBeUndefined();
    expect(workspace.message(channel, stringOf(ts))?.editedAt).toBeDefined();
  });

  it('leaves a tombstone where a parent with replies is deleted', async () => {
    const { call, workspace } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: '親' });
    await call('chat.postMessage', { channel, text: '子', thread_ts: ts });
    await call('chat.delete', { channel, ts });
    expect(workspace.messages(channel).map(({ text }) => text)).toEqual(['このメッセージは削除されました。']);
    const permalink = await call('chat.getPermalink', { channel, message_ts: ts });
    expect(permalink.permalink).toContain(`/archives/${channel}/p`);
  });
});

describe('reading', () => {
  it('knows people, guests, the deleted and itself', async () => {
    const { call } = openOffice();
    expect(await call('users.info', { user: 'U0SATO' })).toMatchObject({
      user: {
        real_name: '佐藤 花子',
        tz: 'Asia/Tokyo',
        profile: { email: 'sato@east.example.jp' },
        is_restricted: false,
      },
    });
    expect(await call('users.info', { user: 'U0GUEST' })).toMatchObject({ user: { is_restricted: true } });
    expect(await call('users.info', { user: 'U0GONE' })).toMatchObject({ user: { deleted: true } });
    expect(await call('users.info', { user: 'U0BOT' })).toMatchObject({ user: { is_bot: true } });
    expect(await call('users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });

  it('pages with cursors', async () => {
    const { call } = openOffice();
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const answer = await call('users.list', { limit: 2, cursor });
      seen.push(...objectsOf(answer.members).map(({ id }) => id));
      cursor = stringOf(objectOf(answer.response_metadata).next_cursor);
    } while (cursor !== '');
    expect(seen).toEqual(['U0SATO', 'U0ITO', 'U0GUEST', 'U0GONE', 'U0BOT']);
    expect(await call('users.list', { cursor: 'nonsense' })).toMatchObject({ error: 'invalid_cursor' });
    expect(await call('users.list', { limit: -1 })).toMatchObject({ error: 'invalid_limit' });
  });

  it('lists the channels it may see', async () => {
    const { call } = openOffice();
    const ids = async (args: JsonObject) =>
      objectsOf((await call('conversations.list', args)).channels).map(({ id }) => id);
    expect(await ids({})).toEqual(['C0GENERAL', 'C0QUIET', 'C0OLD']);
    expect(await ids({ exclude_archived: true, types: 'public_channel,private_channel' })).toEqual([
      'C0GENERAL',
      'C0QUIET',
    ]);
    expect(await call('conversations.info', { channel: 'C0QUIET' })).toMatchObject({
      channel: { is_member: false },
    });
    expect(await call('conversations.members', { channel, limit: 2 })).toMatchObject({
      members: ['U0SATO', 'U0ITO'],
    });
    expect(await call('conversations.history', { channel: 'C0QUIET' })).toMatchObject({
      error: 'not_in_channel',
    });
  });

  it('gives history newest first', async () => {
    const { call } = openOffice();
    for (const text of ['一', '二', '三']) await call('chat.postMessage', { channel, text });
    const answer = await call('conversations.history', { channel, limit: 2 });
    expect(answer).toMatchObject({ has_more: true, messages: [{ text: '三' }, { text: '二' }] });
  });
});
