/** Menus that ask the app for their choices while a person types (external_select). */
import * as v from 'valibot';
import { type AppLink, isSuccess } from '../app-link.ts';
import { option, optionGroup } from '../block-kit/objects.ts';
import { list, problemsOf } from '../block-kit/rule.ts';
import { isObject, type JsonObject, objectsOf, parseJson } from '../json.ts';
import { suggestionPayload } from '../payloads.ts';
import type { World } from '../world.ts';
import { findElement, sendPayload } from './interactions.ts';

/** Which menu asks, with what is typed into it; in a view, or in a message of a channel. */
export interface OptionsRequest {
  user: string;
  viewId?: string;
  channel?: string;
  ts?: string;
  blockId: string;
  actionId: string;
  value: string;
}

export type OptionsResult = { ok: true; options: JsonObject[] } | { ok: false; message: string };

const answerShape = v.union([
  v.looseObject({ options: list(option, 100, 0) }),
  v.looseObject({ option_groups: list(optionGroup, 100, 0) }),
]);

/** Asks the app and answers with its choices, groups flattened. */
export async function askOptions(asked: OptionsRequest, world: World, link: AppLink): Promise<OptionsResult> {
  const user = world.directory.users.get(asked.user);
  const view = world.views.find(asked.viewId ?? '');
  const message = world.messages.find(asked.channel ?? '', asked.ts ?? '');
  const surface = view ?? message;
  const element = findElement(view?.view.blocks ?? message?.blocks, asked);
  if (!user || !surface || !element) return { ok: false, message: 'この選択欄はもうありません。' };
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  if (asked.value.length < least) return { ok: true, options: [] };
  const ack = await sendPayload(suggestionPayload(user, asked, surface, world), link);
  const answer = parseJson(ack.ackBody);
  if (!isSuccess(ack) || !isObject(answer) || problemsOf(answerShape, answer, '').length > 0) {
    return { ok: false, message: '選択肢を読み込めませんでした。' };
  }
  const grouped = objectsOf(answer.option_groups).flatMap((group) => objectsOf(group.options));
  return { ok: true, options: [...objectsOf(answer.options), ...grouped] };
}
