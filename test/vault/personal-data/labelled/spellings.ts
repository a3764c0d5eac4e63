/** The ways in which one and the same value gets written. */
import { between, pick } from './random.ts';

export type Spell = (value: string) => string;

const invisible = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u180E', '\u034F'];
const dashes = ['-', '－', 'ー', 'ｰ', '−', '‐', '‑', '‒', '–', '—', '―', '⁃', '﹣', '─', '━', '〜'];

export const plain: Spell = (value) => value;

/** Letters, digits and signs of ASCII as full-width ones; a space as the ideographic one. */
export const wide: Spell = (value) =>
  value
    .replaceAll(/[!-~]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
    .replaceAll(' ', '\u3000');

const halfWidthKana = new Map(
  Array.from({ length: 0xff9f - 0xff65 + 1 }, (_, i) => String.fromCodePoint(0xff65 + i)).map((half) => [
    half.normalize('NFKC'),
    half,
  ]),
);

/** Katakana as half-width ones, with their voice marks apart. */
export const halfWidth: Spell = (value) =>
  [...value]
    .map((letter) =>
      /[ァ-ヺー]/u.test(letter)
        ? [...letter.normalize('NFD')].map((part) => halfWidthKana.get(part) ?? part).join('')
        : letter,
    )
    .join('');

export const toHiragana: Spell = (value) =>
  value.replaceAll(/[ァ-ヶ]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60));

/** Puts `what` between two letters, somewhere. Requires at least two. */
function insert(value: string, what: string): string {
  const letters = [...value];
  letters.splice(between(1, letters.length - 1), 0, what);
  return letters.join('');
}

/** One to three characters that nobody sees. */
export const withInvisible: Spell = (value) => {
  let spelled = value;
  for (let i = between(1, 3); i > 0; i -= 1) spelled = insert(spelled, pick(invisible));
  return spelled;
};

export const withOtherDashes: Spell = (value) => {
  const dash = pick(dashes);
  return value.replaceAll('-', dash);
};

/** １２−３４: both at once. */
export const wideWithOtherDashes: Spell = (value) => {
  const dash = pick(dashes);
  return wide(value.replaceAll('-', '\n')).replaceAll('\n', dash);
};

export const spacesForDashes: Spell = (value) => value.replaceAll('-', pick([' ', '\u3000', '\u00A0']));
export const spacesAroundDashes: Spell = (value) => value.replaceAll('-', ' - ');
/** 0 9 0 1 2: as in forms with a box for each letter. */
export const spacedOut: Spell = (value) => [...value].join(pick([' ', '\u3000']));

const lineBreak = () => pick(['\n', '\n', '\r\n', '\n　']);
/** A mail program or a narrow column breaks anywhere. */
export const brokenAnywhere: Spell = (value) => insert(value, lineBreak());
/** Behind one of the dashes; anywhere when there is none. */
export const brokenAfterDash: Spell = (value) => {
  const at = value.indexOf('-') + 1;
  return at === 0 ? brokenAnywhere(value) : `${value.slice(0, at)}${lineBreak()}${value.slice(at)}`;
};
