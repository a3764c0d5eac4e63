/** 似た回答: what the FAQ shows while somebody writes a consultation. */
import type { types } from '@slack/bolt';
import { logError } from '../../../lib/log.ts';
import { button } from '../../../slack/block-kit.ts';
import type { Press } from '../../../slack/feature.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { FAQ_ACTIONS } from './blocks.ts';
import { searchEntries } from './data.ts';
import { ask } from './mutations.ts';
import { lineOf, MOST_BESIDE } from './rules.ts';
import { openResults } from './slack.ts';
import { askingText as text } from './text.ts';

interface Draft {
  words: string;
}

interface Similar {
  id: string;
  question: string;
  button: types.Button;
}

/** For the form of a consultation. */
export const similarAnswers = {
  show: (press: Press, { words }: Draft): Promise<void> => openResults(press, words, 'consultation'),

  /** Kept as asked only where something is found: what nothing answers is being sent as a consultation anyway. */
  async find(scope: Scope, actor: Actor, { words }: Draft): Promise<readonly Similar[]> {
    try {
      const likely = await searchEntries(scope, actor, words, MOST_BESIDE);
      if (!likely || likely.length === 0) return [];
      const asked = await ask(scope, actor, words, 'consultation', { isForDesk: false });
      if (!asked.ok) return [];
      return likely.map(({ id, content }) => ({
        id,
        question: lineOf(content.question),
        button: button(FAQ_ACTIONS.read, text.readWhole, `${id}/${asked.value.askId}`),
      }));
    } catch (error) {
      // A consultation is never kept waiting by the FAQ.
      logError('faq.similar_failed', error);
      return [];
    }
  },
};
