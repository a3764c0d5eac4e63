/** Finding the command that a person means, whatever they type. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Command,
  helpMessage,
  menuActionId,
  menuMessage,
  routeCommand,
  unknownMessage,
} from '../../src/slack/command-router.ts';

const command = (word: string, ascii: string, button?: string): Command<void> => ({
  word,
  ascii,
  summary: `${word}をする`,
  ...(button ? { button } : {}),
  run: async () => undefined,
});

/** All the words that the outside contract names. */
const COMMANDS = [
  command('相談', 'soudan', '相談する'),
  command('一覧', 'list', '一覧を見る'),
  command('会議', 'kaigi'),
  command('点呼', 'tenko'),
  command('訓練', 'kunren'),
  command('faq', 'faq', 'FAQを探す'),
  command('設定', 'settings'),
  command('ヘルプ', 'help', '使い方'),
];

const names = COMMANDS.flatMap((each) => [each.word, each.ascii].map((name) => ({ name, command: each })));
const spaces = fc.string({ unit: fc.constantFrom(' ', '　', '\t', '\n', '\u00A0'), maxLength: 3 });
const someSpace = spaces.map((each) => `${each} `);
const HALF_WIDTH: Record<string, string> = { ヘ: 'ﾍ', ル: 'ﾙ', プ: 'ﾌﾟ' };

/** One letter as some keyboard gives it: full width, half width, capital, or with its marks apart. */
function asTyped(letter: string): fc.Arbitrary<string> {
  const code = letter.codePointAt(0) ?? 0;
  const isAscii = code > 0x20 && code < 0x7f;
  const upper = letter.toUpperCase();
  const wide = (each: string) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0);
  return isAscii
    ? fc.constantFrom(letter, upper, wide(letter), wide(upper))
    : fc.constantFrom(letter, HALF_WIDTH[letter] ?? letter, letter.normalize('NFD'));
}

const typedName = fc
  .constantFrom(...names)
  .chain(({ name, command: meant }) =>
    fc.tuple(...[...name].map(asTyped)).map((letters) => ({ typed: letters.join(''), meant })),
  );

describe('a word', () => {
  test.each(names)('$name is found', ({ name, command: meant }) => {
    expect(routeCommand(COMMANDS, name)).toEqual({ to: 'command', command: meant, rest: '' });
  });

  test('is found in any case, any width and between any spaces', () => {
    fc.assert(
      fc.property(typedName, spaces, spaces, ({ typed, meant }, before, after) => {
        expect(routeCommand(COMMANDS, `${before}${typed}${after}`)).toEqual({
          to: 'command',
          command: meant,
          rest: '',
        });
      }),
      { numRuns: 500 },
    );
  });

  test('is found before anything else, and what follows stays as typed, line breaks included', () => {
    const letter = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((each) => each.trim() !== '');
    const rest = fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 8 }), { maxLength: 5 });
    fc.assert(
      fc.property(typedName, rest, someSpace, ({ typed, meant }, words, gap) => {
        expect(routeCommand(COMMANDS, [typed, ...words].join(gap))).toEqual({
          to: 'command',
          command: meant,
          rest: words.join(gap),
        });
      }),
    );
  });

  test('keeps what follows in the width and case in which it was typed', () => {
    const routed = routeCommand(COMMANDS, 'ＦＡＱ　ＡＢＣ　ｶﾅ  Def');
    expect(routed).toMatchObject({ to: 'command', rest: 'ＡＢＣ　ｶﾅ  Def' });
  });

  test('that only begins like a command is none', () => {
    expect(routeCommand(COMMANDS, '相談室の鍵の件について').to).toBe('unknown');
    expect(routeCommand(COMMANDS, 'helpme').to).toBe('unknown');
  });
});

describe('nothing', () => {
  test('but spaces leads to the menu', () => {
    fc.assert(fc.property(spaces, (text) => routeCommand(COMMANDS, text).to === 'menu'));
  });

  test('is known where there are no commands', () => {
    expect(routeCommand([], '相談')).toEqual({ to: 'unknown', nearest: undefined });
    expect(routeCommand([], '')).toEqual({ to: 'menu' });
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '\u0000',
      '\uD800',
      '%s',
      '<!channel>',
      '🙂'.repeat(500),
    ),
  );

  test('leads somewhere, never to an exception', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(['command', 'menu', 'unknown']).toContain(routeCommand(COMMANDS, text).to);
      }),
      { numRuns: 500 },
    );
  });

  test('that is unknown gets one of the answers written beforehand, so that nothing typed is in it', () => {
    const written = [undefined, ...COMMANDS].map((nearest) =>
      JSON.stringify(unknownMessage(COMMANDS, nearest)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const routed = routeCommand(COMMANDS, text);
        if (routed.to === 'unknown')
          expect(written).toContain(JSON.stringify(unknownMessage(COMMANDS, routed.nearest)));
      }),
    );
  });

  test('of a megabyte is answered within a moment', () => {
    const begun = performance.now();
    expect(routeCommand(COMMANDS, 'さ'.repeat(1_000_000))).toEqual({ to: 'unknown', nearest: undefined });
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('the nearest word', () => {
  test.each([
    ['相段', '相談'],
    ['そうだん', undefined],
    ['sodan', '相談'],
    ['soudann', '相談'],
    ['ＳＯＤＡＮ', '相談'],
    ['kaigii', '会議'],
    ['tnko', '点呼'],
    ['ヘルフ', 'ヘルプ'],
    ['ﾍﾙﾌ', 'ヘルプ'],
    ['hlep', 'ヘルプ'],
    ['setting', '設定'],
    ['fag', 'faq'],
    ['髙﨑さんの件', undefined],
    ['x', undefined],
    ['?', undefined],
  ])('to %j is %j', (typed, word) => {
    const routed = routeCommand(COMMANDS, typed);
    expect(routed.to === 'unknown' && routed.nearest?.word).toBe(word);
  });

  test('is the one meant, when a single letter of a long word is wrong', () => {
    const long = names.filter(({ name }) => name.length >= 5);
    const strange = fc.constantFrom('x', 'z', 'q', '7', '-');
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.nat(), strange, ({ name, command: meant }, at, letter) => {
        const place = at % name.length;
        fc.pre(name[place] !== letter);
        const routed = routeCommand(COMMANDS, name.slice(0, place) + letter + name.slice(place + 1));
        expect(routed).toEqual({ to: 'unknown', nearest: meant });
      }),
    );
  });
});

describe('help and menu', () => {
  test('name every command once, in both its words', () => {
    const help = JSON.stringify(helpMessage(COMMANDS).blocks);
    for (const { word, ascii, summary } of COMMANDS) {
      expect(help.split(`\`/kikan ${word}\`　`)).toHaveLength(2);
      expect(help).toContain(`\`/kikan ${ascii}\``);
      expect(help).toContain(summary);
    }
    for (const { word } of COMMANDS) expect(helpMessage(COMMANDS).text).toContain(`/kikan ${word}`);
  });

  test('offer a button for each command that has one, and each button is another action', () => {
    const menu = JSON.stringify(menuMessage(COMMANDS).blocks);
    const actions = [...menu.matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);
    expect(actions).toEqual(COMMANDS.filter(({ button }) => button).map(menuActionId));
    expect(new Set(actions).size).toBe(actions.length);
  });

  test('have no empty row of buttons, which Slack would refuse', () => {
    const blocks = JSON.stringify(menuMessage([command('点呼', 'tenko')]).blocks);
    expect(blocks).not.toContain('actions');
  });
});
