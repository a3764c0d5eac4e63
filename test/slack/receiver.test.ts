/** The front door: what is let in, what is turned away, and that nothing of the latter is stored. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { openHouse } from '../support/house.ts';
import { FORM, signedRequest, slashBody } from '../support/signed.ts';
import { PEOPLE } from '../support/small-city.ts';

const help = slashBody(PEOPLE.hanako, 'ヘルプ');
const now = () => Math.floor(Date.now() / 1000);

async function rowsStored(): Promise<number> {
  const tables = ['outbox', 'consultation', 'reference_number', 'slack_account', 'slack_workspace'];
  const counts = await Promise.all(
    tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')),
  );
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

describe('the signature', () => {
  test.each([
    ['five minutes ago less a second', -299, 200],
    ['five minutes and two seconds ago', -302, 401],
    ['nearly five minutes ahead', 298, 200],
    ['more than five minutes ahead', 303, 401],
    ['an hour ahead', 3600, 401],
  ])('of %s', async (_, offset, status) => {
    const { fetch } = await openHouse();
    expect((await fetch(await signedRequest(help, { at: now() + offset, contentType: FORM }))).status).toBe(
      status,
    );
  });

  test.each([
    [
      'is forged with another secret',
      async () => signedRequest(help, { secret: 'another-secret', contentType: FORM }),
    ],
    [
      'is missing',
      async () => new Request('https://kikan.test/slack/events', { method: 'POST', body: help }),
    ],
    [
      'belongs to another body',
      async () => new Request(await signedRequest(help, { contentType: FORM }), { body: `${help}&x=1` }),
    ],
    ['is no hex', async () => altered({ 'x-slack-signature': 'v0=zzzz' })],
    ['has a time stamp that is no number', async () => altered({ 'x-slack-request-timestamp': 'soon' })],
  ])('that %s is 401, and nothing is stored', async (_, request) => {
    const { fetch, slack } = await openHouse();
    const answer = await fetch(await request());
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(await rowsStored()).toBe(0);
    expect(slack.calls()).toEqual([]);
  });

  async function altered(headers: Record<string, string>): Promise<Request> {
    const request = await signedRequest(help, { contentType: FORM });
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return request;
  }
});

describe('the body', () => {
  test.each([
    ['is no JSON', '{"type":', 'application/json'],
    ['is a list', '[1,2]', 'application/json'],
    ['is a number', '7', 'application/json'],
    ['is empty', '', 'application/json'],
    ['is of no known type', '{"type":"surprise"}', 'application/json'],
    ['is an event without its event', '{"type":"event_callback"}', 'application/json'],
    ['is a form without a command', 'hello=world', FORM],
    ['is a form whose payload is no JSON', 'payload=%7Bbroken', FORM],
    ['is a form whose payload is null', 'payload=null', FORM],
    ['is an interaction without a person', `payload=${encodeURIComponent('{"type":"block_actions"}')}`, FORM],
  ])('that %s is 400', async (_, body, contentType) => {
    const { fetch } = await openHouse();
    expect((await fetch(await signedRequest(body, { contentType }))).status).toBe(400);
    expect(await rowsStored()).toBe(0);
  });

  test('over 1 MB is 413, with and without Content-Length', async () => {
    const { fetch } = await openHouse();
    const large = JSON.stringify({ type: 'url_verification', challenge: 'x'.repeat(1024 * 1024) });
    expect((await fetch(await signedRequest(large))).status).toBe(413);
    const { body, headers } = await signedRequest(large);
    headers.delete('content-length');
    expect(
      (await fetch(new Request('https://kikan.test/slack/events', { method: 'POST', body, headers }))).status,
    ).toBe(413);
  });

  test('of just under 1 MB is read', async () => {
    const { fetch } = await openHouse();
    const challenge = 'x'.repeat(1024 * 1024 - 100);
    const answer = await fetch(await signedRequest(JSON.stringify({ type: 'url_verification', challenge })));
    expect(await answer.json()).toEqual({ challenge });
  });
});

test('url_verification is answered with its challenge', async () => {
  const { slack } = await openHouse();
  expect(await slack.verifyUrl()).toBe(true);
});

test('ssl_check is answered with 200', async () => {
  const { fetch } = await openHouse();
  expect((await fetch(await signedRequest('ssl_check=1&token=x', { contentType: FORM }))).status).toBe(200);
});

test('other methods and paths are 404', async () => {
  const { fetch } = await openHouse();
  expect((await fetch(new Request('https://kikan.test/slack/events'))).status).toBe(404);
  expect((await fetch(new Request('https://kikan.test/slack/nothing'))).status).toBe(404);
});

test('an event that nobody waits for is acknowledged', async () => {
  const { fetch } = await openHouse();
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: 'T0MIDORI',
    event_id: 'Ev1',
    event: { type: 'team_rename', name: 'x' },
  });
  expect((await fetch(await signedRequest(body))).status).toBe(200);
});
