/** The two programs that are compared: the product as wrangler would deploy it, and the bare Worker. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT, WRANGLER_ENV } from '../local/state.ts';
import { wranglerConfig } from './wrangler-config.ts';

/**
 * The product's only module, built by `wrangler deploy --dry-run` with the flags of wrangler.toml. Takes about 2 s.
 * @param entry another entry than the product's own, around it: a file of this folder
 */
export function buildProduct(entry?: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kikan-bench-'));
  try {
    const wrangler = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
    const main = entry === undefined ? [] : [path.join(import.meta.dirname, `${entry}.ts`)];
    const run = spawnSync(process.execPath, [wrangler, 'deploy', ...main, '--dry-run', '--outdir', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, ...WRANGLER_ENV },
    });
    if (run.status !== 0) throw new Error(`wrangler could not build the Worker:\n${run.stdout}${run.stderr}`);
    return readFileSync(path.join(folder, `${entry ?? 'index'}.js`), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One of this folder's Workers as a single module, with the flags that wrangler builds the product with. */
export async function buildOwn(
  name: 'bare-worker' | 'bare-tap' | 'sleeping-courier' | 'faq/worker',
): Promise<string> {
  const { minify, keep_names } = wranglerConfig();
  const built = await build({
    entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    minify,
    keepNames: keep_names,
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  });
  const [file] = built.outputFiles;
  if (!file) throw new Error(`esbuild wrote nothing for ${name}`);
  return file.text;
}
