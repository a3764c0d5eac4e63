import { builtinModules } from 'node:module';
import path from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const noNodeServer = path.join(root, 'src/slack/no-node-server.ts');

/** As the deployment's, but for the addresses of Slack and of the mail service, which the tests answer themselves. */
const settings = {
  SLACK_API_URL: 'https://slack.test/api/',
  MAIL_API_URL: 'https://mail.test/mail',
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_SIGNING_SECRET: 'test-signing-secret',
  SLACK_ISSUER: 'https://slack.test',
  SLACK_CLIENT_ID: 'test-client',
  SLACK_CLIENT_SECRET: 'test-client-secret',
  PUBLIC_URL: 'https://kikan.test',
  DATA_KEYS: `t1:${'A'.repeat(43)}=`,
};

/** What an isolate remembers would decide these: each file has one of its own. */
const FRESH = 'test/**/*.fresh.test.ts';

/** A project of tests inside workerd, against the Worker and a D1 of their own. */
async function inWorkerd(test: { name: string; include: string[]; exclude?: string[]; isolate: boolean }) {
  return {
    plugins: [
      cloudflareTest({
        wrangler: { configPath: './wrangler.toml' },
        miniflare: {
          // A deployment has one only when its operator binds it.
          r2Buckets: ['FILES'],
          bindings: {
            ...settings,
            WALK_STEPS: process.env.WALK_STEPS ?? '',
            MIGRATIONS: await readD1Migrations(path.join(root, 'migrations')),
          },
        },
      }),
    ],
    // wrangler's aliases do not reach Bolt's own requires here.
    resolve: {
      alias: Object.fromEntries(
        ['express', '@slack/socket-mode', '@slack/oauth', 'raw-body', 'path-to-regexp'].map((name) => [
          name,
          noNodeServer,
        ]),
      ),
    },
    test: {
      ...test,
      testTimeout: 20_000,
      setupFiles: ['test/support/setup.ts'],
      deps: {
        optimizer: {
          ssr: {
            enabled: true,
            include: ['@slack/bolt'],
            rolldownOptions: { external: [/^node:/, ...builtinModules], platform: 'node' as const },
          },
        },
      },
    },
  };
}

export default defineConfig(async () => ({
  test: {
    // On a busy CI machine real time passes unevenly; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    // Most files wait (for Slack's rates, for child processes) more than they compute.
    ...(process.env.CI ? { maxWorkers: 4 } : {}),
    coverage: {
      provider: 'istanbul' as const,
      include: ['src/**'],
      reporter: ['text-summary', 'html'],
      thresholds: { statements: 90, branches: 85 },
    },
    projects: [
      // A worker for each file costs more than a second of start-up; `setup` ends what a test began.
      await inWorkerd({
        name: 'worker',
        include: ['test/{lib,vault,mail,slack,web,features}/**/*.test.ts', 'test/*.test.ts'],
        exclude: [FRESH],
        isolate: false,
      }),
      await inWorkerd({ name: 'fresh', include: [FRESH], isolate: true }),
      {
        test: {
          name: 'node',
          include: ['test/dev/**/*.test.ts', 'test/house/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
}));
