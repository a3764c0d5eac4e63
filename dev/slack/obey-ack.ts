/** Does what the app's answer says: the message of a command, the fate of a submitted modal. */

import { type Ack, isSuccess } from './app-link.ts';
import type { ActResult } from './client-api.ts';
import { isObject, type JsonObject, objectsOf, parseJson, stringOf } from './json.ts';
import { MAX_STACKED_VIEWS, type StoredView } from './views.ts';
import { Arguments } from './web-api/arguments.ts';
import { respondTo } from './web-api/response-url.ts';
import { SlackError } from './web-api/slack-error.ts';
import { requireNewExternalId, requireView } from './web-api/views.ts';
import type { World } from './world.ts';

const fine: ActResult = { ok: true };

/** Slack's words when an interaction finds no answer; undefined when it was taken. */
export function obeyActionAck(ack: Ack): ActResult {
  if (isSuccess(ack)) return fine;
  return refuse(`アプリが応答しませんでした（${failureWord(ack)}）。時間をおいて、もう一度お試しください。`);
}

/** Shows what a slash command's answer says. */
export function obeyCommandAck(
  ack: Ack,
  act: { command: string; channel: string; userId: string },
  world: World,
): ActResult {
  if (!isSuccess(ack)) return refuse(`${act.command} は応答しませんでした（${failureWord(ack)}）。`);
  if (ack.ackBody.trim() === '') return fine;
  const parsed = ack.contentType.includes('json') ? parseJson(ack.ackBody) : { text: ack.ackBody };
  if (!isObject(parsed)) return refuse(`${act.command} の応答を読めませんでした（dispatch_failed）。`);
  try {
    respondTo({ userId: act.userId, channel: act.channel }, new Arguments(parsed), world);
    return fine;
  } catch (error) {
    return refuse(`${act.command} の応答を表示できませんでした（${reasonOf(error)}）。`);
  }
}

/** Closes, changes or stacks the submitted modal as the answer says; a wrong answer leaves it open and is shown. */
export function obeySubmissionAck(ack: Ack, submitted: StoredView, world: World): ActResult {
  if (!isSuccess(ack)) return trouble(failureWord(ack));
  if (ack.ackBody.trim() === '') return closeSubmitted(submitted, world);
  const answer = parseJson(ack.ackBody);
  if (!isObject(answer)) return trouble('応答が JSON ではありません');
  if (answer.response_action === undefined && Object.keys(answer).length === 0) {
    return closeSubmitted(submitted, world);
  }
  const obey = RESPONSE_ACTIONS[stringOf(answer.response_action)];
  if (!obey) return trouble(`response_action が正しくありません: ${stringOf(answer.response_action)}`);
  try {
    return obey(answer, submitted, world);
  } catch (error) {
    return trouble(reasonOf(error));
  }
}

type Obey = (answer: JsonObject, submitted: StoredView, world: World) => ActResult;

const RESPONSE_ACTIONS: Record<string, Obey> = {
  clear: (_answer, submitted, world) => {
    world.views.clear(submitted.userId);
    return fine;
  },
  update: (answer, submitted, world) => {
    const view = requireView(answer.view, 'modal');
    requireNewExternalId(view, world, submitted);
    world.views.replace(submitted, view);
    return fine;
  },
  push: (answer, submitted, world) => {
    const view = requireView(answer.view, 'modal');
    if (world.views.stackOf(submitted.userId).length >= MAX_STACKED_VIEWS) {
      throw new SlackError('push_limit_reached');
    }
    requireNewExternalId(view, world);
    world.views.push(submitted.userId, view);
    return fine;
  },
  errors: (answer, submitted) => {
    const errors = isObject(answer.errors) ? Object.entries(answer.errors) : [];
    const inputs = objectsOf(submitted.view.blocks).filter((block) => block.type === 'input');
    const known = new Set(inputs.map((block) => block.block_id));
    const wrong = errors.filter(
      ([blockId, error]) => !known.has(blockId) || typeof error !== 'string' || !error,
    );
    if (errors.length === 0) return trouble('errors が空です');
    if (wrong.length > 0)
      return trouble(`errors の block_id が入力欄にありません: ${wrong.map(([id]) => id)}`);
    submitted.errors = Object.fromEntries(errors.map(([blockId, error]) => [blockId, stringOf(error)]));
    return fine;
  },
};

function closeSubmitted(submitted: StoredView, world: World): ActResult {
  if (world.views.stackOf(submitted.userId).at(-1) === submitted) world.views.closeTop(submitted.userId);
  return fine;
}

function trouble(reason: string): ActResult {
  return refuse(`接続に問題が発生しました。もう一度お試しください（${reason}）。`);
}

function refuse(message: string): ActResult {
  return { ok: false, message };
}

/** Slack's word for an answer that is none. */
function failureWord(ack: Ack): string {
  if (ack.failure === 'timeout') return 'operation_timeout';
  return ack.failure === undefined ? `http_status_${ack.status}` : 'dispatch_failed';
}

function reasonOf(error: unknown): string {
  if (error instanceof SlackError) return [error.message, ...error.problems].join(' ');
  throw error;
}
