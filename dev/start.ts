/** `npm start`: the Worker, the local Slack and the demo city, for people without a Slack workspace. */
import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPort } from './local/port.ts';
import { runService } from './local/service.ts';
import { ROOT } from './local/state.ts';
import { refuseUsedPort, startWorker } from './local/worker-process.ts';
import { type LocalSlack, startLocalSlack } from './slack/server.ts';

const DEMO = path.join(ROOT, 'dev', 'demo');
/** Known to everybody who reads this file: the local Slack and its Worker listen on 127.0.0.1 only. */
const LOCAL = {
  token: 'xoxb-local-slack',
  signingSecret: 'local-slack-signing-secret',
  clientId: 'local-slack',
  clientSecret: 'local-slack-client-secret',
};
const STATE = path.join(ROOT, '.state', 'demo');
const MINUTE_MS = 60_000;

await runService(async (asked) => {
  const workerPort = readPort('PORT', 8787);
  const slackPort = readPort('SLACK_PORT', 3000);
  await refuseUsedPort(workerPort);
  await refuseUsedPort(slackPort, 'SLACK_PORT');
  mkdirSync(STATE, { recursive: true });
  const city = demoCity();
  const cityFile = path.join(STATE, 'city.json');
  writeFileSync(cityFile, JSON.stringify(city));
  const slack = await startLocalSlack({
    port: slackPort,
    appUrl: `http://127.0.0.1:${workerPort}/slack/events`,
    city,
    botToken: LOCAL.token,
    signingSecret: LOCAL.signingSecret,
    clientId: LOCAL.clientId,
    clientSecret: LOCAL.clientSecret,
    commands: [
      {
        command: '/kikan',
        description: '基幹型への相談',
        usageHint: '相談',
        words: ['相談', '一覧', '会議', '訓練', '点呼', 'faq', '設定', 'ヘルプ'],
      },
    ],
    historyFile: path.join(STATE, 'slack-history.json'),
  });
  try {
    await runWorker(workerPort, cityFile, slack, asked);
  } finally {
    await slack.close();
  }
});
process.exit();

/** The demo's city file, with the entries of its FAQ, which fill files of their own. */
function demoCity(): object {
  const read = (...names: string[]) => JSON.parse(readFileSync(path.join(DEMO, ...names), 'utf8'));
  const faq = readdirSync(path.join(DEMO, 'faq')).sort();
  return { ...read('city.json'), faq: faq.flatMap((name) => read('faq', name)) };
}

/** Settles when the Worker has ended. */
async function runWorker(
  port: number,
  cityFile: string,
  slack: LocalSlack,
  asked: AbortSignal,
): Promise<void> {
  const log = createWriteStream(path.join(STATE, 'worker.log'));
  const worker = await startWorker({
    port,
    state: STATE,
    onLog: (line) => log.write(`${line}\n`),
    cityFile,
    asked,
    environment: {
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_BOT_TOKEN: LOCAL.token,
      SLACK_SIGNING_SECRET: LOCAL.signingSecret,
      SLACK_ISSUER: slack.url,
      SLACK_CLIENT_ID: LOCAL.clientId,
      SLACK_CLIENT_SECRET: LOCAL.clientSecret,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      MAIL_API_URL: `${slack.url}/mail`,
    },
  });
  // On Cloudflare the cron comes every minute.
  const cron = setInterval(() => void worker.tick(Date.now()), MINUTE_MS);
  console.log(welcome(slack.url, worker.url));
  await worker.untilEnded();
  clearInterval(cron);
}

function welcome(slackUrl: string, workerUrl: string): string {
  return `
kikan が動いています。

  Slack（この画面を開いてください）  ${slackUrl}
  Webの画面（Slackでサインイン）     ${workerUrl}
  メール（実際には送られません）     ${slackUrl}/mail
  Workerの記録                       .state/demo/worker.log

試してみること
  1. 佐藤 花子（ひがし・社会福祉士）として、「/kikan 相談」と送ります。
     ${slackUrl}/?user=U0SATO&channel=C0HIGASHI
  2. 田中 健太（基幹型・保健師）として、#相談受付 のカードで「受け付ける」「回答する」を押します。ほかの操作は「⋯」にあります。
     ${slackUrl}/?user=U0TANAKA&channel=C0TRIAGE
  3. ${workerUrl} を開き、佐藤さんか田中さんでサインインします。受信箱、一覧、相談のページ、操作記録、設定があります。
  4. 鈴木 一郎（にし）に替わって、ほかの包括の相談が見えないことを確かめます。
     ${slackUrl}/?user=U0SUZUKI&channel=C0NISHI
  5. 佐藤さんとして「/kikan faq 独居の方の鍵が開かない」と送ると、FAQの答えが出ます。ページでは ${workerUrl}/faq です。

終えるときは Ctrl-C、はじめからやり直すときは npm run reset です。`;
}
