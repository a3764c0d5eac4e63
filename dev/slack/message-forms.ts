/** What each person has picked in the menus of each message: Slack's client keeps it and sends all of it with every action. */
import type { ViewState } from './client-api.ts';
import type { StoredMessage } from './messages.ts';
import { carryState } from './view-state.ts';

export class MessageForms {
  readonly #states = new Map<string, ViewState>();

  /** The state of the message as this person sees it now. */
  stateOf(userId: string, message: StoredMessage): ViewState {
    return carryState({ blocks: message.blocks }, this.#states.get(keyOf(userId, message)) ?? {});
  }

  /** Keeps what the person has picked, until the process ends. */
  keep(userId: string, message: StoredMessage, state: ViewState): void {
    this.#states.set(keyOf(userId, message), state);
  }
}

function keyOf(userId: string, { channel, ts }: StoredMessage): string {
  return `${userId} ${channel} ${ts}`;
}
