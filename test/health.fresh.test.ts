/** The Worker's settings and its health. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { openHouse } from './support/house.ts';

test('/healthz answers without login and without personal data', async () => {
  const { fetch } = await openHouse();
  const answer = await fetch(new Request('https://kikan.test/healthz'));
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { ok: true, db: 'ok', outbox: { waiting: 0, oldestSeconds: 0 } },
  ]);
});

test('/healthz says when the database fails', async () => {
  const { fetch } = await openHouse();
  await env.DB.prepare('ALTER TABLE outbox RENAME TO away').run();
  const answer = await fetch(new Request('https://kikan.test/healthz'));
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, db: 'failed' }]);
});

test('with a setting missing the Worker serves nothing but its name, never its value', async () => {
  await openHouse();
  vi.resetModules();
  const { default: fresh } = await import('../src/index.ts');
  const context = createExecutionContext();
  const broken = { ...env, SLACK_SIGNING_SECRET: '', DATA_KEYS: 'k1:c2VjcmV0' };
  for (const request of [
    new Request('https://kikan.test/healthz'),
    new Request('https://kikan.test/slack/events', { method: 'POST', body: '{}' }),
  ]) {
    const answer = await fresh.fetch(request, broken, context);
    const body = await answer.text();
    expect(answer.status).toBe(503);
    expect(body).toContain('SLACK_SIGNING_SECRET');
    expect(body).toContain('DATA_KEYS');
    expect(body).not.toContain('c2VjcmV0');
  }
  await waitOnExecutionContext(context);
});
