/** The look of the pages is that of the Digital Agency's tokens: what the style sheet copies from them is what the package says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { STYLE } from '../../src/web/style.ts';

const PACKAGE = path.resolve(
  import.meta.dirname,
  '../../node_modules/@digital-go-jp/design-tokens/dist/tokens.css',
);

/** Custom properties that a style sheet sets. */
function tokensIn(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]),
  );
}

test("every token of the style sheet has the package's value, and every token that is used is set", () => {
  const official = tokensIn(readFileSync(PACKAGE, 'utf8'));
  const ours = tokensIn(STYLE);
  expect(ours.size).toBeGreaterThan(20);
  for (const [name, value] of ours) expect([name, value]).toEqual([name, official.get(name)]);
  const used = new Set([...STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name));
  expect([...used].filter((name) => !ours.has(name))).toEqual([]);
});
