/** A person at the workspace, acting by what they see: labels of buttons and inputs, words of options. */
import type { Ack, AppLink } from '../app-link.ts';
import type { Act, Message, OpenView } from '../client-api.ts';
import { toMessage } from '../client-view.ts';
import { type JsonObject, objectsOf } from '../json.ts';
import type { World } from '../world.ts';
import type { Acted } from './acted.ts';
import type { Acting } from './acting.ts';
import type { Words } from './choose.ts';
import { type Control, controlsOf, findControl } from './controls.ts';
import { Screen } from './screen.ts';
import { askOptions } from './suggestions.ts';
import { valueOfPress, valueOfWords } from './value.ts';

/** What the app answered, and what the person was told when something went wrong. */
export interface Outcome {
  /** `not sent`: Slack's client refused it; `no answer`: the app was too slow or away. */
  status: Ack['status'] | 'not sent';
  ms: number;
  ackBody: string;
  /** The sentence that Slack shows. */
  problem?: string;
}

export interface Submission extends Outcome {
  /** What stands beside the inputs after the attempt, by label. */
  errors?: Record<string, string>;
}

/** Which control is meant when several are called the same: the text it stands with. */
export interface Where {
  beside?: string;
}

type Surface = { viewId: string } | { channel: string; ts: string };

export class Person extends Screen {
  readonly #world: World;
  readonly #acting: Acting;
  readonly #link: AppLink;

  constructor(id: string, world: World, acting: Acting, link: AppLink) {
    super(id, world);
    this.#world = world;
    this.#acting = acting;
    this.#link = link;
  }

  /** Types `/kikan words` (or another command) in a channel; without one, the first they are in. */
  async slash(text: string, options: { channel?: string; command?: string } = {}): Promise<Outcome> {
    const channel = options.channel ?? this.#world.directory.channelsOf(this.id)[0]?.id ?? this.dmId;
    const command = options.command ?? this.#world.settings.commands[0]?.command ?? '/';
    return this.#do({ act: 'slash', user: this.id, channel, command, text });
  }

  /** Writes a message; resolves when the app has taken the event. */
  async say(channel: string, text: string, threadTs?: string): Promise<Message> {
    return this.post(channel, text, threadTs === undefined ? {} : { thread: threadTs });
  }

  /**
   * Writes a message as typed: an address becomes a link, `@` and a person's whole name a mention. `thread` is the
   * message that it answers (any of the thread) or its ts, `isBroadcast` shows the reply in the channel too. Resolves
   * when the app has taken the event, or Slack has given up sending it; throws when Slack's client refuses.
   */
  async post(
    channel: string,
    text: string,
    { thread, isBroadcast = false }: { thread?: string | Message; isBroadcast?: boolean } = {},
  ): Promise<Message> {
    const threadTs = typeof thread === 'object' ? thread.ts : thread;
    const place = { channel, isBroadcast, ...(threadTs === undefined ? {} : { threadTs }) };
    const acted = await this.#acting.perform({ act: 'say', user: this.id, text, ...place });
    await this.#link.settled();
    if (!acted.message) throw new Error(acted.result.ok ? 'not said' : acted.result.message);
    return toMessage(acted.message, this.#world);
  }

  /** Changes an own message; `problem` says why not. */
  async edit({ channel, ts }: Message, text: string): Promise<Outcome> {
    return this.#do({ act: 'edit', user: this.id, channel, ts, text });
  }

  /** Deletes an own message, or puts an ephemeral one away; `problem` says why not. */
  async delete({ channel, ts }: Message): Promise<Outcome> {
    return this.#do({ act: 'delete', user: this.id, channel, ts });
  }

  /** Opens the app's Home tab; resolves when the app has taken the event. */
  async openHome(): Promise<Outcome> {
    return this.#do({ act: 'open-home', user: this.id });
  }

  /**
   * Presses a button or picks from a menu of a message. `label` names the control, or the option of an overflow menu,
   * radio button or checkbox (pressed again, it is cleared); `choice` says in words what to pick in any other menu.
   * What the message shows now goes first; when the control is gone, the message as passed in counts as the person's
   * stale screen.
   */
  async click(message: Message, label: string, choice?: Words, where: Where = {}): Promise<Outcome> {
    const current = this.#world.messages.find(message.channel, message.ts);
    const control = this.#findInEither(current?.blocks, message.blocks, label, where);
    return this.#do({
      act: 'message-action',
      user: this.id,
      channel: message.channel,
      ts: message.ts,
      ...(await this.#chosen(control, label, choice, { channel: message.channel, ts: message.ts })),
    });
  }

  /** Presses a button or picks from a menu of the modal on top, as `click` does. */
  async clickInModal(label: string, choice?: Words, where: Where = {}): Promise<Outcome> {
    const { id, view } = this.#requireModal();
    const control = findControl(view.blocks, label, where.beside);
    const chosen = await this.#chosen(control, label, choice, { viewId: id });
    return this.#do({ act: 'view-action', user: this.id, viewId: id, state: {}, ...chosen });
  }

  /** Presses a button or picks from a menu of the Home tab, as `click` does. */
  async clickInHome(label: string, choice?: Words, where: Where = {}): Promise<Outcome> {
    const control = findControl(this.home?.blocks, label, where.beside);
    const viewId = this.#world.views.homeOf(this.id)?.id ?? '';
    const chosen = await this.#chosen(control, label, choice, { viewId });
    return this.#do({ act: 'home-action', user: this.id, ...chosen });
  }

  /** Fills inputs of the modal on top by label, without submitting; those that dispatch an action send it. */
  async fill(values: Record<string, Words>): Promise<void> {
    for (const [label, words] of Object.entries(values)) {
      const { id, view } = this.#requireModal();
      const control = findControl(objectsOf(view.blocks), label);
      const value = await this.#valueOf(control, words, { viewId: id });
      const { blockId, actionId } = control;
      const act: Act = { act: 'view-action', user: this.id, viewId: id, blockId, actionId, value, state: {} };
      const acted = await this.#acting.perform(act);
      if (!acted.result.ok) throw new Error(`filling 「${label}」: ${acted.result.message}`);
    }
  }

  /** Presses the modal's submit button. */
  async submit(): Promise<Submission> {
    const { id, view } = this.#requireModal();
    const outcome = await this.#do({ act: 'view-submit', user: this.id, viewId: id, state: {} });
    const after = this.modals.find((open) => open.id === id);
    const shown = Object.entries(after?.errors ?? {});
    if (shown.length === 0) return outcome;
    const labels = new Map(controlsOf(view.blocks).map((control) => [control.blockId, control.label]));
    const errors = shown.map(([blockId, error]) => [labels.get(blockId) ?? blockId, error]);
    return { ...outcome, errors: Object.fromEntries(errors) };
  }

  /** Fills the modal on top by label and submits it. Inputs not named keep what they hold. */
  async fillAndSubmit(values: Record<string, Words>): Promise<Submission> {
    await this.fill(values);
    return this.submit();
  }

  /** Closes the modal on top without submitting. */
  async closeModal(): Promise<Outcome> {
    return this.#do({ act: 'view-close', user: this.id, viewId: this.#requireModal().id });
  }

  async #do(act: Act): Promise<Outcome> {
    const acted = await this.#acting.perform(act);
    if (!acted.ack) await this.#link.settled();
    return toOutcome(acted);
  }

  #requireModal(): OpenView {
    if (!this.modal) throw new Error(`no modal is open for ${this.id}`);
    return this.modal;
  }

  #findInEither(current: unknown, stale: unknown, label: string, where: Where): Control {
    try {
      return findControl(current, label, where.beside);
    } catch (error) {
      if (controlsOf(stale).length === 0) throw error;
      return findControl(stale, label, where.beside);
    }
  }

  /** What the act says about the control: its ids, and what the press or choice leaves in it. */
  async #chosen(control: Control, label: string, choice: Words | undefined, surface: Surface) {
    const { blockId, actionId } = control;
    const value =
      choice === undefined
        ? valueOfPress(control, label, this.#held(control, surface))
        : await this.#valueOf(control, choice, surface);
    return { blockId, actionId, value };
  }

  #valueOf(control: Control, words: Words, surface: Surface): Promise<JsonObject> {
    return valueOfWords(control, words, this.#world.directory, ({ blockId, actionId }, typed) =>
      askOptions({ user: this.id, ...surface, blockId, actionId, value: typed }, this.#world, this.#link),
    );
  }

  #held({ blockId, actionId }: Control, surface: Surface): JsonObject | undefined {
    const { views, messages, messageForms } = this.#world;
    if ('viewId' in surface) return views.find(surface.viewId)?.state[blockId]?.[actionId];
    const message = messages.find(surface.channel, surface.ts);
    return message && messageForms.stateOf(this.id, message)[blockId]?.[actionId];
  }
}

function toOutcome({ result, ack }: Acted): Outcome {
  const problem = result.ok ? {} : { problem: result.message };
  if (!ack) return { status: 'not sent', ms: 0, ackBody: '', ...problem };
  return { status: ack.status, ms: ack.ms, ackBody: ack.ackBody, ...problem };
}
