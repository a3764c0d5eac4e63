/** calling in Slack. */
import type { SlackFeature } from '../../../slack/feature.ts';

export const callingInSlack: SlackFeature = {};
