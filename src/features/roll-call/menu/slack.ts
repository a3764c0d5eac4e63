/** `/kikan 訓練`, `/kikan 点呼` and what of roll-calls stands in the home tab. */
import type { SlackFeature } from '../../../slack/feature.ts';

export const menuInSlack: SlackFeature = {};
