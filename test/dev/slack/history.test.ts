import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseHistory } from '../../../dev/slack/history.ts';
import { type JsonObject, objectOf, stringOf } from '../../../dev/slack/json.ts';
import { type LocalSlack, startLocalSlack } from '../../../dev/slack/server.ts';
import type { Workspace } from '../../../dev/slack/workspace.ts';
import { openOffice, plain } from './office.ts';

const channel = 'C0GENERAL';
const button = (label: string): JsonObject[] => [
  { type: 'actions', elements: [{ type: 'button', text: plain(label), action_id: label }] },
];

/** The office after a restart: only what a file could carry is passed on. */
function reopen(workspace: Workspace) {
  const history = parseHistory(JSON.parse(JSON.stringify(workspace.exportHistory())));
  if (!history) throw new Error('an exported history must be readable');
  return openOffice(undefined, { history });
}

const unreadOf = (workspace: Workspace, user: string) =>
  workspace.snapshot(user)?.conversations.find(({ id }) => id === channel);

describe('a workspace that goes on from a history', () => {
  it('has its messages and threads, but not what only one person saw', async () => {
    const { workspace, call } = openOffice();
    const { ts } = await call('chat.postMessage', {
      channel,
      text: 'R8-0001',
      blocks: button('受け付ける'),
      metadata: { event_type: 'card', event_payload: { id: '1' } },
    });
    await call('chat.postMessage', { channel, text: '回答が1件あります', thread_ts: ts });
    await workspace.as('U0SATO').say(channel, 'ありがとうございます', stringOf(ts));
    await call('chat.postEphemeral', { channel, user: 'U0SATO', text: 'あなただけ' });
    await call('chat.postMessage', { channel: 'U0SATO', text: '送りました' });
    const after = reopen(workspace).workspace;
    expect(after.messages(channel)).toEqual(workspace.messages(channel));
    expect(after.thread(channel, stringOf(ts))).toEqual(workspace.thread(channel, stringOf(ts)));
    expect(after.as('U0SATO').dm).toMatchObject([{ text: '送りました' }]);
    expect(after.as('U0SATO').ephemerals).toEqual([]);
    const [card] = after.messages(channel);
    expect(card && after.metadataOf(card)).toEqual({ event_type: 'card', event_payload: { id: '1' } });
  });

  it('knows what each person has read', async () => {
    const { workspace, call } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: '読んだ' });
    await workspace.act({ act: 'read', user: 'U0SATO', channel });
    await call('chat.postMessage', { channel, text: 'まだ' });
    await call('chat.postMessage', { channel, text: '返信', thread_ts: ts });
    const after = reopen(workspace).workspace;
    expect(unreadOf(after, 'U0SATO')).toMatchObject({ unread: 1, unreadThreads: [ts] });
    expect(unreadOf(after, 'U0ITO')).toMatchObject({ unread: 2, unreadThreads: [ts] });
  });

  it('gives no timestamp twice, though its clock stands still and the last message is gone', async () => {
    const { workspace, call } = openOffice();
    await call('chat.postMessage', { channel, text: '1' });
    const { ts: last } = await call('chat.postMessage', { channel, text: '2' });
    await call('chat.delete', { channel, ts: last });
    const after = reopen(workspace);
    const { ts } = await after.call('chat.postMessage', { channel, text: '3' });
    expect(stringOf(ts) > stringOf(last)).toBe(true);
  });

  it('lets the app change an old card, and people press its buttons', async () => {
    const { workspace, call } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: 'R8-0001', blocks: button('受け付ける') });
    const after = reopen(workspace);
    const [card] = after.workspace.messages(channel);
    if (card) await after.workspace.as('U0SATO').click(card, '受け付ける');
    expect(after.inbox[0]?.content).toMatchObject({
      actions: [{ action_id: '受け付ける' }],
      message: { ts },
    });
    expect(
      await after.call('chat.update', { channel, ts, text: '受付済み', blocks: button('回答する') }),
    ).toMatchObject({ ok: true });
    expect(after.workspace.messages(channel)).toMatchObject([{ ts, text: '受付済み' }]);
  });

  it('shows the Home tab as it was published, and the app can change it', async () => {
    const { workspace, call } = openOffice();
    const view = { type: 'home', blocks: button('相談する') };
    const published = objectOf((await call('views.publish', { user_id: 'U0SATO', view })).view);
    const after = reopen(workspace);
    expect(after.workspace.as('U0SATO').homeText).toContain('相談する');
    await after.workspace.as('U0SATO').clickInHome('相談する');
    expect(after.inbox).toHaveLength(1);
    const again = { view_id: published.id, hash: published.hash, view };
    expect(await after.call('views.update', again)).toMatchObject({ ok: true });
  });

  it('is not touched by what happens after its history was exported', async () => {
    const { workspace, call } = openOffice();
    const { ts } = await call('chat.postMessage', { channel, text: '前' });
    const history = workspace.exportHistory();
    const after = openOffice(undefined, { history });
    await call('chat.update', { channel, ts, text: '後' });
    await after.call('chat.update', { channel, ts, text: '別' });
    expect(history.messages).toMatchObject([{ text: '前' }]);
  });
});

describe('a history file', () => {
  let folder: string;
  let file: string;
  const running: LocalSlack[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'local-slack-'));
    file = path.join(folder, 'slack-history.json');
  });

  afterEach(async () => {
    for (const slack of running.splice(0)) await slack.close();
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  const start = async (): Promise<LocalSlack> => {
    const slack = await startLocalSlack({
      port: 0,
      appUrl: 'http://127.0.0.1:1/slack/events',
      city: {
        name: 'みなと市',
        centers: [{ code: 'east', kind: 'district', name: 'ひがし', short: 'ひがし', channel: 'C0EAST' }],
        staff: [{ slackUserId: 'U0SATO', name: '佐藤 花子', center: 'east' }],
      },
      botToken: 'xoxb-local',
      signingSecret: 'secret',
      clientId: 'client',
      clientSecret: 'hush',
      workspace: { events: [] },
      historyFile: file,
    });
    running.push(slack);
    return slack;
  };
  const say = (slack: LocalSlack, text: string) => slack.workspace.as('U0SATO').say('C0EAST', text);
  const texts = (slack: LocalSlack) => slack.workspace.messages('C0EAST').map((message) => message.text);

  it('brings the messages back after a restart, said in the last moment too', async () => {
    const before = await start();
    await say(before, 'ひとつめ');
    await say(before, 'ふたつめ');
    await before.close();
    const after = await start();
    expect(texts(after)).toEqual(['ひとつめ', 'ふたつめ']);
    expect(readdirSync(folder)).toEqual(['slack-history.json']);
  });

  it('is written within a second, so that a crash loses little', async () => {
    await say(await start(), 'もうすぐ落ちます');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('もうすぐ落ちます'), 1000);
  });

  it.each([
    ['half of a file', '{"version":1,"mess'],
    ['another version', '{"version":0,"messages":[]}'],
    [
      'a message without a place',
      '{"version":1,"lastTs":"1.000001","messages":[{}],"readUpTo":{},"homes":[]}',
    ],
    ['an empty file', ''],
  ])('is set aside with one sentence when it is %s', async (_, content) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    writeFileSync(file, content);
    const slack = await start();
    expect(texts(slack)).toEqual([]);
    expect(said.mock.calls).toEqual([
      [expect.stringMatching(/^前回のSlackの画面の記録を読めないため、.*。$/)],
    ]);
    await say(slack, '新しく');
    await slack.close();
    const [fresh = '', aside = ''] = readdirSync(folder).toSorted();
    expect(readFileSync(path.join(folder, fresh), 'utf8')).toContain('新しく');
    expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(content);
  });

  it('that cannot be written is named once, and everything else goes on', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    file = path.join(folder, 'no-such-folder', 'slack-history.json');
    const slack = await start();
    await say(slack, '続けます');
    await slack.close();
    expect(texts(slack)).toEqual(['続けます']);
    expect(said).toHaveBeenCalledOnce();
  });
});
