/** `npm run faq` and `npm run token` as an operator sees them: their refusals. With a Worker beside them: worker-command.test.ts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const RUN = path.resolve(import.meta.dirname, '../../dev/run.mjs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-faq-'));

function run(words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, KIKAN_STATE: path.join(folder, 'state') },
  });
  return { status, said: stdout.trim(), refused: stderr.trim() };
}

function fileWith(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file is checked without any city, every fault is named, and a good one is counted', () => {
  const good = run(['faq', 'check', fileWith('good.csv', '質問,回答\n問い,答え\n')]);
  expect(good).toEqual({ status: 0, said: '問題ありません（1件）。', refused: '' });
  const bad = run(['faq', 'check', fileWith('bad.json', '[{"question":"問い","anser":"答え"}]')]);
  expect([bad.status, bad.said]).toEqual([1, '']);
  expect(bad.refused).toMatch(/何も取り込んでいません[\s\S]*\[0\]\.answer: [\s\S]*\[0\]\.anser: /);
});

test.each([
  [['faq', 'rebuild', 'x'], '使い方'],
  [['faq', 'import', 'x', '--remote'], '画面で'],
  [['faq', 'export'], 'まだ市がありません'],
  [['token', 'faq:write'], '使い方'],
  [['token', 'list'], 'まだ市がありません'],
])('%j is refused with a sentence', (words, sentence) => {
  const { status, said, refused } = run(words);
  expect([status, said]).toEqual([1, '']);
  expect(refused).toContain(sentence);
  expect(refused).not.toMatch(/^\s+at /m);
  expect(existsSync(path.join(folder, 'state', 'v3'))).toBe(false);
});
