/** GET /api/faq/search: another program asks the FAQ by a token, and finds what is published for all centers. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiText as text } from '../../../src/features/faq/api/text.ts';
import { ask as askFaq } from '../../../src/features/faq/asking/mutations.ts';
import { changeEntry } from '../../../src/features/faq/storing/mutations.ts';
import { NO_TEXT } from '../../../src/features/faq/storing/publishing/mutations.ts';
import worker from '../../../src/index.ts';
import { japanDate } from '../../../src/lib/jst.ts';
import { done } from '../../../src/lib/result.ts';
import { makeToken, revokeToken, storeToken, type TokenScope } from '../../../src/web/api-tokens.ts';
import { actorNamed, publishedEntry } from '../../support/faq.ts';
import { type House, openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { PEOPLE } from '../../support/small-city.ts';

const URL_OF_API = 'https://kikan.test/api/faq/search';

async function tokenOf(
  { db }: House,
  scope: TokenScope = 'faq:read',
): Promise<{ token: string; id: string }> {
  const { token, row } = await makeToken(scope, '試験', new Date());
  await db.batch([storeToken(db, row)]);
  return { token, id: row.id };
}

function request(query: Record<string, string>, token?: string, method = 'GET'): Request {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Request(`${URL_OF_API}?${new URLSearchParams(query)}`, { method, headers });
}

async function ask(house: House, query: Record<string, string>, token?: string): Promise<Response> {
  return house.fetch(request(query, token));
}

describe('with a token', () => {
  test('the published entries for all centers come best first, as many as wanted, and no others', async () => {
    const house = await openHouse();
    const { token } = await tokenOf(house);
    const forms = await publishedEntry(
      house,
      { question: '様式はどこにありますか。' },
      { externalId: 'm-7' },
    );
    const other = await publishedEntry(house, {
      question: '訪問のときの駐車許可',
      answer: '様式第2号を出します。',
    });
    await publishedEntry(house, { question: '基幹型だけの様式' }, { visibility: 'core' });
    const answer = await ask(house, { q: '様式はどこ' }, token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const hits: { id: string; score: number }[] = await answer.json();
    expect(hits).toEqual([
      { id: forms.id, externalId: 'm-7', question: '様式はどこにありますか。', score: expect.any(Number) },
      { id: other.id, externalId: null, question: '訪問のときの駐車許可', score: expect.any(Number) },
    ]);
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 0);
    expect(await (await ask(house, { q: '様式', limit: '1' }, token)).json()).toHaveLength(1);

    // Withdrawn, it is gone at once, before the index follows.
    const actor = await actorNamed(house, PEOPLE.kenta);
    await changeEntry(scopeAt(house, new Date()), actor, { id: forms.id, action: 'faq.withdraw' }, async () =>
      done({ set: { ...NO_TEXT, status: 'withdrawn' as const } }),
    );
    expect(await (await ask(house, { q: '様式' }, token)).json()).toMatchObject([{ id: other.id }]);
  });

  test('no question and no limit is refused', async () => {
    const house = await openHouse();
    const { token } = await tokenOf(house);
    await publishedEntry(house, { question: '様式はどこにありますか。' });
    const odd = [
      '',
      ' ',
      '"',
      '*',
      'NEAR(',
      '%',
      '介護"*',
      '🦖',
      'あ'.repeat(5000),
      "'; DROP TABLE entry--",
      '\u0000',
    ];
    for (const q of odd) expect([q, (await ask(house, { q }, token)).status]).toEqual([q, 200]);
    for (const limit of ['0', '-1', '999', 'x', '', '1e9', '2.5', 'NaN']) {
      const answer = await ask(house, { q: '様式', limit }, token);
      expect(await answer.json()).toHaveLength(1);
    }
    expect(await (await ask(house, {}, token)).json()).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (q) => {
        const sent = new Request(`${URL_OF_API}?q=${encodeURIComponent(q.toWellFormed())}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect((await house.fetch(sent)).status).toBe(200);
      }),
      { numRuns: 30 },
    );
  });

  test('the day of its use is noted, and what was asked is nowhere', async () => {
    const house = await openHouse();
    const { token } = await tokenOf(house);
    await publishedEntry(house, { question: '様式はどこにありますか。' });
    await ask(house, { q: '様式 canary-4711' }, token);
    const rows = await env.DB.prepare('SELECT hash, used_on FROM api_token').all();
    expect(rows.results).toMatchObject([{ used_on: japanDate(new Date()) }]);
    expect(JSON.stringify(rows.results)).not.toContain(token.slice(6));
    expect(house.logs.join('\n')).not.toContain('canary');
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    ).all<{ name: string }>();
    for (const { name } of results)
      expect(JSON.stringify((await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results)).not.toContain(
        'canary',
      );
  });

  test('HEAD is answered like GET, anything else is refused', async () => {
    const house = await openHouse();
    const { token } = await tokenOf(house);
    const head = await house.fetch(request({ q: '' }, token, 'HEAD'));
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await house.fetch(request({ q: '' }, token, method));
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });
});

test('without a valid token nothing is answered, whatever is asked', async () => {
  const house = await openHouse();
  const { token, id } = await tokenOf(house);
  await publishedEntry(house, { question: '様式はどこにありますか。' });
  const stored = await env.DB.prepare('SELECT hash FROM api_token').first<string>('hash');
  const wrong = [undefined, '', 'x', token.slice(0, -1), `${token}x`, token.toUpperCase(), String(stored)];
  for (const each of wrong) {
    const answer = await ask(house, { q: '様式' }, each);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await answer.json()).toEqual({ error: text.noToken });
  }
  const basic = new Request(`${URL_OF_API}?q=x`, { headers: { authorization: `Basic ${token}` } });
  expect((await house.fetch(basic)).status).toBe(401);
  await house.db.batch([revokeToken(house.db, id, new Date())]);
  expect((await ask(house, { q: '様式' }, token)).status).toBe(401);
  // Of another scope, as a later version may have them.
  const other = await tokenOf(house);
  await env.DB.prepare("UPDATE api_token SET scope = 'faq:write' WHERE id = ?").bind(other.id).run();
  expect((await ask(house, { q: '様式' }, other.token)).status).toBe(401);
});

test('while there is no index it says so, and nobody is led to sign in', async () => {
  const house = await openHouse();
  const { token } = await tokenOf(house);
  const unbuilt = await ask(house, { q: '様式' }, token);
  expect([unbuilt.status, await unbuilt.json()]).toEqual([503, { error: text.notReady }]);
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  const unbound = await worker.fetch(
    request({ q: '様式' }, token),
    { ...env, FAQ_INDEX: undefined },
    context,
  );
  expect([unbound.status, await unbound.json()]).toEqual([503, { error: text.noIndex }]);
  const failing = new Proxy(env.FAQ_INDEX, {
    get: () => () => {
      throw new Error('D1_ERROR: internal error');
    },
  });
  const failed = await worker.fetch(request({ q: '様式' }, token), { ...env, FAQ_INDEX: failing }, context);
  expect([failed.status, await failed.json()]).toEqual([503, { error: text.failed }]);
  const elsewhere = await house.fetch(new Request('https://kikan.test/api/other', { redirect: 'manual' }));
  expect(elsewhere.status).toBe(404);
});

test.each(['gram_1', 'gone_1', 'synonym'])(
  'an index that lost its table %s says so, and is built anew within the hour',
  async (table) => {
    const house = await openHouse();
    const { token } = await tokenOf(house);
    const entry = await publishedEntry(house, { question: '様式はどこにありますか。' });
    await env.FAQ_INDEX.prepare(`DROP TABLE ${table}`).run();
    if (table !== 'gone_1') {
      expect((await ask(house, { q: '様式' }, token)).status).toBe(503);
      const scope = { ...scopeAt(house, new Date()), faqIndex: env.FAQ_INDEX };
      const asked = await askFaq(scope, await actorNamed(house, PEOPLE.hanako), '様式', 'page');
      expect(asked).toMatchObject({ value: { isSearched: false } });
    }
    await house.cron(Date.parse('2026-11-22T00:50:00Z'));
    expect(await (await ask(house, { q: '様式' }, token)).json()).toMatchObject([{ id: entry.id }]);
  },
);
