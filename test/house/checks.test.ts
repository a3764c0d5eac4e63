/** What a reviewer would run by hand: lint, types, import rules, migrations, the deployment's bundle. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_GZIP_KIB } from '../../dev/bench/bundle.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'kikan-checks-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs a tool of node_modules with this Node; answers what it printed when it failed, else an empty text. */
function complaintsOf(script: string, args: string[], env: Record<string, string> = {}): string {
  const run = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env },
  });
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}` || `ended with ${run.status}`;
}

const MINUTES = 60_000;

test('Biome finds nothing to complain of', { timeout: 2 * MINUTES }, () => {
  expect(complaintsOf('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])).toBe('');
});

test.each([
  ['the Worker and its tests', '.'],
  ['the tools', 'dev'],
  ["the local Slack's page", 'dev/slack/ui'],
])('the types of %s fit', { timeout: 3 * MINUTES }, (_, project) => {
  expect(complaintsOf('typescript-native/bin/tsc', ['-p', project])).toBe('');
});

test('imports run one way', { timeout: 2 * MINUTES }, () => {
  expect(
    complaintsOf('dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'dev',
    ]),
  ).toBe('');
});

test('the migrations are those of the tables: nothing is left to generate', { timeout: MINUTES }, () => {
  const copy = path.relative(ROOT, path.join(scratch, 'migrations'));
  cpSync(path.join(ROOT, 'migrations'), path.join(ROOT, copy), { recursive: true });
  const before = readdirSync(path.join(ROOT, copy));
  expect(complaintsOf('drizzle-kit/bin.cjs', ['generate'], { KIKAN_MIGRATIONS: copy })).toBe('');
  expect(readdirSync(path.join(ROOT, copy))).toEqual(before);
});

describe('the deployment', () => {
  test(`passes wrangler's dry run with at most ${MAX_GZIP_KIB} KiB gzip`, { timeout: 2 * MINUTES }, () => {
    const out = path.join(scratch, 'bundle');
    expect(complaintsOf('wrangler/bin/wrangler.js', ['deploy', '--dry-run', '--outdir', out])).toBe('');
    const scripts = readdirSync(out).filter((name) => name.endsWith('.js'));
    const gzipped = scripts.reduce(
      (sum, name) => sum + gzipSync(readFileSync(path.join(out, name))).length,
      0,
    );
    expect(scripts).toEqual(['index.js']);
    expect(statSync(path.join(out, 'index.js')).size).toBeGreaterThan(100_000);
    expect(gzipped / 1024).toBeLessThanOrEqual(MAX_GZIP_KIB);
  });
});

test('package-lock.json names no download addresses', () => {
  expect(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(
    /"resolved":|https?:\/\/(?!(?:opencollective|github|tidelift|www\.patreon|paypal|polar)[./])[\w.-]*(?:registry|artifact|npm)[\w.-]*\//,
  );
});
