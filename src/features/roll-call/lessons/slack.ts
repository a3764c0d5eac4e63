/** . */
import type { SlackFeature } from '../../../slack/feature.ts';

export const lessonsInSlack: SlackFeature = {};
