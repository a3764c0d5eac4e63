/** Chromium for the browser tests. Where there is none they are skipped with a notice; never in CI. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath = CANDIDATES.find((each) => each !== undefined && existsSync(each));

/** Whether the browser tests are left out. In CI a missing Chromium is a fault. */
export function isWithoutBrowser(): boolean {
  if (chromiumPath || process.env.CI) return false;
  process.stderr.write(
    'Chromium is missing: the browser tests are skipped. Install it, or name it in CHROMIUM_PATH.\n',
  );
  return true;
}

/** Nothing but the pages under test: no updates, no lookups of the browser's own. */
export function launchChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error('Chromium is missing');
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: chromiumPath, args });
}
