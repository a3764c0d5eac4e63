/**
 * The door while Slack does not answer. In a file of its own: the Worker remembers its workspace's id once Slack told it,
 * and here it never does.
 */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../dev/slack/client-api.ts';
import { openHouse } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';

const channel = CHANNELS.general;
const OUTAGES: [string, Fault['kind']][] = [
  ['hangs', 'hang'],
  ['fails', 'server-error'],
  ['asks to wait', 'rate-limited'],
  ['hangs up', 'drop-after-accept'],
];

const both = (kind: Fault['kind']): Fault[] => [
  { method: 'auth.test', kind, retryAfterSeconds: 30 },
  { method: 'users.info', kind, retryAfterSeconds: 30 },
];

describe.each(OUTAGES)('while Slack %s on auth.test and users.info', (_, kind) => {
  test('listed staff are let in, in time, and may open the form', async () => {
    const { slack } = await openHouse();
    slack.faults = { faults: both(kind), enforceRates: false };
    const hanako = slack.as(PEOPLE.hanako);
    const { ackBody, status, ms } = await hanako.slash('ヘルプ', { channel });
    expect(status).toBe(200);
    expect(ackBody).toContain('/kikan 相談');
    expect(ms).toBeLessThan(3000);
    await hanako.slash('相談', { channel });
    await slack.waitFor(() => hanako.modal);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM slack_workspace').first('n')).toBe(0);
  });

  test('strangers are still refused', async () => {
    const { slack } = await openHouse();
    slack.faults = { faults: both(kind), enforceRates: false };
    const { ackBody } = await slack.as(PEOPLE.stranger).slash('相談', { channel });
    expect(ackBody).toContain('登録されていません');
    expect(slack.calls('views.open')).toEqual([]);
  });
});

test('who is known as a guest stays out while Slack is away', async () => {
  const { slack } = await openHouse();
  await env.DB.prepare('INSERT INTO slack_account VALUES (?, 1, ?)').bind(PEOPLE.guest, Date.now()).run();
  slack.faults = { faults: both('server-error'), enforceRates: false };
  const { ackBody } = await slack.as(PEOPLE.guest).slash('ヘルプ', { channel });
  expect(ackBody).toContain('登録されていません');
});

test('what Slack said of an account stays known when asking again fails', async () => {
  const { slack } = await openHouse();
  const longAgo = Date.now() - 2 * 60 * 60_000;
  await env.DB.prepare('INSERT INTO slack_account VALUES (?, 0, ?)').bind(PEOPLE.hanako, longAgo).run();
  slack.faults = { faults: both('server-error'), enforceRates: false };
  const { ackBody } = await slack.as(PEOPLE.hanako).slash('ヘルプ', { channel });
  expect(ackBody).toContain('/kikan 相談');
  await slack.settled();
  const row = await env.DB.prepare('SELECT is_guest, checked_at FROM slack_account').first();
  expect(row).toEqual({ is_guest: 0, checked_at: longAgo });
});

test('once Slack answers again, the workspace is known and guests are refused', async () => {
  const { slack } = await openHouse();
  slack.faults = { faults: both('server-error'), enforceRates: false };
  await slack.as(PEOPLE.hanako).slash('ヘルプ', { channel });
  slack.faults = { faults: [], enforceRates: false };
  const { ackBody } = await slack.as(PEOPLE.guest).slash('ヘルプ', { channel });
  expect(ackBody).toContain('登録されていません');
  expect(await env.DB.prepare('SELECT team_id, bot_user_id FROM slack_workspace').first()).toEqual({
    team_id: 'T0MIDORI',
    bot_user_id: 'U0KIKANBOT',
  });
});
