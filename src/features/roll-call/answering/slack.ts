/** . */
import type { SlackFeature } from '../../../slack/feature.ts';

export const answeringInSlack: SlackFeature = {};
