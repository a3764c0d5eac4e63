/** All of 相談 in Slack: which word, button and form leads where. Permission is asked in the mutations, never here. */
import type { SlackFeature } from '../../slack/feature.ts';
import { pressAccept } from './accepting/slack.ts';
import { ANSWER_FORM } from './answering/blocks.ts';
import { pressAnswer, submitAnswer } from './answering/slack.ts';
import { ACTIONS } from './blocks.ts';
import { pressRead, pressReadAnswer } from './reading/slack.ts';
import { SEND_FORM } from './sending/blocks.ts';
import { sendCommand, submitForm } from './sending/slack.ts';

export const consultationInSlack: SlackFeature = {
  commands: [sendCommand],
  presses: {
    [ACTIONS.accept]: pressAccept,
    [ACTIONS.read]: pressRead,
    [ACTIONS.readAnswer]: pressReadAnswer,
    [ACTIONS.answer]: pressAnswer,
  },
  submissions: { [SEND_FORM]: submitForm, [ANSWER_FORM]: submitAnswer },
};
