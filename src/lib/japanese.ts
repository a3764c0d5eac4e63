/** Folding of what Japanese keyboards give for the same thing. */

/** Full-width letters and digits, half-width kana, and spaces at the ends; zero-width characters go. */
export function fold(text: string): string {
  const folded = text
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/gu, '')
    .normalize('NFKC')
    .trim();
  // What stood apart (a space, a voice mark) may meet only now.
  return folded === text ? folded : fold(folded);
}

/** Digits with the dashes that Japanese keyboards offer in their place (ー ‐ – — − ｰ), as ASCII. */
export function foldNumber(text: string): string {
  return fold(text).replaceAll(/[\u30FC\u2010-\u2015\u2212\uFF70]/gu, '-');
}

/** Katakana as hiragana; everything else stays. */
export function toHiragana(text: string): string {
  return text.replaceAll(/[\u30A1-\u30F6]/gu, (letter) =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60),
  );
}

/** How many characters a person counts: `𠮷` is one. */
export function characterCount(text: string): number {
  return [...text].length;
}

/** Cuts a text into pieces of at most `max` UTF-16 units (Slack counts these), never inside a character. */
export function cutText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > max) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece || pieces.length === 0 ? [...pieces, piece] : pieces;
}
