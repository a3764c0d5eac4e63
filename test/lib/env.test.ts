/** The settings: each one checked, each fault named, no value ever repeated. */
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/lib/bytes.ts';
import { parseSettings, type Settings, SettingsError } from '../../src/lib/env.ts';

const keyBytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill);
const padded = (fill: number) => `${toBase64Url(keyBytes(fill))}=`;

const FINE = {
  SLACK_API_URL: 'https://slack.test/api/',
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_SIGNING_SECRET: 'signing-secret-of-slack',
  PUBLIC_URL: 'https://kikan.test',
  DATA_KEYS: `k1:${padded(1)}`,
};

function faultsOf(source: object): SettingsError {
  try {
    parseSettings(source);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('taken, though it should have been refused');
}

function settingsNamed(source: object): string[] {
  return [...new Set(faultsOf(source).faults.map(({ setting }) => setting))];
}

function keysOf(text: string): Settings['DATA_KEYS'] {
  return parseSettings({ ...FINE, DATA_KEYS: text }).DATA_KEYS;
}

test('settings that are fine are read, with what they need not say', () => {
  expect(parseSettings(FINE)).toEqual({
    ...FINE,
    SLACK_ISSUER: 'https://slack.com',
    DATA_KEYS: [{ id: 'k1', bytes: keyBytes(1) }],
  });
  const { SLACK_API_URL: _, ...withoutApi } = FINE;
  expect(parseSettings(withoutApi).SLACK_API_URL).toBe('https://slack.com/api/');
});

test('bindings that are no settings are left alone', () => {
  expect(parseSettings({ ...FINE, DB: {}, PATH: '/bin' })).not.toHaveProperty('DB');
});

test('the address of the API ends with a slash, typed or not', () => {
  expect(parseSettings({ ...FINE, SLACK_API_URL: 'http://127.0.0.1:3000/api' }).SLACK_API_URL).toBe(
    'http://127.0.0.1:3000/api/',
  );
});

test('spaces and line breaks around a value, as they stay when a secret is pasted, do not count', () => {
  const pasted = Object.fromEntries(Object.entries(FINE).map(([name, value]) => [name, `  ${value}\n`]));
  expect(parseSettings(pasted)).toEqual(parseSettings(FINE));
});

describe('refused, naming the setting:', () => {
  const required = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'PUBLIC_URL', 'DATA_KEYS'];

  test.each(required)('%s is missing', (name) => {
    const error = faultsOf({ ...FINE, [name]: undefined });
    expect(error.faults).toEqual([{ setting: name, problem: 'missing' }]);
    expect(error.message).toBe(`${name}: missing`);
  });

  test.each(required)('%s is empty or blank', (name) => {
    for (const blank of ['', ' \n\t'])
      expect(faultsOf({ ...FINE, [name]: blank }).faults).toContainEqual({
        setting: name,
        problem: 'missing',
      });
    expect(settingsNamed({ ...FINE, [name]: '' })).toEqual([name]);
  });

  test('all that are missing, at once', () => {
    expect(settingsNamed({}).sort()).toEqual([...required].sort());
  });

  test.each<[string, unknown]>([
    ['SLACK_API_URL', 'canary-value'],
    ['SLACK_API_URL', 'ftp://canary-value/api/'],
    ['SLACK_API_URL', ''],
    ['SLACK_BOT_TOKEN', 'xoxp-canary-value'],
    ['SLACK_BOT_TOKEN', 'canary-value'],
    ['SLACK_BOT_TOKEN', 4711],
    ['SLACK_SIGNING_SECRET', 'canary'],
    ['SLACK_ISSUER', 'canary-value'],
    ['SLACK_ISSUER', 'javascript:canary-value'],
    ['PUBLIC_URL', 'canary-value.example.jp'],
    ['PUBLIC_URL', 'mailto:canary-value@example.jp'],
    ['PUBLIC_URL', 'https://'],
    ['MAIL_API_URL', 'canary-value'],
    ['MAIL_API_URL', 'file:///canary-value'],
    ['MAIL_FROM', 'canary-value'],
    ['MAIL_FROM', 'canary <canary@example.jp>'],
    ['MAIL_FROM', 'canary@example.jp\r\nBcc: canary@example.jp'],
    ['SLACK_CLIENT_ID', 4711.25],
    ['SLACK_CLIENT_SECRET', 4711],
    ['DATA_KEYS', 'canary-value'],
    ['DATA_KEYS', 4711],
  ])('%s as %j, without repeating the value', (name, value) => {
    const source = { ...FINE, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x', [name]: value };
    expect(settingsNamed(source)).toEqual([name]);
    const { message, faults } = faultsOf(source);
    expect(message + JSON.stringify(faults)).not.toMatch(/canary|4711/);
  });

  test.each([
    [{ SLACK_CLIENT_ID: '1.2' }],
    [{ SLACK_CLIENT_SECRET: 'canary-secret' }],
    [{ SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: ' ' }],
  ])('half of the sign-in: %j', (half) => {
    expect(settingsNamed({ ...FINE, ...half })).toEqual(['SLACK_CLIENT_SECRET']);
    expect(faultsOf({ ...FINE, ...half }).message).not.toContain('canary');
  });

  test('several wrong ones, all at once', () => {
    expect(
      settingsNamed({
        ...FINE,
        SLACK_BOT_TOKEN: 'x',
        PUBLIC_URL: 'x',
        DATA_KEYS: 'x',
        MAIL_API_URL: 'x',
      }).sort(),
    ).toEqual(['DATA_KEYS', 'MAIL_API_URL', 'PUBLIC_URL', 'SLACK_BOT_TOKEN']);
  });
});

test('sign-in may be left out, or be there as a whole', () => {
  for (const blank of [undefined, '', '  '])
    expect(
      parseSettings({ ...FINE, SLACK_CLIENT_ID: blank, SLACK_CLIENT_SECRET: blank }).SLACK_CLIENT_ID,
    ).toBeUndefined();
  expect(parseSettings({ ...FINE, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's' })).toMatchObject({
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 's',
  });
});

describe('DATA_KEYS', () => {
  const two = [
    { id: 'k2', bytes: keyBytes(2) },
    { id: 'k1', bytes: keyBytes(1) },
  ];

  test.each([
    ['a comma', `k2:${padded(2)},k1:${padded(1)}`],
    ['a comma and a space', `k2:${padded(2)}, k1:${padded(1)}`],
    ['a line break', `k2:${padded(2)}\nk1:${padded(1)}\n`],
    ['commas too many', `,k2:${padded(2)},,k1:${padded(1)},`],
  ])('may be several, separated by %s; their order stays', (_, text) => {
    expect(keysOf(text)).toEqual(two);
  });

  test.each([
    ['padded', `k1:${padded(255)}`],
    ['not padded', `k1:${padded(255).replace('=', '')}`],
    ['of the URL-safe kind', `k1:${toBase64Url(keyBytes(255))}`],
    ['of the other kind', `k1:${padded(255).replaceAll('_', '/').replaceAll('-', '+')}`],
  ])('may be base64 that is %s', (_, text) => {
    expect(keysOf(text)).toEqual([{ id: 'k1', bytes: keyBytes(255) }]);
  });

  test.each([
    ['without an id', padded(1)],
    ['with an empty id', `:${padded(1)}`],
    ['with an id in capitals', `K1:${padded(1)}`],
    ['with an id of 33 letters', `${'k'.repeat(33)}:${padded(1)}`],
    ['with an id that would break the format of sealed values', `k.1:${padded(1)}`],
    ['with an id but no key', 'k1:'],
    ['with a space inside', `k1: ${padded(1)}`],
    ['of 31 bytes', `k1:${toBase64Url(keyBytes(1, 31))}`],
    ['of 33 bytes', `k1:${toBase64Url(keyBytes(1, 33))}`],
    ['of 16 bytes', `k1:${toBase64Url(keyBytes(1, 16))}`],
    ['as hex', `k1:${'01'.repeat(32)}`],
    ['with letters that are no base64', `k1:${'!'.repeat(43)}=`],
    ['with padding in the middle', `k1:${'A'.repeat(20)}=${'A'.repeat(23)}`],
    ['with one id twice', `k1:${padded(1)},k1:${padded(2)}`],
    ['of which the second is malformed', `k1:${padded(1)},k2:short`],
    ['of commas only', ',,,'],
  ])('%s are refused', (_, text) => {
    expect(settingsNamed({ ...FINE, DATA_KEYS: text })).toEqual(['DATA_KEYS']);
  });

  test('that are refused are never repeated, only the id of the key at fault is', () => {
    const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(31)));
    const { message } = faultsOf({ ...FINE, DATA_KEYS: `good:${padded(1)},bad:${secret}` });
    expect(message).toContain('bad');
    expect(message).not.toContain(secret);
    expect(message).not.toContain(padded(1));
  });
});
