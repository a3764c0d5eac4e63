/**
 * `npm test`: everything that a contributor needs to pass, through vitest; further arguments go to vitest.
 * The browser tests are skipped with a notice where there is no Chromium, never in CI.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT, WRANGLER_ENV } from './local/state.ts';

const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const { CI: _, ...quiet } = WRANGLER_ENV;
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ...quiet },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
