/** Answers Web API requests: token, faults, rates, then the method, with everything noted in the traffic log. */
import type { Fault } from '../client-api.ts';
import { sleep } from '../clock.ts';
import { ConnectionDropped } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { Arguments } from './arguments.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import type { Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { answerResponseUrl } from './response-url.ts';
import { SlackError } from './slack-error.ts';
import { viewMethods } from './views.ts';

const METHODS = new Map<string, Method>(
  Object.entries({ ...chatMethods, ...viewMethods, ...peopleMethods, ...conversationMethods }),
);

/** Answers `/api/METHOD` and `/response/ID`; rejects with `ConnectionDropped` where a fault says so. */
export async function serveWebApi(request: Request, world: World): Promise<Response> {
  const [, area, name = ''] = new URL(request.url).pathname.split('/');
  if (area === 'response') return serve('response_url', request, world, () => answerResponseUrl(name));
  if (area === 'api') return serve(name, request, world, () => answerMethod(name, request));
  return new Response('not found', { status: 404 });
}

type Handler = (args: Arguments, world: World) => JsonObject;

async function serve(
  what: string,
  request: Request,
  world: World,
  handler: () => Handler,
): Promise<Response> {
  const args = await readArguments(request);
  const entry = world.traffic.begin('from-app', what, args instanceof SlackError ? null : args.forLog());
  const answer = (status: number, body: unknown, headers: HeadersInit = {}) => {
    world.traffic.end(entry, status, body);
    return typeof body === 'string'
      ? new Response(body, { status, headers })
      : Response.json(body, { status, headers });
  };
  const fault = world.faults.take(what);
  if (fault && fault.kind !== 'drop-after-accept') {
    const broken = await misbehave(fault, request, world);
    if (broken) return answer(...broken);
    world.traffic.end(entry, 'no answer', null);
    throw new ConnectionDropped('the local Slack hung up, as its faults say');
  }
  const channel = args instanceof SlackError ? '' : (args.text('channel') ?? '');
  const wait = world.rates.secondsToWait(what, channel);
  if (wait > 0) return answer(...rateLimited(wait));
  const body = perform(args, world, handler);
  if (fault) {
    world.traffic.end(entry, 'no answer', body);
    throw new ConnectionDropped('the local Slack did the work and hung up, as its faults say');
  }
  return answer(what === 'response_url' && body.ok !== true ? 404 : 200, body);
}

async function readArguments(request: Request): Promise<Arguments | SlackError> {
  try {
    return await Arguments.of(request);
  } catch (error) {
    if (error instanceof SlackError) return error;
    throw error;
  }
}

function perform(args: Arguments | SlackError, world: World, handler: () => Handler): JsonObject {
  try {
    if (args instanceof SlackError) throw args;
    const body = { ok: true, ...handler()(args, world) };
    world.changed();
    return body;
  } catch (error) {
    if (error instanceof SlackError) return error.toBody();
    throw error;
  }
}

function answerMethod(name: string, request: Request): Handler {
  return (args, world) => {
    const method = METHODS.get(name);
    if (!method) throw new SlackError('unknown_method');
    const header = request.headers.get('authorization')?.replace(/^Bearer\s+/i, '');
    const token = header ?? args.text('token');
    if (!token && name !== 'api.test') throw new SlackError('not_authed');
    if (token && token !== world.settings.botToken) throw new SlackError('invalid_auth');
    return method(args, world);
  };
}

type Broken = [status: number, body: unknown, headers: HeadersInit];

function rateLimited(seconds: number): Broken {
  return [429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }];
}

/** The answer of a fault that does no work; undefined when there is none to come. */
export async function misbehave(fault: Fault, request: Request, world: World): Promise<Broken | undefined> {
  if (fault.kind === 'rate-limited') return rateLimited(fault.retryAfterSeconds ?? 1);
  if (fault.kind === 'server-error') return [500, 'Internal Server Error', { 'content-type': 'text/html' }];
  await sleep(world.settings.hangMs, request.signal);
  return undefined;
}
