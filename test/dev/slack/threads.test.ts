import { describe, expect, it } from 'vitest';
import { type JsonObject, objectOf, objectsOf, stringOf } from '../../../dev/slack/json.ts';
import { openOfficeWithCard, plain } from './office.ts';

const channel = 'C0GENERAL';

describe('reading threads', () => {
  async function withThread() {
    const office = await openOfficeWithCard();
    const replies: string[] = [];
    for (const text of ['一', '二', '三']) {
      office.clock.ms += 1000;
      replies.push((await office.sato.post(channel, text, { thread: office.card })).ts);
    }
    const texts = async (args: JsonObject, method = 'conversations.replies') => {
      const answer = await office.call(method, { channel, ts: office.card.ts, ...args });
      return objectsOf(answer.messages).map(({ text }) => text);
    };
    return { ...office, replies, texts };
  }

  it('gives the parent first, then the replies in the time asked for', async () => {
    const { texts, replies } = await withThread();
    expect(await texts({})).toEqual(['R8-0001', '一', '二', '三']);
    expect(await texts({ oldest: replies[0] })).toEqual(['R8-0001', '二', '三']);
    expect(await texts({ oldest: replies[0], latest: replies[2], inclusive: true })).toEqual([
      'R8-0001',
      '一',
      '二',
      '三',
    ]);
    expect(await texts({ latest: replies[1] })).toEqual(['R8-0001', '一']);
  });

  it('gives a reply alone when asked for it by its own ts', async () => {
    const { texts, replies } = await withThread();
    expect(await texts({ ts: replies[1] })).toEqual(['二']);
  });

  it('goes page by page', async () => {
    const { call, card } = await withThread();
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await call('conversations.replies', { channel, ts: card.ts, limit: 3, cursor });
      seen.push(objectsOf(page.messages).length);
      cursor = stringOf(objectOf(page.response_metadata).next_cursor);
    } while (cursor !== '');
    expect(seen).toEqual([3, 1]);
  });

  it('finds one message in the history by its ts', async () => {
    const { texts, sato, card } = await withThread();
    await sato.post(channel, '別の話');
    expect(await texts({ latest: card.ts, inclusive: true, limit: 1 }, 'conversations.history')).toEqual([
      'R8-0001',
    ]);
    expect(await texts({ oldest: card.ts }, 'conversations.history')).toEqual(['別の話']);
  });

  it('says what it cannot read', async () => {
    const { call, card } = await withThread();
    const error = async (args: JsonObject) =>
      (await call('conversations.replies', { channel, ts: card.ts, ...args })).error;
    expect(await error({ ts: '1.000001' })).toBe('thread_not_found');
    expect(await error({ oldest: 'gestern' })).toBe('invalid_ts_oldest');
    expect(await error({ latest: 'morgen' })).toBe('invalid_ts_latest');
    expect(await error({ channel: 'C0SECRET' })).toBe('channel_not_found');
  });

  it('links to a reply in its thread', async () => {
    const { call, card, replies } = await withThread();
    const message_ts = replies[0] ?? '';
    expect(await call('chat.getPermalink', { channel, message_ts })).toMatchObject({
      permalink: `https://slack.test/archives/${channel}/p${message_ts.replace('.', '')}?thread_ts=${card.ts}&cid=${channel}`,
    });
  });

  it('shows an ephemeral message in a thread to one person, once the thread has begun', async () => {
    const { call, card, sato, workspace } = await openOfficeWithCard();
    const warn = () =>
      call('chat.postEphemeral', {
        channel,
        user: 'U0SATO',
        thread_ts: card.ts,
        text: '氏名が含まれています',
        blocks: [
          { type: 'actions', elements: [{ type: 'button', text: plain('記録に移す'), action_id: 'm' }] },
        ],
      });
    expect(await warn()).toMatchObject({ ok: true, message_ts: expect.any(String) });
    expect(sato.messages(channel, card.ts)).toHaveLength(1);
    await sato.post(channel, '山田さんの件', { thread: card });
    await warn();
    expect(sato.messages(channel, card.ts).map(({ text }) => text)).toEqual([
      'R8-0001',
      '山田さんの件',
      '氏名が含まれています',
    ]);
    expect(sato.messages(channel)).toHaveLength(1);
    expect(workspace.as('U0ITO').messages(channel, card.ts)).toHaveLength(2);
  });

  it('carries a press on an ephemeral message with its thread, and its answer may take it away', async () => {
    const { call, card, sato, inbox, workspace } = await openOfficeWithCard();
    await sato.post(channel, '山田さんの件', { thread: card });
    inbox.length = 0;
    const button = { type: 'button', text: plain('記録に移す'), action_id: 'm' };
    const blocks = [{ type: 'actions', elements: [button] }];
    await call('chat.postEphemeral', { channel, user: 'U0SATO', thread_ts: card.ts, text: 'x', blocks });
    const [warning] = sato.ephemerals;
    if (!warning) throw new Error('no warning');
    expect(sato.offers(warning)).toEqual(['記録に移す']);
    await sato.click(warning, '記録に移す');
    expect(inbox[0]?.content).toMatchObject({
      container: { message_ts: warning.ts, channel_id: channel, is_ephemeral: true, thread_ts: card.ts },
    });
    await workspace.handle(
      new Request(stringOf(inbox[0]?.content.response_url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ delete_original: true }),
      }),
    );
    expect(sato.ephemerals).toEqual([]);
  });
});
