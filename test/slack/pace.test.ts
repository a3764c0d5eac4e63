/** Slack's rates are kept, and nobody waits longer than they demand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SlackCall } from '../../src/slack/delivery.ts';
import { Pace } from '../../src/slack/pace.ts';

type Method = SlackCall['method'];

interface Made {
  method: Method;
  channel: string;
  at: number;
}

const START = Date.parse('2026-11-22T00:00:00Z');

interface Limit {
  of: (made: Made) => boolean;
  perMinute: number;
  burst: number;
}

/** What Slack allows (https://docs.slack.dev/apis/web-api/rate-limits), with the bursts that we allow ourselves. */
const LIMITS: Limit[] = [
  ...['C0A', 'C0B', 'C0C'].map((channel) => ({
    of: (made: Made) => made.method === 'chat.postMessage' && made.channel === channel,
    perMinute: 60,
    burst: 1,
  })),
  { of: ({ method }) => method === 'chat.postMessage', perMinute: 240, burst: 20 },
  { of: ({ method }) => method === 'chat.update', perMinute: 40, burst: 10 },
  { of: ({ method }) => method === 'chat.postEphemeral', perMinute: 80, burst: 20 },
];

const methods = fc.constantFrom<Method>('chat.postMessage', 'chat.update', 'chat.postEphemeral');
/** A few that are busy, and many others, so that the workspace's rate is met as well. */
const channels = fc.oneof(
  fc.constantFrom('C0A', 'C0B', 'C0C'),
  fc.nat({ max: 300 }).map((n) => `C1${n}`),
);
const pauses = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 2500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
);
const wishes = fc.array(fc.record({ method: methods, channel: channels, pause: pauses }), { maxLength: 150 });

/** Makes the calls as the courier does: each as soon as it may, after the pause that comes before it. */
function makeCalls(wished: readonly { method: Method; channel: string; pause: number }[]): Made[] {
  const pace = new Pace();
  let now = START;
  return wished.map(({ method, channel, pause }) => {
    now += pause;
    for (let wait = pace.waitFor(method, channel, now); wait > 0; wait = pace.waitFor(method, channel, now))
      now += wait;
    pace.take(method, channel, now);
    return { method, channel, at: now };
  });
}

function expectKept({ of, perMinute, burst }: Limit, made: readonly Made[]): void {
  const times = made.filter(of).map(({ at }) => at);
  for (const [first, from] of times.entries())
    for (const [more, until] of times.slice(first).entries())
      expect(more + 1).toBeLessThanOrEqual(burst + ((until - from) * perMinute) / 60_000 + 1e-6);
}

describe('whatever is to be called', () => {
  test('no stretch of time holds more calls than its rate and one burst', () => {
    fc.assert(
      fc.property(wishes, (wished) => {
        const made = makeCalls(wished);
        for (const limit of LIMITS) expectKept(limit, made);
      }),
      { numRuns: 200 },
    );
  });

  test('two posts into one channel are at least a second apart', () => {
    fc.assert(
      fc.property(wishes, (wished) => {
        const posts = makeCalls(wished).filter(({ method }) => method === 'chat.postMessage');
        for (const channel of ['C0A', 'C0B', 'C0C']) {
          const times = posts.filter((made) => made.channel === channel).map(({ at }) => at);
          for (const [i, at] of times.slice(1).entries())
            expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
  });

  test('a wait is enough, and a millisecond less would not be', () => {
    fc.assert(
      fc.property(wishes, methods, channels, (wished, method, channel) => {
        const pace = new Pace();
        let now = START;
        for (const wish of wished) {
          now += wish.pause;
          const wait = pace.waitFor(wish.method, wish.channel, now);
          if (wait === 0) pace.take(wish.method, wish.channel, now);
        }
        const wait = pace.waitFor(method, channel, now);
        expect(Number.isInteger(wait) && wait >= 0).toBe(true);
        // Rounding may cost one millisecond more, never a second one.
        expect(pace.waitFor(method, channel, now + wait)).toBeLessThanOrEqual(1);
        expect(pace.waitFor(method, channel, now + wait + 1)).toBe(0);
        if (wait > 1) expect(pace.waitFor(method, channel, now + wait - 2)).toBeGreaterThan(0);
      }),
    );
  });

  test('asking takes nothing, and shortens with the time that passes', () => {
    fc.assert(
      fc.property(wishes, fc.integer({ min: 0, max: 5000 }), (wished, later) => {
        const pace = new Pace();
        for (const { method, channel } of wished) pace.take(method, channel, START);
        for (const { method, channel } of wished) {
          const wait = pace.waitFor(method, channel, START);
          expect(pace.waitFor(method, channel, START)).toBe(wait);
          const rest = pace.waitFor(method, channel, START + later);
          expect(Math.abs(rest - Math.max(0, wait - later))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('from rest', () => {
  const atOnce = (method: Method, channelOf: (i: number) => string): number => {
    const pace = new Pace();
    let made = 0;
    while (made < 1000 && pace.waitFor(method, channelOf(made), START) === 0) {
      pace.take(method, channelOf(made), START);
      made += 1;
    }
    return made;
  };

  test.each<[Method, (i: number) => string, number]>([
    ['chat.postMessage', () => 'C0A', 1],
    ['chat.postMessage', (i) => `C${i}`, 20],
    ['chat.update', () => 'C0A', 10],
    ['chat.update', (i) => `C${i}`, 10],
    ['chat.postEphemeral', () => 'C0A', 20],
  ])('%s (%s) goes out so often at once: %i', (method, channelOf, times) => {
    expect(atOnce(method, channelOf)).toBe(times);
  });

  test('a night of silence saves up no more than one burst', () => {
    const pace = new Pace();
    for (let i = 0; i < 10; i += 1) pace.take('chat.update', 'C0A', START);
    const morning = START + 8 * 60 * 60_000;
    for (let i = 0; i < 10; i += 1) {
      expect(pace.waitFor('chat.update', 'C0A', morning)).toBe(0);
      pace.take('chat.update', 'C0A', morning);
    }
    expect(pace.waitFor('chat.update', 'C0A', morning)).toBe(1500);
  });
});

test('one channel does not wait for another, nor one method for another', () => {
  const pace = new Pace();
  pace.take('chat.postMessage', 'C0A', START);
  expect(pace.waitFor('chat.postMessage', 'C0A', START)).toBe(1000);
  expect(pace.waitFor('chat.postMessage', 'C0B', START)).toBe(0);
  expect(pace.waitFor('chat.update', 'C0A', START)).toBe(0);
  expect(pace.waitFor('chat.postEphemeral', 'C0A', START)).toBe(0);
});

test('three hundred posts into one channel take five minutes less a second', () => {
  const made = makeCalls(
    Array.from({ length: 300 }, () => ({ method: 'chat.postMessage' as const, channel: 'C0A', pause: 0 })),
  );
  expect((made.at(-1)?.at ?? 0) - START).toBe(299_000);
});

test('a thousand posts into a thousand channels take as long as the workspace’s rate says', () => {
  const made = makeCalls(
    Array.from({ length: 1000 }, (_, i) => ({
      method: 'chat.postMessage' as const,
      channel: `C${i}`,
      pause: 0,
    })),
  );
  expect((made.at(-1)?.at ?? 0) - START).toBeCloseTo((980 * 60_000) / 240, -2);
});

test('a clock that was set back by hours holds up nobody, and keeps the rates from then on', () => {
  const pace = new Pace();
  const ahead = START + 5 * 60 * 60_000;
  pace.take('chat.postMessage', 'C0A', ahead);
  expect(pace.heldAt(ahead).size).toBe(1);
  expect(pace.heldAt(START).size).toBe(0);
  expect(pace.waitFor('chat.postMessage', 'C0A', START)).toBe(0);
  pace.take('chat.postMessage', 'C0A', START);
  expect(pace.waitFor('chat.postMessage', 'C0A', START)).toBe(1000);
});
