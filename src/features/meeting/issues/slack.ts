/** 地域ケア会議 and 地域課題 in Slack. */
import type { SlackFeature } from '../../../slack/feature.ts';
import { askingInSlack } from './asking/slack.ts';
import { recordingInSlack } from './recording/slack.ts';

export const issuesInSlack: SlackFeature = {
  presses: { ...askingInSlack.presses, ...recordingInSlack.presses },
  submissions: { ...askingInSlack.submissions, ...recordingInSlack.submissions },
};
