/** Trigger ids: the right to open a modal for a person, for three seconds, once. */
import type { Clock } from './clock.ts';

/** Slack's own limit. */
const TRIGGER_LIFE_MS = 3000;

interface Trigger {
  userId: string;
  issuedAt: number;
  isUsed: boolean;
}

export type TriggerProblem = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export class Triggers {
  readonly #clock: Clock;
  readonly #byId = new Map<string, Trigger>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A fresh trigger id for what this person just did. */
  issue(userId: string): string {
    const id = `${this.#clock.now()}.${crypto.randomUUID().replaceAll('-', '')}`;
    this.#byId.set(id, { userId, issuedAt: this.#clock.now(), isUsed: false });
    return id;
  }

  /** Whose trigger it is, without using it up; or what is wrong with it. */
  check(id: string): { userId: string } | { problem: TriggerProblem } {
    const trigger = this.#byId.get(id);
    if (!trigger) return { problem: 'invalid_trigger_id' };
    if (trigger.isUsed) return { problem: 'exchanged_trigger_id' };
    if (this.#clock.now() - trigger.issuedAt > TRIGGER_LIFE_MS) return { problem: 'expired_trigger_id' };
    return { userId: trigger.userId };
  }

  /** Uses the trigger up. */
  use(id: string): void {
    const trigger = this.#byId.get(id);
    if (trigger) trigger.isUsed = true;
  }
}
