import { describe, expect, it } from 'vitest';
import { ConnectionDropped } from '../../../dev/slack/faults.ts';
import { type JsonObject, objectOf, stringOf } from '../../../dev/slack/json.ts';
import { openOffice, plain } from './office.ts';

const channel = 'C0GENERAL';
const posting = { channel, text: 'x' };

describe('a fault', () => {
  it('limits the rate for as often as it says', async () => {
    const { workspace, post, call } = openOffice();
    workspace.faults = {
      faults: [{ method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 7, times: 1 }],
      enforceRates: false,
    };
    const limited = await post('chat.postMessage', posting);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await limited.json()).toEqual({ ok: false, error: 'ratelimited' });
    expect(await call('chat.postMessage', posting)).toMatchObject({ ok: true });
    expect(workspace.faults.faults).toEqual([]);
  });

  it('fails every method until it is cleared', async () => {
    const { workspace, post } = openOffice();
    workspace.faults = { faults: [{ method: '*', kind: 'server-error' }], enforceRates: false };
    expect((await post('auth.test')).status).toBe(500);
    expect((await post('users.list')).status).toBe(500);
    workspace.faults = { faults: [], enforceRates: false };
    expect((await post('auth.test')).status).toBe(200);
  });

  it('hangs until the bound, and does no work', async () => {
    const { workspace, post } = openOffice();
    workspace.faults = { faults: [{ method: 'chat.postMessage', kind: 'hang' }], enforceRates: false };
    await expect(post('chat.postMessage', posting)).rejects.toThrow(ConnectionDropped);
    expect(workspace.messages(channel)).toEqual([]);
    expect(workspace.traffic.at(-1)?.status).toBe('no answer');
  });

  it('drops the connection after the work is done', async () => {
    const { workspace, post } = openOffice();
    workspace.faults = {
      faults: [{ method: 'chat.postMessage', kind: 'drop-after-accept', times: 1 }],
      enforceRates: false,
    };
    await expect(post('chat.postMessage', posting)).rejects.toThrow(ConnectionDropped);
    expect(workspace.messages(channel)).toHaveLength(1);
  });
});

describe('rates', () => {
  it('hold one post a second a channel after a short burst', async () => {
    const { post, clock } = openOffice(undefined, { enforceRates: true });
    const statuses = async (count: number, args: JsonObject = posting) =>
      Promise.all(Array.from({ length: count }, async () => (await post('chat.postMessage', args)).status));
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 429]);
    expect(await statuses(1, { channel: 'U0SATO', text: 'x' })).toEqual([200]);
    clock.ms += 4000;
    expect(await statuses(1)).toEqual([200]);
  });

  it('hold 50 updates a minute and say when to come back', async () => {
    const { post, call, clock } = openOffice(undefined, { enforceRates: true });
    const { ts } = await call('chat.postMessage', posting);
    for (let i = 0; i < 50; i++) expect((await post('chat.update', { ...posting, ts })).status).toBe(200);
    const limited = await post('chat.update', { ...posting, ts });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60']);
    clock.ms += 60_000;
    expect((await post('chat.update', { ...posting, ts })).status).toBe(200);
  });
});

describe('a response_url', () => {
  /** An office and the response URL of a command of 佐藤. */
  async function withUrl() {
    const office = openOffice();
    await office.workspace.as('U0SATO').slash('相談', { channel });
    const url = stringOf(office.inbox[0]?.content.response_url);
    const respond = async (body: JsonObject, to = url) => {
      const headers = { 'content-type': 'application/json' };
      const response = await office.workspace.handle(
        new Request(to, { method: 'POST', headers, body: JSON.stringify(body) }),
      );
      return { status: response.status, ...objectOf(await response.json()) };
    };
    return { ...office, respond };
  }

  it('takes five answers', async () => {
    const { respond, workspace } = await withUrl();
    for (let i = 0; i < 5; i++) expect(await respond({ text: `${i}` })).toMatchObject({ status: 200 });
    expect(await respond({ text: '6' })).toMatchObject({ status: 404, error: 'used_url' });
    expect(workspace.as('U0SATO').ephemerals).toHaveLength(5);
  });

  it('lives thirty minutes', async () => {
    const { respond, clock } = await withUrl();
    clock.ms += 30 * 60_000 + 1;
    expect(await respond({ text: 'x' })).toMatchObject({ status: 404, error: 'expired_url' });
  });

  it('replaces and deletes the message that was clicked, an ephemeral one too', async () => {
    const { respond, workspace, call, inbox } = await withUrl();
    const sato = workspace.as('U0SATO');
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', text: plain('はい'), action_id: 'yes' }] },
    ];
    await call('chat.postEphemeral', { channel, user: 'U0SATO', text: 'よいですか', blocks });
    const [asked] = sato.ephemerals;
    if (!asked) throw new Error('nothing asked');
    await sato.click(asked, 'はい');
    expect(inbox.at(-1)?.content).toMatchObject({ container: { is_ephemeral: true } });
    const url = stringOf(inbox.at(-1)?.content.response_url);
    await respond({ replace_original: true, text: '済みました' }, url);
    expect(sato.ephemerals).toMatchObject([{ text: '済みました', ts: asked.ts }]);
    await respond({ delete_original: true }, url);
    expect(sato.ephemerals).toEqual([]);
  });

  it('checks blocks as the Web API does', async () => {
    const { respond } = await withUrl();
    expect(await respond({ blocks: [{ type: 'chart' }] })).toMatchObject({ error: 'invalid_blocks' });
    expect(await respond({})).toMatchObject({ error: 'no_text' });
  });
});
