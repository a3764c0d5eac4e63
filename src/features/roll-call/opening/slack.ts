/** . */
import type { SlackFeature } from '../../../slack/feature.ts';

export const openingInSlack: SlackFeature = {};
