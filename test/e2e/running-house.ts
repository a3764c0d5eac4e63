/** The whole house on free ports: the real Worker in workerd, the local Slack, a fresh demo city. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../dev/local/state.ts';
import { type RunningWorker, startWorker } from '../../dev/local/worker-process.ts';
import { type LocalSlack, startLocalSlack } from '../../dev/slack/server.ts';

/** Enough to find something. */
const FAQ_ENTRIES = 20;

export interface RunningHouse {
  slack: LocalSlack;
  worker: RunningWorker;
  logs: string[];
  stop(): Promise<void>;
}

export async function startHouse(): Promise<RunningHouse> {
  const state = mkdtempSync(path.join(tmpdir(), 'kikan-e2e-'));
  const port = await freePort();
  const demo = path.join(ROOT, 'dev', 'demo');
  const city = {
    ...JSON.parse(readFileSync(path.join(demo, 'city.json'), 'utf8')),
    faq: JSON.parse(readFileSync(path.join(demo, 'faq', 'rights.json'), 'utf8')).slice(0, FAQ_ENTRIES),
  };
  const cityFile = path.join(state, 'city.json');
  writeFileSync(cityFile, JSON.stringify(city));
  const slack = await startLocalSlack({
    port: 0,
    appUrl: `http://127.0.0.1:${port}/slack/events`,
    city,
    botToken: 'xoxb-e2e',
    signingSecret: 'e2e-signing-secret',
    clientId: 'e2e',
    clientSecret: 'e2e-secret',
    commands: [
      {
        command: '/kikan',
        description: '基幹型への相談',
        usageHint: '相談',
        words: ['相談', '一覧', '会議', '訓練', '点呼', 'faq', '設定', 'ヘルプ'],
      },
    ],
  });
  const logs: string[] = [];
  const asked = new AbortController();
  const worker = await startWorker({
    port,
    state,
    cityFile,
    environment: {
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_BOT_TOKEN: 'xoxb-e2e',
      SLACK_SIGNING_SECRET: 'e2e-signing-secret',
      SLACK_ISSUER: slack.url,
      SLACK_CLIENT_ID: 'e2e',
      SLACK_CLIENT_SECRET: 'e2e-secret',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    },
    asked: asked.signal,
    onLog: (line) => logs.push(line),
  });
  return {
    slack,
    worker,
    logs,
    async stop() {
      asked.abort();
      await worker.untilEnded();
      await slack.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
