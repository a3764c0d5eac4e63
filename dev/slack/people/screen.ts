/** What a person has on their screen: modals, Home tab, messages. */
import type { Message, OpenView } from '../client-api.ts';
import { toMessage, toOpenView, visibleMessages } from '../client-view.ts';
import { type JsonObject, objectOf, stringOf } from '../json.ts';
import type { World } from '../world.ts';
import { controlsOf, pressable, textsOf } from './controls.ts';

export class Screen {
  readonly id: string;
  readonly #world: World;

  /** Throws when there is no such person. */
  constructor(id: string, world: World) {
    if (!world.directory.users.has(id)) throw new Error(`no person ${id} in the workspace`);
    this.id = id;
    this.#world = world;
  }

  /** The modal on top. */
  get modal(): OpenView | undefined {
    return this.modals.at(-1);
  }

  /** The open modals, the last one on top. */
  get modals(): OpenView[] {
    return this.#world.views.stackOf(this.id).map(toOpenView);
  }

  /** What can be pressed on a message, a modal's view or the Home tab, in words: buttons, options of overflow menus. */
  offers(surface: { blocks?: unknown } | undefined): string[] {
    return pressable(surface?.blocks);
  }

  /** What the modal on top holds, by label: texts, option words, ids, dates; null where empty. */
  get filledIn(): Record<string, unknown> {
    const view = this.#world.views.stackOf(this.id).at(-1);
    const inputs = controlsOf(view?.view.blocks).filter((control) => control.isInput);
    return Object.fromEntries(
      inputs.map(({ label, blockId, actionId }) => [label, wordsOf(view?.state[blockId]?.[actionId])]),
    );
  }

  /** All text on the modal on top. */
  get modalText(): string {
    return textsOf(this.modal?.view);
  }

  /** The published Home tab. */
  get home(): JsonObject | undefined {
    return structuredClone(this.#world.views.homeOf(this.id)?.view);
  }

  /** All text on the Home tab. */
  get homeText(): string {
    return textsOf(this.home);
  }

  /** What only this person was shown, oldest first. */
  get ephemerals(): Message[] {
    return this.#world.messages.ephemerals(this.id).map((message) => toMessage(message, this.#world));
  }

  /** The DM with the app, oldest first. */
  get dm(): Message[] {
    return this.messages(this.dmId);
  }

  /** The id of the DM with the app. */
  get dmId(): string {
    return this.#world.directory.dmOf(this.id);
  }

  /** What this person sees of a channel, or of one thread with its parent. */
  messages(channel: string, threadTs?: string): Message[] {
    return visibleMessages(this.id, channel, threadTs, this.#world);
  }
}

function wordsOf(held: JsonObject | undefined): unknown {
  const value = Object.entries(held ?? {}).find(([key]) => key !== 'type')?.[1];
  const word = (option: unknown) => {
    const text = stringOf(objectOf(objectOf(option).text).text);
    return text === '' ? option : text;
  };
  return Array.isArray(value) ? value.map(word) : word(value);
}
