/** 研修 in Slack. */
import type { SlackFeature } from '../../../slack/feature.ts';
import { applyingInSlack } from './applying/slack.ts';
import { listingInSlack } from './listing/slack.ts';
import { surveyInSlack } from './survey/slack.ts';

export const trainingInSlack: SlackFeature = {
  presses: { ...listingInSlack.presses, ...applyingInSlack.presses, ...surveyInSlack.presses },
  submissions: {
    ...listingInSlack.submissions,
    ...applyingInSlack.submissions,
    ...surveyInSlack.submissions,
  },
};
