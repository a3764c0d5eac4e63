/** Where a question is typed in chat: a modal, and a box on the home tab. */
import type { types } from '@slack/bolt';
import { button, plain } from '../../../../slack/block-kit.ts';
import { input, textArea } from '../../../../slack/inputs.ts';
import { linkButton, type ModalView } from '../../../../slack/modal.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { FAQ_PATH } from '../../paths.ts';
import { FAQ_ACTIONS } from '../blocks.ts';
import { askingText as text } from '../text.ts';

export const ASK_FORM = 'faq.ask';
/** The inputs' block ids. */
export const WORDS = 'words';
export const HOME_WORDS = 'faq.home_words';

/** To type into, when the menu's button was pressed or nothing followed the word. */
export function askView(): ModalView {
  return {
    type: 'modal',
    callback_id: ASK_FORM,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(text.close),
    blocks: [
      input(
        WORDS,
        { label: text.words, hint: text.wordsHint },
        textArea({ placeholder: text.placeholder }),
        true,
      ),
    ],
  };
}

/** The box of the home tab; where typed text stays out of Slack, the way to the page. */
export function homeBlocks(scope: Scope, mayType: boolean): types.KnownBlock[] {
  const heading: types.HeaderBlock = { type: 'header', text: plain(text.title) };
  if (!mayType)
    return [heading, { type: 'actions', elements: [linkButton(scope, FAQ_PATH, text.menuButton)] }];
  return [
    heading,
    {
      type: 'input',
      block_id: HOME_WORDS,
      dispatch_action: true,
      label: plain(text.words),
      hint: plain(text.wordsHint),
      element: {
        type: 'plain_text_input',
        action_id: FAQ_ACTIONS.askHome,
        placeholder: plain(text.placeholder),
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      },
    },
    { type: 'actions', elements: [button(FAQ_ACTIONS.askHomeButton, text.submit, HOME_WORDS, 'primary')] },
  ];
}
