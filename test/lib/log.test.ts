/** What may be logged: identifiers, numbers, truth values. Never what a person typed, never the message of an error. */
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { logError, logInfo, logWarning } from '../../src/lib/log.ts';

function listen(): string[] {
  const lines: string[] = [];
  for (const level of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
  return lines;
}

function loggedOf(value: string): unknown {
  const lines = listen();
  logInfo('something.happened', { value });
  return JSON.parse(lines.at(-1) ?? '{}').value;
}

/** The line of an error, as text. */
function lineOf(error: unknown): string {
  const lines = listen();
  logError('something.failed', error);
  return lines.at(-1) ?? '';
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('a line is one JSON object with its level, its event and its fields', () => {
  const lines = listen();
  logInfo('a.b', { person: 'U0HANAKO', count: 3, isLate: true });
  logWarning('c.d');
  logError('e.f', new RangeError('x'));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'info', event: 'a.b', person: 'U0HANAKO', count: 3, isLate: true },
    { level: 'warning', event: 'c.d' },
    expect.objectContaining({ level: 'error', event: 'e.f', error: 'RangeError' }),
  ]);
});

describe('strings:', () => {
  test.each([
    'U0HANAKO',
    'R8-0042',
    'consultation.accept',
    'C0EAST/1700000000.000100',
    'channel_not_found',
    '',
  ])('the identifier %j passes', (identifier) => {
    expect(loggedOf(identifier)).toBe(identifier);
  });

  test.each([
    ['Japanese', '髙﨑'],
    ['hiragana', 'たかさき'],
    ['a space', 'Takasaki Yoshiko'],
    ['a full-width space', 'a　b'],
    ['a line break', 'R8-0042\n'],
    ['a line break in the middle', 'R8-0042\nTakasaki'],
    ['full-width digits', '０４６３'],
    ['an emoji', 'ok🙂'],
    ['quotes', '"x"'],
    ['a mail address is no identifier when it has a name before it', 'Yoshiko<y@example.jp>'],
    ['121 letters', 'x'.repeat(121)],
  ])('%s is withheld', (_, text) => {
    expect(loggedOf(text)).toBe('(withheld)');
  });

  test('what passes is made of ASCII letters, digits and a few signs, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const logged = loggedOf(text);
        if (logged !== '(withheld)') expect(text).toMatch(/^[A-Za-z0-9_.:/@#-]*$/);
        vi.restoreAllMocks();
      }),
    );
  });
});

describe('an error', () => {
  class CodedError extends Error {
    override readonly name = 'CodedError';
    readonly code: string;
    constructor(code: string, message: string, cause?: unknown) {
      super(message, { cause });
      this.code = code;
    }
  }

  test('is logged with its name, its code, the name of its cause and its place', () => {
    const line = JSON.parse(lineOf(new CodedError('not_in_channel', 'x', new SyntaxError('y'))));
    expect(line).toMatchObject({ error: 'CodedError', code: 'not_in_channel', cause: 'SyntaxError' });
    expect(line.at).toMatch(/log\.test\.ts:\d+:\d+/);
  });

  test.each([
    ['a word', 'canary'],
    ['words', 'could not parse {"name":"canary"}'],
    ['lines', 'canary\ncanary canary\n  canary'],
    ['what looks like a frame of a stack', 'x\n    at canary (canary.ts:1:1)'],
    ['what looks like a frame without a name', 'x\n    at canary:0463:21'],
  ])('never with its message, also when that is %s', (_, message) => {
    for (const error of [new Error(message), new CodedError('c', 'x', new Error(message))])
      expect(lineOf(error)).not.toMatch(/canar|0463/);
  });

  test.each([
    ['a function', '    at save (file:///srv/index.js:12:34)', 'save@index.js:12:34'],
    ['an async one', '    at async Courier.deliver (index.js:12:34)', 'Courier.deliver@index.js:12:34'],
    ['no function', '    at file:///srv/index.js:12:34', '@index.js:12:34'],
    ['no function and no folder, as when deployed', '    at index.js:12:34', '@index.js:12:34'],
  ])('names its place, also in %s', (_, frame, place) => {
    const error = new Error('x');
    error.stack = `Error: x\n${frame}`;
    expect(JSON.parse(lineOf(error)).at).toBe(place);
  });

  test('that a parser or a database threw repeats nothing of its input', () => {
    const parse = () => JSON.parse('{"name": 髙﨑 canary}');
    try {
      parse();
    } catch (error) {
      expect(lineOf(error)).not.toMatch(/髙|canary/);
    }
    expect.assertions(1);
  });

  test('whose code was typed by somebody is logged without it', () => {
    expect(lineOf(new CodedError('髙﨑 さん', 'x'))).not.toContain('髙﨑');
  });

  test.each([['canary'], [{ message: 'canary', name: 'canary' }], [null], [undefined], [7n]])(
    'that is no Error (%s) is logged as its type',
    (thrown) => {
      expect(JSON.parse(lineOf(thrown))).toEqual({
        level: 'error',
        event: 'something.failed',
        error: typeof thrown,
      });
    },
  );
});
