/** changing in Slack. */
import type { SlackFeature } from '../../../slack/feature.ts';

export const changingInSlack: SlackFeature = {};
