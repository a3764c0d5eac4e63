/** What the FAQ brings into the form of a consultation; handed in where both are mounted, since neither feature changes the other. */
import type { types } from '@slack/bolt';
import type { Press } from '../../../slack/feature.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';

/** An answer that may make the consultation needless. */
export interface SimilarAnswer {
  id: string;
  /** As it was approved. */
  question: string;
  /** Shows it whole, upon the form; on pages, in a tab of its own. */
  button: types.Button;
}

/** What a person is writing. */
export interface Draft {
  words: string;
}

export interface SimilarAnswers {
  /** Shows what is like it; says so when nothing is. */
  show(press: Press, draft: Draft): Promise<void>;
  /** At most three that likely answer it; empty as well when the search fails: nobody waits for it. */
  find(scope: Scope, actor: Actor, draft: Draft): Promise<readonly SimilarAnswer[]>;
}
