/** Open modals and published Home tabs: who sees which view, at which hash, with what typed into it. */

import { withIds } from './block-kit/surfaces.ts';
import type { OpenView, ViewState } from './client-api.ts';
import { randomId } from './clock.ts';
import { type JsonObject, stringOf } from './json.ts';
import { carryState, initialState } from './view-state.ts';

/** Slack's own limit. */
export const MAX_STACKED_VIEWS = 3;

export interface StoredView extends OpenView {
  userId: string;
  /** What stands in its inputs, as Slack's client keeps it over updates. */
  state: ViewState;
  rootId: string;
  previousId?: string;
}

/** A Home tab, which outlives its workspace. */
export type KeptHome = Pick<StoredView, 'userId' | 'id' | 'hash' | 'view' | 'state'>;

export class ViewStore {
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes: Map<string, StoredView>;
  #hashes = 0;

  /** `homes` are the Home tabs that a workspace before this one left behind. */
  constructor(homes: readonly KeptHome[] = []) {
    this.#homes = new Map(homes.map((home) => [home.userId, { ...home, rootId: home.id, errors: {} }]));
  }

  /** The modals open for this person, the last one on top. */
  stackOf(userId: string): StoredView[] {
    return this.#stacks.get(userId) ?? [];
  }

  /** The Home tab published for this person. */
  homeOf(userId: string): StoredView | undefined {
    return this.#homes.get(userId);
  }

  /** What a store after this one takes as `homes`. */
  exportHomes(): KeptHome[] {
    return [...this.#homes.values()].map(({ userId, id, hash, view, state }) => ({
      userId,
      id,
      hash,
      view,
      state,
    }));
  }

  /** A view that is on someone's screen, by its id. */
  find(viewId: string): StoredView | undefined {
    return this.#all().find((view) => view.id === viewId);
  }

  /** A view that is on someone's screen, by the id the app gave it. */
  findExternal(externalId: string): StoredView | undefined {
    return this.#all().find((view) => externalId !== '' && view.view.external_id === externalId);
  }

  /** Opens a modal in place of whatever modals the person had. */
  open(userId: string, view: JsonObject): StoredView {
    const opened = this.#make(userId, view);
    this.#stacks.set(userId, [opened]);
    return opened;
  }

  /** Puts a modal on top of the person's modals; the caller has checked that there is room. */
  push(userId: string, view: JsonObject): StoredView {
    const stack = this.stackOf(userId);
    const pushed = this.#make(userId, view);
    const below = stack.at(-1);
    if (below) {
      pushed.rootId = below.rootId;
      pushed.previousId = below.id;
    }
    this.#stacks.set(userId, [...stack, pushed]);
    return pushed;
  }

  /** Replaces what a view shows; inputs whose block and action ids stay keep what was typed, as in Slack. */
  replace(stored: StoredView, view: JsonObject): void {
    stored.view = { ...view, blocks: withIds(view.blocks) };
    stored.hash = this.#hash();
    stored.errors = {};
    stored.state = carryState(stored.view, stored.state);
  }

  /** Publishes the person's Home tab. */
  publish(userId: string, view: JsonObject): StoredView {
    const home = this.homeOf(userId);
    if (home) this.replace(home, view);
    const published = home ?? this.#make(userId, view);
    this.#homes.set(userId, published);
    return published;
  }

  /** Takes the top modal away. */
  closeTop(userId: string): void {
    this.#stacks.set(userId, this.stackOf(userId).slice(0, -1));
  }

  /** Takes all modals of the person away. */
  clear(userId: string): void {
    this.#stacks.delete(userId);
  }

  #make(userId: string, view: JsonObject): StoredView {
    const id = randomId('V');
    const withAllIds = { ...view, blocks: withIds(view.blocks) };
    const state = initialState(withAllIds);
    return { id, rootId: id, userId, hash: this.#hash(), view: withAllIds, errors: {}, state };
  }

  #hash(): string {
    this.#hashes += 1;
    return `${Math.floor(Date.now() / 1000)}.${randomId('')}${this.#hashes}`;
  }

  #all(): StoredView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }
}

/** The view as Web API answers and payloads carry it. */
export function viewPayload(
  stored: StoredView,
  app: { teamId: string; apiAppId: string; botId: string },
): JsonObject {
  const { view } = stored;
  return {
    id: stored.id,
    team_id: app.teamId,
    type: view.type,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: view.blocks,
    private_metadata: stringOf(view.private_metadata),
    callback_id: stringOf(view.callback_id),
    external_id: stringOf(view.external_id),
    state: { values: structuredClone(stored.state) },
    hash: stored.hash,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    submit_disabled: view.submit_disabled === true,
    root_view_id: stored.rootId,
    previous_view_id: stored.previousId ?? null,
    app_id: app.apiAppId,
    app_installed_team_id: app.teamId,
    bot_id: app.botId,
  };
}
