/** A small workspace and an app made of handlers: what the tests of the local Slack share. */
import { isObject, type JsonObject, objectOf, parseJson, stringOf } from '../../../dev/slack/json.ts';
import { Workspace } from '../../../dev/slack/workspace.ts';
import type { WorkspaceOptions } from '../../../dev/slack/world.ts';

export const SECRET = 'test-signing-secret';
export const TOKEN = 'xoxb-test';

/** A request as the app received it. */
export interface Received {
  headers: Headers;
  rawBody: string;
  /** Form fields, the interaction payload, or the JSON body. */
  content: JsonObject;
}

/** What the app does with a request; a Response, or nothing for an empty 200. */
export type AppHandler = (received: Received) => Promise<Response | undefined> | Response | undefined;

/** The workspace, the app's inbox, and a caller of the Web API. */
export function openOffice(handler: AppHandler = () => undefined, options: Partial<WorkspaceOptions> = {}) {
  const inbox: Received[] = [];
  const clock = { ms: Date.parse('2026-11-24T01:00:00Z') };
  const app = { handler };
  const workspace = new Workspace({
    teamId: 'T0CITY',
    teamName: 'みなと市',
    botToken: TOKEN,
    signingSecret: SECRET,
    bot: { userId: 'U0BOT', botId: 'B0BOT', name: 'kikan' },
    users: [
      { id: 'U0SATO', name: '佐藤 花子', email: 'sato@east.example.jp', title: '社会福祉士' },
      { id: 'U0ITO', name: '伊藤 直子', email: 'ito@kikan.example.jp' },
      { id: 'U0GUEST', name: '外部 太郎', isGuest: true },
      { id: 'U0GONE', name: '退職 者', deleted: true },
    ],
    channels: [
      { id: 'C0GENERAL', name: '全体', members: ['U0SATO', 'U0ITO', 'U0BOT'] },
      { id: 'C0QUIET', name: '静か', members: ['U0SATO'] },
      { id: 'C0SECRET', name: '内緒', isPrivate: true, members: ['U0ITO'] },
      { id: 'C0OLD', name: '昔', isArchived: true, members: ['U0SATO', 'U0BOT'] },
    ],
    commands: [{ command: '/kikan', description: '相談', usageHint: '相談', words: ['相談'] }],
    responseUrlBase: 'https://slack.test',
    now: () => clock.ms,
    ackTimeoutMs: 200,
    eventRetryMs: [1, 1, 1],
    hangMs: 200,
    echoOwnMessages: false,
    deliver: async (request) => {
      const rawBody = await request.text();
      const received = { headers: request.headers, rawBody, content: contentOf(rawBody) };
      inbox.push(received);
      return (await app.handler(received)) ?? new Response('');
    },
    ...options,
  });

  /** Calls a Web API method as the bot. */
  async function call(method: string, args: JsonObject = {}): Promise<JsonObject> {
    const response = await post(method, args);
    return objectOf(await response.json());
  }

  /** The same, with the HTTP answer. */
  function post(method: string, args: JsonObject = {}, token = TOKEN): Promise<Response> {
    return workspace.handle(
      new Request(`https://slack.test/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(args),
      }),
    );
  }

  return { workspace, inbox, clock, call, post, app };
}

/** The same with a card of the app in C0GENERAL; `events` are those that the app has got. */
export async function openOfficeWithCard() {
  const channel = 'C0GENERAL';
  const office = openOffice();
  const { ts } = await office.call('chat.postMessage', { channel, text: 'R8-0001' });
  const card = office.workspace.message(channel, stringOf(ts));
  if (!card) throw new Error('no card');
  const events = () => office.inbox.map(({ content }) => objectOf(content.event));
  return { ...office, card, events, sato: office.workspace.as('U0SATO') };
}

/** A modal with these blocks. */
export function modalOf(blocks: JsonObject[], more: JsonObject = {}): JsonObject {
  return { type: 'modal', title: plain('相談'), submit: plain('送る'), blocks, ...more };
}

/** A plain_text object. */
export function plain(text: string): JsonObject {
  return { type: 'plain_text', text };
}

/** An option whose value is its text. */
export function option(text: string): JsonObject {
  return { text: plain(text), value: text };
}

/** An input block. */
export function input(label: string, element: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: 'input', label: plain(label), element, ...more };
}

function contentOf(rawBody: string): JsonObject {
  const json = parseJson(rawBody);
  if (isObject(json)) return json;
  const form = Object.fromEntries(new URLSearchParams(rawBody));
  return form.payload === undefined ? form : objectOf(parseJson(form.payload));
}
