/** What a feature offers in Slack: words, buttons and forms, each by its id. `mount.ts` puts them on the App. */
import type { webApi } from '@slack/bolt';
import type { RequestContext } from './app.ts';
import type { Command } from './command-router.ts';
import type { FormValues } from './form.ts';
import type { ModalView, Way } from './modal.ts';
import type { Message } from './outbox.ts';

export interface SlackFeature {
  commands?: readonly KikanCommand[];
  /** By action id: what a pressed button does. It was acknowledged already. */
  presses?: Readonly<Record<string, (press: Press) => Promise<void>>>;
  /** By callback id: what a submitted modal does. Its answer is the acknowledgement: within 3 seconds. */
  submissions?: Readonly<Record<string, (submission: Submission) => Promise<SubmissionAnswer>>>;
  /** The feature's part of the home tab of whoever opened it: blocks of references and controlled words, at most 40. */
  home?: (context: RequestContext) => Promise<readonly object[]>;
  /** What nobody may miss: stands on the home tab above everything else, the menu included. Usually nothing. */
  homeFirst?: (context: RequestContext) => Promise<readonly object[]>;
  /**
   * What is shown below the answer to a word that no command has; it may have been a question. At most 20 blocks, and nothing of what
   * was typed. `isSlip` when a command's word is near.
   */
  onUnknownWord?: (invocation: Invocation, typed: string, isSlip: boolean) => Promise<readonly object[]>;
  /** What happens when a person writes, edits or deletes in a channel that the bot is in. It was acknowledged already. */
  onMessage?: (message: MessageSeen) => Promise<void>;
}

/** A pressed button or a chosen entry of a menu. Its value is a hint only: whoever presses is looked up and asked for permission each time. */
export interface Press {
  context: RequestContext;
  client: webApi.WebClient;
  triggerId: string;
  person: string;
  /** Where it was pressed; undefined in a modal or in the home tab. */
  channel: string | undefined;
  /** Where an answer for this person only is taken at once; undefined in modals, in the home tab and on pages. */
  responseUrl: string | undefined;
  /** When it was pressed, by Slack's clock, where Slack says so believably. */
  pressedAt?: Date | undefined;
  /** Of a button or of the chosen entry; empty when the payload carries none, which then finds nothing. */
  value: string;
  /** The modal that it was pressed in; undefined in messages and in the home tab. */
  modal: PressedModal | undefined;
  /** What stands in the inputs of the home tab, when it was pressed there. */
  home?: { values: FormValues } | undefined;
}

/** The modal around a pressed button: what it was opened for, and what was typed so far. */
export interface PressedModal {
  viewId: string;
  callbackId: string;
  metadata: string;
  values: FormValues;
}

/** A submitted modal. What its metadata says is as little proof as a button's value. */
export interface Submission {
  context: RequestContext;
  client: webApi.WebClient;
  viewId: string;
  metadata: string;
  values: FormValues;
}

/**
 * Closes the modal (or the whole stack of modals), leaves it open with a sentence beside each field (block id → sentence), or
 * shows another view in its place. What was typed stays where block id and action id of an input stay the same. A view that is
 * not said to hold references only is not shown where Slack may not hold typed text: the form then stays open.
 */
export type SubmissionAnswer =
  | 'close'
  | 'close-all'
  | { errors: Record<string, string> }
  | { update: ModalView; holds?: Way['holds'] };

/** What a person did with a message of her own in a channel. The text is hers: it goes nowhere but into sealed columns. */
export interface MessageSeen {
  context: RequestContext;
  client: webApi.WebClient;
  what: 'posted' | 'edited' | 'deleted';
  channel: string;
  /** The message's own id in its channel. */
  ts: string;
  /** The thread's first message; undefined outside threads. */
  threadTs: string | undefined;
  author: string;
  /** Slack's mrkdwn; empty when it was deleted. */
  text: string;
  /** When it happened, by Slack's clock: the same when Slack sends the event again, and later for each further change. */
  at: Date;
}

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
