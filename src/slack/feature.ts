/** What a feature offers in Slack: words, buttons and forms, each by its id. `mount.ts` puts them on the App. */
import type { webApi } from '@slack/bolt';
import type { RequestContext } from './app.ts';
import type { Command } from './command-router.ts';
import type { FormValues } from './form.ts';
import type { Message } from './outbox.ts';

export interface SlackFeature {
  commands?: readonly KikanCommand[];
  /** By action id: what a pressed button does. It was acknowledged already. */
  presses?: Readonly<Record<string, (press: Press) => Promise<void>>>;
  /** By callback id: what a submitted modal does. Its answer is the acknowledgement: within 3 seconds. */
  submissions?: Readonly<Record<string, (submission: Submission) => Promise<SubmissionAnswer>>>;
}

/** A pressed button. Its value is a hint only: whoever presses is looked up and asked for permission each time. */
export interface Press {
  context: RequestContext;
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  /** Where it was pressed; undefined in a modal or in the home tab. */
  channel: string | undefined;
  /** Empty when the payload carries none, which then finds nothing. */
  value: string;
}

/** A submitted modal. What its metadata says is as little proof as a button's value. */
export interface Submission {
  context: RequestContext;
  viewId: string;
  metadata: string;
  values: FormValues;
}

/** Closes the modal, or leaves it open with a sentence beside each field (block id → sentence); what was typed stays. */
export type SubmissionAnswer = 'close' | { errors: Record<string, string> };

/** One use of a command, typed or pressed. */
export interface Invocation {
  context: RequestContext;
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  /** Acknowledges, with a message for this person only or without. To be called once, within 3 seconds. */
  answer(message?: Message): Promise<void>;
}

export type KikanCommand = Command<Invocation>;
