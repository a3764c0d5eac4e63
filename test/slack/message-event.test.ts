/** Message events and Slack's mrkdwn, as a person reads them. */
import { describe, expect, test } from 'vitest';
import { readMessageEvent } from '../../src/slack/message-event.ts';
import { readMrkdwn } from '../../src/slack/mrkdwn.ts';

const message = { user: 'U1', text: 'こんにちは', ts: '1790000000.000100', thread_ts: '1780000000.000100' };
const changed = (now: object, before: object) => ({
  type: 'message',
  subtype: 'message_changed',
  channel: 'C1',
  ts: '1790000009.000200',
  message: now,
  previous_message: before,
});

describe('a message event', () => {
  test('tells when it happened: a new message by its own time, an edit by the time of the edit', () => {
    expect(readMessageEvent({ type: 'message', channel: 'C1', ...message })?.at).toEqual(
      new Date(1_790_000_000_000),
    );
    const edited = readMessageEvent(changed({ ...message, text: 'さようなら' }, message));
    expect(edited).toMatchObject({ what: 'edited', ts: message.ts, text: 'さようなら' });
    expect(edited?.at).toEqual(new Date(1_790_000_009_000));
  });

  test('is none when a preview of a link was added and nothing was written', () => {
    expect(readMessageEvent(changed({ ...message, attachments: [{}] }, message))).toBeUndefined();
  });

  test('of a deleted message names that message, not the event', () => {
    const deleted = { type: 'message', subtype: 'message_deleted', channel: 'C1', ts: '1790000009.000200' };
    const seen = readMessageEvent({ ...deleted, deleted_ts: message.ts, previous_message: message });
    expect(seen).toMatchObject({ what: 'deleted', ts: message.ts, author: 'U1', text: '' });
    expect(seen?.at).toEqual(new Date(1_790_000_009_000));
  });

  test('of a bot is none', () => {
    expect(readMessageEvent({ type: 'message', channel: 'C1', ...message, bot_id: 'B1' })).toBeUndefined();
  });
});

describe('what was written reads', () => {
  const nameOf = (id: string) => (id === 'U1' ? '佐藤 花子' : undefined);
  test.each([
    ['a mention as a name', '<@U1>さん', '@佐藤 花子さん'],
    ['an unknown mention by what Slack shows', '<@U2|yoso> <@U3>', '@yoso @U3'],
    ['a channel and a call to all', '<#C1|east> <!here> <!subteam^S1|@当番>', '#east @here @@当番'],
    [
      'a link by its label',
      '<https://example.jp/a|手引き> <https://example.jp/b>',
      '手引き https://example.jp/b',
    ],
    ['a telephone link by its number', '<tel:0463219988|0463-21-9988>', '0463-21-9988'],
    ['signs unescaped, once', '1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;', '1 < 2 && 3 > 2 &lt;'],
    ['plain text as it is', '髙﨑 𠮷子 🐤\n二行目', '髙﨑 𠮷子 🐤\n二行目'],
  ])('%s', (_, written, read) => {
    expect(readMrkdwn(written, nameOf)).toBe(read);
  });
});
